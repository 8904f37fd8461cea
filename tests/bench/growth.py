"""How every kind of public page grows with the archive: one server a size, asked in turn.

Called by pages.py --growth. Nothing is kept (PAGE_CACHE_MB=0, FRAGMENT_BYTES=0), so each answer
comes from the database. The median wall time of the requests and, in brackets, the CPU time of each
in our process, which a busy machine moves little; both as ratios to the smallest archive's. SQLite
works in our process; PostgreSQL's work is in the wall time alone.
"""

import shutil
import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.bench.tools import (
    ROOT,
    answer_of,
    cpu,
    environment_of,
    heading,
    make_demo,
    manage,
    postgres,
    scratch,
    server,
    times,
)

ROUNDS, REQUESTS = 10, 5
FIRST_PORT = 8950
# Addresses that lie in the thick of the copies: the busiest tag and contributor, yesterday; and a
# tag that is neither busy nor rare, a story and a year of long ago.
ADDRESSES = """
from datetime import timedelta
from django.db.models import Count
from django.utils import timezone
from articles.models import Article, Contributor, Section, Series, Tag
published = Article.objects.published()
tags = list(Tag.objects.annotate(n=Count("uses")).filter(n__gt=0).order_by("-n", "pk"))
tag = tags[0]
old = published.order_by("publish_at")[published.count() // 5]
person = Contributor.objects.annotate(n=Count("bylines")).order_by("-n").first()
section = published.exclude(section=None).newest().first().section
day = timezone.localtime(timezone.now() - timedelta(days=1))
found = {
    "article": published.newest()[20].get_absolute_url(), "home": "/",
    "section": section.get_absolute_url(), "tag": tag.get_absolute_url(),
    "contributor": person.get_absolute_url(), "section, page 9": section.get_absolute_url() + "?page=9",
    "middle tag": tags[len(tags) // 2].get_absolute_url(),
    "tag, page 9": tag.get_absolute_url() + "?page=9",
    "old article": old.get_absolute_url(), "old year": f"/{old.publish_at:%Y}/",
    "series": Series.objects.first().get_absolute_url(), "archive": "/archive/",
    "year": f"/{day:%Y}/", "month": f"/{day:%Y/%m}/", "day": f"/{day:%Y/%m/%d}/",
    "most reacted": "/most-reacted/", "feed": "/feed/", "tag feed": tag.get_absolute_url() + "feed/",
    "contributor feed": person.get_absolute_url() + "feed/",
    "sitemap": "/sitemap.xml", "newest articles": "/sitemap-articles.xml",
    "sitemap, tags": "/sitemap-tags.xml", "sitemap, people": "/sitemap-people.xml",
    "news sitemap": "/sitemap-news.xml",
}
for name, path in found.items(): print(name.replace(" ", "_"), path)
"""


def run(sizes: list[int], *, on_postgres: bool, keep: bool) -> None:
    with ExitStack() as stack:
        servers: dict[int, tuple[int, int]] = {}  # port, process
        paths: dict[int, dict[str, str]] = {}
        for number, size in enumerate(sizes):
            environment = archive_of(size, stack, on_postgres=on_postgres, keep=keep)
            environment |= {"PAGE_CACHE_MB": "0", "FRAGMENT_BYTES": "0"}
            words = answer_of(environment, ADDRESSES)
            paths[size] = dict(zip(words[::2], words[1::2], strict=True))
            port = FIRST_PORT + number
            servers[size] = port, stack.enter_context(server(environment, port))
        asked = f"{ROUNDS * REQUESTS} requests a page"
        print(heading("PostgreSQL" if on_postgres else "SQLite", asked))
        print("\n| page | " + " | ".join(f"{size:,}, ms (CPU)" for size in sizes) + " | growth |")
        print("| --- " * (len(sizes) + 2) + "|")
        for name in paths[sizes[0]]:
            show(name, servers, {size: paths[size][name] for size in sizes})


def show(name: str, servers: dict[int, tuple[int, int]], paths: dict[int, str]) -> None:
    taken: dict[int, list[float]] = {size: [] for size in servers}
    used = dict.fromkeys(servers, 0.0)
    for size, (port, _) in servers.items():
        times(port, [paths[size]] * 3)
    for _ in range(ROUNDS):
        for size, (port, process) in servers.items():
            before = cpu(process)
            taken[size] += times(port, [paths[size]] * REQUESTS)
            used[size] += cpu(process) - before
    wall = [statistics.median(each) for each in taken.values()]
    work = [seconds * 1_000 / (ROUNDS * REQUESTS) for seconds in used.values()]
    cells = " | ".join(f"{ms:.1f} ({cpu_ms:.1f})" for ms, cpu_ms in zip(wall, work, strict=True))
    growth = f"{wall[-1] / wall[0]:.2f} ({work[-1] / work[0]:.2f})"
    print(f"| {name.replace('_', ' ')} | {cells} | {growth} |", flush=True)


def archive_of(size: int, stack: ExitStack, *, on_postgres: bool, keep: bool) -> dict[str, str]:
    """The environment of an archive of `size` copies of the demo's stories."""
    name = f"newsroom_bench_{size}"
    if keep:
        folder = Path(tempfile.gettempdir()) / name
        made = folder.exists()
        folder.mkdir(exist_ok=True)
    else:
        folder, made = Path(tempfile.mkdtemp(prefix="newsroom-bench-")), False
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
    environment = environment_of(str(folder))
    if on_postgres:
        environment["DATABASE_URL"] = postgres(name)
        if not made:
            scratch(f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}")
        if not keep:
            stack.callback(scratch, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    if not made:
        make_demo(environment)
        code = f"import sys; sys.path.insert(0, '{ROOT}')\nfrom tests.bench import archive\n"
        manage(environment, "shell", "--no-imports", "-c", f"{code}archive.fill({size})")
    return environment
