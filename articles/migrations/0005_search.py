"""The full-text index: FTS5 on SQLite, tsvector with GIN on PostgreSQL, filled from what is there.

The index holds nothing of its own: `manage.py reindex` makes it anew at any time.
"""

from django.db import migrations

from articles.search.engine import engine_for, is_english
from articles.search.entry import Sources, read_entries

CHUNK = 200


def create(apps, schema_editor):
    connection = schema_editor.connection
    engine = engine_for(connection)
    engine.create(connection)
    sources = Sources(
        article=apps.get_model("articles", "Article"),
        tagged=apps.get_model("articles", "TaggedArticle"),
        byline=apps.get_model("articles", "Byline"),
    )
    released = sources.article.objects.filter(status="published")
    ids = list(released.order_by("-publish_at").values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        engine.write(connection, read_entries(chunk, sources=sources, english=is_english()))
    engine.finish(connection)


def drop(apps, schema_editor):
    engine_for(schema_editor.connection).drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_desk_and_fronts")]
    operations = [migrations.RunPython(create, drop)]
