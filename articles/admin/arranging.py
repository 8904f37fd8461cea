"""The form of a front's page: what an editor's arrangement looks like between browser and verb.

The order of the fields is the arrangement: `place` names a slot ("slot:lead"), then the stories in
it ("card:12"), then the next slot; after an empty "slot:" come the stories that stand nowhere.
Buttons send a command ("up:12"), so that everything also works where no script runs.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles.actions.curating import Placement, SlotPlan, SlotSettings
from articles.models.front import MAX_STORIES

ASIDE = ""
MAX_DIGITS = 18  # of a number that a database can look for
MAX_HEADLINE_CHARS, MAX_TITLE_CHARS = 200, 80
LATER = {"2h": timedelta(hours=2), "8h": timedelta(hours=8)}


@dataclass(slots=True)
class Card:
    """A story on the form, its fields as they were typed."""

    article_id: int
    headline: str = ""
    until: str = ""
    pinned: bool = False


@dataclass(slots=True)
class SlotForm:
    """A slot on the form. `fill` names section and tag of what fills it: "3-", "-7", "-", or none."""

    key: str
    title: str = ""
    max: str = "1"
    fill: str = "-"
    cards: list[Card] = field(default_factory=list)


@dataclass(slots=True)
class FrontForm:
    version: int
    slots: list[SlotForm]
    errors: list[str] = field(default_factory=list)
    conflict: bool = False

    @property
    def placed(self) -> list[int]:
        return [card.article_id for slot in self.slots for card in slot.cards]


def form_of(arrangement: Sequence[SlotPlan], version: int) -> FrontForm:
    """The form for what is stored. A story that stands twice is shown at its first place."""
    seen: set[int] = set()
    slots = []
    for plan in arrangement:
        settings = plan.settings or SlotSettings()
        cards = [_card(each) for each in plan.entries if each.article_id not in seen]
        seen.update(card.article_id for card in cards)
        slots.append(SlotForm(plan.key, settings.title, str(settings.max), _fill(settings), cards))
    return FrontForm(version, slots)


def read_form(post: QueryDict, stored: FrontForm, fills: Container[str]) -> FrontForm:
    """What the browser sent, slot by slot of those that exist. `fills`: what may be chosen."""
    zones = _zones(post)
    slots = [
        replace(
            slot,
            title=post.get(f"title-{slot.key}", slot.title),
            max=post.get(f"max-{slot.key}", slot.max),
            fill=fill if (fill := post.get(f"fill-{slot.key}", "")) in fills else slot.fill,
            cards=zones.get(slot.key, []),
        )
        for slot in stored.slots
    ]
    version = post.get("version", "")
    return FrontForm(int(version) if version.isdecimal() else 0, slots)


def obey(form: FrontForm, command: str, post: QueryDict) -> None:
    """Do what a button says: up, down, off, move (to the slot chosen beside it), or an end."""
    verb, _, number = command.partition(":")
    if not number.isdecimal():
        return
    pk = int(number)
    if verb == "move":
        _move(form, pk, post)
        return
    slot = next((slot for slot in form.slots if _place(slot, pk) is not None), None)
    if slot is None:
        return
    at = _place(slot, pk) or 0
    if verb in {"up", "down"}:
        card = slot.cards.pop(at)
        slot.cards.insert(max(at + (1 if verb == "down" else -1), 0), card)
    elif verb == "off":
        slot.cards.pop(at)
    elif verb in {*LATER, "tonight", "always"}:
        slot.cards[at].until = as_typed(_moment(verb))


def plan_of(form: FrontForm) -> tuple[SlotPlan, ...]:
    """The arrangement for the verb; what can't be read is named in `form.errors`."""
    return tuple(
        SlotPlan(
            slot.key, tuple(_placement(card, form) for card in slot.cards), _settings(slot, form)
        )
        for slot in form.slots
    )


def as_typed(moment: datetime | None) -> str:
    """A time as the browser's field for one holds it, in the newsroom's own time zone."""
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}" if moment else ""


def _zones(post: QueryDict) -> dict[str, list[Card]]:
    zones: dict[str, list[Card]] = {}
    zone, seen = ASIDE, set()
    for place in post.getlist("place"):
        kind, _, name = place.partition(":")
        if kind == "slot":
            zone = name
        elif name.isdecimal() and len(name) <= MAX_DIGITS and name not in seen:
            zones.setdefault(zone, []).append(_posted(int(name), post))
            if zone:
                seen.add(name)
    return zones


def _posted(pk: int, post: QueryDict) -> Card:
    return Card(
        pk,
        headline=post.get(f"headline-{pk}", "").strip(),
        until=post.get(f"until-{pk}", ""),
        pinned=f"pinned-{pk}" in post,
    )


def _move(form: FrontForm, pk: int, post: QueryDict) -> None:
    target = next((slot for slot in form.slots if slot.key == post.get(f"to-{pk}")), None)
    if target is None:
        return
    for slot in form.slots:
        slot.cards = [card for card in slot.cards if card.article_id != pk]
    # On top, but under what is pinned there.
    pinned = sum(card.pinned for card in target.cards)
    target.cards.insert(pinned, _posted(pk, post))


def _place(slot: SlotForm, pk: int) -> int | None:
    return next((n for n, card in enumerate(slot.cards) if card.article_id == pk), None)


def _moment(verb: str) -> datetime | None:
    now = timezone.localtime()
    if verb == "tonight":
        return now.replace(hour=23, minute=59, second=0, microsecond=0)
    return now + LATER[verb] if verb in LATER else None


def _card(placement: Placement) -> Card:
    return Card(
        placement.article_id,
        placement.headline_override,
        as_typed(placement.until),
        placement.pinned,
    )


def _placement(card: Card, form: FrontForm) -> Placement:
    if len(card.headline) > MAX_HEADLINE_CHARS:
        form.errors.append(f"“{card.headline[:40]}…” is over {MAX_HEADLINE_CHARS} characters.")
    until = None
    if card.until:
        until = _time(card.until)
        if until is None:
            form.errors.append(f"“{card.until}” is no date and time: write 2026-11-23T18:30.")
    return Placement(card.article_id, card.headline, until, card.pinned)


def _time(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
        return timezone.make_aware(moment) if moment and timezone.is_naive(moment) else moment
    except (ValueError, OverflowError):
        return None


def _fill(settings: SlotSettings) -> str:
    if not settings.backfill:
        return "none"
    return f"{settings.backfill_section_id or ''}-{settings.backfill_tag_id or ''}"


def _settings(slot: SlotForm, form: FrontForm) -> SlotSettings:
    most = int(slot.max) if slot.max.isdecimal() and len(slot.max) < 4 else 0
    if not 1 <= most <= MAX_STORIES:
        form.errors.append(f"{slot.key}: give a number of stories from 1 to {MAX_STORIES}.")
    if len(slot.title) > MAX_TITLE_CHARS:
        form.errors.append(f"{slot.key}: the heading is over {MAX_TITLE_CHARS} characters.")
    section, _, tag = slot.fill.partition("-")
    return SlotSettings(
        slot.title.strip(),
        most,
        slot.fill != "none",
        int(section) if section.isdecimal() else None,
        int(tag) if tag.isdecimal() else None,
    )
