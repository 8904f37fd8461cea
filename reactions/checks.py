"""`manage.py check --database default`: what is on the bars can be seen and read. That an active kind
has a label, and an emoji or a picture, is the table's own rule; here is what no table knows.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.files.storage import default_storage
from django.db import DatabaseError, connections, transaction

from reactions.models import ReactionKind, ReactionSet
from reactions.pictures import picture_of
from reactions.set_style import failing


@register(Tags.database)
def check_kinds_and_sets(
    app_configs: Sequence[Any] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for alias in databases or []:
        try:
            if ReactionKind._meta.db_table not in connections[alias].introspection.table_names():
                continue
            with transaction.atomic(using=alias):
                found += [*_kinds(alias), *_sets(alias)]
        except DatabaseError:
            continue  # before the migrations that this code needs: they are what mends it
    return found


def _kinds(alias: str) -> Iterator[CheckMessage]:
    for kind in ReactionKind.objects.using(alias).filter(retired_at=None):
        if kind.image and not default_storage.exists(str(kind.image)):
            yield Error(
                f"The picture of “{kind.label}” is gone: {kind.image.name}.",
                hint="Upload it again, or restore the media folder.",
                id="reactions.E001",
            )
        elif not kind.image and not picture_of(kind.emoji):
            yield checks.Warning(
                f"“{kind.label}” looks as each reader’s device draws {kind.emoji}.",
                hint="Upload a picture to have it the same for everybody.",
                id="reactions.W001",
            )


def _sets(alias: str) -> Iterator[CheckMessage]:
    for each in ReactionSet.objects.using(alias).all():
        # The site's own colours may have changed since the set was saved.
        for pair in failing(each.style):
            yield checks.Warning(f"The set “{each.question}”: {pair.words}", id="reactions.W002")
