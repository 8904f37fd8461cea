from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("articles", "0015_photo_event")]

    operations = [
        migrations.AddIndex(
            model_name="photo",
            index=models.Index(
                fields=["rights_from"],
                name="photo_rights_begin",
                condition=Q(rights_from__isnull=False),
            ),
        ),
    ]
