from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("articles", "0020_embed_host_nudge")]

    operations = [
        migrations.AddIndex(
            model_name="photo",
            index=models.Index(
                fields=["-id"], name="photo_hidden", condition=Q(status__in=("expired", "removed"))
            ),
        ),
        migrations.AddIndex(
            model_name="photo",
            index=models.Index(
                fields=["rights_until"],
                name="photo_ended_files",
                condition=Q(rights_until__isnull=False, rendition_state="ok"),
            ),
        ),
        migrations.AddIndex(
            model_name="photo",
            index=models.Index(
                fields=["id"],
                name="photo_without_files",
                condition=Q(rendition_state="none") & ~Q(original=""),
            ),
        ),
    ]
