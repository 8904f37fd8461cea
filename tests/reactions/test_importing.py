from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.importers.wp_bar import WpBar
from articles.models import Article
from reactions import tallies
from reactions.importing import UnknownKinds, apply_wp_bar
from reactions.models import Base, Board, ReactionKind, ReactionSet
from reactions.voting import cast_vote
from tests.builders import make_article
from tests.reactions.conftest import new_visitor

pytestmark = [pytest.mark.django_db, pytest.mark.services]

SEED = WpBar(
    version="1.3.10",
    post_id="97592",
    question="What Do You Think Roomies?",
    kind_ids=(8, 10, 4, 5, 2, 7, 12),
    counts=tuple((number, 0) for number in (8, 10, 4, 5, 2, 7, 12)),
    share_url="https://dev.old.example/a-story/",
    show_count=True,
)
COUNTED = replace(SEED, counts=((8, 1234), (10, 87), (4, 0), (5, 412), (2, 3), (7, 0), (12, 9)))


def shown(article: Article) -> list[tuple[str, int]]:
    board = tallies.read_board(article.pk)
    assert board is not None
    return [(kind.emoji, kind.shown) for kind in board.kinds]


def test_the_bar_becomes_the_articles_set(story: Article) -> None:
    board = apply_wp_bar(story, SEED)
    assert board.set is not None
    assert board.set.question == "What Do You Think Roomies?"
    assert shown(story) == [(emoji, 0) for emoji in ("👍", "❤️", "😂", "😮", "😍", "😞", "😢")]
    assert not Base.objects.exists()


def test_old_counts_are_kept_apart_from_votes(story: Article, heart: int) -> None:
    apply_wp_bar(story, COUNTED)
    cast_vote(story.pk, new_visitor(), heart)
    board = tallies.read_board(story.pk)
    assert board is not None
    assert [(kind.votes, kind.imported) for kind in board.kinds[:3]] == [(0, 1234), (1, 87), (0, 0)]
    assert board.imported == 1745
    assert set(Base.objects.values_list("source", flat=True)) == {"wpreactions"}
    assert tallies.differences() == []


def test_the_same_bar_again_writes_nothing(story: Article) -> None:
    apply_wp_bar(story, COUNTED)
    before = list(Base.objects.values()), list(Board.objects.values()), ReactionSet.objects.count()
    with CaptureQueriesContext(connection) as queries:
        apply_wp_bar(story, COUNTED)
    assert not [q for q in queries if q["sql"].startswith(("UPDATE", "DELETE"))]
    after = list(Base.objects.values()), list(Board.objects.values()), ReactionSet.objects.count()
    assert after == before


def test_changed_counts_take_the_place_of_the_old(story: Article) -> None:
    apply_wp_bar(story, COUNTED)
    Base.objects.filter(n=87).update(shown=False)
    newer = replace(COUNTED, counts=((8, 0), (10, 90), (4, 1), (5, 412), (2, 3), (7, 0), (12, 9)))
    apply_wp_bar(story, newer)
    bases = {base.kind.legacy_wp_id: base for base in Base.objects.select_related("kind")}
    assert {number: base.n for number, base in bases.items()} == {10: 90, 4: 1, 5: 412, 2: 3, 12: 9}
    assert not bases[10].shown  # a moderator's choice
    assert Board.objects.get().version == 2


def test_counts_of_another_source_are_left_alone(story: Article, heart: int) -> None:
    Base.objects.create(
        article=story, kind_id=heart, n=4, source="else", imported_at=story.publish_at
    )
    apply_wp_bar(story, SEED)
    assert Base.objects.get().source == "else"


def test_the_same_question_and_kinds_are_one_set(story: Article) -> None:
    other = make_article()
    assert apply_wp_bar(story, SEED).set == apply_wp_bar(other, COUNTED).set


def test_another_order_or_question_is_another_set(kinds: object) -> None:
    bars = [
        SEED,
        replace(SEED, kind_ids=SEED.kind_ids[::-1]),
        replace(SEED, question="Loud enough?"),
        replace(SEED, kind_ids=SEED.kind_ids[:3]),
    ]
    sets = [apply_wp_bar(make_article(), bar).set for bar in bars]
    assert len({each.pk for each in sets if each}) == 4
    assert len({each.slug for each in sets if each}) == 4


def test_an_editors_choice_of_set_stays(story: Article) -> None:
    own = ReactionSet.objects.create(slug="own", question="Own?")
    Board.objects.create(article=story, set=own)
    assert apply_wp_bar(story, SEED).set == own


@pytest.mark.parametrize("question", ["", "?" * 500, "Оцініть новину", "😀"])
def test_any_question_makes_a_set(story: Article, question: str) -> None:
    made = apply_wp_bar(story, replace(SEED, question=question)).set
    assert made is not None
    assert 0 < len(made.question) <= 200
    assert made.slug
    assert apply_wp_bar(make_article(), replace(SEED, question=question)).set == made


def test_unknown_ids_are_named_and_nothing_is_written(story: Article) -> None:
    bar = replace(SEED, kind_ids=(8, 77, 99), counts=((8, 1), (77, 2), (99, 3)))
    with pytest.raises(UnknownKinds, match=r"post 97592 .*: 77, 99\."):
        apply_wp_bar(story, bar)
    assert not Board.objects.exists()
    assert not Base.objects.exists()


def test_a_map_translates_ids_of_another_plugin(story: Article) -> None:
    bar = replace(SEED, kind_ids=(1, 2), counts=((1, 5), (2, 6)))
    apply_wp_bar(story, bar, slug_of={1: "crying", 2: "cool"})
    assert shown(story) == [("😢", 5), ("😎", 6)]
    with pytest.raises(UnknownKinds, match=": 2"):
        apply_wp_bar(story, bar, slug_of={1: "crying", 2: "no-such-kind"})


def test_a_retired_kind_still_keeps_its_old_count(story: Article, heart: int) -> None:
    ReactionKind.objects.filter(pk=heart).update(retired_at=story.publish_at)
    apply_wp_bar(story, COUNTED)
    assert Base.objects.get(kind_id=heart).n == 87
