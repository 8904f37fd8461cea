from django.db import migrations


class Migration(migrations.Migration):
    """What photo_hidden was for, photo_rights serves, too."""

    dependencies = [("articles", "0021_photo_hidden")]

    operations = [migrations.RemoveIndex(model_name="photo", name="photo_hidden")]
