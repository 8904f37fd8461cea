"""An archive of any size, copied from the demo's published stories by SQL: for growth benchmarks.

`python tests/bench/archive.py COUNT` fills the database of the environment's settings. Copies have
slugs, ids and times of their own, the newest with the highest id as in a paper that was written in
order; tags, bylines, section and lead photo are their donor's. Every archive spans the same 19
years, and its newest two days are equally full: pages of archives of any size then have the same to
show. Run `manage.py reindex` afterwards to have them searchable.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

FIRST_ID = 10_000_000
# The newest lie so far apart as all would in an archive of a million; the rest fills the years.
FULL, MINUTES_APART = 290, 10
SPAN_MINUTES = 10_000_000
NUMBERS = (
    "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})"
)


def fill(count: int) -> None:
    """Add `count` copies. Needs a database with the demo in it and no copies yet."""
    from django.db import connection, transaction

    from articles.models import Article

    donors = list(Article.objects.published().order_by("pk").values_list("pk", flat=True))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE donors (i integer, donor bigint)")
        cursor.executemany("INSERT INTO donors VALUES (%s, %s)", list(enumerate(donors)))
        cursor.execute(articles_sql(connection.vendor, count, donors=len(donors)))
        for table, owner, columns in (
            ("articles_taggedarticle", "content_object_id", ["tag_id", "is_primary", '"order"']),
            (
                "articles_byline",
                "article_id",
                ["contributor_id", "role", '"order"', "text_override"],
            ),
        ):
            cursor.execute(
                f"INSERT INTO {table} ({owner}, {', '.join(columns)}) "
                f"{NUMBERS.format(count=count)} "
                f"SELECT {FIRST_ID + count} - n, {', '.join('t.' + column for column in columns)} "
                f"FROM numbers JOIN donors ON donors.i = n %% {len(donors)} "
                f"JOIN {table} t ON t.{owner} = donors.donor",
                [],
            )
        cursor.execute("DROP TABLE donors")
    # As on a site: PostgreSQL gathers statistics by itself, SQLite never does.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def articles_sql(vendor: str, count: int, *, donors: int) -> str:
    """INSERT … SELECT of the copies, with what must differ from the donor computed from n."""
    from articles.models import Article

    apart = (SPAN_MINUTES - FULL * MINUTES_APART) // max(count - FULL, 1)
    minutes = (
        f"60 + CASE WHEN n <= {FULL} THEN n * {MINUTES_APART} "
        f"ELSE {FULL * MINUTES_APART} + (n - {FULL}) * {apart} END"
    )
    if vendor == "postgresql":
        moment = f"now() - ({minutes}) * interval '1 minute'"
        uid = "gen_random_uuid()"
    else:
        moment = f"strftime('%Y-%m-%d %H:%M:%f', 'now', '-' || ({minutes}) || ' minutes')"
        uid = "lower(hex(randomblob(16)))"
    own = {
        "id": f"{FIRST_ID + count} - n",
        "uid": uid,
        "slug": "a.slug || '-' || n",
        "headline": "a.headline || ' ' || n",
        "publish_at": moment,
        "first_published_at": moment,
        "current_draft_id": "NULL",
        "live_id": "NULL",
        "has_corrections": "a.has_corrections",
    }
    columns = [field.column for field in Article._meta.concrete_fields]
    values = [own.get(column, f'a."{column}"') for column in columns]
    return (
        f"INSERT INTO articles_article ({', '.join(columns)}) {NUMBERS.format(count=count)} "
        f"SELECT {', '.join(values)} FROM numbers JOIN donors ON donors.i = n % {donors} "
        "JOIN articles_article a ON a.id = donors.donor"
    )


if __name__ == "__main__":
    import django

    django.setup()
    fill(int(sys.argv[1]))
