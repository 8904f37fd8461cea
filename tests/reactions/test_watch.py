"""From votes to a case: opened within a minute, once, and closed with what waited."""

from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.utils import timezone

from articles.models import Article
from reactions import moderation, tallies, tasks, watch
from reactions.models import Action, Case, Event, Hour, Pulse, Vote
from reactions.models.event import FIRST
from reactions.moderation.cases import CaseClosed
from reactions.voting import How, cast_vote
from tests.builders import make_article
from tests.reactions.conftest import new_visitor
from tests.reactions.test_guarantees import in_threads

pytestmark = [pytest.mark.django_db, pytest.mark.services]
NOW = timezone.now()


def events(article: Article, kind: int, n: int, *, at: datetime = NOW, **fields: int) -> None:
    values = {"net": 0, "cookie_age_s": 5_000, "prev": 0, "flags": FIRST, **fields}
    Event.objects.bulk_create(
        Event(article=article, at=at - timedelta(seconds=1), kind=kind, visitor=number, **values)
        for number in range(n)
    )


def usual(article: Article, *kinds: int, each: float = 10) -> None:
    """An hour and more of so many votes of each kind in five minutes."""
    Pulse.objects.create(
        article=article, at=NOW - timedelta(minutes=1), windows=30, mean=each * len(kinds),
        weight=1.0, kinds={str(kind): each * 17 for kind in kinds},
    )  # fmt: skip


def test_an_attack_opens_one_case(story: Article, heart: int, wow: int) -> None:
    usual(story, heart, wow)
    events(story, heart, 10)
    assert watch.run(NOW) == []
    events(story, wow, 400)
    (case,) = watch.run(NOW + timedelta(seconds=20))
    assert {alarm["rule"] for alarm in case.alarms} == {"share", "velocity"}
    assert all(alarm["words"] and alarm["at"] for alarm in case.alarms)
    assert case.since <= NOW
    events(story, wow, 400)
    (again,) = watch.run(NOW + timedelta(seconds=40))
    assert again.pk == case.pk
    assert len(again.alarms) == 2  # the strongest of each rule
    assert again.alarms[0]["z"] > case.alarms[0]["z"]
    assert str(case).startswith("Case ")


def test_beat_calls_it_several_times_a_minute(
    story: Article, heart: int, settings: LazySettings
) -> None:
    beat = {job["task"]: job["schedule"] for job in settings.CELERY_BEAT_SCHEDULE.values()}
    assert beat[tasks.watch_votes.name] <= 20
    assert tasks.release.name in beat
    events(story, heart, 200, at=timezone.now())
    assert tasks.watch_votes() == 1
    assert Case.objects.count() == 1


def test_what_is_no_first_vote_makes_no_crowd(story: Article, heart: int) -> None:
    events(story, heart, 500, flags=0)
    events(story, heart, 500, flags=FIRST + Vote.State.SHADOW)
    events(story, 0, 500)
    events(story, heart, 500, at=NOW - timedelta(minutes=6))
    assert watch.run(NOW) == []


def test_votes_that_wait_are_looked_at_as_well(story: Article, heart: int) -> None:
    events(story, heart, 500, flags=FIRST + Vote.State.QUARANTINED)
    assert len(watch.run(NOW)) == 1


def test_fresh_cookies_of_one_network_open_a_case(story: Article, heart: int) -> None:
    hour = NOW.replace(minute=0, second=0, microsecond=0) - timedelta(hours=3)
    Hour.objects.create(article=story, kind_id=heart, hour=hour, n=10_000, fresh=3_000)
    events(story, heart, 40, net=2**62 + 3, cookie_age_s=5)
    (case,) = watch.run(NOW)
    (alarm,) = case.alarms
    assert (alarm["rule"], alarm["net"]) == ("fresh", str(2**62 + 3))


def test_an_article_that_is_gone_is_passed_over(story: Article, heart: int) -> None:
    events(story, heart, 500)
    Event.objects.update(article_id=10**9)
    assert watch.run(NOW) == []


def test_the_pulse_is_taken_every_five_minutes(story: Article, heart: int) -> None:
    for minutes, votes in ((0, 40), (5, 50), (10, 40)):
        events(story, heart, votes, at=NOW + timedelta(minutes=minutes))
        for seconds in (0, 20, 40):
            watch.run(NOW + timedelta(minutes=minutes, seconds=seconds))
    pulse = Pulse.objects.get()
    assert pulse.windows == 2  # the first five minutes were not whole
    assert 40 < pulse.mean / pulse.weight < 50
    assert 80 < pulse.kinds[str(heart)] < 90
    assert str(pulse) == f"The pulse of article {story.pk}"
    watch.run(NOW + timedelta(days=9))
    assert not Pulse.objects.exists()


