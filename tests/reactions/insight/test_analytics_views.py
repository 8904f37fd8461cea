"""Reactions per 1,000 views: of the hours whose views are known as a whole, and nothing elsewhere."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article
from reactions.insight.analytics import report
from reactions.insight.analytics_period import Period
from reactions.insight.analytics_views import Rate, Rates, rates_of
from reactions.models import Hour, Views
from tests.builders import make_article, make_draft, make_section
from tests.reactions.insight.test_analytics import ANALYTICS, NOW, WEEK, chart, events, hour
from tests.reactions.test_admin import desk

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def views(article: Article, n: int, *, ago: int = 24) -> None:
    at = NOW.replace(minute=0) - timedelta(hours=ago)
    Views.objects.create(article=article, hour=at, n=n)


@pytest.fixture
def logs(kinds: object) -> None:
    """Reach from 40 to 2 hours ago; the first and the last hour in part."""
    elsewhere = make_article(headline="Elsewhere")
    for ago in (40, 2):
        views(elsewhere, 50_000, ago=ago)


def rates(period: Period = WEEK, section: int | None = None, *stories: Article) -> Rates:
    cache.clear()
    return rates_of(period, section, [story.pk for story in stories])


@pytest.mark.usefixtures("logs")
def test_votes_and_views_are_of_the_same_hours(story: Article, heart: int, wow: int) -> None:
    views(story, 300, ago=24)
    views(story, 200, ago=20)
    hour(story, heart, 10, ago=24)
    hour(story, wow, 2, ago=24)
    hour(story, heart, 3, ago=20)
    for ago in (40, 39, 22, 2, 1, 90):  # known in part, not known, no log of it
        hour(story, heart, 99, ago=ago)
    found = rates(WEEK, None, story)
    assert (found.hours, found.all, found.stories) == (2, Rate(15, 500), {story.pk: Rate(15, 500)})
    assert found.all.per_thousand == 30


@pytest.mark.usefixtures("logs")
def test_votes_that_no_hour_has_yet_are_the_ledgers(story: Article, heart: int) -> None:
    hour(story, heart, 4, ago=20)
    views(story, 100, ago=20)
    views(story, 100, ago=4)
    events(story, heart, 7, minutes=4 * 60)
    assert rates().all == Rate(11, 200)


@pytest.mark.usefixtures("logs")
def test_stories_without_votes_were_read_as_well(heart: int) -> None:
    stage, screen = make_section(name="Stage"), make_section(name="Screen")
    liked, ignored, film = (make_article(section=each) for each in (stage, stage, screen))
    for article, n in ((liked, 400), (ignored, 600), (film, 500)):
        views(article, n)
    hour(liked, heart, 20)
    hour(film, heart, 40)
    found = rates()
    assert found.sections == {stage.pk: Rate(20, 1_000), screen.pk: Rate(40, 500)}
    assert rates(WEEK, stage.pk).all == Rate(20, 1_000)
    page = report(WEEK)
    assert (page.views, page.rate) == ("1,500", "40")
    assert chart(page, "sections") == {
        "Screen": ("40", "40 · 67% · 80‰"), "Stage": ("20", "20 · 33% · 20‰"),
    }  # fmt: skip
    assert [(each.pk, each.rate) for each in page.top] == [(film.pk, "80"), (liked.pk, "50")]
    assert "known for one hour of this time" in page.views_words


@pytest.mark.usefixtures("logs")
def test_what_readers_dont_see_is_in_no_rate(heart: int) -> None:
    for article in (make_draft(), make_article(status=Article.Status.WITHDRAWN)):
        views(article, 500)
        hour(article, heart, 5)
    Views.objects.create(article_id=10**9, hour=NOW - timedelta(days=1), n=5)
    assert rates().all == Rate(0, 0)


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        (Rate(5, 0), None), (Rate(5, 99), None), (Rate(0, 100), 0.0), (Rate(1, 1_000), 1.0),
        (Rate(200, 100), 2_000.0),
    ],
    ids=["no views", "few", "no votes", "one", "more votes than views"],
)  # fmt: skip
def test_few_views_make_no_rate(rate: Rate, said: float | None) -> None:
    assert rate.per_thousand == said


@pytest.mark.parametrize(
    ("votes", "said"),
    [(0, "0"), (1, "0.2"), (12, "2.4"), (50, "10"), (9_000, "1,800")],
)
@pytest.mark.usefixtures("logs")
def test_a_rate_has_the_digits_that_tell(story: Article, heart: int, votes: int, said: str) -> None:
    views(story, 5_000)
    if votes:
        hour(story, heart, votes)
    assert report(WEEK).rate == said


def test_without_logs_nothing_is_said(moderator: User, story: Article, heart: int) -> None:
    hour(story, heart, 5)
    found = report(WEEK)
    assert (found.views, found.rate, found.views_words) == ("", "", "")
    at = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=3)
    Hour.objects.create(article=story, kind_id=heart, hour=at, n=5, fresh=0)
    page = desk(moderator).get(ANALYTICS).content.decode()
    assert "5</dd>" in page
    assert "iews" not in page
    assert "‰" not in page


@pytest.mark.parametrize("ago", [0, 24 * 30], ids=["one hour of log", "another time"])
def test_a_time_of_which_nothing_is_known_has_no_rate(story: Article, heart: int, ago: int) -> None:
    hour(story, heart, 5)
    for hours in range(3 if ago else 1):
        views(story, 500, ago=24 + ago + hours)
    assert rates() == Rates()
    assert report(WEEK).rate == ""


def test_the_page_says_rates_and_of_which_hours(
    moderator: User, story: Article, heart: int
) -> None:
    start = timezone.now().replace(minute=0, second=0, microsecond=0)
    for ago in range(1, 5):
        at = start - timedelta(hours=ago)
        Views.objects.create(article=story, hour=at, n=1_000)
        Hour.objects.create(article=story, kind_id=heart, hour=at, n=4, fresh=0)
    page = desk(moderator).get(ANALYTICS, {"period": "24h"}).content.decode()
    assert "<dt>Views</dt><dd>2,000</dd>" in page
    assert "<dt>Reactions per 1,000 views</dt><dd>4.0</dd>" in page
    assert "Views are known for 2 hours of this time" in page
    assert "4.0 per 1,000 views" in page


def test_rates_take_three_queries_and_are_kept_for_a_minute(story: Article, heart: int) -> None:
    for ago in (30, 24, 20):
        views(story, 500, ago=ago)
    hour(story, heart, 5)
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        assert rates_of(WEEK, None, [story.pk]).all == Rate(5, 500)
    selects = [each for each in captured.captured_queries if "reactions_" in each["sql"]]
    assert len(selects) == 3
    views(story, 500, ago=25)
    assert rates_of(WEEK, None, [story.pk]).all == Rate(5, 500)
    assert rates().all == Rate(5, 1_000)
