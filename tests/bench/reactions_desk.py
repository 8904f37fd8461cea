"""The moderators' pages under load: the live board's looks and analytics' sums.

python tests/bench/reactions_desk.py [--votes 500000] [--stories 2000] [--postgres]
Five minutes of votes in the ledger (autosummarised as far as VACUUM does it, on PostgreSQL) and a
quarter of hours, in a database of its own. Each figure is the best of three: milliseconds by the clock / of CPU,
Newsroom's and its database's.
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.reactions_import import STORIES, in_process
from tests.bench.tools import environment_of, heading, manage, postgres, scratch

DATABASE = "newsroom_bench_desk"
VOTES = """
import sys, django, random
django.setup()
from datetime import timedelta
from django.db import connection
from django.utils import timezone
from reactions.models import Event, Hour
votes, stories = map(int, sys.argv[1:])
now, dice = timezone.now(), random.Random(6)
first = 1
def story():
    return first + int(stories * dice.random() ** 3)
Hour.objects.bulk_create(
    (Hour(article_id=first + s, kind_id=1 + (s + h) % 7, hour=(now - timedelta(hours=h)).replace(minute=0, second=0, microsecond=0), n=5, fresh=1)
     for h in range(2, 24 * 90) for s in range(0, stories, 20)), batch_size=5000)
def lines():
    for n in range(votes):
        yield Event(at=now + timedelta(seconds=300 * (n / votes) - 270), article_id=story(), visitor=n, net=n % 5000,
            cookie_age_s=dice.randrange(100_000), prev=0, kind=1 + n % 7, flags=4)
Event.objects.bulk_create(lines(), batch_size=5000)
if connection.vendor == "postgresql":
    connection.cursor().execute("VACUUM ANALYZE reactions_event")
    connection.cursor().execute("VACUUM ANALYZE reactions_hour")
print(Hour.objects.count(), now.timestamp())
"""
LOOK = """
import sys, time, django
django.setup()
from datetime import datetime, timedelta, timezone
from django.core.cache import cache
from django.db import connection
from tests.bench.tools import _own_cpu
from reactions.insight import analytics, live
from reactions.insight.analytics_period import preset
now = datetime.fromtimestamp(float(sys.argv[1]), timezone.utc)
def spent():
    cpu = time.process_time()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            cpu += _own_cpu(cursor.fetchone()[0])
    return time.perf_counter(), cpu
def took(work, before=lambda: None):
    best = []
    for _ in range(3):
        before()
        began = spent()
        work()
        best.append([round((after - start) * 1000) for start, after in zip(began, spent())])
    return "%s/%s" % tuple(map(min, zip(*best)))
print(took(lambda: live.live_board(now=now), cache.clear))
moments = iter(now + timedelta(seconds=6 * n) for n in range(1, 4))
print(took(lambda: live.live_board(now=next(moments))))
for key in ("24h", "7d", "30d", "all"):
    print(took(lambda: analytics.report(preset(key, now, timezone.utc)), cache.clear))
"""


def measure(votes: int, stories: int, database: str | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = environment_of(folder, DJANGO_SETTINGS_MODULE="newsroom.settings")
        if database:
            scratch(f"DROP DATABASE IF EXISTS {database}", f"CREATE DATABASE {database}")
            environment["DATABASE_URL"] = postgres(database)
            # One process does it all, so that its CPU can be told.
            environment["PGOPTIONS"] = "-c max_parallel_workers_per_gather=0"
        manage(environment, "migrate")
        in_process(environment, STORIES, str(stories))
        hours, now = in_process(environment, VOTES, str(votes), str(stories))
        first, next_, *periods = in_process(environment, LOOK, now)
        print(f"{votes:,} votes in five minutes: first look {first} ms, each after it {next_} ms")
        said = ", ".join(
            f"{key} {ms} ms"
            for key, ms in zip(("24 h", "7 d", "30 d", "all"), periods, strict=True)
        )
        print(f"analytics over {int(hours):,} rows of hours, 90 days: {said}")
    if database:
        scratch(f"DROP DATABASE IF EXISTS {database}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--votes", type=int, default=500_000)
    parser.add_argument("--stories", type=int, default=2_000)
    parser.add_argument("--postgres", action="store_true")
    arguments = parser.parse_args()
    print(heading("PostgreSQL" if arguments.postgres else "SQLite"))
    measure(arguments.votes, arguments.stories, DATABASE if arguments.postgres else None)
