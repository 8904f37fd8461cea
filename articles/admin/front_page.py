"""What the page of a front shows: slots with their stories, what will fill them, what to pick from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from articles.actions.curating import SlotPlan, arrangement_of
from articles.admin.arranging import Card, FrontForm, SlotForm, as_typed
from articles.fronts import home_front, section_front
from articles.models import Article, ArticleQuerySet, Front, Section, Slot
from articles.navigation import site_nav
from articles.photos.manifest import smallest

PICKS = 24
NAMES = {"lead": "Lead", "top": "Top", "focus": "Focus"}


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story as a card: the article, its place's fields, and what an editor should know of it."""

    article: Article
    card: Card
    thumb: str
    state: str
    when: datetime | None
    note: str = ""

    @property
    def headline(self) -> str:
        return self.article.headline_home or str(self.article)


@dataclass(frozen=True, slots=True)
class Zone:
    """A slot as the page shows it. `ghosts` are what fills its empty places."""

    form: SlotForm
    name: str
    fills: Sequence[tuple[str, str]]
    cards: list[StoryCard] = field(default_factory=list)
    ghosts: list[Article] = field(default_factory=list)

    @property
    def most(self) -> int:
        return int(self.form.max) if self.form.max.isdecimal() else 1


def fills_of(front: Front) -> list[tuple[str, str]]:
    """What may fill a slot: nothing, the newest, those of a section; a tag where one is set."""
    own = f"The newest in {front.section}" if front.section else "The newest"
    fills = [("-", own), ("none", "Nothing: leave it empty")]
    fills += [(f"{row.pk}-", f"The newest in {row}") for row in Section.objects.all()]
    tagged = Slot.objects.filter(front=front, backfill_tag__isnull=False)
    for slot in tagged.select_related("backfill_section", "backfill_tag"):
        where = f" in {slot.backfill_section}" if slot.backfill_section else ""
        value = f"{slot.backfill_section_id or ''}-{slot.backfill_tag_id}"
        fills.append((value, f"Tagged {slot.backfill_tag}{where}"))
    return fills


def zones_of(front: Front, form: FrontForm, fills: Sequence[tuple[str, str]]) -> list[Zone]:
    """The slots in the page's order, each with its cards and with what readers see in the rest."""
    found = _articles().in_bulk(form.placed)
    page = section_front(front.section) if front.section else home_front(site_nav())
    filled = {slot.key: slot.articles for slot in page.slots}
    taken = set(form.placed)
    zones = []
    for slot in form.slots:
        cards = [card_of(found[c.article_id], c) for c in slot.cards if c.article_id in found]
        ghosts = [article for article in filled.get(slot.key, ()) if article.pk not in taken]
        zones.append(Zone(slot, name_of(slot), fills, cards, ghosts))
    return in_order(zones)


def bare_zones(form: FrontForm) -> list[Zone]:
    """The slots alone: what a story can be put into."""
    return in_order([Zone(slot, name_of(slot), ()) for slot in form.slots])


def name_of(slot: SlotForm) -> str:
    return NAMES.get(slot.key, slot.title or slot.key.replace("-", " ").capitalize())


def in_order(zones: list[Zone]) -> list[Zone]:
    """As articles.fronts composes: the lead and the top come first, wherever their rows stand."""
    return sorted(zones, key=lambda zone: (zone.form.key != "lead", zone.form.key != "top"))


def picks(form: FrontForm, query: str) -> list[StoryCard]:
    """The newest that is published or scheduled and not on the front yet, or what a search finds."""
    stories = _articles().released().exclude(pk__in=form.placed)
    stories = stories.filter(Q(expire_at__isnull=True) | Q(expire_at__gt=Now()))
    for word in query.split()[:6]:
        stories = stories.filter(Q(headline__icontains=word) | Q(headline_home__icontains=word))
    return [card_of(article, Card(article.pk)) for article in stories.newest()[:PICKS]]


def card_of(article: Article, card: Card) -> StoryCard:
    state, when = _state(article)
    note = "" if state == "Live" else "Readers don’t see it here yet."
    if state in {"Withdrawn", "Ended"}:
        note = "Readers can’t see it any more: take it off."
    if card.until and card.until <= as_typed(timezone.now()):
        note = "Its time here is over: give it a new end, or take it off."
    return StoryCard(article, card, thumbnail(article), state, when, note)


def thumbnail(article: Article) -> str:
    """The address of the lead photo's smallest rendition, or nothing."""
    small = smallest(article.lead.photo.manifest) if article.lead else None
    return default_storage.url(small["path"]) if small else ""


def theirs_of(front: Front, mine: FrontForm) -> list[tuple[str, list[tuple[Article, bool]]]]:
    """Another editor's arrangement: slot by slot its stories, and whether mine has them, too."""
    plans: tuple[SlotPlan, ...] = arrangement_of(front)
    ids = [each.article_id for plan in plans for each in plan.entries]
    found = _articles().in_bulk(ids)
    have = set(mine.placed)
    return [
        (
            NAMES.get(plan.key, plan.key),
            [
                (found[e.article_id], e.article_id in have)
                for e in plan.entries
                if e.article_id in found
            ],
        )
        for plan in plans
    ]


def missing_from(mine: FrontForm, theirs: Iterable[tuple[str, list[tuple[Article, bool]]]]) -> list[StoryCard]:  # fmt: skip
    """Cards for what only the other editor put on the page, so that they are one move away."""
    return [
        card_of(article, Card(article.pk))
        for _name, stories in theirs
        for article, both in stories
        if not both
    ]


def fronts_to_open() -> QuerySet[Section]:
    return Section.objects.filter(parent__isnull=True)


def _articles() -> ArticleQuerySet:
    joined = Article.objects.select_related("section", "lead__photo")
    return joined.defer("body_html", "body_text", "lead__photo__metadata").annotate(now=Now())


def _state(article: Article) -> tuple[str, datetime | None]:
    """The state in a word, by the database's clock, as published() judges it."""
    now = article.now  # type: ignore[attr-defined]
    if not article.is_released:
        return article.get_status_display(), article.publish_at
    if article.publish_at and article.publish_at > now:
        return "Scheduled", article.publish_at
    if article.expire_at and article.expire_at <= now:
        return "Ended", article.expire_at
    return "Live", article.publish_at
