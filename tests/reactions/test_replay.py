"""The past under other thresholds: what would have waited, what would have been a case."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import Article
from reactions.alarms import Thresholds
from reactions.models import Action, Case, Event, Vote
from reactions.models.event import FIRST
from reactions.quotas import how_of
from reactions.replay import Line, Scorer, replay
from reactions.voting import cast_vote
from tests.builders import make_article
from tests.reactions.conftest import new_visitor

pytestmark = [pytest.mark.django_db, pytest.mark.services]
NET = 77


def past(article: Article, kind: int, n: int, *, hours_ago: float, seconds: float = 1.0) -> None:
    start = timezone.now() - timedelta(hours=hours_ago)
    Event.objects.bulk_create(
        Event(
            article=article, at=start + timedelta(seconds=seconds * number), visitor=number,
            net=NET, cookie_age_s=20, prev=0, kind=kind, flags=FIRST,
        )
        for number in range(n)
    )  # fmt: skip


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("reactions_replay", *arguments, stdout=out)
    return out.getvalue()


def test_the_report(story: Article, heart: int) -> None:
    past(make_article(), heart, 20, hours_ago=30)
    past(story, heart, 100, hours_ago=5)
    report = run().splitlines()
    assert report[0] == (
        "120 first votes on 2 stories: 70 would have waited, 1 stories would have been a case."
    )
    assert report[1] == f"article {story.pk}: 100 votes, 70 would have waited"
    assert any("velocity: " in line and "usually 4" in line for line in report)


def test_other_thresholds_say_something_else(story: Article, heart: int) -> None:
    past(story, heart, 100, hours_ago=5)
    assert "90 would have waited" in run("--quota", "10")
    assert " 0 would have waited" in run("--quota", "0")
    assert " 0 would have waited" in run("--young-seconds", "10")
    assert " 0 stories would have been a case" in run("--alarm-min-votes", "500", "--fresh-z", "99")
    assert run("--days", "0.1").startswith("0 first votes on 0 stories")
    with pytest.raises(CommandError, match="above 0"):
        run("--days", "0")


def test_it_changes_nothing(story: Article, heart: int) -> None:
    past(story, heart, 100, hours_ago=5)
    run()
    assert not Case.objects.exists()
    assert not Action.objects.exists()
    assert set(Event.objects.values_list("flags", flat=True)) == {FIRST}


def test_it_says_of_each_vote_what_was_said_live(story: Article, heart: int) -> None:
    live = []
    for number in range(80):
        net, age = (NET, 30) if number % 3 else (NET + number % 2, 900 * (number % 2))
        visitor = new_visitor(age_seconds=age)
        how = how_of(story.pk, visitor, (net,))
        cast_vote(story.pk, visitor, heart, how)
        live.append(how.state == Vote.State.QUARANTINED)
    scorer = Scorer(Thresholds())
    lines = Event.objects.order_by("pk").values_list("at", "net", "cookie_age_s", "kind")
    again = [scorer.feed(Line(at.timestamp(), story.pk, *rest)) for at, *rest in lines]
    assert again == live
    assert any(live)


def test_a_busy_hour_has_no_quota_and_a_quiet_one_after_it_has() -> None:
    scorer = Scorer(Thresholds(busy_per_hour=50))
    crowd = [Line(1_000.0 + n, 1, 1_000 + n, 5_000, 1) for n in range(60)]
    loop = [Line(1_100.0 + n, 1, NET, 5, 1) for n in range(40)]
    assert not any(scorer.feed(line) for line in crowd + loop)
    later = [Line(9_000.0 + n, 1, NET, 5, 1) for n in range(40)]
    assert sum(scorer.feed(line) for line in later) == 10


def test_withdrawals_and_changes_are_no_first_votes(story: Article, heart: int) -> None:
    past(story, heart, 5, hours_ago=2)
    past(story, 0, 5, hours_ago=2)
    Event.objects.filter(kind=heart, visitor__lt=2).update(flags=0)
    now = timezone.now()
    scorer = replay(Thresholds(), since=now - timedelta(days=1), until=now)
    assert scorer.votes[story.pk] == 3


def test_the_simulation_of_the_docs_still_says_so() -> None:
    """The quiet article's rows: what waits, of whom; the case within a minute."""
    from tests.bench import reaction_attacks as attacks

    rows = {name: attacks.run(500, attack) for name, attack in attacks.ATTACKS.items()}
    assert all(row.startswith("0 of 1,057 (0.00%)") for row in rows.values())
    assert "99.0%" in rows["one host, a new cookie for each vote"]
    assert "96.0%" in rows["four networks"]
    for name, row in rows.items():
        assert ("share" in row) is (name != "none")
