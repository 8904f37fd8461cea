"""What a case's page works with: the case, its figures, its forms as they were sent."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.contrib.auth.models import User
from django.core.cache import cache
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from reactions.admin.case_forms import BarForm, BlockForm, CloseForm, VotesForm, is_number
from reactions.admin.case_preview import NONE, Line, Seen, look, sample
from reactions.insight import case_figures
from reactions.insight.case_charts import kind_name
from reactions.insight.case_figures import Figures
from reactions.insight.names import name_of
from reactions.models import Board, Case, ReactionKind, Vote

KEPT_SECONDS = 15  # the figures: a page that is sent again and again reads them once
YOUNG_SECONDS = 600
MOSTLY = 0.5
MINUTE = timedelta(minutes=1)


class Desk:
    """One request's view of a case. Forms that were not sent keep what was typed into them."""

    def __init__(self, request: HttpRequest, case: Case) -> None:
        self.request, self.case = request, case
        self.sent = request.POST if request.method == "POST" else QueryDict()
        self.reason = self.sent.get("reason", "")
        self.problem = self.reason_problem = ""
        self.seen: Seen | None = None
        self.lines: list[Line] = []

    @property
    def who(self) -> User:
        return self.request.user  # type: ignore[return-value]  # the admin lets no others in

    @cached_property
    def kinds(self) -> dict[int, ReactionKind]:
        return ReactionKind.objects.in_bulk()

    @cached_property
    def figures(self) -> Figures:
        key = f"reactions-case-{self.case.pk}-{self.case.last_alarm_at.timestamp():.0f}"
        found: Figures | None = cache.get(key)
        if found is None:
            span = case_figures.span_of(self.case, timezone.now())
            found = case_figures.read(self.case.article_id, span)
            cache.set(key, found, KEPT_SECONDS)
        return found

    @cached_property
    def standing(self) -> dict[int, dict[int, int]]:
        return case_figures.standing(self.case.article_id)

    @cached_property
    def board(self) -> Board:
        """The article's; as it would be where there is none yet."""
        number = self.case.article_id
        return Board.objects.filter(pk=number).first() or Board(article_id=number)

    @cached_property
    def is_public(self) -> bool:
        return Article.objects.published().filter(pk=self.case.article_id).exists()

    @cached_property
    def votes_form(self) -> VotesForm:
        data = self.sent or (self.request.GET if "look" in self.request.GET else None)
        initial = {"since": floor(self.case.since), "until": ceil(self.case.last_alarm_at)}
        return VotesForm(
            data, initial=initial, kinds=self.kinds, nets=self.figures.nets,
            here=set(self.standing) | {kind for _, kind, _ in self.figures.cube},
        )  # fmt: skip

    @cached_property
    def bar_form(self) -> BarForm:
        return BarForm(**self._given("bar", {"freeze", "thaw", "hide", "show"}))

    @cached_property
    def block_form(self) -> BlockForm:
        return BlockForm(whom=self.whom(), **self._given("block", {"block"}))

    @cached_property
    def close_form(self) -> CloseForm:
        return CloseForm(**self._given("close", {"close"}))

    def _given(self, prefix: str, verbs: set[str]) -> dict[str, Any]:
        if self.sent.get("do") in verbs:
            return {"data": self.sent, "prefix": prefix}
        start = f"{prefix}-"
        typed = {k.removeprefix(start): v for k, v in self.sent.items() if k.startswith(start)}
        return {"initial": typed, "prefix": prefix}

    def look(self) -> Seen | None:
        """Keep what the choice would do; None where the choice has errors."""
        if self.votes_form.is_valid():
            votes = self.votes_form.votes(self.case.article_id)
            self.seen = look(self.case, votes, self.kinds, self.standing)
            self.lines = sample(votes, self.kinds)
        return self.seen

    def whom(self) -> list[tuple[str, Any]]:
        """Whom the block's form offers: the largest networks, voters of the sample, who was sent."""
        nets = {
            f"net:{net.net}": f"Network {name_of(net.net)}" for net in self.figures.nets if net.net
        }
        visitors = {f"visitor:{line.number}": f"Visitor {line.visitor}" for line in self.lines}
        key, _, value = self.sent.get("block-who", "").partition(":")
        if is_number(value):
            group, name = (nets, "Network") if key == "net" else (visitors, "Visitor")
            group.setdefault(f"{key}:{value}", f"{name} {name_of(int(value))}")
        groups = [("Networks", nets), ("Visitors of the votes below", visitors)]
        return [(name, list(group.items())) for name, group in groups if group]

    def alarms(self) -> list[dict[str, Any]]:
        """Each in words, with the address that chooses the votes it is about."""
        return [self._alarm(alarm) for alarm in self.case.alarms]

    def _alarm(self, alarm: dict[str, Any]) -> dict[str, Any]:
        at = datetime.fromisoformat(alarm["at"])
        words, kind, net = alarm["words"], alarm.get("kind"), alarm.get("net")
        query = QueryDict(mutable=True)
        query["look"] = "1"
        query["since"], query["until"] = (
            field(self.case.since),
            field(self.case.last_alarm_at, up=True),
        )
        about: list[str] = []
        if kind is not None:
            words = words.replace("of one kind", kind_name(kind, self.kinds))
            about.append(kind_name(kind, self.kinds))
            query["kinds"] = str(kind)
        if net is not None:
            words = words.replace("one network", f"network {name_of(int(net))}")
            about.append(f"network {name_of(int(net))}")
            query["nets"] = str(net)
        if self._is_young(alarm):
            about.append("cookies under ten minutes")
            query["younger_than"] = str(YOUNG_SECONDS)
        return {
            "rule": alarm["rule"], "at": at, "words": words, "about": ", ".join(about),
            "url": f"{case_url(self.case)}?{query.urlencode()}#votes",
        }  # fmt: skip

    def _is_young(self, alarm: dict[str, Any]) -> bool:
        if alarm["rule"] == "fresh":
            return True
        if alarm.get("kind") is None:
            return False
        since = max(self.case.since, self.figures.span.since)
        return self.figures.young_share(alarm["kind"], since) >= MOSTLY

    def marks(self) -> Iterable[tuple[datetime, str]]:
        """What the graph marks: the first alarm, the end."""
        opened = timezone.localtime(self.case.opened_at)
        word = "Opened" if is_by_hand(self.case) else "Alarm"
        yield self.case.opened_at, f"{word} {opened:%H:%M}"
        if self.case.closed_at and self.case.closed_at < self.figures.span.until:
            yield self.case.closed_at, "Closed"

    def now_rows(self) -> list[tuple[str, list[str]]]:
        """(kind, votes counted, waiting, void, in the shadow)."""
        return [
            (
                kind_name(kind, self.kinds),
                [f"{states[state]:,}" if states[state] else NONE for state in Vote.State.values],
            )
            for kind, states in sorted(self.standing.items())
        ]


def is_by_hand(case: Case) -> bool:
    return len(case.alarms) == 1 and case.alarms[0]["rule"] == "hand"


def case_url(case: Case) -> str:
    return reverse("admin:reactions_case_change", args=[case.pk])


def floor(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def ceil(moment: datetime) -> datetime:
    return floor(moment) + MINUTE


def field(moment: datetime, *, up: bool = False) -> str:
    """As the form's field writes it."""
    whole = ceil(moment) if up else floor(moment)
    return timezone.localtime(whole).strftime("%Y-%m-%dT%H:%M")
