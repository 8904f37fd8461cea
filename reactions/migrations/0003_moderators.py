"""Moderators look after the reactions and see nothing of the articles' drafts."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CODENAMES = [
    "add_board", "view_board", "change_board", "freeze_board", "hide_board", "view_reactionset",
    "add_reactionset", "change_reactionset", "view_reactionkind", "add_reactionkind",
    "change_reactionkind", "add_setkind", "change_setkind", "delete_setkind", "view_setkind",
    "view_base", "change_base",
]  # fmt: skip


def make_group(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # Permissions are normally made after all migrations; the group needs them now.
    config = apps.get_app_config("reactions")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    permissions = Permission.objects.filter(
        content_type__app_label="reactions", codename__in=CODENAMES
    )
    for name in ("Moderators", "Editors"):
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("reactions", "0002_default_kinds"),
        ("articles", "0002_groups"),
    ]
    operations = [migrations.RunPython(make_group, migrations.RunPython.noop)]
