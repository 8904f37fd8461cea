"""The most-reacted stories: sums as the bars show them, worth less as time goes by."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.models import Article
from reactions.models import Base, Board, Delta, ReactionKind, ReactionSet, Tally
from reactions.popular import most_reacted
from reactions.tallies import read_board
from tests import builders

pytestmark = pytest.mark.django_db


def story(hours: float = 1, **counts: int) -> Article:
    """A story with so many reactions by kind."""
    article = builders.make_article(publish_at=timezone.now() - timedelta(hours=hours))
    for slug, n in counts.items():
        Tally.objects.create(article=article, kind=kind(slug), n=n)
    return article


def kind(slug: str) -> ReactionKind:
    return ReactionKind.objects.get(slug=slug)


@pytest.fixture
def slugs(db: None) -> list[str]:
    return list(ReactionKind.objects.values_list("slug", flat=True))


def found(limit: int = 10) -> list[Article]:
    return [each.article for each in most_reacted(limit)]


def test_more_reactions_come_first_and_none_are_left_out(slugs: list[str]) -> None:
    few, many = story(**{slugs[0]: 2}), story(**{slugs[0]: 9})
    story()
    assert found() == [many, few]
    assert found(1) == [many]


def test_a_new_story_needs_fewer_than_an_old_one(slugs: list[str]) -> None:
    old, new = story(hours=200, **{slugs[0]: 30}), story(hours=1, **{slugs[0]: 10})
    assert found() == [new, old]


def test_the_sum_is_what_the_bar_shows_with_the_kinds_chosen_most(slugs: list[str]) -> None:
    article = story(**{slug: n for n, slug in enumerate(slugs[:4], start=1)})
    first = kind(slugs[0])
    Delta.objects.create(article=article, kind=first, d=1)
    now = timezone.now()
    Base.objects.create(article=article, kind=first, n=1_000, source="old", imported_at=now)
    Base.objects.create(article=article, kind=first, n=7, source="x", imported_at=now, shown=False)
    (each,) = most_reacted(5)
    assert (each.total, each.number) == (1 + 2 + 3 + 4 + 1 + 1_000, "1,011")
    assert [k.slug for k in each.kinds] == [slugs[0], slugs[3], slugs[2]]


def test_hidden_bars_retired_kinds_and_hidden_stories_are_out(slugs: list[str]) -> None:
    hidden = story(**{slugs[0]: 5})
    Board.objects.create(article=hidden, state=Board.State.HIDDEN, frozen_reason="Enough.")
    withdrawn = story(**{slugs[0]: 5})
    Article.objects.filter(pk=withdrawn.pk).update(status=Article.Status.WITHDRAWN)
    story(**{slugs[1]: 5})
    ReactionKind.objects.filter(slug=slugs[1]).update(retired_at=timezone.now())
    assert found() == []


def test_the_page_and_the_front_page_show_the_list(reader: Client, slugs: list[str]) -> None:
    assert "Nobody has reacted yet." in reader.get("/most-reacted/").content.decode()
    assert "Most reacted</a></h2>" not in reader.get("/").content.decode()
    article = story(**{slugs[0]: 12})
    for path in ("/most-reacted/", "/"):
        html = reader.get(path).content.decode()
        assert article.headline in html
        assert '<span class="sum__number">12</span>' in html


def test_two_queries_however_many_stories(
    slugs: list[str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(12):
        story(**{slugs[0]: 3, slugs[1]: 2})
    # 1 the counts of the newest stories, 2 the stories with the highest scores
    with django_assert_num_queries(2):
        most_reacted(5)


def test_only_the_kinds_of_the_storys_own_set_count_as_in_its_bar(slugs: list[str]) -> None:
    article = story(**{slugs[0]: 3, slugs[1]: 40})
    short = ReactionSet.objects.create(slug="short", question="Well?")
    short.members.create(kind=kind(slugs[0]))
    Board.objects.create(article=article, set=short)
    (each,) = most_reacted(5)
    bar = read_board(article.pk)
    assert bar is not None
    assert each.total == sum(bar.counts().values()) == 3
