"""What lists read of their stories: in their order, with bylines, in two queries."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.cards import CardList, by_number, without_bylines
from articles.listing import of_section
from articles.models import Article
from tests import builders

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def stories(count: int, **fields: object) -> list[Article]:
    """The newest first, each with a photo and two authors."""
    made = [
        builders.make_article(publish_at=NOW - timedelta(hours=n + 1), **fields)
        for n in range(count)
    ]
    for story in made:
        builders.make_lead(story)
        for name in ("Ada Quill", "Ben Harrow"):
            builders.add_byline(story, builders.make_contributor(name=f"{name} {story.pk}"))
    return made


def shown(story: Article) -> tuple[object, ...]:
    names = [str(byline) for byline in story.bylines.all()]
    photo = story.lead.photo.credit_raw if story.lead else None
    return story.headline, str(story.section), photo, names


def test_a_list_is_read_in_parts_and_in_its_order(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    music, film = builders.make_section(), builders.make_section()
    made, _ = stories(5, section=music), stories(2, section=film)
    of_one = CardList(of_section)
    expected = [shown(Article.objects.get(pk=story.pk)) for story in made]
    for start, count in ((0, 3), (3, 3), (1, 1)):
        with django_assert_num_queries(2):
            found = [shown(story) for story in of_one.part(start, count, section=music.pk)]
        assert found == expected[start : start + count]
    with django_assert_num_queries(1):
        assert of_one.part(5, 3, section=music.pk) == []


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_any_number_of_stories_is_read_by_their_numbers(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = stories(count)
    stories(1)
    hidden = builders.make_article(publish_at=NOW + timedelta(hours=1))
    ids = [story.pk for story in [*made, hidden]]
    with django_assert_num_queries(2):
        cards = by_number(ids)
        assert {pk: shown(card)[3] for pk, card in cards.items()} == {
            story.pk: [f"Ada Quill {story.pk}", f"Ben Harrow {story.pk}"] for story in made
        }
    with django_assert_num_queries(1):
        assert without_bylines(ids).keys() == cards.keys()


def test_no_numbers_ask_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert (by_number([]), without_bylines(())) == ({}, {})


def test_more_columns_come_with_the_card(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    (story,) = stories(1)
    with django_assert_num_queries(2):
        assert by_number([story.pk], "body_text")[story.pk].body_text == story.body_text