def test_the_liveliest_article_is_what_a_new_one_may_be(story: Article, heart: int) -> None:
    usual(make_article(), heart, each=300)
    events(story, heart, 800)
    assert watch.run(NOW) == []


@pytest.mark.django_db(transaction=True)
def test_two_watches_open_one_case(story: Article, heart: int) -> None:
    events(story, heart, 200)
    in_threads(*[lambda: watch.run(NOW)] * 4)
    assert Case.objects.count() == 1


def attack(article: Article, kind: int) -> Case:
    """Ten counted votes, five that wait, and the case about them."""
    for number in range(15):
        state = Vote.State.QUARANTINED if number >= 10 else Vote.State.COUNTED
        cast_vote(article.pk, new_visitor(age_seconds=9), kind, How(net=7, state=state))
    now = timezone.now()  # and not NOW: the votes above are of now, which may be much later
    events(article, kind, 100, at=now)
    (case,) = watch.run(now)
    return case


def counted(article: Article) -> int:
    board = tallies.read_board(article.pk)
    assert board is not None
    return sum(board.counts().values())


@pytest.mark.parametrize(("verdict", "after"), [("clean", 15), ("abuse", 10)])
def test_a_verdict_decides_what_becomes_of_what_waited(
    story: Article, moderator: User, heart: int, verdict: str, after: int
) -> None:
    case = attack(story, heart)
    assert counted(story) == 10
    closing = moderation.close_case(case, moderator, verdict=verdict, reason="Looked at it.")
    assert counted(story) == after
    assert tallies.differences() == []
    assert closing.effect["verdict"] == verdict
    case.refresh_from_db()
    assert (case.verdict, case.closed_by, case.reason) == (verdict, moderator, "Looked at it.")
    assert case.actions.count() == 2
    with pytest.raises(CaseClosed):
        moderation.close_case(case, moderator, verdict=verdict, reason="Again.")
    with pytest.raises(moderation.CannotUndo):
        moderation.undo(closing, moderator, reason="x")
    moved = case.actions.exclude(verb=Action.Verb.CLOSE).get()
    moderation.undo(moved, moderator, reason="Not so.")
    assert counted(story) == 10


def test_a_verdict_is_one_of_two_with_a_reason(story: Article, moderator: User, heart: int) -> None:
    case = attack(story, heart)
    with pytest.raises(ValueError, match="maybe"):
        moderation.close_case(case, moderator, verdict="maybe", reason="x")
    with pytest.raises(moderation.ReasonMissing):
        moderation.close_case(case, moderator, verdict="clean", reason=" ")
    case.refresh_from_db()
    assert case.closed_at is None


def test_after_a_verdict_there_is_an_hour_of_quiet(
    story: Article, moderator: User, heart: int
) -> None:
    case = attack(story, heart)
    moderation.close_case(case, moderator, verdict="clean", reason="x")
    soon = timezone.now()
    events(story, heart, 400, at=soon)
    assert watch.run(soon) == []
    later = soon + timedelta(minutes=61)
    events(story, heart, 2_000, at=later)
    (second,) = watch.run(later)
    assert second.pk != case.pk


def test_what_waited_for_a_day_without_a_case_is_counted(story: Article, heart: int) -> None:
    suspect = make_article()
    for article, hours in ((story, 25), (story, 23), (suspect, 25)):
        voter = new_visitor()
        cast_vote(article.pk, voter, heart, How(state=Vote.State.QUARANTINED))
        at = timezone.now() - timedelta(hours=hours)
        Vote.objects.filter(visitor=voter.id).update(at=at)
    Case.objects.create(article=suspect, opened_at=NOW, since=NOW, last_alarm_at=NOW)
    assert tasks.release() == 1
    assert (counted(story), counted(suspect)) == (1, 0)
    assert tallies.differences() == []
    action = Action.objects.get()
    assert (action.verb, action.by) == ("release", None)
    assert tasks.release() == 0
    assert Action.objects.count() == 1
    # A case that nobody closed holds nobody's vote for ever.
    Case.objects.update(last_alarm_at=timezone.now() - timedelta(hours=25))
    assert tasks.release() == 1
    assert (counted(suspect), tallies.differences()) == (1, [])


def test_with_auto_quarantine_the_young_of_the_unusual_kind_wait(
    story: Article, heart: int, wow: int, settings: LazySettings
) -> None:
    settings.REACTIONS_AUTO_QUARANTINE = True
    usual(story, heart, wow)
    for kind, age, n in ((heart, 90, 5), (wow, 90, 160), (wow, 5_000, 5)):
        for _ in range(n):
            cast_vote(story.pk, new_visitor(age_seconds=age), kind, How(net=3))
    (case,) = watch.run(timezone.now())
    assert counted(story) == 10
    assert case.actions.get().verb == "quarantine"
    watch.run(timezone.now())
    assert Action.objects.count() == 1  # nothing more to hold, nothing noted
    assert tallies.differences() == []
