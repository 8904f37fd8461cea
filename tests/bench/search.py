"""Search at 100,000 articles: how long a search takes, on SQLite and on PostgreSQL.

`.venv/bin/python tests/bench/search.py [COUNT] [sqlite|postgres …]`. Each database is made
for the run and removed after it: SQLite in a temporary folder, PostgreSQL on the server that
BENCH_POSTGRES names (default postgres://postgres@127.0.0.1:5432), in a database of its own. With
KEEP=FOLDER they stay, and are used as they are where FOLDER says that they are filled. The
articles are drawn with a fixed seed: some 350 words each out of 60,000, distributed as words are
(Zipf); the commonest word stands in nearly every story. What is timed is `articles.search.search`:
candidates, ranking, the page's articles with section, photo and bylines, and the snippets.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from uuid import UUID

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
SERVER = os.environ.get("BENCH_POSTGRES", "postgres://postgres@127.0.0.1:5432")
SCRATCH = "newsroom_bench_search"
VOCABULARY = 60_000
WORDS_AN_ARTICLE = 350
CHUNK = 1_000
ROUNDS = int(os.environ.get("ROUNDS", "3"))
SECTIONS, PEOPLE, TAGS = 5, 50, 500
SYLLABLES = [c + v for c in "bcdfghlmnprstv" for v in "aeiou"]
Searches = dict[str, list[dict[str, object]]]


def vocabulary() -> list[str]:
    """Words that no rule of plurals touches, the commonest first."""
    size = len(SYLLABLES)
    return [
        SYLLABLES[n % size] + SYLLABLES[n // size % size] + SYLLABLES[n // size**2 % size] + "n"
        for n in range(VOCABULARY)
    ]


def articles(count: int, words: list[str]) -> Iterator[tuple[int, str, str, str]]:
    """(number, headline, dek, body), the newest first."""
    draw = random.Random(20261123)
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(words))))
    for start in range(0, count, CHUNK):
        size = min(CHUNK, count - start)
        drawn = draw.choices(words, cum_weights=weights, k=size * (WORDS_AN_ARTICLE + 24))
        for at in range(size):
            own = drawn[at * (WORDS_AN_ARTICLE + 24) : (at + 1) * (WORDS_AN_ARTICLE + 24)]
            yield start + at, " ".join(own[:8]), " ".join(own[8:24]), " ".join(own[24:])


def fill(count: int, words: list[str]) -> None:
    from articles.models import Article, Byline, Contributor, Section, Tag, TaggedArticle
    from articles.search import rebuild

    Section.objects.bulk_create(Section(pk=n, name=f"S{n}", slug=f"s{n}") for n in range(1, 6))
    Contributor.objects.bulk_create(
        Contributor(pk=n, name=f"P{n}", slug=f"p{n}") for n in range(1, PEOPLE + 1)
    )
    Tag.objects.bulk_create(
        Tag(pk=n, name=words[900 + n], slug=f"t{n}", norm_key=f"t{n}") for n in range(1, TAGS + 1)
    )
    newest = datetime.now(UTC) - timedelta(hours=1)
    rows: list[Article] = []
    for number, headline, dek, body in articles(count, words):
        moment = newest - timedelta(minutes=52 * number)
        rows.append(
            Article(
                pk=number + 1, uid=UUID(int=number), slug=f"a{number}", headline=headline, dek=dek,
                body_html=f"<p>{body}</p>", body_text=body, section_id=number % SECTIONS + 1,
                status="published", publish_at=moment, first_published_at=moment,
            )
        )  # fmt: skip
        if len(rows) == CHUNK or number == count - 1:
            ids = [row.pk for row in rows]
            Article.objects.bulk_create(rows)
            Byline.objects.bulk_create(
                Byline(article_id=pk, contributor_id=pk % PEOPLE + 1) for pk in ids
            )
            TaggedArticle.objects.bulk_create(
                TaggedArticle(content_object_id=pk, tag_id=tag)
                for pk in ids
                for tag in {pk % TAGS + 1, pk * 7 % 20 + 1}
            )
            rows = []
            print(f"\r  {number + 1} articles", end="", file=sys.stderr, flush=True)
    started = time.perf_counter()
    rebuild(progress=lambda n: print(f"\r  {n} indexed ", end="", file=sys.stderr, flush=True))
    print(f"\nreindex: {time.perf_counter() - started:.0f} s for {count:,} articles")


def searches(words: list[str], *, newest: datetime) -> Searches:
    from articles.search.entry import filter_key

    draw = random.Random(7)
    common, medium, rare = words[:30], words[200:2_000], words[20_000:]
    some: Callable[[list[str], int], list[str]] = draw.sample
    section, tag, person = filter_key("section", 3), filter_key("tag", 321), filter_key("by", 7)
    old = newest - timedelta(days=365 * 7)
    text = [{"text": word} for word in some(rare, 20)]
    return {
        "a rare word": text,
        "a word of every third story": [{"text": word} for word in words[90:110]],
        "the commonest words": [{"text": word} for word in words[:20]],
        "two words": [{"text": " ".join(some(medium, 2))} for _ in range(20)],
        "two of the commonest": [{"text": " ".join(some(common, 2))} for _ in range(20)],
        "common and rare": [{"text": f"{some(common, 1)[0]} {w}"} for w in some(rare, 20)],
        "phrase": [{"text": '"' + " ".join(some(words[50:500], 2)) + '"'} for _ in range(20)],
        "phrase of the commonest": [
            {"text": '"' + " ".join(some(common, 2)) + '"'} for _ in range(20)
        ],
        "prefix, 2 letters": [{"text": f"{word[:2]}*"} for word in some(words, 20)],
        "prefix, 4 letters": [{"text": f"{word[:4]}*"} for word in some(words, 20)],
        "common OR common": [{"text": " OR ".join(some(common, 6))} for _ in range(20)],
        "with a section": [{"text": w, "filters": (section,)} for w in some(common, 20)],
        "with tag and person": [{"text": w, "filters": (tag, person)} for w in some(common, 20)],
        "with a year long ago": [
            {"text": w, "since": old, "until": old + timedelta(days=365)} for w in some(common, 20)
        ],
        "by date": [{"text": w, "by_date": True} for w in some(common + medium, 20)],
        "no hit": [{"text": f"{some(common, 1)[0]} {w}zq"} for w in some(rare, 20)],
        "hostile": [
            {"text": text}
            for text in (
                "a* " * 66, " ".join(f"{word[:2]}*" for word in words[:66]), '"' * 200, "(" * 200,
                " OR ".join(words[:40]), " ".join(words[:30]), f'"{" ".join(words[:12])}"',
                f"{words[0]} " + " ".join(f"-{word}" for word in words[1:30]), "\0' OR 1=1; --",
                f'-"{words[0]} {words[1]}" {words[2]}', f'"{words[0]} {words[0]}"', "NEAR(a b)",
                f'"{words[0]} {words[1]}" OR "{words[2]} {words[3]}" OR "{words[4]} {words[5]}"',
                "headline:x*", "😀" * 200, "ba" * 100, "%_" * 100, "co* OR ca* OR da* OR fa* OR ga*",
                "\\" * 199 + "'", f"{words[0][:2]}* -{words[0]}",
            )
        ],
    }  # fmt: skip


def measure(kinds: Searches) -> None:
    from articles.search import SearchPage, SearchQuery, TooSlow, search

    search(SearchQuery(text="warm"))
    processes = working_processes()
    print(
        "\n| search | p50 ms | p95 ms | p95 CPU ms | stories found |\n| --- | --- | --- | --- | --- |"
    )
    for kind, queries in kinds.items():
        taken, worked, found = [], [], []
        for query in queries * ROUNDS:
            started, busy = time.perf_counter(), cpu_ms(processes)
            try:
                page = search(SearchQuery(**query))  # type: ignore[arg-type]
            except TooSlow:
                page = SearchPage(total=-1)
            taken.append((time.perf_counter() - started) * 1_000)
            worked.append(cpu_ms(processes) - busy)
            found.append(page.total + page.has_more)
        p95, p95_cpu = (statistics.quantiles(each, n=20)[-1] for each in (taken, worked))
        print(
            f"| {kind} | {statistics.median(taken):.0f} | {p95:.0f} | {p95_cpu:.0f} "
            f"| {min(found)}–{max(found)} |",
            flush=True,
        )


def working_processes() -> list[int]:
    """This process, and the one that PostgreSQL keeps for it if that runs on this machine."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return [os.getpid()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return [os.getpid(), int(cursor.fetchone()[0])]


