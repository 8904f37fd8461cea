"""The agencies that credit lines name most, to start from; the desk adds its own."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from articles.photos.agencies import AGENCIES
from newsroom.lib.text import normalise_key


def seed(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Agency = apps.get_model("articles", "Agency")
    rows = {}
    for row in AGENCIES:
        key = normalise_key(row.name)
        rows[row.name], _made = Agency.objects.get_or_create(
            norm_key=key, defaults={"name": row.name, "aliases": list(row.aliases)}
        )
    for row in AGENCIES:
        if row.parent:
            rows[row.name].parent = rows[row.parent]
            rows[row.name].save(update_fields=["parent"])


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_groups")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
