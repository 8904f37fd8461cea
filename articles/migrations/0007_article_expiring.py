from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_tag_use_newest")]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("expire_at__isnull", False)),
                fields=["expire_at"],
                name="article_expiring",
            ),
        ),
    ]
