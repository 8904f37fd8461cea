import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_search")]

    operations = [
        migrations.AddIndex(
            model_name="taggedarticle",
            index=models.Index(
                models.F("tag"),
                models.OrderBy(models.F("content_object"), descending=True),
                name="tag_use_newest",
            ),
        ),
        migrations.AlterField(
            model_name="taggedarticle",
            name="tag",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="uses",
                to="articles.tag",
            ),
        ),
    ]
