import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0012_embed_engine")]

    operations = [
        migrations.AddIndex(
            model_name="byline",
            index=models.Index(
                models.F("contributor"),
                models.OrderBy(models.F("article"), descending=True),
                name="byline_newest",
            ),
        ),
        migrations.AlterField(
            model_name="byline",
            name="contributor",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bylines",
                to="articles.contributor",
            ),
        ),
    ]
