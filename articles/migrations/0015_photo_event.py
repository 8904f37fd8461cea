import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import articles.fields


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0014_search_stale"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PhotoEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verb", models.CharField(choices=[("edited", "Edited"), ("applied", "Rights applied"), ("taken_down", "Taken down"), ("restored", "Restored")], max_length=20)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", articles.fields.ProseField(blank=True)),
                ("data", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, help_text="Column of the photo → [before, after].")),
                ("by", models.ForeignKey(help_text="Nobody: the machine, or somebody whose account is gone.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("photo", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="events", to="articles.photo")),
            ],
            options={"ordering": ["-pk"]},
        ),
    ]  # fmt: skip
