import re

import pytest
from django.template import Context, Template
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from selectolax.lexbor import LexborHTMLParser, LexborNode

from articles.models import Article
from reactions.models import Base, Board, ReactionKind, ReactionSet, SetKind
from reactions.visitors import Visitor
from reactions.voting import cast_vote
from tests.builders import make_article, make_section
from tests.reactions.conftest import new_visitor

pytestmark = [pytest.mark.django_db, pytest.mark.services]
BAR = Template("{% load reactions %}{% reaction_bar article %}")


def bar(article: Article) -> str:
    return BAR.render(Context({"article": article})).strip()


def buttons(article: Article) -> dict[str, str]:
    """Accessible names of the kinds' buttons, by value."""
    found = LexborHTMLParser(bar(article)).css("button.reaction")
    return {b.attributes["value"] or "": b.attributes["aria-label"] or "" for b in found}


def test_it_is_a_form_of_named_buttons(story: Article, visitor: Visitor, heart: int) -> None:
    cast_vote(story.pk, visitor, heart)
    page = LexborHTMLParser(bar(story))
    form = page.css_first("form")
    assert form.attributes["method"] == "post"
    assert form.attributes["action"] == f"/r/{story.pk}/vote"
    group = page.css_first('[role="group"]')
    question = page.css_first(f"#{group.attributes['aria-labelledby']}")
    assert question.text() == "What do you think?"
    assert buttons(story)[str(heart)] == "Heart, 1 reaction"
    assert {b.attributes["aria-pressed"] for b in page.css("button.reaction")} == {"false"}
    assert {b.attributes["name"] for b in page.css("form button")} == {"kind"}
    assert page.css_first('button[value="0"]').text() == "Undo my reaction"
    assert page.css_first(".reactions__closed").text() == ""
    assert page.css_first('[role="status"]').attributes["aria-live"] == "polite"
    assert page.css_first(f'a[href="/r/{story.pk}/mine"]') is not None


def test_the_default_set_has_the_seven_kinds_in_their_order(story: Article) -> None:
    labels = ("Thumbs up", "Heart", "Laugh", "Wow", "Love", "Disappointed", "Crying")
    assert list(buttons(story).values()) == [f"{label}, 0 reactions" for label in labels]


@pytest.mark.parametrize("votes", [0, 30])
@pytest.mark.parametrize("closed", [False, True])
def test_it_costs_one_query(
    story: Article, heart: int, votes: int, closed: bool,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for _ in range(votes):
        cast_vote(story.pk, new_visitor(), heart)
    if closed:
        Board.objects.for_article(story.pk)
        Board.objects.update(state="frozen", frozen_reason="x")
    with django_assert_num_queries(1):  # set, kinds, tallies, deltas and old counts
        assert f"{votes} reactions" in bar(story)


def test_it_is_the_same_for_every_reader(story: Article, visitor: Visitor, heart: int) -> None:
    cast_vote(story.pk, visitor, heart)
    first = bar(story)
    assert bar(story) == first
    assert "csrf" not in first
    assert "nonce" not in first
    assert not re.search(r"\sstyle=|\son[a-z]+=|<script|<style", first)


def test_a_hidden_board_renders_nothing(story: Article) -> None:
    Board.objects.create(article=story, state="hidden", frozen_reason="x")
    assert bar(story) == ""


def test_a_set_without_kinds_renders_nothing(story: Article) -> None:
    SetKind.objects.all().delete()
    assert bar(story) == ""


def test_a_frozen_board_says_why_and_takes_no_click(story: Article) -> None:
    Board.objects.create(article=story, state="frozen", frozen_reason="<b>Cool</b> down.")
    page = LexborHTMLParser(bar(story))
    assert "closed: <b>Cool</b> down." in page.css_first(".reactions__closed").text()
    assert all("disabled" in button.attributes for button in page.css("form button"))
    assert "hidden" in page.css_first('button[value="0"]').attributes
    assert page.css_first(".reactions__small a").text() == "Your reaction"  # nothing to change


def test_old_counts_are_in_the_number_and_said_to_be(
    story: Article, visitor: Visitor, heart: int, wow: int
) -> None:
    cast_vote(story.pk, visitor, heart)
    for kind, n, shown in ((heart, 1233, True), (wow, 9, False)):
        Base.objects.create(
            article=story, kind_id=kind, n=n, source="x", imported_at=timezone.now(), shown=shown
        )
    assert buttons(story)[str(heart)] == "Heart, 1,234 reactions"
    assert buttons(story)[str(wow)] == "Wow, 0 reactions"
    assert "Includes 1,233 from the old site." in bar(story)


def test_without_old_counts_nothing_is_said_of_them(story: Article) -> None:
    assert "old site" not in bar(story)


def test_a_retired_kind_leaves_the_bar(story: Article, heart: int) -> None:
    ReactionKind.objects.filter(pk=heart).update(retired_at=timezone.now())
    assert str(heart) not in buttons(story)


def picture(article: Article, kind: int) -> LexborNode:
    found = LexborHTMLParser(bar(article)).css_first(f'[value="{kind}"] .reaction__picture')
    assert found is not None
    assert found.attributes["aria-hidden"] == "true"
    return found


def test_a_kind_with_an_image_shows_it(story: Article, heart: int) -> None:
    ReactionKind.objects.filter(pk=heart).update(emoji="", image="reactions/heart.webp")
    image = picture(story, heart).css_first("img")
    assert (image.attributes["src"] or "").endswith("reactions/heart.webp")
    assert image.attributes["alt"] == ""


def test_an_emoji_without_a_drawing_shows_as_itself(story: Article, heart: int) -> None:
    ReactionKind.objects.filter(pk=heart).update(emoji="🦖")
    assert picture(story, heart).text().strip() == "🦖"


def test_board_then_section_then_default_choose_the_set(kinds: dict[str, ReactionKind]) -> None:
    section = make_section()
    story = make_article(section=section)
    assert "What do you think?" in bar(story)

    of_section = ReactionSet.objects.create(slug="music", question="Loud enough?", section=section)
    SetKind.objects.create(set=of_section, kind=kinds["poo"], order=2)
    SetKind.objects.create(set=of_section, kind=kinds["cool"], order=1)
    assert "Loud enough?" in bar(story)
    assert list(buttons(story)) == [str(kinds["cool"].pk), str(kinds["poo"].pk)]
    assert "What do you think?" in bar(make_article())

    own = ReactionSet.objects.create(slug="own", question="Roomies?")
    SetKind.objects.create(set=own, kind=kinds["wow"])
    Board.objects.create(article=story, set=own)
    assert "Roomies?" in bar(story)


def test_what_an_editor_writes_is_escaped(story: Article, heart: int) -> None:
    ReactionSet.objects.update(question="<script>alert(1)</script>")
    ReactionKind.objects.filter(pk=heart).update(label='"><img src=x>')
    page = LexborHTMLParser(bar(story))
    assert page.css_first("script") is None
    assert page.css_first('img[src="x"]') is None
