"""Front pages, composed: what editors put into slots, what time fills in, nothing twice.

Reads rows and writes none. One pass gives each story one place: first all that was put somewhere
by hand, then what fills the slots, then the river, then the strips of the sections. Each query
reads a bounded number of rows from an index, whatever the size of the archive.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from articles.cards import by_number
from articles.listing import ids_of
from articles.models import Article, PhotoUse, Section, Slot, SlotEntry, TaggedArticle
from articles.models.newest_of import newest_of
from articles.models.prepared import Given, PreparedInstances, PreparedTogether

LEAD, TOP, FOCUS = "lead", "top", "focus"
RIVER = 12
STRIP = 4


@dataclass(slots=True)
class FilledSlot:
    """A slot and the stories in it. `pool` names what fills it, None where nothing does."""

    key: str
    max: int
    title: str = ""
    pool: "Pool | None" = None
    articles: list[Article] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pool:
    """The newest stories of all, of a section or of a tag."""

    section_id: int | None = None
    tag_id: int | None = None


@dataclass(frozen=True, slots=True)
class FrontPage:
    """A composed page: slots in their order, then the river and the sections' strips."""

    slots: tuple[FilledSlot, ...]
    river: tuple[Article, ...] = ()
    strips: tuple[tuple[Section, tuple[Article, ...]], ...] = ()

    @property
    def lead(self) -> Article | None:
        return next(iter(self._of(LEAD)), None)

    @property
    def lead_photo(self) -> PhotoUse | None:
        return self.lead.lead if self.lead else None

    @property
    def top(self) -> list[Article]:
        return self._of(TOP)

    @property
    def more(self) -> list[FilledSlot]:
        """The slots beside lead and top, each under its own heading."""
        return [slot for slot in self.slots if slot.key not in {LEAD, TOP} and slot.articles]

    @property
    def placed(self) -> set[int]:
        return {article.pk for slot in self.slots for article in slot.articles}

    def _of(self, key: str) -> list[Article]:
        return [article for slot in self.slots if slot.key == key for article in slot.articles]


def home_front(sections: Sequence[Section]) -> FrontPage:
    """The home page. 5 queries: slots, their entries, the newest by pool, the cards, bylines."""
    slots = _slots(None)
    entries = _entries(None)
    strips = [(section, Pool(section_id=section.pk)) for section in sections]
    everything = Pool()
    # Whatever stands above may be in a pool, too: each is read that much deeper.
    above = sum(slot.max for slot, _ in slots)
    wanted = {pool: above for slot, _ in slots if (pool := slot.pool)}
    wanted |= {pool: STRIP + RIVER + above for _, pool in strips}
    wanted[everything] = RIVER + above
    plan = _Plan(entries, _newest(wanted))
    placed = [(slot, plan.fill(slot, pk)) for slot, pk in slots]
    river = plan.take(everything, RIVER)
    bands = [(section, plan.take(pool, STRIP)) for section, pool in strips]
    cards = by_number(plan.seen)
    return FrontPage(
        slots=_filled(placed, cards, entries),
        river=tuple(cards[pk] for pk in river if pk in cards),
        strips=tuple(
            (section, shown)
            for section, ids in bands
            if (shown := tuple(cards[pk] for pk in ids if pk in cards))
        ),
    )


def section_front(section: Section) -> FrontPage:
    """The slots above a section's list; none where nobody made a front for it. 1 to 5 queries."""
    slots = _slots(section)
    if not slots:
        return FrontPage(())
    entries = _entries(section)
    wanted = {pool: sum(slot.max for slot, _ in slots) for slot, _ in slots if (pool := slot.pool)}
    plan = _Plan(entries, _newest(wanted))
    placed = [(slot, plan.fill(slot, pk)) for slot, pk in slots]
    return FrontPage(_filled(placed, by_number(plan.seen), entries))


class _Plan:
    """The pass that gives each story one place. Holds ids only."""

    def __init__(self, entries: Sequence[SlotEntry], newest: dict[Pool, list[int]]) -> None:
        self.newest = newest
        self.seen: set[int] = set()
        self.by_hand: dict[int, list[int]] = {}
        for entry in entries:
            by_hand = self.by_hand.setdefault(entry.slot_id, [])
            if entry.article_id not in self.seen and len(by_hand) < entry.slot.max:
                by_hand.append(entry.article_id)
                self.seen.add(entry.article_id)

    def fill(self, slot: FilledSlot, slot_id: int | None) -> list[int]:
        ids = self.by_hand.get(slot_id, []) if slot_id else []
        if slot.pool is None:
            return ids
        return ids + self.take(slot.pool, slot.max - len(ids))

    def take(self, pool: Pool, count: int) -> list[int]:
        free = [pk for pk in self.newest.get(pool, ()) if pk not in self.seen][: max(count, 0)]
        self.seen.update(free)
        return free


