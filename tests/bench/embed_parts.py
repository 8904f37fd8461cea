"""The measurements of tests/bench/embeds.py, which has set up Django and the provider by now."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from django.contrib.auth.models import User
from django.db.models import F
from django.test import Client

from articles.body.clean import clean
from articles.embeds.detect import rewrite_embeds
from articles.models import Embed
from tests.bench.embed_reading import BODY, seconds
from tests.bench.tools import ROOT, cpu, server
from tests.provider_server import ProviderServer

REDIS = os.environ.get("BENCH_REDIS", "redis://127.0.0.1:6379/8")
# Workers, and embeds for each of those runs.
RUNS = {1: 150, 2: 300, 4: 400}
STORIES = 5
PREVIEWS = 1_000
PREVIEW_PORT = 8179
ADDRESSES = [
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=43s",
    "https://x.com/jack/status/20",
    "https://www.instagram.com/p/Ch-W8bVuxXD/",
    "https://www.tiktok.com/@nola/video/7123456789012345678",
    "https://vimeo.com/76979871",
    "https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC",
    "https://example.com/no-embed",
]
# Saved and published by an editor, then watched until each card has its title.
STORY = """
import sys, time, django
django.setup()
from django.contrib.auth.models import User
from articles.actions.editing import save_article
from articles.actions.publishing import publish
from articles.models import Article, Embed, Section
number = int(sys.argv[1])
section, _ = Section.objects.get_or_create(slug="world", defaults={"name": "World"})
films = [f"https://www.youtube.com/watch?v={number:05d}{film:06d}" for film in range(20)]
body = "".join(f"<p>Then this:</p><p>{film}</p>" for film in films)
story = Article(headline=f"Twenty films {number}", dek="All of them.", body_html=body, section=section)
began = time.perf_counter()
save_article(story, by=User.objects.get())
publish(story)
published = time.perf_counter()
mine = Embed.objects.filter(uses__article=story)
assert mine.count() == 20
while mine.filter(fetched_at=None).exists():
    time.sleep(0.02)
