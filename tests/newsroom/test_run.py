"""make run: what it prepares, once, and the processes it starts."""

import importlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.core import management
from django.db.migrations.executor import MigrationExecutor
from pytest_django import Settings

from tests.provider_server import ProviderServer, Reply


@pytest.fixture
def load() -> Iterator[Callable[..., ModuleType]]:
    """Imports newsroom.run in an environment of the test's own; it fills in what is not set."""
    before = dict(os.environ)

    def load(**environment: str) -> ModuleType:
        for name in ("HOST", "PORT", "SITE_URL", "SITE_NAME", "SITE_TAGLINE", "DEMO"):
            os.environ.pop(name, None)
        os.environ.update(environment)
        import newsroom.run as module

        return importlib.reload(module)

    yield load
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def run(load: Callable[..., ModuleType]) -> ModuleType:
    return load()


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The management commands that were called, instead of calling them."""
    names: list[str] = []
    monkeypatch.setattr(management, "call_command", lambda name, **options: names.append(name))
    return names


@pytest.mark.parametrize(
    ("environment", "url"),
    [
        ({}, "http://localhost:8000"),
        ({"PORT": "9001"}, "http://localhost:9001"),
        ({"HOST": "0.0.0.0"}, "http://localhost:8000"),
        ({"HOST": "paper.example"}, "http://paper.example:8000"),
        ({"SITE_URL": "https://paper.example"}, "https://paper.example"),
    ],
)
def test_the_site_knows_its_address(
    environment: dict[str, str], url: str, load: Callable[..., ModuleType]
) -> None:
    load(**environment)
    assert os.environ["SITE_URL"] == url
    assert os.environ["LOCAL"] == "1"


def test_the_demos_paper_has_a_name_of_its_own(load: Callable[..., ModuleType]) -> None:
    load(DEMO="0")
    assert "SITE_NAME" not in os.environ
    load()
    assert os.environ["SITE_NAME"]
    load(SITE_NAME="Ours")
    assert os.environ["SITE_NAME"] == "Ours"


def test_shell_defaults_become_values(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SET", "x")
    monkeypatch.delenv("UNSET", raising=False)
    assert run.filled("a ${SET:-1} b ${UNSET:-2} ${UNSET} c") == "a x b 2  c"
    assert run.filled("plain") == "plain"


def test_the_processes_are_the_procfiles(run: ModuleType) -> None:
    processes = run.processes()
    assert list(processes) == ["web", "worker", "beat"]
    assert not [command for command in processes.values() if "${" in command]
    assert "--port 8000" in processes["web"]


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_the_units_start_what_the_procfile_starts(name: str, run: ModuleType) -> None:
    unit = (run.BASE_DIR / "deploy" / f"newsroom-{name}.service").read_text()
    command = run.processes()[name].replace(" --loglevel WARNING", "")
    if command.startswith("nice -n 10 "):
        assert "Nice=10" in unit
    assert f"/bin/{command.removeprefix('nice -n 10 ')}" in unit


def test_static_files_are_collected_when_a_source_changed(
    run: ModuleType, called: list[str], tmp_path: Path, settings: Settings
) -> None:
    source = tmp_path / "static"
    source.mkdir()
    (source / "a.css").write_text("a")
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    from django.contrib.staticfiles import finders

    finders.get_finder.cache_clear()
    marker = tmp_path / "marker"
    assert run.collect_static(marker)
    assert not run.collect_static(marker)
    (source / "b.css").write_text("b")
    finders.get_finder.cache_clear()
    assert run.collect_static(marker)
    assert called == ["collectstatic"] * 2
    finders.get_finder.cache_clear()


def test_the_demo_is_loaded_once(run: ModuleType, called: list[str], tmp_path: Path) -> None:
    marker = tmp_path / "demo-loaded"
    assert run.demo(marker) == []
    (tmp_path / "demo-logins.txt").write_text("editor  secret\nwriter  secret\n")
    assert run.demo(marker) == ["editor  secret", "writer  secret"]
    assert called == ["demo_articles", "demo_reactions"]


def test_a_demo_that_broke_off_is_loaded_again(
    run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(name: str, **options: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(management, "call_command", fail)
    with pytest.raises(RuntimeError):
        run.demo(tmp_path / "demo-loaded")
    assert not (tmp_path / "demo-loaded").exists()


def test_nobody_has_to_take_the_demo(
    load: Callable[..., ModuleType], called: list[str], tmp_path: Path
) -> None:
    assert load(DEMO="0").demo(tmp_path / "demo-loaded") == []
    assert called == []


@pytest.mark.django_db
@pytest.mark.parametrize(("plan", "commands"), [([], []), ([("a", "b")], ["migrate"])])
def test_the_database_is_made_where_something_is_missing(
    plan: list[object],
    commands: list[str],
    run: ModuleType,
    called: list[str],
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    tmp_path: Path,
) -> None:
    settings.VAR_DIR = tmp_path / "var"
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *args: plan)
    monkeypatch.setattr(run, "collect_static", lambda marker: bool(plan))
    monkeypatch.setattr(run, "demo", lambda marker: [str(marker.name)])
    assert run.prepare() == ["demo-loaded"]
    assert called == commands
    assert settings.VAR_DIR.is_dir()


def test_a_server_that_answers_is_seen(load: Callable[..., ModuleType]) -> None:
    with ProviderServer() as server:
        run = load(PORT=str(server.port))
        server.answer(Reply(200, body=b"ok"))
        assert run.answers()
        assert server.asked[0].path == "/livez"
        assert server.asked[0].headers["host"] == "localhost"
        server.answer(Reply(503))
        assert not run.answers()
        server.answer(Reply(raw=lambda stop: iter([b"this is no HTTP\r\n\r\n"])))
        assert not run.answers()
    assert not run.answers()


def test_it_says_where_everything_is(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tries = iter([False, True])
    monkeypatch.setattr(run, "answers", lambda: next(tries))
    run.announce(["editor  secret"])
    said = capsys.readouterr().out
    assert "Newsroom is ready:  http://localhost:8000/" in said
    assert "http://localhost:8000/admin/" in said
    assert "name and password:\n  editor  secret" in said


def test_it_says_when_nothing_answers(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "READY_TIMEOUT_SECONDS", 0)
    run.announce([])
    assert "has not answered yet" in capsys.readouterr().out


class FakeManager:
    """Stands in for honcho's: remembers what it should have started."""

    made: "FakeManager"
    returncode: int | None = 0

    def __init__(self) -> None:
        FakeManager.made = self
        self.processes: dict[str, str] = {}
        self.looped = False

    def add_process(self, name: str, command: str, **options: Any) -> None:
        self.processes[name] = command
        assert options["env"]["PATH"]
        assert Path(options["cwd"]).is_dir()

    def loop(self) -> None:
        self.looped = True


@pytest.fixture
def ready(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """newsroom.run with nothing to prepare and nothing that really starts."""
    monkeypatch.setattr("honcho.manager.Manager", FakeManager)
    monkeypatch.setattr(run, "prepare", list)
    monkeypatch.setattr(run, "in_child", lambda work: work())
    monkeypatch.setattr(run, "announce", lambda logins: None)
    return run


def test_what_prepares_the_site_does_not_stay_in_memory(run: ModuleType) -> None:
    assert run.in_child(os.getpid) != os.getpid()


@pytest.mark.parametrize(("returncode", "code"), [(0, 0), (130, 0), (143, 0), (3, 3), (None, 1)])
def test_it_ends_as_its_processes_end(
    returncode: int | None, code: int, ready: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FakeManager, "returncode", returncode)
    assert ready.main() == code
    assert FakeManager.made.looped
    assert list(FakeManager.made.processes) == ["web", "worker", "beat"]


def test_it_names_a_program_that_is_missing(
    ready: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ready, "processes", lambda: {"web": "no-such-program --port 1"})
    assert ready.main() == 1
    assert "no-such-program is not installed: run `make run`" in capsys.readouterr().out
