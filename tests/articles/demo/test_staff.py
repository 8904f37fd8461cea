"""The demo's logins, and the command that makes the whole demo."""

import stat
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command

from articles.demo.staff import GROUP_OF, make_staff, provide_logins
from articles.demo.toml_table import ContentError
from articles.management.commands import demo_articles
from articles.models import Article, Contributor
from tests.articles.demo.small import small_content

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def groups(db: None) -> None:
    for name in GROUP_OF.values():
        Group.objects.get_or_create(name=name)


def test_each_login_works_and_is_in_its_group() -> None:
    for login in make_staff():
        user = authenticate(username=login.username, password=login.password)
        assert isinstance(user, User)
        assert user.is_staff
        assert not user.is_superuser
        assert [group.name for group in user.groups.all()] == [GROUP_OF[login.username]]


def test_passwords_are_made_anew_and_never_twice() -> None:
    first = make_staff()
    User.objects.all().delete()
    second = make_staff()
    passwords = [login.password for login in (*first, *second)]
    assert len(set(passwords)) == 6
    assert all(len(password) >= 16 for password in passwords)


def test_a_user_that_exists_keeps_everything(tmp_path: Path) -> None:
    user = User.objects.create_user("writer", password="my own words")
    made = provide_logins(tmp_path / "logins.txt")
    assert [login.username for login in made] == ["editor", "moderator"]
    user.refresh_from_db()
    assert user.check_password("my own words")
    assert not user.is_staff


def test_the_file_is_for_its_owner_only_and_keeps_older_logins(tmp_path: Path) -> None:
    path = tmp_path / "var" / "logins.txt"
    made = provide_logins(path)
    User.objects.get(username="editor").delete()
    path.chmod(0o644)
    again = provide_logins(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text().splitlines() == [str(login) for login in (*made, *again)]
    assert [login.username for login in again] == ["editor"]


def test_without_new_logins_no_file_is_written(tmp_path: Path) -> None:
    make_staff()
    assert provide_logins(tmp_path / "logins.txt") == ()
    assert not (tmp_path / "logins.txt").exists()


@pytest.mark.django_db(transaction=True)
def test_logins_that_can_not_be_kept_are_not_made(tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("")
    with pytest.raises(OSError, match="a-file"):
        provide_logins(tmp_path / "a-file" / "logins.txt")
    assert not User.objects.exists()


@pytest.fixture
def var(tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.VAR_DIR = tmp_path  # type: ignore[attr-defined]
    monkeypatch.setattr(demo_articles, "read_content", lambda: small_content("the-umbrella-mender"))
    return tmp_path


def test_the_command_loads_and_prints_the_logins_once(
    var: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("demo_articles")
    first = capsys.readouterr().out
    kept = (var / "demo-logins.txt").read_text()
    assert "Demo: 1 articles, 12 people, 2 pictures made." in first
    assert all(line in first for line in kept.splitlines())
    assert len(kept.splitlines()) == 3
    call_command("demo_articles")
    assert capsys.readouterr().out == "Demo: 0 articles, 0 people, 0 pictures made.\n"
    assert (var / "demo-logins.txt").read_text() == kept


def test_the_command_gives_the_logins_to_contributors(var: Path) -> None:
    call_command("demo_articles")
    linked = Contributor.objects.exclude(user=None).values_list("user__username", flat=True)
    assert sorted(linked) == ["editor", "moderator", "writer"]


def test_the_command_says_what_is_wrong_with_a_file(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ContentError("a-story.toml: “headline” is missing.")

    monkeypatch.setattr(demo_articles, "read_content", broken)
    with pytest.raises(CommandError, match="“headline” is missing"):
        call_command("demo_articles")
    assert not Article.objects.exists()
    assert not User.objects.exists()
