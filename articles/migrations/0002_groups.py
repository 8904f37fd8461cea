"""The groups of a newsroom and what each may do. Moderators come with the reactions app."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

EVERYTHING = ("add", "change", "delete", "view")
READ = ("view",)
# model: the actions allowed. What hangs on an article (bylines, tags, photo uses) is edited with it.
WRITERS = {
    "article": ("add", "change", "view"),
    "byline": EVERYTHING,
    "taggedarticle": EVERYTHING,
    "photouse": EVERYTHING,
    "photo": ("add", "change", "view"),
    "contributor": READ,
    "section": READ,
    "tag": ("add", "view"),
    "agency": READ,
    "embed": READ,
    "revision": READ,
    "correction": READ,
}
EDITORS = {
    name: EVERYTHING
    for name in (
        "agency", "article", "banner", "byline", "contributor", "correction", "embed", "front",
        "photo", "photouse", "redirect", "section", "slot", "slotentry", "tag", "tagalias",
        "taggedarticle",
    )
} | {"revision": READ, "importrecord": READ}
PHOTO_DESK = {
    "photo": EVERYTHING,
    "photouse": EVERYTHING,
    "agency": EVERYTHING,
    "article": READ,
    "contributor": READ,
    "tag": READ,
}
GROUPS = {"Writers": WRITERS, "Editors": EDITORS, "Photo desk": PHOTO_DESK}
EXTRA = {"Editors": ["publish_article"]}


def make_groups(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # Permissions are normally made after all migrations; groups need them now.
    config = apps.get_app_config("articles")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, models in GROUPS.items():
        codenames = [f"{action}_{model}" for model, actions in models.items() for action in actions]
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.add(
            *Permission.objects.filter(
                content_type__app_label="articles", codename__in=codenames + EXTRA.get(name, [])
            )
        )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
