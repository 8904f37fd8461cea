"""The live board's rows: published stories by what readers do to them now.

Looked at are the stories with the most votes in five minutes, those with votes that wait or an open
case, and the newest: what it costs grows with the votes of five minutes, never with the archive. The
same seven queries whatever there is to show.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.utils import timezone

from articles.models import Article
from articles.models.addresses import path_of
from reactions.alarms import Usual
from reactions.insight import live_words
from reactions.insight.live_window import SLOT_SECONDS, Lately, last_minutes
from reactions.insight.live_words import Mover, Spark
from reactions.models import Board, Case, ReactionKind, Vote
from reactions.watch import usual_of

CANDIDATES = 100  # of each reason to be looked at
NEWEST = 10
SHOWN = 50
STORY = (
    "pk", "headline", "slug", "section__name", "reaction_board__state",
    "reaction_board__frozen_reason", "reaction_board__sealed_at",
)  # fmt: skip
SORTS = {
    "pace": lambda story: (story.votes, story.waiting),
    "change": lambda story: (story.change, story.votes),
    "waiting": lambda story: (story.waiting, story.votes),
}


@dataclass(frozen=True, slots=True)
class LiveStory:
    """One row, in words. `change`: how sure the change in mix is, 0 where there is none."""

    pk: int
    headline: str
    path: str
    section: str
    state: str
    state_words: str
    votes: int
    per_minute: str
    pace_words: str
    pace: Spark
    is_fast: bool
    change: float
    mix_words: str
    mix: Spark | None
    fresh: str
    waiting: int
    case: int | None

    @property
    def is_open(self) -> bool:
        return self.state == Board.State.OPEN


@dataclass(frozen=True, slots=True)
class LiveBoard:
    """`per_minute`: of the whole site; `lively`: stories with a vote in the five minutes."""

    at: datetime
    sort: str
    stories: list[LiveStory]
    per_minute: str
    lively: int
    waiting: int
    cases: int


def live_board(sort: str = "pace", now: datetime | None = None) -> LiveBoard:
    """The board now. An unknown `sort` (see SORTS) is "pace"."""
    now = now or timezone.now()
    sort = sort if sort in SORTS else "pace"
    window = last_minutes(now)
    waiting, cases = _waiting(), _open_cases()
    lively = sorted(window.stories, key=lambda pk: -window.stories[pk].votes)
    rows = _published(
        {*lively[:CANDIDATES], *list(waiting)[:CANDIDATES], *list(cases)[:CANDIDATES]}
    )
    usual, names = usual_of(rows), _names()
    stories = [
        _story(
            row, window.stories.get(pk, Lately()), usual.get(pk, Usual()), names,
            seconds=window.seconds, waiting=waiting.get(pk, 0), case=cases.get(pk),
        )
        for pk, row in rows.items()
    ]  # fmt: skip
    # The sort is stable: what is alike stays as it came, the newest first.
    stories.sort(key=lambda story: -story.pk)
    stories.sort(key=SORTS[sort], reverse=True)
    return LiveBoard(
        at=now,
        sort=sort,
        stories=stories[:SHOWN],
        per_minute=live_words.number(window.votes * 60 / window.seconds),
        lively=window.lively,
        waiting=sum(waiting.values()),
        cases=len(cases),
    )


def _published(wanted: set[int]) -> dict[int, dict[str, Any]]:
    """Of these, and the newest. 2 queries."""
    public = Article.objects.published()
    newest = public.newest().values_list("pk", flat=True)[:NEWEST]
    return {row["pk"]: row for row in public.among(wanted | set(newest)).values(*STORY)}


def _waiting() -> dict[int, int]:
    """Votes that wait, by story, the most first. An index holds these alone."""
    votes = Vote.objects.filter(state=Vote.State.QUARANTINED, kind__gt=0)
    found = votes.values_list("article_id").annotate(n=Count("visitor")).order_by("-n")
    return dict(found)


def _open_cases() -> dict[int, int]:
    """{story: case}, the one with the newest alarm first."""
    cases = Case.objects.filter(closed_at=None).order_by("-last_alarm_at")
    return dict(cases.values_list("article_id", "pk"))


def _names() -> dict[int, str]:
    return dict(ReactionKind.objects.values_list("pk", "label"))


def _story(
    row: Mapping[str, Any],
    lately: Lately,
    usual: Usual,
    names: Mapping[int, str],
    *,
    seconds: float,
    waiting: int,
    case: int | None,
) -> LiveStory:
    mover = live_words.mover_of(lately.by_kind, usual)
    moved = mover if mover is not None and mover.is_noticeable else None
    pace_words = live_words.pace_words(lately.votes, seconds, usual)
    state = row["reaction_board__state"] or Board.State.OPEN
    return LiveStory(
        pk=row["pk"],
        headline=row["headline"] or row["slug"],
        path=path_of("articles:article", row["slug"]),
        section=row["section__name"] or "",
        state=state,
        state_words=_state_words(row, state),
        votes=lately.votes,
        per_minute=live_words.number(lately.votes * 60 / seconds),
        pace_words=pace_words,
        pace=live_words.pace_spark(lately.by_slot, usual, SLOT_SECONDS),
        is_fast="×" in pace_words,
        change=abs(moved.z) if moved else 0.0,
        mix_words=live_words.mix_words(mover, names.get(mover.kind, "") if mover else ""),
        mix=_mix_spark(lately, moved),
        fresh=f"{lately.fresh / lately.votes:.0%}" if lately.votes else "–",
        waiting=waiting,
        case=case,
    )


def _mix_spark(lately: Lately, moved: Mover | None) -> Spark | None:
    if moved is None:
        return None
    slots = lately.kinds.get(moved.kind, [0] * len(lately.by_slot))
    return live_words.share_spark(slots, lately.by_slot, moved.usually)


def _state_words(row: Mapping[str, Any], state: str) -> str:
    if row["reaction_board__sealed_at"] is not None and state == Board.State.OPEN:
        return "Ended"
    if state == Board.State.OPEN:
        return "Open"
    return f"{Board.State(state).label}: {row['reaction_board__frozen_reason']}"
