"""Analytics: hours and the ledger in one sum, published stories alone, the newsroom's zone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from reactions import hours
from reactions.insight.analytics import Report, report
from reactions.insight.analytics_period import Period
from reactions.models import Event, Hour, Vote
from reactions.models.event import FIRST
from tests.builders import make_article, make_draft, make_section
from tests.reactions.test_admin import desk

pytestmark = [pytest.mark.django_db, pytest.mark.services]
ANALYTICS = reverse("reactions_desk:analytics")
NOW = datetime(2026, 11, 4, 12, 30, tzinfo=UTC)
WEEK = Period("days", NOW - timedelta(days=7), NOW)


def hour(article: Article, kind: int, n: int, *, ago: int = 24) -> None:
    at = NOW.replace(minute=0) - timedelta(hours=ago)
    Hour.objects.create(article=article, kind_id=kind, hour=at, n=n, fresh=0)


def events(article: Article, kind: int, n: int, *, minutes: int, flags: int = FIRST) -> None:
    Event.objects.bulk_create(
        Event(
            article=article, at=NOW - timedelta(minutes=minutes), kind=kind, visitor=number, net=0,
            cookie_age_s=99, prev=0, flags=flags,
        )
        for number in range(n)
    )  # fmt: skip


def chart(found: Report, key: str) -> dict[str, tuple[str, ...]]:
    (one,) = (each for each in found.charts if each.key == key)
    return {row[0]: row[1:] for row in one.rows}


def test_what_no_hour_has_yet_comes_from_the_ledger(story: Article, heart: int, wow: int) -> None:
    hour(story, heart, 10, ago=2)
    events(story, heart, 4, minutes=80)  # the hour in between, and the running one
    events(story, wow, 3, minutes=10)
    events(story, heart, 7, minutes=150)  # in the hour that is counted: not again
    events(story, 0, 5, minutes=10)
    events(story, heart, 5, minutes=10, flags=FIRST + Vote.State.QUARANTINED)
    found = report(WEEK)
    assert (found.votes, found.stories) == ("17", "1")
    assert chart(found, "kinds")["Heart"][0] == "14"
    hours.fold(NOW)
    cache.clear()
    assert report(WEEK).votes == "14"  # folding counts the last hour anew, from the ledger


def test_a_site_without_hours_reads_the_ledger(story: Article, heart: int) -> None:
    events(story, heart, 4, minutes=100)
    assert report(WEEK).votes == "4"
    cache.clear()
    assert report(Period("all", None, NOW)).votes == "4"


def test_it_is_compared_with_the_time_before(story: Article, heart: int, wow: int) -> None:
    hour(story, heart, 15)
    hour(story, wow, 5)
    hour(story, heart, 10, ago=24 * 8)
    hour(story, heart, 99, ago=24 * 15)
    found = report(WEEK)
    assert (found.votes, found.change, found.a_day) == ("20", "+100%", "3")
    assert chart(found, "kinds") == {
        "Heart": ("15", "15 · 75% · +50%"), "Wow": ("5", "5 · 25% · new"),
    }  # fmt: skip
    everything = report(Period("all", None, NOW))
    assert (everything.votes, everything.change) == ("129", "")


def test_sections_and_stories_are_ranked(heart: int) -> None:
    stage, screen = make_section(name="Stage"), make_section(name="Screen")
    for article, n in (
        (make_article(section=stage, headline="Low"), 5),
        (make_article(section=screen, headline="High"), 20),
        (make_article(section=stage, headline="Middle"), 16),
        (make_article(headline="Nowhere"), 1),
    ):
        hour(article, heart, n)
    found = report(WEEK)
    assert chart(found, "sections") == {
        "Stage": ("21", "21 · 50%"), "Screen": ("20", "20 · 48%"),
        "Without a section": ("1", "1 · 2%"),
    }  # fmt: skip
    assert [each.headline for each in found.top] == ["High", "Middle", "Low", "Nowhere"]
    assert found.top[0].section == "Screen"
    of_stage = report(WEEK, stage.pk)
    assert (of_stage.votes, of_stage.stories) == ("21", "2")


def test_what_readers_dont_see_is_in_no_sum(heart: int) -> None:
    hidden = [make_draft(), make_article(expire_at=timezone.now() - timedelta(days=1))]
    hidden.append(make_article(status=Article.Status.WITHDRAWN))
    for article in hidden:
        hour(article, heart, 5)
        events(article, heart, 5, minutes=10)
    Hour.objects.create(article_id=10**9, kind_id=heart, hour=NOW - timedelta(days=1), n=5, fresh=0)
    found = report(WEEK)
    assert found.is_empty
    assert (found.votes, found.stories, found.top) == ("0", "0", ())


def test_days_and_hours_are_the_newsrooms(story: Article, heart: int) -> None:
    hour(story, heart, 6, ago=8)  # Wednesday 04:00 UTC
    with timezone.override("America/New_York"):  # Tuesday 23:00
        found = report(WEEK)
    assert chart(found, "time")["3 Nov"] == ("6",)
    assert chart(found, "time")["4 Nov"] == ("0",)
    assert chart(found, "hours")["23:00"] == ("6",)
    assert found.heat_words == "Most on Tuesday between 23:00 and 00:00: 6."
    assert found.heat[1].cells[23] == ("23", "6", 5)


def test_shares_are_of_each_step(story: Article, heart: int, wow: int) -> None:
    hour(story, heart, 3, ago=24)
    hour(story, wow, 1, ago=24)
    hour(story, wow, 2, ago=48)
    assert chart(report(WEEK), "shares") == {
        "28 Oct": ("0", "0"), "29 Oct": ("0", "0"), "30 Oct": ("0", "0"), "31 Oct": ("0", "0"),
        "1 Nov": ("0", "0"), "2 Nov": ("0", "100"), "3 Nov": ("75", "25"), "4 Nov": ("0", "0"),
    }  # fmt: skip


def test_it_takes_the_same_queries_whatever_there_is(heart: int, wow: int) -> None:
    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            report(WEEK)
        return len(captured)

    hour(make_article(section=make_section()), heart, 5)
    few = queries()
    for _ in range(6):
        article = make_article(section=make_section())
        hour(article, wow, 5)
        hour(article, heart, 5, ago=200)
        events(article, heart, 5, minutes=10)
    assert queries() == few


def test_sums_are_kept_for_a_minute(story: Article, heart: int) -> None:
    hour(story, heart, 5)
    assert report(WEEK).votes == "5"
    hour(story, heart, 5, ago=30)
    assert report(WEEK).votes == "5"
    cache.clear()
    assert report(WEEK).votes == "10"


@pytest.mark.parametrize("period", ["", "24h", "7d", "30d", "all"])
def test_the_page_shows_each_period(
    moderator: User, story: Article, heart: int, period: str
) -> None:
    at = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=2)
    Hour.objects.create(article=story, kind_id=heart, hour=at, n=7, fresh=0)
    page = desk(moderator).get(ANALYTICS, {"period": period} if period else {}).content.decode()
    assert "Reactions over time" in page
    assert story.headline in page
    assert page.count('aria-current="true"') == 1


def test_without_votes_it_says_so(moderator: User, kinds: object) -> None:
    page = desk(moderator).get(ANALYTICS).content.decode()
    assert "Nobody reacted in this time" in page
    assert 'class="chart"' not in page


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"since": "2026-03-05", "until": "2026-03-04"}, "The last day is before the first."),
        ({"since": "2126-03-05"}, "That is still to come."),
        ({"since": "0001-01-01"}, "Write a year from 1970 to 2199."),
        ({"since": "2026-03-05", "until": "9999-12-31"}, "Write a year from 1970 to 2199."),
        ({"until": "soon"}, "Enter a valid date."),
        ({"section": "99999"}, "Select a valid choice"),
        ({"period": "1y"}, "Select a valid choice"),
    ],
    ids=["backwards", "future", "long ago", "never", "no date", "no section", "no period"],
)
def test_what_cant_be_asked_comes_back_in_words(
    moderator: User, asked: dict[str, str], words: str
) -> None:
    answer = desk(moderator).get(ANALYTICS, asked)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert all(value in page for value in asked.values() if value != "99999")


def test_days_and_a_section_are_asked_for(moderator: User, heart: int) -> None:
    stage = make_section(name="Stage")
    at = datetime(2026, 3, 4, 23, tzinfo=UTC)
    for section in (stage, None):
        article = make_article(section=section)
        Hour.objects.create(article=article, kind_id=heart, hour=at, n=7, fresh=0)
    asked = {"since": "2026-03-04", "until": "2026-03-04", "section": str(stage.pk)}
    page = desk(moderator).get(ANALYTICS, asked).content.decode()
    assert "4 March 2026" in page
    assert "<dd>7</dd>" in page
    assert f'href="?period=24h&amp;section={stage.pk}"' in page


def test_who_may_look(writer: User, editor: User) -> None:
    assert desk(writer).get(ANALYTICS).status_code == 403
    assert desk(editor).get(ANALYTICS).status_code == 200
