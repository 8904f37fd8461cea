from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from articles.models import Article
from reactions.models import (
    Base,
    Board,
    Delta,
    Event,
    Hour,
    ReactionKind,
    ReactionSet,
    SetKind,
    Tally,
    ViewLog,
    Views,
    Vote,
)
from reactions.voting import cast_vote
from tests.reactions.conftest import new_visitor

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def refused(make: object) -> bool:
    try:
        with transaction.atomic():
            make()  # type: ignore[operator]
    except IntegrityError:
        return True
    return False


def test_the_database_refuses_what_can_not_be(story: Article, heart: int) -> None:
    now = story.publish_at
    vote = {"article": story, "kind": heart, "at": now}
    Vote.objects.create(visitor=1, **vote)
    Base.objects.create(article=story, kind_id=heart, n=1, source="x", imported_at=now)
    impossible = [
        lambda: Vote.objects.bulk_create([Vote(visitor=1, **vote)]),
        lambda: Vote.objects.create(visitor=2, **(vote | {"kind": -1})),
        lambda: Vote.objects.create(visitor=2, state=4, **vote),
        lambda: Tally.objects.create(article=story, kind_id=heart, n=-1),
        lambda: Delta.objects.create(article=story, kind_id=heart, d=0),
        lambda: Base.objects.create(article=story, kind_id=heart, n=2, source="x", imported_at=now),
        lambda: Base.objects.create(
            article=story, kind_id=heart, n=-2, source="y", imported_at=now
        ),
        lambda: Board.objects.create(article=story, state="frozen"),
        lambda: Board.objects.create(article=story, state="else", frozen_reason="x"),
        lambda: ReactionSet.objects.create(slug="a", question="Q?", is_default=True),
        lambda: ReactionSet.objects.create(slug="b", question=""),
        lambda: ReactionKind.objects.create(slug="c", label="C"),
        lambda: ReactionKind.objects.create(slug="d", label="", emoji="x"),
        lambda: ReactionKind.objects.create(id=0, slug="e", label="E", emoji="x"),
        lambda: SetKind.objects.create(set=ReactionSet.objects.get(), kind_id=heart),
    ]
    assert [number for number, make in enumerate(impossible) if not refused(make)] == []


def test_a_kind_that_was_ever_used_stays(story: Article, heart: int) -> None:
    cast_vote(story.pk, new_visitor(), heart)
    SetKind.objects.all().delete()
    with pytest.raises(ProtectedError):
        ReactionKind.objects.get(pk=heart).delete()


def test_every_row_has_a_name_for_people(story: Article, heart: int) -> None:
    cast_vote(story.pk, new_visitor(), heart)
    base = Base(article=story, kind_id=heart, n=3, source="wpreactions")
    assert str(ReactionKind.objects.get(pk=heart)) == "❤️ Heart"
    assert str(ReactionSet.objects.get()) == "What do you think?"
    assert str(SetKind.objects.get(kind_id=heart)) == "❤️ Heart"
    assert str(Board.objects.get()) == f"Reactions to {story}"
    assert str(Vote.objects.get()) == f"Vote {heart} on article {story.pk}"
    assert str(Tally(article=story, kind_id=heart, n=2)).startswith("2 of kind")
    assert str(Delta(article=story, kind_id=heart, d=-1)).startswith("-1 of kind")
    event, hour = (
        Event.objects.get(),
        Hour(article=story, kind_id=heart, hour=story.publish_at, n=4),
    )
    assert str(event).startswith(f"0 → {heart} on article {story.pk} at ")
    assert str(hour).startswith(f"4 of kind {heart} on article {story.pk}, ")
    views = Views(article=story, hour=story.publish_at, n=9)
    assert str(views).startswith(f"9 views of article {story.pk}, ")
    assert str(ViewLog(head="ab", end=1_200)) == "Log ab, counted up to byte 1,200"
    assert str(base) == f"3 of kind {heart} from wpreactions"


def test_the_tables_lie_as_the_design_says() -> None:
    """A later migration that rebuilds these tables on SQLite would lose this silently."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE sql LIKE '%WITHOUT ROWID' "
                "AND name LIKE 'reactions_%' ORDER BY name"
            )
            expected = [("reactions_hour",), ("reactions_tally",), ("reactions_vote",)]
        else:
            cursor.execute(
                "SELECT relname, array_to_string(reloptions, ' ') FROM pg_class "
                "WHERE relname IN ('reactions_tally', 'reactions_delta') ORDER BY relname"
            )
            vacuum = "autovacuum_vacuum_scale_factor=0 autovacuum_vacuum_threshold=10000"
            expected = [("reactions_delta", vacuum), ("reactions_tally", "fillfactor=50")]
        assert cursor.fetchall() == expected


def test_imports_know_every_kind_of_wp_reactions_lite(kinds: object) -> None:
    known = ReactionKind.objects.order_by("legacy_wp_id").values_list("legacy_wp_id", flat=True)
    assert list(known) == list(range(1, 15))


def test_the_default_set_has_the_seeds_kinds_in_its_order(kinds: object) -> None:
    default = ReactionSet.objects.get(is_default=True)
    ids = [member.kind.legacy_wp_id for member in default.members.select_related("kind")]
    assert ids == [8, 10, 4, 5, 2, 7, 12]


def test_kinds_come_with_words_for_their_lists_and_a_newsrooms_own_words_stay(
    kinds: dict[str, ReactionKind],
) -> None:
    assert kinds["laugh"].list_title == "What made readers laugh"
    assert not kinds["thumbs-up"].list_title  # says little of a story
    ReactionKind.objects.filter(slug="laugh").update(list_title="Ha!")
    import_module("reactions.migrations.0007_kind_list_title").add_titles(apps, None)
    assert ReactionKind.objects.get(slug="laugh").list_title == "Ha!"
