from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0013_byline_newest")]

    operations = [
        migrations.CreateModel(
            name="SearchStale",
            fields=[("article_id", models.BigIntegerField(primary_key=True, serialize=False))],
        ),
    ]
