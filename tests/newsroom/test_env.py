from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom import env


def test_a_value_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLOUR", " red ")
    assert env.env_str("COLOUR") == "red"
    assert env.env_str("NO_SUCH_NAME", "blue") == "blue"


def test_a_value_may_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("from the file\n")
    monkeypatch.setenv("TOKEN_FILE", str(file))
    assert env.env_str("TOKEN") == "from the file"


def test_a_value_and_its_file_at_once_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOKEN", "x")
    monkeypatch.setenv("TOKEN_FILE", "/somewhere")
    with pytest.raises(ImproperlyConfigured, match="choose one"):
        env.env_str("TOKEN")


def test_a_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TOKEN_FILE", str(tmp_path / "missing"))
    with pytest.raises(ImproperlyConfigured, match="can't be read"):
        env.env_str("TOKEN")


@pytest.mark.parametrize(
    ("value", "meaning"),
    [("1", True), ("Yes", True), ("ON", True), ("true", True), ("0", False), ("off", False), ("No", False), ("", True)],
)  # fmt: skip
def test_a_switch_takes_the_usual_words(
    value: str, meaning: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SWITCH", value)
    assert env.env_bool("SWITCH", True) is meaning


def test_a_switch_refuses_other_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWITCH", "maybe")
    with pytest.raises(ImproperlyConfigured, match="neither true nor false"):
        env.env_bool("SWITCH", False)


def test_a_number_is_read_and_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.env_int("NUMBER", 7) == 7
    monkeypatch.setenv("NUMBER", "12")
    assert env.env_int("NUMBER", 7) == 12
    with pytest.raises(ImproperlyConfigured, match="below 20"):
        env.env_int("NUMBER", 7, minimum=20)
    monkeypatch.setenv("NUMBER", "twelve")
    with pytest.raises(ImproperlyConfigured, match="no whole number"):
        env.env_int("NUMBER", 7)


def test_a_list_is_split_at_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.env_list("LIST", ["a"]) == ["a"]
    monkeypatch.setenv("LIST", "one, two,,three ")
    assert env.env_list("LIST", []) == ["one", "two", "three"]


def test_an_unknown_scheme_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE", "mysql://root@localhost/x")
    with pytest.raises(ImproperlyConfigured, match="mysql"):
        env.env_database("DATABASE", default_file=Path("x"))


def test_a_database_url_becomes_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE", "postgres://me:pw@db:5433/paper")
    config = env.env_database("DATABASE", default_file=Path("x"))
    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert (config["NAME"], config["HOST"], config["PORT"]) == ("paper", "db", 5433)


def test_a_database_host_that_hangs_holds_nobody_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE", "postgres://me@db/paper?sslmode=require")
    options = env.env_database("DATABASE", default_file=Path("x"))["OPTIONS"]
    assert options == {"connect_timeout": 2, "sslmode": "require"}
    monkeypatch.setenv("DATABASE", "postgres://me@db/paper?connect_timeout=9")
    options = env.env_database("DATABASE", default_file=Path("x"))["OPTIONS"]
    assert options == {"connect_timeout": 9}
    monkeypatch.setenv("DATABASE", "sqlite:///x.sqlite3")
    assert "OPTIONS" not in env.env_database("DATABASE", default_file=Path("x"))


@pytest.mark.parametrize(
    ("url", "port", "secured"),
    [
        ("smtp://mail.example", 25, ""),
        ("smtp+tls://mail.example", 587, "EMAIL_USE_TLS"),
        ("smtp+tls://mail.example:2525", 2525, "EMAIL_USE_TLS"),
        ("smtp+ssl://mail.example", 465, "EMAIL_USE_SSL"),
    ],
)
def test_a_mail_server_becomes_settings(
    url: str, port: int, secured: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAIL", url.replace("//", "//desk:secret@"))
    found = env.env_email("MAIL")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example", port)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("desk", "secret")
    assert {name for name in found if "USE" in name and "USER" not in name} == {secured} - {""}


def test_without_a_mail_server_there_are_no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.env_email("MAIL") == {}
    monkeypatch.setenv("MAIL", "smtp://")
    with pytest.raises(ImproperlyConfigured, match="names no host"):
        env.env_email("MAIL")


def test_the_default_database_may_lie_at_a_path_that_no_url_can_say() -> None:
    config = env.env_database("NO_SUCH", default_file=Path("/srv/a+b #1/db.sqlite3"))
    assert config == {"ENGINE": "django.db.backends.sqlite3", "NAME": "/srv/a+b #1/db.sqlite3"}


def test_an_empty_value_is_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLACE", "")
    assert env.env_str("PLACE", "here") == "here"


def test_one_of_a_few_words_is_taken_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    choices = frozenset({"NORMAL", "FULL"})
    assert env.env_choice("NO_SUCH", "NORMAL", choices=choices) == "NORMAL"
    monkeypatch.setenv("MODE", "full")
    assert env.env_choice("MODE", "NORMAL", choices=choices) == "FULL"
    monkeypatch.setenv("MODE", "fulll")
    with pytest.raises(ImproperlyConfigured, match="FULLL"):
        env.env_choice("MODE", "NORMAL", choices=choices)


def test_a_web_address_needs_a_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE", "https://")
    with pytest.raises(ImproperlyConfigured, match="names no host"):
        env.env_url("SITE", "", schemes=frozenset({"https"}))


def test_a_secret_is_required_in_production(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="must be set in production"):
        env.env_secret("NO_SECRET", local_file=tmp_path / "key", required=True)
    assert not (tmp_path / "key").exists()


def test_a_short_secret_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET", "short")
    with pytest.raises(ImproperlyConfigured, match="shorter"):
        env.env_secret("SECRET", local_file=tmp_path / "key", required=True)


def test_a_local_secret_is_made_once_and_kept_private(tmp_path: Path) -> None:
    file = tmp_path / "var" / "key"
    first = env.env_secret("NO_SECRET", local_file=file, required=False)
    assert env.env_secret("NO_SECRET", local_file=file, required=False) == first
    assert file.stat().st_mode & 0o777 == 0o600