print(published - began, time.perf_counter() - published)
"""
REDRAW = """
import resource, time, django
django.setup()
from articles.embeds.redraw import draw_outdated
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
draw_outdated(1)
before, began, spent = peak(), time.perf_counter(), time.process_time()
drawn = draw_outdated()
print(drawn, time.perf_counter() - began, time.process_time() - spent, before, peak())
"""


def brokers() -> list[str]:
    parts = urlsplit(REDIS)
    try:
        HTTPConnection(parts.hostname or "", parts.port or 6379, timeout=1).connect()
    except OSError:
        return ["filesystem://localhost"]
    return ["filesystem://localhost", REDIS]


def environment(broker: str) -> dict[str, str]:
    suffix = "" if broker.startswith("filesystem") else f"-{uuid4().hex}"
    return {**os.environ, "CELERY_BROKER_URL": broker, "QUEUE_SUFFIX": suffix}


def output_of(env: dict[str, str], code: str, *arguments: str) -> list[float]:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return [float(word) for word in done.stdout.split()]


@contextmanager
def workers(count: int, env: dict[str, str]) -> Iterator[int]:
    """Celery with so many processes, ready; yields its process id."""
    ready = Path(os.environ["READY"]) / f"{uuid4().hex}@here"
    running = subprocess.Popen(
        [
            sys.executable, "-m", "celery", "--quiet", "-A", "tests.articles.embeds.working",
            "worker", "--loglevel", "ERROR", "--concurrency", str(count), "-n", ready.name,
            "--without-gossip", "--without-mingle",
        ],
        cwd=ROOT, env=env, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until(ready.exists)
        yield running.pid
    finally:
        running.terminate()
        running.wait()


def until(done: Callable[[], bool], patience_seconds: float = 300) -> None:
    end = time.monotonic() + patience_seconds
    while not done():
        if time.monotonic() > end:
            raise RuntimeError("It takes too long.")
        time.sleep(0.05)


def make(count: int, **fields: object) -> list[str]:
    """Posts of YouTube that nobody knows yet; their ids."""
    keys = [uuid4().hex[:11] for _ in range(count)]
    url = "https://www.youtube.com/watch?v="
    rows = [
        Embed(provider="youtube", key=key, media_id=key, url=url + key, canonical_url=url + key,
              kind="video", **fields)  # type: ignore[arg-type]
        for key in keys
    ]  # fmt: skip
    return [str(row.pk) for row in Embed.objects.bulk_create(rows)]


def resolve(_provider: ProviderServer) -> None:
    """The messages wait in the queue, then the workers start: the rate is that of the last nine
    tenths, so that starting is no part of it.
    """
    print(
        "\n| broker | workers | embeds | resolved per second | CPU, ms each |\n"
        + "| --- " * 5
        + "|"
    )
    for broker in brokers():
        for count, embeds in RUNS.items():
            env = environment(broker)
            ids = make(embeds)
            command = [sys.executable, "-m", "tests.articles.embeds.sending"]
            queue = f"celery{env['QUEUE_SUFFIX']}"
            subprocess.run([*command, queue, *ids], cwd=ROOT, env=env, check=True)
            rows = Embed.objects.filter(pk__in=ids)
            with workers(count, env) as pid:
                before, skipped = cpu(pid), rows.exclude(fetched_at=None).count()
                until(lambda rows=rows: not rows.filter(fetched_at=None).exists())
                each = (cpu(pid) - before) / (embeds - skipped)
            times = list(rows.order_by("checked_at").values_list("checked_at", flat=True))
            late = times[embeds // 10 :]
            rate = (len(late) - 1) / (late[-1] - late[0]).total_seconds()  # type: ignore[operator]
            name = urlsplit(broker).scheme
            print(f"| {name} | {count} | {embeds} | {rate:.1f} | {each * 1_000:.0f} |", flush=True)


def story(_provider: ProviderServer) -> None:
    """From the click on "Publish" until the twentieth card says what its provider says."""
    print("\n| broker | pace | stories | saved and published, s | all cards, s | slowest, s |")
    print("| --- " * 6 + "|")
    for place, broker in enumerate(brokers()):
        with workers(2, env := environment(broker)):
            taken = [output_of(env, STORY, str(10 * place + n)) for n in range(STORIES)]
        show_story(broker, "raised", taken)
    env = environment("filesystem://localhost")
    del env["EMBED_REQUESTS_PER_SECOND"]
    beat = [sys.executable, "-m", "celery", "--quiet", "-A", "newsroom.beat", "beat"]
    sweeping = subprocess.Popen([*beat, "--loglevel", "ERROR"], cwd=ROOT, env=env)
    try:
        with workers(2, env):
            show_story("filesystem:", "5 a second (default)", [output_of(env, STORY, "99")])
    finally:
        sweeping.terminate()
        sweeping.wait()


def show_story(broker: str, pace: str, taken: Sequence[Sequence[float]]) -> None:
    saved, waited = zip(*taken, strict=True)
    name, median = urlsplit(broker).scheme, statistics.median
    print(
        f"| {name} | {pace} | {len(taken)} | {median(saved):.2f} | {median(waited):.2f} | {max(waited):.2f} |",
        flush=True,
    )


def redraw(provider: ProviderServer) -> None:
    print("\n| cards drawn anew | seconds | CPU-s | requests | peak RSS before, MB | after, MB |")
    print("| --- " * 6 + "|")
    for count in (1_000, 10_000):
        Embed.objects.update(render_version=F("render_version") + 100)  # those of before
        snapshot = {"answer": "x" * 400, "bytes": 400}
        make(count + 100, state="ok", next_check_at=None, title="A film", author_name="Nola",
             snapshot=snapshot)  # fmt: skip
        asked = len(provider.asked)
        drawn, wall, spent, before, after = output_of(dict(os.environ), REDRAW)
        requests = len(provider.asked) - asked
        print(
            f"| {drawn:,.0f} | {wall:.1f} | {spent:.1f} | {requests} | {before:.0f} | {after:.0f} |",
            flush=True,
        )


def preview(_provider: ProviderServer) -> None:
    """Over one connection, by a login of the desk, one address after another."""
    client = Client()
    client.force_login(User.objects.get())
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    headers = {"Host": "localhost", "Cookie": cookie, "Sec-Fetch-Site": "same-origin"}
    with server(dict(os.environ), PREVIEW_PORT, settings="tests.bench.embed_settings") as pid:
        connection, taken = HTTPConnection("127.0.0.1", PREVIEW_PORT, timeout=60), []
        before = cpu(pid)
        for number in range(PREVIEWS):
            asked = {
                "url": ADDRESSES[number % len(ADDRESSES)],
                "callback": "CKEDITOR._.jsonpCallbacks[1]",
            }
            began = time.perf_counter()
            connection.request("GET", f"/embeds/preview/?{urlencode(asked)}", headers=headers)
            response = connection.getresponse()
            body = response.read()
            taken.append((time.perf_counter() - began) * 1_000)
            if response.status != 200 or b"jsonpCallbacks" not in body:
                raise RuntimeError(f"The preview answered {response.status}.")
        each = (cpu(pid) - before) / PREVIEWS * 1_000
        connection.close()
    p99 = sorted(taken)[PREVIEWS * 99 // 100]
    print("\n| previews | p50, ms | p99, ms | CPU, ms each |\n| --- | --- | --- | --- |")
    print(f"| {PREVIEWS:,} | {statistics.median(taken):.1f} | {p99:.1f} | {each:.1f} |", flush=True)


def reading(_provider: ProviderServer) -> None:
    print(f"\n| a body of {len(BODY):,} bytes, three embeds | CPU, ms |\n| --- | --- |")
    for name, read in (("embeds alone", rewrite_embeds), ("the whole cleaning", clean)):
        print(f"| {name} | {seconds(read, BODY, 200)[0] * 1_000:.2f} |", flush=True)


PARTS = {
    "resolve": resolve, "story": story, "redraw": redraw, "preview": preview, "reading": reading,
}  # fmt: skip
