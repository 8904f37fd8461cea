"""`make test`: the whole suite on the embedded defaults, the audit of the served demo, then what touches
database, cache or broker again on PostgreSQL, Redis and RabbitMQ where they answer (with CI=true
they must).

Prints what was skipped and why, and the coverage that the house asks for.
"""

import os
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from tests.failures import causes

ROOT = Path(__file__).resolve().parent.parent
CI = os.environ.get("CI") == "true"
SERVICES = {
    "PostgreSQL": ("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres", 5432),
    "Redis": ("TEST_CACHE_URL", "redis://127.0.0.1:6379/9", 6379),
    "RabbitMQ": ("TEST_BROKER_URL", "amqp://guest:guest@127.0.0.1:5672//", 5672),
}
COVERED_WHOLLY = ["newsroom/lib/*", "articles/body/*", "articles/embeds/providers/*"]
COVERED_IN_ALL_PERCENT = 95
SERVICES_RCFILE = "tests/services.coveragerc"  # without the templates, which says why
# One more than there are processors: a browser test waits more than it works. Five at most: each has
# a Redis database of its own, of sixteen (tests/settings.py).
WORKERS = str(min(os.cpu_count() or 1, 4) + 1)
MAX_LINE = 400
MAX_LINES_OF_WHY = 60
NO_TESTS = 5  # pytest's exit code
failures: list[str] = []
why: list[str] = []  # the same ones, with the places and words of each


def answers(url: str, default_port: int) -> bool:
    parts = urlsplit(url)
    try:
        with socket.create_connection(
            (parts.hostname or "", parts.port or default_port), timeout=2
        ):
            return True
    except OSError:
        return False


def pytest(*arguments: str, rcfile: str = "pyproject.toml", **environment: str) -> int:
    """One run of pytest under coverage; its exit code, where "no tests" counts as failure. The line
    of each test that failed, and why, is kept for the end, which a long log shows.
    """
    under_coverage = [sys.executable, "-m", "coverage", "run", f"--rcfile={rcfile}"]
    command = [*under_coverage, "-m", "pytest", "-q", "-rsxfE", *arguments]
    print(f"\n--- pytest {' '.join(arguments)} {' '.join(sorted(environment))}", flush=True)
    env = {**os.environ, **environment, "PYTHONUNBUFFERED": "1"}
    # Else each process of each pass compiles all tests anew: a third of what collecting them takes.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as run:
        said = []
        for line in run.stdout or ():
            print(line, end="", flush=True)
            said.append(line)
            if line.startswith(("FAILED ", "ERROR ")):
                failures.append(line.strip()[:MAX_LINE])
    why.extend(causes(said))
    return run.returncode


def coverage(*arguments: str) -> int:
    return subprocess.call([sys.executable, "-m", "coverage", *arguments], cwd=ROOT)


def run_suite(extra: list[str]) -> list[str]:
    """Both passes; what failed, in words."""
    failed = []
    # A worker that is done takes over what another still has: a browser test lasts as long as a hundred.
    workers = ["-n", os.environ.get("TEST_WORKERS", WORKERS), "--dist", "worksteal"]
    if pytest("-m", "not audit", *workers, *extra):
        failed.append("the suite on the embedded defaults")
    # By itself: what measures must not share the machine with tests.
    if not extra and pytest("-m", "audit", "tests/audit"):
        failed.append("the audit of the served demo")
    found = {
        name: os.environ.get(variable, default)
        for name, (variable, default, port) in SERVICES.items()
        if answers(os.environ.get(variable, default), port)
    }
    missing = sorted(set(SERVICES) - set(found))
    if missing:
        print(f"\nNot tested, because nothing answers: {', '.join(missing)}.")
        if CI:
            failed.append(f"services that CI needs: {', '.join(missing)}")
    targets = {
        "DATABASE_URL": found.get("PostgreSQL", ""),
        "CACHE_URL": found.get("Redis", ""),
        "CELERY_BROKER_URL": found.get("RabbitMQ", ""),
    }
    environment = {name: url for name, url in targets.items() if url}
    # A part of the suite may have no such test.
    fine = {0, NO_TESTS} if extra else {0}
    again = ["-m", "services", *workers, *extra]
    if environment and pytest(*again, rcfile=SERVICES_RCFILE, **environment) not in fine:
        failed.append("the suite on PostgreSQL, Redis and RabbitMQ")
    return failed


def check_coverage() -> list[str]:
    failed = []
    coverage("combine", "--quiet")
    if coverage("report", f"--fail-under={COVERED_IN_ALL_PERCENT}"):
        failed.append(f"coverage below {COVERED_IN_ALL_PERCENT} %")
    if not (ROOT.parent / "shared/cases").exists():
        print("\nThe shared test cases are not here: what must be covered wholly is not judged.")
    elif coverage("report", f"--include={','.join(COVERED_WHOLLY)}", "--fail-under=100"):
        failed.append("coverage of what must be covered wholly")
    return failed


def main() -> int:
    extra = sys.argv[1:]
    coverage("erase")
    failed = run_suite(extra)
    if not extra:  # a part of the suite covers a part of the code
        failed += check_coverage()
    print("\n".join(["", *why[:MAX_LINES_OF_WHY], *failures]))
    print("\nFailed: " + "; ".join(failed) if failed else "\nAll tests passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