def _slots(section: Section | None) -> list[tuple[FilledSlot, int | None]]:
    """The front's slots with their row ids. The home page has a lead and a top without rows, too."""
    of_section = section.pk if section else None
    rows = _section_slots(section=of_section) if section else _home_slots()
    slots: list[tuple[FilledSlot, int | None]] = [(_slot(row, of_section), row.pk) for row in rows]
    keys = {slot.key for slot, _ in slots}
    if section is None:
        missing = [(key, most) for key, most in ((LEAD, 1), (TOP, 4)) if key not in keys]
        slots = [(FilledSlot(key, most, pool=Pool()), None) for key, most in missing] + slots
    # The lead is chosen first, wherever its row stands.
    return sorted(slots, key=lambda pair: (pair[0].key != LEAD, pair[0].key != TOP))


def _slot(row: Slot, section_id: int | None) -> FilledSlot:
    pool = Pool(row.backfill_section_id or section_id, row.backfill_tag_id)
    return FilledSlot(row.key, row.max, row.title, pool if row.backfill else None)


def _entries(section: Section | None) -> list[SlotEntry]:
    """What editors put into the slots and readers may see now: pinned first, then in order."""
    return _section_entries(section=section.pk) if section else _home_entries()


def _entries_on(front: Q) -> QuerySet[SlotEntry]:
    current = Q(until__isnull=True) | Q(until__gt=Now())
    # Asked of each entry: of `article__in` SQLite makes a list of all that was ever published.
    seen = Exists(Article.objects.published().filter(pk=OuterRef("article")))
    entries = SlotEntry.objects.filter(current, front, seen)
    return entries.order_by("slot__order", "slot", "-pinned", "order", "pk")


SLOT_COLUMNS = ("key", "max", "title", "backfill", "backfill_section", "backfill_tag")
ENTRY_COLUMNS = ("article", "headline_override", "slot__max")
_home_slots = PreparedInstances(
    lambda: Slot.objects.filter(front__section=None), Slot, SLOT_COLUMNS
)
_section_slots = PreparedInstances(
    lambda: Slot.objects.filter(front__section=Given("section")), Slot, SLOT_COLUMNS
)
_home_entries = PreparedInstances(
    lambda: _entries_on(Q(slot__front__section=None)), SlotEntry, ENTRY_COLUMNS
)
_section_entries = PreparedInstances(
    lambda: _entries_on(Q(slot__front__section=Given("section"))), SlotEntry, ENTRY_COLUMNS
)


def _newest(wanted: dict[Pool, int]) -> dict[Pool, list[int]]:
    """The newest ids of each pool. 1 query, each part read from its index."""
    sorts = tuple((bool(p.section_id), bool(p.tag_id), count) for p, count in wanted.items())
    given = {f"section{place}": pool.section_id for place, pool in enumerate(wanted)}
    given |= {f"tag{place}": pool.tag_id for place, pool in enumerate(wanted)}
    return dict(zip(wanted, ids_of(_newest_of(sorts), **given), strict=True))


@lru_cache(64)  # as many as there are fronts, until an editor changes one
def _newest_of(sorts: tuple[tuple[bool, bool, int], ...]) -> PreparedTogether:
    """Of each pool whether it has a section and a tag, and how many of its stories are read."""

    def newest(place: int, of_section: bool, of_tag: bool, count: int) -> Any:
        within = {"section": Given(f"section{place}")} if of_section else {}
        articles = Article.objects.published().filter(**within)
        if of_tag:
            uses = TaggedArticle.objects.filter(tag=Given(f"tag{place}"))
            numbers = newest_of(uses, "content_object", depth=count, **within)
            articles = Article.objects.filter(pk__in=numbers)
        return articles.newest().values_list("pk", "publish_at")[:count]

    return PreparedTogether(lambda: [newest(place, *sort) for place, sort in enumerate(sorts)])


def _filled(
    placed: Sequence[tuple[FilledSlot, list[int]]],
    cards: dict[int, Article],
    entries: Sequence[SlotEntry],
) -> tuple[FilledSlot, ...]:
    for entry in reversed(entries):  # the first entry of a story has the say
        if entry.headline_override and entry.article_id in cards:
            cards[entry.article_id].headline_home = entry.headline_override
    for slot, ids in placed:
        slot.articles = [cards[pk] for pk in ids if pk in cards]
    return tuple(slot for slot, _ in placed)
