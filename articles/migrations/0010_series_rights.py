"""Editors make series. The group came before the series did."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

MODELS = ("series", "seriesitem")
ACTIONS = ("add", "change", "delete", "view")


def grant(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    config = apps.get_app_config("articles")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    group = apps.get_model("auth", "Group").objects.filter(name="Editors").first()
    if group is None:  # renamed or removed: the newsroom has its own
        return
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="articles",
        codename__in=[f"{action}_{model}" for model in MODELS for action in ACTIONS],
    )
    group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0009_board"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
