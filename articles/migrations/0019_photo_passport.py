"""The photo passport: a credit that could not be read, who sells a licence; agencies of the start list
that the desk doesn't have yet.
"""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from articles.photos.agencies import AGENCIES
from newsroom.lib.text import normalise_key


def seed(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Agency = apps.get_model("articles", "Agency")
    rows, made = {}, set()
    for row in AGENCIES:
        rows[row.name], is_new = Agency.objects.get_or_create(
            norm_key=normalise_key(row.name),
            defaults={"name": row.name, "aliases": list(row.aliases)},
        )
        made |= {row.name} if is_new else set()
    for row in AGENCIES:
        if row.parent and row.name in made:
            rows[row.name].parent = rows[row.parent]
            rows[row.name].save(update_fields=["parent"])


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0018_photo_desk'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='photo',
            name='credit_unclear',
            field=models.BooleanField(default=False, editable=False, help_text='Its caption seems to credit somebody, and could not be read.'),
        ),
        migrations.AddField(
            model_name='photo',
            name='licensor',
            field=models.CharField(blank=True, help_text='Who sells a licence.', max_length=200),
        ),
        migrations.AddIndex(
            model_name='photo',
            index=models.Index(condition=models.Q(('credit_unclear', True)), fields=['-id'], name='photo_unclear'),
        ),
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
