"""`make run`: prepare what is missing, then web, worker and beat under one process manager.

`python -m newsroom.run`. Ctrl-C ends all of it. The processes are those of the Procfile; a server
that runs for good starts them from systemd units instead (deploy/).
"""

import os
import shutil
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from hashlib import sha256
from http.client import HTTPConnection, HTTPException
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from newsroom.env import env_bool

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
os.environ.setdefault("LOCAL", "1")

HOST = os.environ.setdefault("HOST", "127.0.0.1")
PORT = os.environ.setdefault("PORT", "8000")
EVERY_INTERFACE = "0.0.0.0"  # noqa: S104  (only if the operator asks for it)
SHOWN_HOST = "localhost" if HOST in {"127.0.0.1", "::1", EVERY_INTERFACE} else HOST
os.environ.setdefault("SITE_URL", f"http://{SHOWN_HOST}:{PORT}")

DEMO = env_bool("DEMO", True)
if DEMO:  # the demo's paper has a name of its own
    os.environ.setdefault("SITE_NAME", "Tidelamp")
    os.environ.setdefault("SITE_TAGLINE", "Culture on the tide line")

BASE_DIR = Path(__file__).resolve().parent.parent
READY_TIMEOUT_SECONDS = 60

Result = TypeVar("Result")


def prepare() -> list[str]:
    """Database, static files, demo content: whatever is not there yet. Returns the demo logins."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Preparing the database …")
        call_command("migrate", verbosity=0)
    if collect_static(settings.VAR_DIR / "static-sources"):
        say("Static files are in place.")
    return demo(settings.VAR_DIR / "demo-loaded")


def in_child(work: Callable[[], Result]) -> Result:
    """The result of a process of its own, which takes the memory that it needed with it: this one
    stays as long as the site does. Forked, while there are no threads here: nothing starts twice.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
        return pool.submit(work).result()


def collect_static(marker: Path) -> bool:
    """Collect when a source file was added, removed or changed since the last time."""
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    digest = sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            digest.update(f"{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    state = digest.hexdigest()
    if marker.exists() and marker.read_text(encoding="ascii") == state:
        return False
    say("Collecting static files …")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    marker.write_text(state, encoding="ascii")
    return True


def demo(marker: Path) -> list[str]:
    """Load the demo once, unless DEMO=0. A site that has been given its own content keeps it."""
    from django.core.management import call_command

    if not DEMO:
        marker.write_text("", encoding="ascii")  # a site of its own: the demo never comes in later
        return []
    logins = marker.with_name("demo-logins.txt")
    if not marker.exists():
        say("Writing the demo stories and painting their pictures …")
        call_command("demo_articles", verbosity=0)
        call_command("demo_reactions", verbosity=0)
        marker.write_text("", encoding="ascii")
    return logins.read_text(encoding="utf-8").splitlines() if logins.exists() else []


def announce(logins: list[str]) -> None:
    """Wait for the first answer of the web server, then say where everything is."""
    deadline = time.monotonic() + READY_TIMEOUT_SECONDS
    while time.monotonic() < deadline:
        if answers():
            url = os.environ["SITE_URL"]
            lines = ["", f"Newsroom is ready:  {url}/", f"The desk:           {url}/admin/", ""]
            lines += ["Logins of the demo, name and password:"] if logins else []
            lines += [f"  {line}" for line in logins]
            say("\n".join([*lines, "", "Ctrl-C stops it."]))
            return
        time.sleep(0.1)
    say("The web server has not answered yet; see its messages above.")


def answers() -> bool:
    host = "127.0.0.1" if HOST == EVERY_INTERFACE else HOST
    try:
        with closing(HTTPConnection(host, int(PORT), timeout=2)) as connection:
            connection.request("GET", "/livez", headers={"Host": SHOWN_HOST})
            return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False


def processes() -> dict[str, str]:
    """The Procfile's lines, with ${NAME:-default} filled in, run from this virtual environment."""
    found = {}
    for line in (BASE_DIR / "Procfile").read_text(encoding="utf-8").splitlines():
        name, _, command = line.partition(":")
        found[name] = filled(command.strip())
    return found


def filled(command: str) -> str:
    """Shell defaults as plain text: ${PORT:-8000} becomes PORT's value or 8000."""
    while (start := command.find("${")) >= 0:
        end = command.index("}", start)
        name, _, default = command[start + 2 : end].partition(":-")
        command = command[:start] + os.environ.get(name, default) + command[end + 1 :]
    return command


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def main() -> int:
    from honcho.manager import Manager

    started = time.monotonic()
    logins = in_child(prepare)
    say(f"Set-up took {time.monotonic() - started:.1f} s; starting web, worker and beat …")
    bin_dir = str(Path(sys.executable).parent)
    env = {
        # Freed pixels go back to the machine (docs/performance.md, memory).
        "MALLOC_MMAP_THRESHOLD_": "131072",
        **os.environ,
        "PATH": f"{bin_dir}{os.pathsep}{os.environ.get('PATH', '')}",
    }
    manager = Manager()
    for name, command in processes().items():
        if shutil.which(command.split()[0], path=env["PATH"]) is None:
            say(f"{command.split()[0]} is not installed: run `make run`, which installs it.")
            return 1
        manager.add_process(name, command, env=env, cwd=str(BASE_DIR))
    threading.Thread(target=announce, args=[logins], daemon=True).start()
    manager.loop()
    return 0 if manager.returncode in {0, 130, 143} else int(manager.returncode or 1)


if __name__ == "__main__":
    sys.exit(main())
