"""Old reactions of WP Reactions: time, memory and queries of an import, and of the same one again.

python tests/bench/reactions_import.py [--rows 1000000] [--posts 20000] [--postgres]
Makes a dump (with a large table of something else in it, which is passed over) and a site with the
stories, in a folder of its own; each run is a process of its own.
"""

import argparse
import gzip
import random
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.tools import ROOT, environment_of, heading, manage, postgres, scratch

COLUMNS = """CREATE TABLE `wp_wpreactions_reacted_users` (
  `id` mediumint(9) NOT NULL, `bind_id` varchar(100), `react_id` varchar(30), `reacted_date` datetime,
  `source` varchar(50), `emoji_id` smallint, `user_id` bigint, `sgc_id` bigint, PRIMARY KEY (`id`)
);
"""
ROWS_A_STATEMENT = 10_000
DUPLICATES = 0.02
EMOJIS = (8, 10, 4, 5, 2, 7, 12)
STORIES = """
import sys, django
django.setup()
from django.utils import timezone
from articles.models import Article, ImportRecord
posts = int(sys.argv[1])
now = timezone.now()
made = Article.objects.bulk_create((
    Article(headline=f"Story {n}", slug=f"story-{n}", status="published", publish_at=now, first_published_at=now)
    for n in range(posts)), batch_size=500)
ImportRecord.objects.bulk_create((
    ImportRecord(host="www.old.example", external_id=str(1000 + n), article=article, raw_sha="x")
    for n, article in enumerate(made)), batch_size=500)
"""
IMPORT = """
import resource, sys, time, django
django.setup()
from django.core.management import call_command
from django.db import connection
queries = [0]
def count(execute, *rest):
    queries[0] += 1
    return execute(*rest)
began, spent = time.perf_counter(), time.process_time()
with connection.execute_wrapper(count):
    call_command("import_wp_reactions", *sys.argv[1:], stdout=sys.stderr)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
in_database = 0.0
if connection.vendor == "postgresql":
    from tests.bench.tools import cpu
    in_database = cpu(connection.connection.info.backend_pid)
print(time.perf_counter() - began, time.process_time() - spent, in_database, peak, queries[0])
from reactions import tallies
from reactions.models import Base, Vote
from django.db.models import Sum
print(Base.objects.aggregate(n=Sum("n"))["n"] or 0, Vote.objects.count(), len(tallies.differences()))
"""


def write_dump(path: Path, rows: int, posts: int) -> int:
    """A gzipped dump; returns how many reactions stand when duplicates are folded."""
    rng = random.Random(6)
    standing = set()
    # Much is said of few stories, little of most.
    weights = [1 / (n + 10) for n in range(posts)]
    with gzip.open(path, "wt", compresslevel=1) as out:
        out.write("-- MySQL dump 10.13\n")
        text = "It''s a long post; \\'quoted\\' " * 40
        for start in range(0, posts, 500):
            values = ",".join(f"({n},'{text}')" for n in range(start, min(start + 500, posts)))
            out.write(f"INSERT INTO `wp_posts` VALUES {values};\n")
        out.write(COLUMNS)
        last = (1000, "0")
        for start in range(0, rows, ROWS_A_STATEMENT):
            values = []
            bound = rng.choices(range(posts), weights, k=min(ROWS_A_STATEMENT, rows - start))
            for n, post in enumerate(bound, start):
                key = last if rng.random() < DUPLICATES else (1000 + post, f"{n + 2**48:013x}")
                standing.add(hash(key))
                last = key
                date = f"20{18 + n * 6 // rows:02d}-{1 + n % 12:02d}-{1 + n % 28:02d} {n % 24:02d}:{n % 60:02d}:07"
                values.append(
                    f"({n},'{key[0]}','{key[1]}','{date}','global',{rng.choice(EMOJIS)},0,0)"
                )
            out.write(f"INSERT INTO `wp_wpreactions_reacted_users` VALUES {','.join(values)};\n")
        out.write("-- Dump completed\n")
    return len(standing)


def measure(folder: str, rows: int, posts: int, database: str | None) -> None:
    path = Path(folder, "old.sql.gz")
    standing = write_dump(path, rows, posts)
    print(
        f"{rows:,} rows of {posts:,} posts, {standing:,} stand; {path.stat().st_size / 1e6:.0f} MB gzipped"
    )
    for mode, more in (("totals", []), ("with voters", ["--with-voters"])):
        if database:
            scratch(f"DROP DATABASE IF EXISTS {database}", f"CREATE DATABASE {database}")
        site = tempfile.mkdtemp(dir=folder)
        environment = environment_of(
            site, DJANGO_SETTINGS_MODULE="newsroom.settings", REACTIONS_SEAL_DAYS="0"
        )
        if database:
            environment["DATABASE_URL"] = postgres(database)
        manage(environment, "migrate")
        in_process(environment, STORIES, str(posts))
        for run in ("first", "again"):
            output = in_process(environment, IMPORT, str(path), "--tz", "America/New_York", *more)
            seconds, cpu, in_database, peak, queries = map(float, output[:5])
            base, votes, wrong = map(int, output[5:])
            print(
                f"{mode}, {run}: {seconds:.1f} s ({cpu:.1f} CPU, {in_database:.1f} in PostgreSQL), peak {peak:.0f} MB, {queries:.0f} queries "
                f"({queries / rows * 1000:.1f} per 1,000 rows); {base:,} as totals, {votes:,} as votes, "
                f"{wrong} differences"
            )
            assert base + votes == standing
    if database:
        scratch(f"DROP DATABASE IF EXISTS {database}")


def in_process(environment: dict[str, str], code: str, *arguments: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, env=environment, check=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    return done.stdout.split()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--posts", type=int, default=20_000)
    parser.add_argument("--postgres", action="store_true")
    arguments = parser.parse_args()
    print(heading("PostgreSQL" if arguments.postgres else "SQLite"))
    with tempfile.TemporaryDirectory() as folder:
        measure(
            folder, arguments.rows, arguments.posts,
            "newsroom_bench_import" if arguments.postgres else None,
        )  # fmt: skip
