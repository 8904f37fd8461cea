"""What the default site keeps in memory: web, worker and beat, idle and after some minutes of work.

`.venv/bin/python tests/bench/memory.py [MINUTES]`. Starts the Procfile's processes on a site of its
own with the demo, and prints for each the resident memory twice: RSS, which counts a page that
several share once for each, and PSS, which counts it once for all. What PSS sums to is what the
machine gives. The load: readers on every kind of page, a save each second, now and then an upload.
"""

import os
import platform
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

PORT = 8177
MINUTES = float(sys.argv[1]) if len(sys.argv) > 1 else 5.0
READY_SECONDS = 600
QUIET_SECONDS = 40
PARTS = {"granian": "web", "newsroom.beat": "beat", "celery": "worker"}
# A process of its own, which writes to the same database as the desk would.
DESK = """
import time, io, os
import django
django.setup()
from PIL import Image
from articles.actions.drafting import save_draft
from articles.actions.photos import add_photo
from articles.actions.publishing import publish
from articles.drafts import draft_of
from articles.models import Article
end = time.monotonic() + float(os.environ["BENCH_SECONDS"])
number = 0
while time.monotonic() < end:
    article = Article.objects.published()[number % 20]
    save_draft(article, draft_of(article), by=None)
    publish(Article.objects.get(pk=article.pk))
    if number % 30 == 0:
        file = io.BytesIO()
        noise = Image.effect_noise((1500, 1000), 50 + number % 100)
        noise.resize((6000, 4000)).convert("RGB").save(file, "JPEG")
        add_photo(file, name="a.jpg")
    number += 1
    time.sleep(1)
"""
LEFT = """
import django
django.setup()
from articles.models import Photo
print(Photo.objects.awaiting_renditions().count())
"""


def family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(each for child in children for each in family(int(child)))]


def measured(root: int) -> dict[str, tuple[float, float, int]]:
    """RSS and PSS in MB and the number of processes, for each part of the site."""
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for pid in family(root):
        try:
            command = Path(f"/proc/{pid}/cmdline").read_text()
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue  # it ended
        if "/bin/sh" not in command:
            part = next((part for word, part in PARTS.items() if word in command), "make run")
            rss, pss = (
                int(re.findall(rf"^{name}:\s+(\d+) kB", rollup, re.MULTILINE)[0]) / 1024
                for name in ("Rss", "Pss")
            )
            found[part].append((rss, pss))
    return {
        part: (sum(r for r, _ in rows), sum(p for _, p in rows), len(rows))
        for part, rows in sorted(found.items())
    }


def show(when: str, parts: dict[str, tuple[float, float, int]]) -> None:
    for part, (rss, pss, number) in parts.items():
        print(f"| {when} | {part} ({number}) | {rss:.0f} | {pss:.0f} |")
    site = [value for part, value in parts.items() if part != "make run"]
    total = (sum(rss for rss, _, _ in site), sum(pss for _, pss, _ in site))
    print(f"| {when} | **web, worker and beat** | {total[0]:.0f} | {total[1]:.0f} |", flush=True)


def ask(path: str) -> int:
    try:
        with urlopen(f"http://127.0.0.1:{PORT}{path}", timeout=30) as answer:
            answer.read()
            return int(answer.status)
    except HTTPError as error:
        return error.code
    except OSError:
        return 0


def wait_until(true: bool, check: str) -> None:
    end = time.monotonic() + READY_SECONDS
    while (ask(check) == 200) is not true and time.monotonic() < end:
        time.sleep(0.5)


def stories() -> list[str]:
    with urlopen(f"http://127.0.0.1:{PORT}/", timeout=30) as answer:
        home = answer.read().decode()
    return sorted(set(re.findall(r'href="(/(?:story|section|by|tag)/[^"?#]+/)"', home)))


def load(environment: dict[str, str]) -> int:
    """MINUTES of readers and a desk; how many pages were read."""
    paths = ["/", "/search/?q=tide", "/sitemap.xml", "/most-reacted/", "/nothing-here/", *stories()]
    seconds = MINUTES * 60
    desk = subprocess.Popen(
        [sys.executable, "-c", DESK],
        cwd=ROOT, env={**environment, "BENCH_SECONDS": str(seconds)},
    )  # fmt: skip
    end, read = time.monotonic() + seconds, 0
    for path in cycle(paths):
        ask(path)
        read += 1
        if time.monotonic() > end:
            break
    desk.wait()
    return read


def settle(environment: dict[str, str]) -> None:
    """Until the worker has no photo before it, and a little longer."""
    left = [sys.executable, "-c", LEFT]
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        run = subprocess.run(
            left, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        if run.stdout.strip() == "0":
            break
        time.sleep(5)
    time.sleep(QUIET_SECONDS)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ, "LOCAL": "1", "PORT": str(PORT), "VAR_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "newsroom.settings", "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        site = subprocess.Popen(
            [sys.executable, "-m", "newsroom.run"],
            cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            wait_until(True, "/livez")
            settle(environment)
            print(
                f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, load", end=" "
            )
            print(f"{os.getloadavg()[0]:.0f}\n\n| when | processes | RSS, MB | PSS, MB |")
            print("| --- | --- | --- | --- |", flush=True)
            show("idle", measured(site.pid))
            read = load(environment)
            show(f"{MINUTES:g} min, {read} pages", measured(site.pid))
            settle(environment)
            show("idle again", measured(site.pid))
        finally:
            site.send_signal(signal.SIGINT)
            site.wait(30)


if __name__ == "__main__":
    main()