def cpu_ms(processes: list[int]) -> float:
    """Milliseconds on a CPU: what a busy machine leaves as it is."""
    stats = [Path(f"/proc/{pid}/schedstat") for pid in processes]
    return sum(int(stat.read_text().split()[0]) for stat in stats if stat.exists()) / 1e6


def run(count: int) -> None:
    """The measurement on the database of the environment's settings, empty before."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    words = vocabulary()
    filled = Path(os.environ["VAR_DIR"]) / f"filled-{connection.vendor}"
    call_command("migrate", verbosity=0)
    if not filled.exists():
        fill(count, words)
        filled.touch()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    measure(searches(words, newest=datetime.now(UTC)))


def main() -> None:
    arguments = sys.argv[1:]
    if arguments[:1] == ["--here"]:
        run(int(arguments[1]))
        return
    count = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else 100_000
    for vendor in arguments or ["sqlite", "postgres"]:
        print(f"\n## {vendor}, {count:,} articles, load {os.getloadavg()[0]:.1f}", flush=True)
        with folder_of_databases() as folder:
            environment = {
                **os.environ, "LOCAL": "1", "VAR_DIR": folder, "LOG_LEVEL": "WARNING",
                "DJANGO_SETTINGS_MODULE": "newsroom.settings",
            }  # fmt: skip
            kept = (Path(folder) / "filled-postgresql").exists()
            if vendor == "postgres":
                environment["DATABASE_URL"] = f"{SERVER}/{SCRATCH}"
                if not kept:
                    scratch("DROP DATABASE IF EXISTS", "CREATE DATABASE")
            try:
                subprocess.run(
                    [sys.executable, __file__, "--here", str(count)], env=environment, check=True
                )
            finally:
                if vendor == "postgres" and "KEEP" not in os.environ:
                    scratch("DROP DATABASE IF EXISTS")


@contextmanager
def folder_of_databases() -> Iterator[str]:
    """The one that KEEP names, which stays, or one for this run."""
    if "KEEP" in os.environ:
        Path(os.environ["KEEP"]).mkdir(parents=True, exist_ok=True)
        yield os.environ["KEEP"]
    else:
        with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
            yield folder


def scratch(*statements: str) -> None:
    import psycopg

    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as connection:
        for statement in statements:
            connection.execute(f"{statement} {SCRATCH}")


if __name__ == "__main__":
    main()
