"""How a vote can be stored, side by side in one run on PostgreSQL, with pgbench: Newsroom's own
statement (its roller at work) and what others do, written after their public descriptions.

A counter row: the vote and `n = n + 1` in one transaction. Locked first: django-vote's shape,
`SELECT … FOR UPDATE` of the row that holds the number, then vote and number. Counted when read: the
vote alone, and COUNT(*) for every page.
"""

import re
import statistics
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.bench.reactions_site import ROOT, Site, roller, tool
from tests.bench.tools import cpu

CLIENTS = 16
SECONDS = 3
ROUNDS = 2
OFFERED = 5_000
TABLES = """
    CREATE TABLE IF NOT EXISTS other_vote (
        article bigint, visitor bigint, kind smallint, PRIMARY KEY (article, visitor));
    CREATE TABLE IF NOT EXISTS other_count (article bigint, kind smallint, n bigint,
        PRIMARY KEY (article, kind));
    INSERT INTO other_count SELECT article, kind, 0 FROM generate_series(1, 10000) article,
        generate_series(1, 7) kind ON CONFLICT DO NOTHING;
"""
DICE = r"""
\set visitor random(1, 1000000000000)
\set kind random(1, 7)
\set article random(:first, :last)
"""
PUT = """INSERT INTO other_vote VALUES (:article, :visitor, :kind)
    ON CONFLICT (article, visitor) DO UPDATE SET kind = EXCLUDED.kind;
"""
OTHERS = {
    "a counter row": f"""BEGIN;
{PUT}UPDATE other_count SET n = n + 1 WHERE article = :article AND kind = :kind;
COMMIT;
""",
    "locked first, then counted (django-vote's shape)": f"""BEGIN;
SELECT n FROM other_count WHERE article = :article AND kind = :kind FOR UPDATE;
{PUT}UPDATE other_count SET n = n + 1 WHERE article = :article AND kind = :kind;
COMMIT;
""",
    "the vote alone, COUNT(*) when read": PUT,
}
CAST = "from reactions.voting import cast_on_postgres; print(cast_on_postgres().sql)"
VALUES = {
    "article": ":article::bigint", "visitor": ":visitor::bigint", "kind": ":kind::smallint",
    "state": "0::smallint", "net": "5::bigint", "cookie_age": "86400", "flags": "0::smallint",
    "now": "now()",
}  # fmt: skip


class Shape(NamedTuple):
    name: str
    rate: float
    p99: float  # ms
    cpu_ms: float  # of the database, a vote


def own_script(place: Site) -> str:
    """The product's statement, as pgbench asks it."""
    said = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", CAST],
        cwd=ROOT, env=place.environment, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    sql = re.sub(r"%\((\w+)\)s", lambda found: VALUES[found[1]], said)
    return f"{' '.join(sql.split())};\n"


def pgbench(place: Site, script: str, *, articles: int, rate: int = 0) -> Shape:
    """One run; its latencies are read from pgbench's own log of every transaction."""
    assert place.postmaster
    folder = Path(place.folder)
    file = folder / "script.sql"
    file.write_text(script)
    for old in folder.glob("latency.*"):
        old.unlink()
    first = place.first_article
    command = [
        str(tool("pgbench")), "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2",
        "-T", str(SECONDS), "-f", str(file), "-D", f"first={first}", "-D",
        f"last={first + articles - 1}", "-l", "--log-prefix", "latency", "-h", "127.0.0.1",
        "-p", str(place.postmaster.port), "-U", "postgres", *(["-R", str(rate)] if rate else []),
        "bench",
    ]  # fmt: skip
    before = cpu(place.postmaster.pid)
    subprocess.run(command, check=True, cwd=folder, capture_output=True)
    spent = cpu(place.postmaster.pid) - before
    lines = (line.split() for log in folder.glob("latency.*") for line in log.open())
    # With a rate: from when it was due.
    latencies = sorted(int(line[2]) / 1_000 for line in lines)
    count = len(latencies)
    return Shape("", count / SECONDS, latencies[int(count * 0.99)], spent * 1_000 / count)


def median(name: str, runs: list[Shape]) -> Shape:
    return Shape(name, *(statistics.median(column) for column in list(zip(*runs, strict=True))[1:]))


def measure(place: Site) -> list[Shape]:
    """Interleaved rounds on one article; ours over 10,000 as well, and at 5,000 a second offered."""
    import psycopg

    assert place.postmaster
    with psycopg.connect(place.postmaster.url("bench"), autocommit=True) as connection:
        connection.execute(TABLES)
    own = own_script(place)
    scripts = {"Newsroom": own, **OTHERS}
    runs: dict[str, list[Shape]] = {}
    with roller(place):
        for _ in range(ROUNDS):
            for name, script in scripts.items():
                run = pgbench(place, DICE + script, articles=1)
                runs.setdefault(name, []).append(run)
            run = pgbench(place, DICE + own, articles=10_000)
            runs.setdefault("Newsroom, 10,000 articles", []).append(run)
        found = [median(name, several) for name, several in runs.items()]
        offered = pgbench(place, DICE + own, articles=1, rate=OFFERED)
    return [*found, offered._replace(name=f"Newsroom, {OFFERED:,}/s offered")]
