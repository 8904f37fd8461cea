"""Curating: what stands on the fronts, and the banner above every page.

A front is arranged whole: one call writes every slot, or nothing where someone else was faster.
Composing the page from it is articles.fronts' business.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.models import Article, Banner, Front, Section, Slot, SlotEntry, public_changed

# What a front starts with: key, stories, heading.
HOME_SLOTS = (("lead", 1, ""), ("top", 4, ""), ("focus", 3, "In focus"))
SECTION_SLOTS = (("lead", 1, ""), ("top", 3, ""))


@dataclass(frozen=True, slots=True)
class Placement:
    """One story in a slot, as an editor put it there."""

    article_id: int
    headline_override: str = ""
    until: datetime | None = None
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class SlotSettings:
    """What a slot is: its heading, its size, and what fills it when editors don't."""

    title: str = ""
    max: int = 1
    backfill: bool = True
    backfill_section_id: int | None = None
    backfill_tag_id: int | None = None


@dataclass(frozen=True, slots=True)
class SlotPlan:
    """A slot as it shall be. Without settings they stay as they are."""

    key: str
    entries: tuple[Placement, ...] = ()
    settings: SlotSettings | None = None


class FrontConflict(Exception):
    """Somebody else arranged this front since it was loaded; nothing was written."""

    def __init__(self, theirs: tuple[SlotPlan, ...], version: int) -> None:
        super().__init__("Someone else has saved this front in the meantime.")
        self.theirs = theirs
        self.version = version


def open_front(section: Section | None) -> Front:
    """The front of a section (None: of the home page), made with its usual slots at first."""
    with transaction.atomic():
        front, made = Front.objects.get_or_create(section=section)
        if made:
            usual = SECTION_SLOTS if section else HOME_SLOTS
            Slot.objects.bulk_create(
                # The focus is the editors' own: it stays away until there is something in it.
                Slot(front=front, key=key, max=most, title=title, order=n, backfill=key != "focus")
                for n, (key, most, title) in enumerate(usual)
            )
            public_changed()
    return front


def arrangement_of(front: Front) -> tuple[SlotPlan, ...]:
    """The front as it is stored, pinned stories first: the order that readers see. 2 queries."""
    by_slot: dict[int, list[SlotEntry]] = {}
    for entry in SlotEntry.objects.filter(slot__front=front).order_by("-pinned", "order", "pk"):
        by_slot.setdefault(entry.slot_id, []).append(entry)
    return tuple(
        SlotPlan(slot.key, tuple(map(_placement, by_slot.get(slot.pk, []))), _settings(slot))
        for slot in front.slots.all()
    )


@transaction.atomic
def arrange_front(
    front: Front,
    arrangement: Sequence[SlotPlan],
    *,
    expected_version: int,
    by: AbstractBaseUser | None,
) -> Front:
    """Write the whole arrangement. Each story stands once on a front: its first place counts.

    The version is checked in the UPDATE, so that of two editors one wins. The other gets
    FrontConflict with what the winner saved; what the winner replaced is in the front's history.
    """
    if not next_version(front, expected_version):
        front.refresh_from_db()
        raise FrontConflict(arrangement_of(front), front.version)
    before = _in_words(arrangement_of(front))
    slots = {slot.key: slot for slot in front.slots.all()}
    plans = [plan for plan in arrangement if plan.key in slots]
    SlotEntry.objects.filter(slot__in=[slots[plan.key] for plan in plans]).delete()
    SlotEntry.objects.bulk_create(_entries(plans, slots))
    for plan in plans:
        if plan.settings:
            _write_settings(slots[plan.key], plan.settings)
    front.refresh_from_db()
    if by and by.pk:
        _log(front, by, before=before)
    public_changed()
    return front


def next_version(front: Front, expected: int | None = None) -> bool:
    """Take the front's next version; False if it has another one than `expected` by now."""
    row = Front.objects.filter(pk=front.pk)
    if expected is not None:
        row = row.filter(version=expected)
    return bool(row.update(version=F("version") + 1))


@transaction.atomic
def put_up_banner(banner: Banner) -> Banner:
    """Save a banner, new or changed; readers see it within a second of its start."""
    banner.save()
    public_changed()
    return banner


@transaction.atomic
def end_banner(banner: Banner) -> None:
    """Take a banner down now. One that has not begun never will."""
    now = timezone.now()
    if banner.starts >= now:
        banner.delete()
    else:
        Banner.objects.filter(pk=banner.pk, ends__gt=now).update(ends=now)
    public_changed()


@transaction.atomic
def remove_banners(banners: Iterable[Banner]) -> None:
    for banner in banners:
        banner.delete()
    public_changed()


def _entries(plans: Sequence[SlotPlan], slots: dict[str, Slot]) -> list[SlotEntry]:
    wanted = [placement.article_id for plan in plans for placement in plan.entries]
    free = set(Article.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    entries = []
    for plan in plans:
        for order, placement in enumerate(plan.entries):
            if placement.article_id not in free:
                continue  # deleted in the meantime, or placed further up
            free.discard(placement.article_id)
            entries.append(
                SlotEntry(
                    slot=slots[plan.key],
                    article_id=placement.article_id,
                    order=order,
                    headline_override=placement.headline_override,
                    until=placement.until,
                    pinned=placement.pinned,
                )
            )
    return entries


def _write_settings(slot: Slot, settings: SlotSettings) -> None:
    Slot.objects.filter(pk=slot.pk).update(
        title=settings.title,
        max=settings.max,
        backfill=settings.backfill,
        backfill_section=settings.backfill_section_id,
        backfill_tag=settings.backfill_tag_id,
    )


def _placement(entry: SlotEntry) -> Placement:
    return Placement(entry.article_id, entry.headline_override, entry.until, entry.pinned)


def _settings(slot: Slot) -> SlotSettings:
    return SlotSettings(
        slot.title, slot.max, slot.backfill, slot.backfill_section_id, slot.backfill_tag_id
    )


def _in_words(arrangement: Sequence[SlotPlan]) -> str:
    ids = [placement.article_id for plan in arrangement for placement in plan.entries]
    named = {row.pk: str(row) for row in Article.objects.only("headline").filter(pk__in=ids)}
    slots = (
        f"{plan.key}: {', '.join(named[each.article_id] for each in plan.entries) or 'nothing'}"
        for plan in arrangement
    )
    return "; ".join(slots)


def _log(front: Front, by: AbstractBaseUser, *, before: str) -> None:
    LogEntry.objects.log_actions(
        user_id=by.pk,
        queryset=[front],
        action_flag=CHANGE,
        change_message=f"Arranged anew. Before, {before}.",
    )
