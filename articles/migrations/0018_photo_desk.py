from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0017_photo_dhash")]

    operations = [
        migrations.AlterField(
            model_name="photoevent",
            name="verb",
            field=models.CharField(choices=[("edited", "Edited"), ("applied", "Rights applied"), ("taken_down", "Taken down"), ("restored", "Restored"), ("compared", "Compared with one like it")], max_length=20),
        ),
        migrations.AddIndex(
            model_name="photo",
            index=models.Index(fields=["status", "rights_until", "rights_from"], name="photo_rights"),
        ),
        migrations.AddIndex(
            model_name="photo",
            index=models.Index(fields=["-uploaded_at"], name="photo_uploaded"),
        ),
    ]  # fmt: skip
