"""Pieces kept in the process: until something changes, and within their bytes."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib import import_module

import pytest
from django.template import Context
from django.test import Client
from django.utils import timezone
from django.utils.safestring import SafeString
from pytest_django import Settings

from articles import fragments, site_clock
from articles.models import Article, public_changed
from articles.templatetags.articles import card
from articles.views.article import load
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _keeping(settings: Settings) -> Iterator[None]:
    settings.FRAGMENT_BYTES = 10_000
    fragments.forget()
    site_clock.forget()
    yield
    fragments.forget()
    site_clock.forget()


@pytest.fixture
def made() -> list[str]:
    return []


def maker(made: list[str], text: str = "x") -> Callable[[], fragments.Pieces]:
    def make() -> fragments.Pieces:
        made.append(text)
        return {"body": SafeString(text)}

    return make


def test_a_piece_is_made_once(made: list[str]) -> None:
    for _ in range(3):
        assert fragments.kept("story:1", maker(made)) == {"body": "x"}
    fragments.kept("story:2", maker(made))
    assert len(made) == 2


def test_a_change_makes_it_anew(made: list[str]) -> None:
    fragments.kept("story:1", maker(made))
    public_changed()
    fragments.kept("story:1", maker(made))
    assert len(made) == 2


def test_a_change_while_it_is_made_makes_it_stale(made: list[str]) -> None:
    def make() -> fragments.Pieces:
        public_changed()
        return maker(made)()

    fragments.kept("story:1", make)
    fragments.kept("story:1", maker(made))
    assert len(made) == 2


def test_it_ends_with_the_moment_and_with_its_own_time(
    made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    builders.make_article(publish_at=timezone.now() + timedelta(seconds=100))
    now = fragments.monotonic()
    fragments.kept("story:1", maker(made))
    fragments.kept("ranking", maker(made), seconds=30)
    for later, count in ((29, 2), (31, 3), (101, 4)):
        monkeypatch.setattr(fragments, "monotonic", lambda later=later: now + later)
        fragments.kept("story:1" if later != 31 else "ranking", maker(made), seconds=30 if later == 31 else 600)  # fmt: skip
        assert len(made) == count, later


def test_what_was_used_longest_ago_goes_when_the_room_is_full(made: list[str]) -> None:
    for number in range(1, 4):
        fragments.kept(f"story:{number}", maker(made, "x" * 1_500))
        fragments.kept("story:1", maker(made, "x" * 1_500))
    assert len(made) == 3
    fragments.kept("story:1", maker(made))
    fragments.kept("story:2", maker(made))
    assert len(made) == 4, "2 was dropped, 1 was not"


def test_what_is_larger_than_the_room_is_not_kept(made: list[str]) -> None:
    for _ in range(2):
        fragments.kept("story:1", maker(made, "x" * 9_000))
    assert len(made) == 2


def test_without_room_nothing_is_kept(made: list[str], settings: Settings) -> None:
    settings.FRAGMENT_BYTES = 0
    for _ in range(2):
        fragments.kept("story:1", maker(made))
    assert len(made) == 2


def test_a_change_after_its_rows_were_read_makes_it_stale(made: list[str]) -> None:
    moment = site_clock.current()
    public_changed()  # between the row and the piece that is made of it
    fragments.kept("story:1", maker(made), moment=moment)
    fragments.kept("story:1", maker(made))
    assert len(made) == 2


def test_a_story_that_is_changed_while_its_page_is_made_is_not_kept_as_it_was(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = builders.make_article(body_html="<p>The old words.</p>")

    def load_then_change(pk: int) -> Article:
        found = load(pk)
        Article.objects.filter(pk=story.pk).update(body_html="<p>The new words.</p>")
        public_changed()
        return found

    module = import_module("articles.views.article")  # the package has the view by this name
    monkeypatch.setattr(module, "load", load_then_change)
    reader.get(story.get_absolute_url())
    monkeypatch.setattr(module, "load", load)
    assert "The new words." in reader.get(story.get_absolute_url()).content.decode()


def test_all_pieces_of_a_page_are_of_its_one_moment(made: list[str]) -> None:
    def page() -> fragments.Pieces:
        return {"body": fragments.of_page("card:1", lambda: maker(made, "card")()["body"])}

    moment = site_clock.current()
    with fragments.page_of(moment):
        page()
        public_changed()  # after the page asked what time it is
        fragments.kept("home", page)  # the old card is in it
    with fragments.page_of(site_clock.current()):
        fragments.kept("home", page)
    assert made == ["card", "card"]


def test_a_template_keeps_pieces_on_public_pages_only(made: list[str]) -> None:
    def make() -> SafeString:
        made.append("x")
        return SafeString("x")

    assert [fragments.of_page("card", make) for _ in range(2)] == ["x", "x"]
    assert len(made) == 2
    with fragments.page_of(site_clock.current()):
        assert [fragments.of_page("card", make) for _ in range(2)] == ["x", "x"]
    assert len(made) == 3


def test_what_changes_while_a_page_is_made_makes_its_pieces_stale(made: list[str]) -> None:
    moment = site_clock.current()
    public_changed()
    with fragments.page_of(moment):
        fragments.of_page("card", lambda: SafeString("old"))
    with fragments.page_of(site_clock.current()):
        assert fragments.of_page("card", lambda: SafeString("new")) == "new"


def test_a_card_is_kept_for_each_of_its_forms() -> None:
    article = builders.make_article(section=builders.make_section(), headline="The pier sang")
    with fragments.page_of(site_clock.current()):
        row = card(Context(), article, variant="row", level=2)
        inside = card(Context({"in_section": True}), article, variant="row", level=2)
        article.headline_home = "A front's own words"
        assert card(Context(), article, variant="row", level=2) != row
        article.headline_home = ""
        assert "kicker" in row
        assert "kicker" not in inside
        assert card(Context(), article, variant="row", level=2) is row
