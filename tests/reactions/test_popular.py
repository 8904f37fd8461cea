"""The most-reacted stories: by when readers reacted, of all reactions and of each kind."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.models import Article
from reactions import hours
from reactions.heat import MONTH, NOW, WEEK
from reactions.models import Base, Board, Hour, ReactionKind, ReactionSet, Tally, Vote
from reactions.moderation import VoteFilter, release, undo, void
from reactions.popular import moods, most_reacted
from reactions.tallies import read_board
from reactions.voting import How, cast_vote
from tests import builders
from tests.reactions.conftest import new_visitor

pytestmark = [pytest.mark.django_db, pytest.mark.services, pytest.mark.usefixtures("kinds")]

DAY = 24


def story(*, published: float = 2, ago: float = 1, **counts: int) -> Article:
    """A story, published so many hours ago, with so many reactions by kind, `ago` hours ago."""
    article = builders.make_article(publish_at=timezone.now() - timedelta(hours=published))
    for slug, n in counts.items():
        react(article, slug, n, ago=ago)
    return article


def react(article: Article, slug: str, n: int, *, ago: float = 1) -> None:
    """As if so many had voted and their hour was folded."""
    tally, _ = Tally.objects.get_or_create(article=article, kind=kind(slug))
    Tally.objects.filter(pk=tally.pk).update(n=tally.n + n)
    count(article, slug, n, ago=ago)


def count(article: Article, slug: str, n: int, *, ago: float = 1) -> None:
    moment = (timezone.now() - timedelta(hours=ago)).astimezone(UTC)
    start = moment.replace(minute=0, second=0, microsecond=0)
    Hour.objects.create(article=article, kind=kind(slug), hour=start, n=n, fresh=0)


def kind(slug: str) -> ReactionKind:
    return ReactionKind.objects.get(slug=slug)


def found(limit: int = 10, **how: Any) -> list[Article]:
    cache.clear()
    return [each.article for each in most_reacted(limit, **how)]


def test_more_reactions_come_first_and_stories_without_are_out() -> None:
    few, many = story(heart=2), story(heart=9)
    story()
    assert found() == [many, few]
    assert found(1) == [many]


def test_an_old_story_that_goes_round_today_stands_before_todays_quiet_one() -> None:
    quiet = story(published=3, heart=10)
    old = story(published=9_000, heart=30)
    assert found() == [old, quiet]


def test_a_reaction_is_worth_half_after_the_half_life(settings: Any) -> None:
    settings.REACTIONS_HALF_LIFE_HOURS = 6
    older, newer = story(ago=14, heart=30), story(ago=2, heart=10)
    assert found() == [newer, older]
    settings.REACTIONS_HALF_LIFE_HOURS = 24
    assert found() == [older, newer]


def test_a_weeks_reactions_count_alike_and_a_months() -> None:
    now, week, month = story(heart=3), story(ago=6 * DAY, heart=20), story(ago=20 * DAY, heart=50)
    old = story(ago=40 * DAY, heart=90)
    assert found(period=WEEK) == [week, now]
    assert found(period=MONTH) == [month, week, now]
    assert old not in found(period=NOW)


def test_where_little_happens_now_the_weeks_and_the_months_stories_follow() -> None:
    month, week, now = story(ago=20 * DAY, heart=50), story(ago=6 * DAY, heart=20), story(heart=3)
    assert found() == [now, week, month]


def test_old_counts_and_sealed_sums_lift_nothing() -> None:
    archived, lively = story(published=20_000), story(heart=2)
    for source in ("wpreactions", "sealed"):
        Base.objects.create(
            article=archived, kind=kind("heart"), n=90_000, source=source,
            imported_at=timezone.now(),
        )  # fmt: skip
    assert found() == [lively]


def test_votes_of_this_minute_count_before_any_hour_is_folded() -> None:
    folded, fresh = story(heart=1), story()
    for _ in range(3):
        cast_vote(fresh.pk, new_visitor(), kind("wow").pk)
    assert found() == [fresh, folded]


def test_a_vote_counts_once_when_its_hour_is_folded() -> None:
    article = story()
    cast_vote(article.pk, new_visitor(), kind("wow").pk)
    two_hours_on = timezone.now() + timedelta(hours=2)
    cache.clear()
    (before,) = most_reacted(1)
    hours.fold(two_hours_on)
    other = story(ago=0, heart=2)
    assert found() == [other, article]
    assert before.total == 1


def test_votes_that_wait_or_are_in_the_shadow_do_not_count() -> None:
    article = story()
    for state in (Vote.State.QUARANTINED, Vote.State.SHADOW):
        cast_vote(article.pk, new_visitor(), kind("heart").pk, How(state=state))
    assert found() == []


@pytest.mark.parametrize("folded", [False, True], ids=["running hour", "folded hour"])
def test_what_moderators_void_is_gone_and_comes_back_with_the_undo(
    django_user_model: Any, *, folded: bool
) -> None:
    attacked, honest = story(), story(heart=3)
    react(attacked, "heart", 500, ago=24 * 60)  # it has many of old: the attack isn't all there is
    for _ in range(9):
        cast_vote(attacked.pk, new_visitor(), kind("heart").pk)
    if folded:
        hours.fold(timezone.now() + timedelta(hours=2))
    assert found()[0] == attacked
    moderator = django_user_model.objects.create(username="mod")
    action = void(VoteFilter((attacked.pk,)), moderator, reason="An attack.")
    assert found(2) == [honest]
    undo(action, moderator, reason="A mistake.")
    assert found()[0] == attacked


def test_votes_that_waited_count_from_when_they_were_cast_once_released() -> None:
    article = story()
    for _ in range(2):
        cast_vote(article.pk, new_visitor(), kind("heart").pk, How(state=Vote.State.QUARANTINED))
    assert found() == []
    release(VoteFilter((article.pk,)), None, reason="Readers.")
    assert found() == [article]


def test_one_reader_who_changes_to_and_fro_is_one_reader() -> None:
    two, one = story(heart=2), story()
    visitor = new_visitor()
    for slug in ("heart", "wow") * 5:
        cast_vote(one.pk, visitor, kind(slug).pk)
    assert found() == [two, one]


def test_the_sum_is_what_the_bar_shows_with_the_kinds_chosen_most() -> None:
    article = story(heart=4, wow=3, laugh=2, love=1)
    now = timezone.now()
    Base.objects.create(article=article, kind=kind("love"), n=1_000, source="old", imported_at=now)
    cache.clear()
    (each,) = most_reacted(5)
    assert (each.total, each.number) == (1_010, "1,010")
    assert [k.slug for k in each.kinds] == ["love", "heart", "wow"]


def test_hidden_bars_retired_kinds_and_stories_that_are_not_public_are_out() -> None:
    hidden, withdrawn, later = story(heart=5), story(heart=5), story(heart=5)
    story(wow=5)
    frozen = story(heart=1)
    Board.objects.create(article=hidden, state=Board.State.HIDDEN, frozen_reason="Enough.")
    Board.objects.create(article=frozen, state=Board.State.FROZEN, frozen_reason="Enough.")
    Article.objects.filter(pk=withdrawn.pk).update(status=Article.Status.WITHDRAWN)
    Article.objects.filter(pk=later.pk).update(publish_at=timezone.now() + timedelta(days=1))
    ReactionKind.objects.filter(slug="wow").update(retired_at=timezone.now())
    assert found() == [frozen]


def test_a_story_that_is_withdrawn_leaves_a_kept_ranking_at_once() -> None:
    article = story(heart=5)
    assert found() == [article]
    Article.objects.filter(pk=article.pk).update(status=Article.Status.WITHDRAWN)
    assert most_reacted(5) == []


def test_only_the_kinds_of_the_storys_own_set_count_as_in_its_bar() -> None:
    article = story(heart=3, wow=40)
    short = ReactionSet.objects.create(slug="short", question="Well?")
    short.members.create(kind=kind("heart"))
    Board.objects.create(article=article, set=short)
    cache.clear()
    (each,) = most_reacted(5)
    bar = read_board(article.pk)
    assert bar is not None
    assert each.total == sum(bar.counts().values()) == 3


def test_a_kinds_list_has_its_own_order_and_its_own_number() -> None:
    loved, funny = story(heart=90, laugh=2), story(heart=1, laugh=30)
    cache.clear()
    laughed = most_reacted(5, kind=kind("laugh").pk)
    assert [(each.article, each.total) for each in laughed] == [(funny, 30), (loved, 2)]
    assert [k.slug for k in laughed[0].kinds] == ["laugh"]


def test_each_mood_has_its_own_stories() -> None:
    loved, funny, both = story(heart=90, laugh=2), story(heart=1, laugh=30), story(heart=8, laugh=9)
    cache.clear()
    assert [(mood.title, [each.article for each in mood.stories]) for mood in moods()] == [
        ("What readers took to heart", [loved]),
        ("What made readers laugh", [funny, both]),
    ]


def test_a_mood_goes_on_with_the_weeks_stories() -> None:
    sad, funny = story(crying=5), story(laugh=30)
    earlier = story(ago=6 * DAY, laugh=90, crying=3)
    cache.clear()
    assert [[each.article for each in mood.stories] for mood in moods()] == [
        [funny, earlier],
        [sad],
    ]


def test_what_was_paid_for_is_in_no_list() -> None:
    paid = story(heart=90)
    Article.objects.filter(pk=paid.pk).update(kind=Article.Kind.SPONSORED)
    loved, funny = story(heart=9), story(laugh=8)
    assert found() == [loved, funny]
    assert [each.article for mood in moods() for each in mood.stories] == [loved, funny]


def test_one_mood_alone_is_no_strip() -> None:
    story(heart=9)
    cache.clear()
    assert moods() == []


def test_a_kind_without_a_title_has_no_strip() -> None:
    story(heart=9)
    story(laugh=9)
    ReactionKind.objects.filter(slug="laugh").update(list_title="")
    cache.clear()
    assert moods() == []


def test_four_queries_and_two_of_a_kept_ranking_however_many_stories(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(12):
        story(heart=3, wow=2)
    cache.clear()
    # 1 the last hour, 2 the scores, 3 the bars they stand in, 4 stories, 5 their counts
    with django_assert_num_queries(5):
        most_reacted(2)
    with django_assert_num_queries(2):
        most_reacted(2)


def test_the_week_is_seven_days_of_hours() -> None:
    now = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
    weights = WEEK.weights(now)
    assert weights[0][:2] == (now.replace(minute=0), now.replace(hour=11, minute=0))
    assert len(weights) == 168
    assert {weight for _, _, weight in weights} == {1.0}
