"""Where a photo stands: in stories and drafts, and in the places that are no story's."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Exists, Model, OuterRef
from django.db.models.functions import Now

from articles.models import Article, Contributor, Embed, Photo, PhotoUse, Series, SlotEntry, Tag

MANY = 200  # of each kind; a picture that stands in more is a logo


@dataclass(frozen=True, slots=True)
class Place:
    """`what`: the placement in words; `title`, `model`, `pk`: of what; `public`: readers can find
    it there now. `note`: what else is to be known.
    """

    what: str
    title: str
    model: str
    pk: int
    public: bool
    note: str = ""


def places_of(photo: Photo, user: AbstractBaseUser | AnonymousUser) -> list[Place]:
    """All places of a photo that this login may read, what readers see first. 6 queries."""
    found = [*_in_stories(photo, user), *_elsewhere(photo)]
    return sorted(found, key=lambda place: not place.public)


def _in_stories(photo: Photo, user: AbstractBaseUser | AnonymousUser) -> Iterable[Place]:
    own = {"pk": OuterRef("article")}
    readable = Exists(Article.objects.readable_by(user).filter(**own))
    uses = PhotoUse.objects.filter(readable, photo=photo)
    uses = uses.select_related("article").annotate(
        public=Exists(Article.objects.published().filter(**own)),
        ended=Exists(Article.objects.filter(expire_at__lte=Now(), **own)),
        fronted=Exists(SlotEntry.objects.filter(article=OuterRef("article"))),
    )
    for use in uses.only("slot", "live", "article__headline", "article__status").order_by("-pk")[
        :MANY
    ]:
        public = use.live and use.public
        yield Place(
            use.get_slot_display(), str(use.article), "article", use.article_id, public, _note(use)
        )


def _note(use: Any) -> str:
    if not use.live:
        return "in a draft"
    if not use.public:
        if use.article.is_released:  # its time has not come, or is over
            return "ended" if use.ended else "scheduled"
        return str(use.article.get_status_display()).lower()
    return "on a front, too" if use.fronted and use.slot == PhotoUse.Slot.LEAD else ""


def _elsewhere(photo: Photo) -> Iterable[Place]:
    """Whatever holds a photo as its own: these stand on pages as soon as they are saved."""
    named: tuple[tuple[str, type[Model], str], ...] = (
        ("Portrait", Contributor, "portrait"),
        ("Picture of a subject", Tag, "image"),
        ("Head of a series", Series, "hero"),
        ("Kept of a post", Embed, "poster"),
    )
    for what, model, field in named:
        for row in model._default_manager.filter(**{field: photo})[:MANY]:
            yield Place(what, str(row), str(model._meta.model_name), row.pk, public=True)
