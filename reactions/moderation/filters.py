"""Which votes: a moderator's choice as a value, as JSON (in Action.filter) and as SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from reactions.models import Vote


@dataclass(frozen=True, slots=True)
class VoteFilter:
    """Votes on `articles` that fit everything else that is given.

    `kinds` is what stands now. `since`, `until`, `nets` and `younger_than_s` (the cookie's age in
    seconds when it voted) look into the ledger: they find what it still has, 30 days.
    Raises ValueError without an article.
    """

    articles: tuple[int, ...]
    kinds: tuple[int, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    nets: tuple[int, ...] = ()
    visitors: tuple[int, ...] = ()
    younger_than_s: int | None = None
    voted_before: datetime | None = None  # of the vote's last change
    states: tuple[int, ...] = ()  # of those that a verb takes, these alone
    not_by_hand: bool = False  # but not what a person moved last

    def __post_init__(self) -> None:
        if not self.articles:
            raise ValueError("Name the article whose votes are meant.")

    def as_json(self) -> dict[str, Any]:
        """What is given, JSON's own types only. Numbers of 63 bits are text: scripts round them."""
        words: dict[str, Any] = {"articles": list(self.articles)}
        if self.kinds:
            words["kinds"] = list(self.kinds)
        if self.nets:
            words["nets"] = [str(net) for net in self.nets]
        if self.visitors:
            words["visitors"] = [str(visitor) for visitor in self.visitors]
        for name in MOMENTS:
            moment = getattr(self, name)
            if moment is not None:
                words[name] = moment.isoformat()
        if self.younger_than_s is not None:
            words["younger_than_s"] = self.younger_than_s
        if self.states:
            words["states"] = [int(state) for state in self.states]
        if self.not_by_hand:
            words["not_by_hand"] = True
        return words

    @classmethod
    def from_json(cls, words: Mapping[str, Any]) -> "VoteFilter":
        """The filter that `as_json` wrote. Raises ValueError or KeyError for anything else."""
        moments = [
            datetime.fromisoformat(words[name]) if name in words else None for name in MOMENTS
        ]
        kinds, nets, visitors, states = (
            tuple(int(number) for number in words.get(name, ()))
            for name in ("kinds", "nets", "visitors", "states")
        )
        return cls(
            articles=tuple(int(number) for number in words["articles"]),
            kinds=kinds,
            since=moments[0],
            until=moments[1],
            nets=nets,
            visitors=visitors,
            younger_than_s=words.get("younger_than_s"),
            voted_before=moments[2],
            states=states,
            not_by_hand=bool(words.get("not_by_hand")),
        )

    def where(self, states: Sequence[int]) -> tuple[str, list[Any]]:
        """(SQL, parameters) about a row of votes named `vote`, in one of the states (and of
        the filter's own, if it has any).
        """
        wanted = [state for state in states if not self.states or state in self.states]
        parts = [_among("vote.article_id", self.articles), _among("vote.state", wanted)]
        if self.kinds:
            parts.append(_among("vote.kind", self.kinds))
        if self.visitors:
            parts.append(_among("vote.visitor", self.visitors))
        if self.voted_before is not None:
            moment = connection.ops.adapt_datetimefield_value(self.voted_before)
            parts.append(("vote.at < %s", [moment]))
        if self.not_by_hand:
            articles, params = _among("acted.article_id", self.articles)
            parts.append((NOT_BY_HAND % articles, params))
        ledger = self._in_ledger()
        if ledger:
            sql = " AND ".join(text for text, _ in ledger)
            params = [value for _, values in ledger for value in values]
            parts.append((IN_LEDGER % sql, params))
        return " AND ".join(text for text, _ in parts), [v for _, values in parts for v in values]

    def _in_ledger(self) -> list[tuple[str, list[Any]]]:
        adapt = connection.ops.adapt_datetimefield_value
        parts: list[tuple[str, list[Any]]] = []
        if self.since is not None:
            parts.append(("event.at >= %s", [adapt(self.since)]))
        if self.until is not None:
            parts.append(("event.at < %s", [adapt(self.until)]))
        if self.nets:
            parts.append(_among("event.net", self.nets))
        if self.younger_than_s is not None:
            parts.append(("event.cookie_age_s < %s", [self.younger_than_s]))
        return [_among("event.article_id", self.articles), *parts] if parts else []


COUNTABLE = (Vote.State.COUNTED, Vote.State.QUARANTINED)
MOMENTS = ("since", "until", "voted_before")
IN_LEDGER = """(vote.article_id, vote.visitor) IN (
    SELECT event.article_id, event.visitor FROM reactions_event event
     WHERE event.kind > 0 AND %s)"""

# The last who moved a vote: of an action that was undone, whoever undid it.
NOT_BY_HAND = """(vote.article_id, vote.visitor) NOT IN (
    SELECT last.article_id, last.visitor FROM (
        SELECT acted.article_id, acted.visitor,
               COALESCE(back.by_name, action.by_name) AS by_name,
               ROW_NUMBER() OVER (PARTITION BY acted.article_id, acted.visitor
                                  ORDER BY COALESCE(back.id, action.id) DESC) AS place
          FROM reactions_actedvote acted
          JOIN reactions_action action ON action.id = acted.action_id
          LEFT JOIN reactions_action back ON back.undo_of_id = action.id
         WHERE %s) last
     WHERE last.place = 1 AND last.by_name <> '')"""


def _among(column: str, values: Sequence[int]) -> tuple[str, list[Any]]:
    """(SQL, parameters); of no values: nothing."""
    if not values:
        return "1 = 0", []
    return f"{column} IN ({', '.join(['%s'] * len(values))})", [int(value) for value in values]
