"""CPU seconds of all server processes per 1,000 hits of a kept page, in one interleaved run.

`.venv/bin/python tests/bench/cache.py`. Ours by itself; Django's cache middleware with local
memory (a smaller page, which is to its advantage); nginx with deploy/nginx.conf before ours; nginx
with the very same bytes as a file, which is the limit. Five rounds in turn, medians; wrk asks where
it is installed, over 16 kept connections, else this process over one.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests import nginx  # noqa: E402
from tests.bench.tools import cpu, environment_of, heading, manage, server  # noqa: E402

ROUNDS = 5
SECONDS = 1
STORY = "/story/kept/"
# A hit costs the same whatever the page holds but its length.
CONTENT = """
from tests import builders
text = "It happened on a Tuesday, and nobody had put the lamps out. " * 12
section = builders.make_section(slug="music")
builders.make_article(slug="kept", section=section, body_html=f"<p>{text}</p>" * 25)
for number in range(30):
    builders.make_article(section=section)
"""
WRK = shutil.which("wrk")


class Target(NamedTuple):
    name: str
    port: int
    path: str
    roots: tuple[int, ...]  # the processes whose CPU counts, with their children


def used(target: Target) -> float:
    return sum(cpu(root) for root in target.roots)


def headers(encoding: str) -> dict[str, str]:
    encodings = {"Accept-Encoding": encoding} if encoding else {"Accept-Encoding": "identity"}
    return {"Host": "localhost", "X-Forwarded-Proto": "https", **encodings}


def get(port: int, path: str, encoding: str) -> bytes:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=headers(encoding))
    response = connection.getresponse()
    body = response.read()
    connection.close()
    if path != "/" and response.status != 200:
        raise RuntimeError(f"{path} answered {response.status}")
    return body


def load(target: Target, encoding: str) -> int:
    """Ask for SECONDS; how many answers there were."""
    if WRK is None:
        return load_here(target, encoding)
    options = [f"-H{name}: {value}" for name, value in headers(encoding).items()]
    url = f"http://127.0.0.1:{target.port}{target.path}"
    command = [WRK, "-t1", "-c16", f"-d{SECONDS}", *options, url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said:
        raise RuntimeError(said)
    return int(next(line for line in said.splitlines() if " requests in " in line).split()[0])


def load_here(target: Target, encoding: str) -> int:
    connection, count = HTTPConnection("127.0.0.1", target.port), 0
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        connection.request("GET", target.path, headers=headers(encoding))
        connection.getresponse().read()
        count += 1
    connection.close()
    return count


def measure(targets: list[Target], encoding: str) -> dict[str, tuple[float, float]]:
    """By name: median CPU-s / 1,000 and median requests a second."""
    costs: dict[str, list[float]] = {target.name: [] for target in targets}
    rates: dict[str, list[float]] = {target.name: [] for target in targets}
    for target in targets:
        for _ in range(20):
            get(target.port, target.path, encoding)
    for _ in range(ROUNDS):
        for target in targets:
            before = used(target)
            count = load(target, encoding)
            costs[target.name].append((used(target) - before) * 1_000 / count)
            rates[target.name].append(count / SECONDS)
    return {
        name: (statistics.median(costs[name]), statistics.median(rates[name])) for name in costs
    }


def say(encoding: str, found: dict[str, tuple[float, float]]) -> None:
    ours = found["ours"][0]
    for name, (cost, rate) in found.items():
        print(
            f"| {encoding or 'identity'} | {name} | {cost:.4f} | {rate:,.0f} | {cost / ours:.2f} |"
        )


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as name:
        folder = Path(name)
        base = environment_of(name, BEHIND_PROXY="1", SITE_URL="https://localhost")
        manage(base, "migrate")
        manage(base, "shell", "-c", CONTENT)
        manage(base, "collectstatic", "--no-input")
        print(heading("wrk" if WRK else "one connection"))
        print(
            "\n| encoding | server | CPU-s / 1,000 | req/s | cost, ours = 1 |\n| --- | --- | --- | --- | --- |"
        )
        plain = "tests.bench.plain_wsgi:application"
        cached = "tests.bench.cached_settings"
        with (
            server(base, 8941) as ours,
            server(base, 8942, application=plain, settings=cached) as django,
            nginx.nginx(folder / "nginx", upstream=8941, port=8943, var_dir=folder) as front,
        ):
            (folder / "static/page.html").write_bytes(get(8941, STORY, ""))
            (folder / "static/page.html.gz").write_bytes(get(8941, STORY, "gzip"))
            targets = [
                Target("ours", 8941, STORY, (ours,)),
                Target("Django's cache middleware, locmem", 8942, STORY, (django,)),
                Target("nginx before ours", 8943, STORY, (front.pid, ours)),
                Target("nginx, the same bytes as a file", 8943, "/static/page.html", (front.pid,)),
            ]
            for encoding in ("", "gzip"):
                say(encoding, measure(targets, encoding))


if __name__ == "__main__":
    main()
