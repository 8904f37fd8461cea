"""What `manage.py check --database default` says of kinds and sets."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from reactions.checks import check_kinds_and_sets
from reactions.models import ReactionKind, ReactionSet

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def found() -> list[str | None]:
    return [message.id for message in check_kinds_and_sets(None, databases=["default"])]


def test_the_kinds_that_a_newsroom_starts_with_are_all_right(kinds: object) -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"image": "reactions/gone.webp"}, "reactions.E001"),
        ({"emoji": "🦖"}, "reactions.W001"),
    ],
)
def test_what_is_wrong_with_an_active_kind_is_named(
    kinds: dict[str, ReactionKind], heart: int, fields: dict[str, str], named: str
) -> None:
    ReactionKind.objects.filter(pk=heart).update(**fields)
    assert found() == [named]
    ReactionKind.objects.update(retired_at=timezone.now())
    assert found() == []


def test_a_style_that_no_longer_passes_is_named(kinds: object) -> None:
    ReactionSet.objects.update(style={"light": {"text": "#cccccc"}})
    assert set(found()) == {"reactions.W002"}


def test_the_command_runs_it(kinds: object, heart: int) -> None:
    ReactionKind.objects.filter(pk=heart).update(emoji="🦖")
    out = StringIO()
    call_command("check", tags=["database"], databases=["default"], stderr=out)
    assert "as each reader’s device draws 🦖" in out.getvalue()
