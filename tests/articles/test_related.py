"""What stands around a story: an editor's choice, then shared tags, rare and new ones first."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from articles.models import Article, Related, Series, SeriesItem, Tag
from articles.related import SHOWN, Around, around
from tests import builders

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def story(days: float = 1, tags: tuple[Tag, ...] = (), **fields: Any) -> Article:
    article = builders.make_article(publish_at=NOW - timedelta(days=days), **fields)
    for tag in tags:
        builders.add_tag(article, tag)
    return article


def near(article: Article) -> Around:
    return around(article, tag_ids=[use.tag_id for use in article.tag_uses.all()])


def test_a_story_without_tags_or_section_has_nothing_around_it() -> None:
    story()
    assert near(story()) == Around()


def test_what_shares_more_and_rarer_tags_comes_first() -> None:
    common, rare = builders.make_tag(), builders.make_tag()
    shares_common = story(tags=(common,))
    for _ in range(20):
        story(days=300, tags=(common,))
    shares_rare = story(tags=(rare,))
    shares_both = story(tags=(common, rare))
    assert near(story(tags=(common, rare))).related[:3] == (shares_both, shares_rare, shares_common)


def test_stories_that_nobody_sees_make_a_tag_common_too() -> None:
    busy, rare = builders.make_tag(), builders.make_tag()
    of_busy, of_rare = story(days=1, tags=(busy,)), story(days=3, tags=(rare,))
    for _ in range(20):
        story(tags=(busy,), status=Article.Status.WITHDRAWN)
    assert near(story(tags=(busy, rare))).related == (of_rare, of_busy)


def test_a_newer_story_comes_before_an_older_one() -> None:
    tag = builders.make_tag()
    old, new = story(days=400, tags=(tag,)), story(days=2, tags=(tag,))
    assert near(story(tags=(tag,))).related == (new, old)


def test_an_editors_choice_comes_first_in_its_order_and_once() -> None:
    tag = builders.make_tag()
    tagged, chosen = story(tags=(tag,)), story(days=900)
    article = story(tags=(tag,))
    for order, to in enumerate((chosen, tagged)):
        Related.objects.create(article=article, to=to, order=order)
    assert near(article).related == (chosen, tagged)


def test_a_draft_names_its_choice_itself() -> None:
    chosen, article = story(), story()
    Related.objects.create(article=article, to=story())
    assert around(article, tag_ids=[], chosen=[chosen.pk]).related == (chosen,)


@pytest.mark.parametrize(
    "hidden", [{"status": Article.Status.WITHDRAWN}, {"expire_at": NOW - timedelta(minutes=1)}]
)
def test_only_what_readers_may_see_is_there(hidden: dict[str, Any]) -> None:
    tag, section = builders.make_tag(), builders.make_section()
    secret = story(tags=(tag,), section=section, days=2, **hidden)
    article = story(tags=(tag,), section=section)
    Related.objects.create(article=article, to=secret)
    assert near(article) == Around()


def test_no_related_shuts_the_suggestions_out_on_both_sides_and_keeps_the_choice() -> None:
    tag = builders.make_tag()
    other = story(tags=(tag,))
    quiet = story(tags=(tag,), no_related=True)
    chosen = story()
    Related.objects.create(article=quiet, to=chosen)
    assert near(quiet).related == (chosen,)
    assert near(other).related == ()


def test_as_many_as_are_shown_and_the_next_of_the_section_is_another() -> None:
    tag, section = builders.make_tag(), builders.make_section()
    for days in range(2, 9):
        story(days=days, tags=(tag,), section=section)
    article = story(tags=(tag,), section=section)
    found = near(article)
    assert len(found.related) == SHOWN
    assert found.next_in_section
    assert found.next_in_section not in found.related
    assert found.next_in_section.section == section


def test_the_parts_of_its_series_are_not_suggested_again() -> None:
    tag = builders.make_tag()
    series = Series.objects.create(title="The pier", slug="pier")
    first, second = story(tags=(tag,)), story(tags=(tag,))
    for order, part in enumerate((first, second)):
        series.items.create(article=part, order=order)
    found = near(first)
    assert found.related == ()
    (place,) = found.series
    assert (place.number, place.count, place.previous, place.next) == (1, 2, None, second)


def test_a_draft_counts_itself_as_a_part() -> None:
    series = Series.objects.create(title="The pier", slug="pier")
    published, draft = story(), builders.make_draft()
    for order, part in enumerate((published, draft)):
        series.items.create(article=part, order=order)
    (place,) = near(draft).series
    assert (place.number, place.count) == (2, 2)


def test_a_part_far_back_in_a_long_series_has_its_place_and_its_neighbours(
    django_assert_num_queries: Any,
) -> None:
    series = Series.objects.create(title="The pier", slug="pier")
    other = Series.objects.create(title="Under it", slug="other")
    parts = [story(days=number) for number in range(1, 106)]
    series.items.bulk_create(
        SeriesItem(series=series, article=part, order=number // 2)
        for number, part in enumerate(parts)
    )
    other.items.create(article=parts[102])
    hidden = story(status=Article.Status.WITHDRAWN)
    series.items.create(article=hidden, order=51)
    with django_assert_num_queries(3):  # its series, what is near, the cards
        inside, first = around(parts[102], tag_ids=[]).series
    assert (inside.number, inside.count) == (103, 105)
    assert (inside.previous, inside.next) == (parts[101], parts[103])
    assert (first.number, first.count, first.previous, first.next) == (1, 1, None, None)


def test_a_story_of_the_same_second_is_the_next_one_too() -> None:
    section = builders.make_section()
    first, second, third = (story(section=section) for _ in range(3))
    assert near(third).next_in_section == second
    assert near(second).next_in_section == first
    assert near(first).next_in_section is None
