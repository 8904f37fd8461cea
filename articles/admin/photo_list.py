"""The list of photos: what narrows it down, what a card says."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Page, Paginator
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, When
from django.db.models.lookups import Exact
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from articles.admin.photo_words import ENDING_DAYS, badges, credit_of
from articles.models import Agency, Photo, PhotoUse
from articles.models.photo import NO_ALT, NO_CREDIT
from articles.models.photo_alike import alike_among
from articles.photos.desk_card import THUMB_PIXELS, picture_of

# Bigger than a card needs.
UNSEEN = ("metadata", "provenance", "usage_terms", "instructions", "rendition_error")
# Not "is one of the others": SQLite would sort nine photos of ten for the newest forty-eight.
IN_FORCE = ~Q(status__in=[Photo.Status.EXPIRED, Photo.Status.REMOVED])
# A condition of six columns, as one value: or SQLite takes the index of one that most photos fit.
BARE = Q(Exact(Case(When(NO_CREDIT, then=1), default=0, output_field=IntegerField()), 1))
MOST_FOUND = 1_000
Choice = tuple[str, str]


class Chosen(admin.SimpleListFilter):
    """A filter whose choices are a table: value → (what it says, the condition as of now)."""

    choices_of: dict[str, tuple[str, Callable[[], Q]]] = {}

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[Choice]:
        return [(value, label) for value, (label, _) in self.choices_of.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Photo]) -> QuerySet[Photo]:
        chosen = self.choices_of.get(self.value() or "")
        return queryset.filter(chosen[1]()) if chosen else queryset


def _begun() -> Q:
    return Q(rights_from=None) | Q(rights_from__lte=timezone.now())


def _usable() -> Q:
    return IN_FORCE & _begun() & (Q(rights_until=None) | Q(rights_until__gt=timezone.now()))


def _ending() -> Q:
    now = timezone.now()
    return IN_FORCE & Q(rights_until__gt=now, rights_until__lte=now + timedelta(days=ENDING_DAYS))


def _ended() -> Q:
    over = Q(status=Photo.Status.EXPIRED) | Q(rights_until__lte=timezone.now())
    return over & ~Q(status=Photo.Status.REMOVED)


class ByRights(Chosen):
    title, parameter_name = "rights", "rights"
    choices_of = {
        "usable": ("Usable today", _usable),
        "ending": (f"Ending within {ENDING_DAYS} days", _ending),
        "ended": ("Ended", _ended),
        "ahead": ("Not yet", lambda: IN_FORCE & Q(rights_from__gt=timezone.now())),
        "restricted": ("Restricted", lambda: Q(status=Photo.Status.RESTRICTED)),
        "removed": ("Taken down", lambda: Q(status=Photo.Status.REMOVED)),
    }


class ByMissing(Chosen):
    title, parameter_name = "what is missing", "missing"
    choices_of = {
        # In the words of the index photo_unfinished, or the planners don't take it.
        "credit": ("No credit", lambda: (NO_CREDIT | NO_ALT) & BARE),
        "unclear": ("Unclear credit", lambda: Q(credit_unclear=True)),
        "alt": ("No alt text", lambda: (NO_CREDIT | NO_ALT) & NO_ALT),
    }


class ByFiles(Chosen):
    title, parameter_name = "public files", "files"
    choices_of = {
        "ok": ("Ready", lambda: Q(rendition_state=Photo.RenditionState.OK)),
        "pending": ("Being made", lambda: Q(rendition_state=Photo.RenditionState.PENDING)),
        "failed": ("Failed", lambda: Q(rendition_state=Photo.RenditionState.FAILED)),
        "none": ("No file", lambda: Q(rendition_state=Photo.RenditionState.NONE)),
    }


class ByUse(Chosen):
    title, parameter_name = "use", "use"
    choices_of = {
        "yes": ("In a story", lambda: Q(in_a_story())),
        "no": ("In no story", lambda: ~Q(in_a_story())),
    }


class ByWhom(admin.SimpleListFilter):
    title, parameter_name = "who uploaded it", "by"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[Choice]:
        return [("me", "Me")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Photo]) -> QuerySet[Photo]:
        return queryset.filter(uploaded_by=request.user.pk) if self.value() == "me" else queryset


class RecentAgencies(admin.RelatedFieldListFilter):
    """The agencies of the newest photos: an archive knows hundreds. The search finds all."""

    newest_photos = 1_000

    def field_choices(
        self, field: Any, request: HttpRequest, model_admin: Any
    ) -> list[tuple[str, Any]]:
        newest = Photo.objects.order_by("-pk").values("agency")[: self.newest_photos]
        agencies = Agency.objects.filter(pk__in=newest).order_by("name")
        return [(str(agency.pk), agency.name) for agency in agencies]


class FoundPaginator(Paginator):
    """The pages of a search, which reads every photo: once, for the newest MOST_FOUND that fit."""

    object_list: Any  # a QuerySet of photos

    @cached_property
    def found(self) -> list[int]:
        return list(self.object_list.values_list("pk", flat=True)[:MOST_FOUND])

    @cached_property
    def count(self) -> int:
        return len(self.found)

    def page(self, number: int | str) -> "Page[Any]":
        number = self.validate_number(number)
        ids = self.found[(number - 1) * self.per_page : number * self.per_page]
        return Page(self.object_list.filter(pk__in=ids), number, self)


class PhotoList(ChangeList):
    """Rows as light as their cards."""

    is_cut = False  # whether there may be more than the pages show

    def get_queryset(
        self, request: HttpRequest, exclude_parameters: list[str | None] | None = None
    ) -> QuerySet[Photo]:
        rows: QuerySet[Photo] = super().get_queryset(request, exclude_parameters)
        light = rows.select_related("photographer", "agency", "via").defer(*UNSEEN)
        return light.annotate(used=in_a_story())

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if isinstance(self.paginator, FoundPaginator):
            self.is_cut = self.result_count >= MOST_FOUND
            self.result_list = self.paginator.page(self.page_num).object_list
        page: list[Any] = list(self.result_list)
        hashes = {photo.pk: photo.dhash for photo in page}
        near = alike_among(Photo.objects.all(), hashes, at_a_glance=True)
        for photo in page:
            photo.alike = bool(near[photo.pk])
        self.result_list = page


def in_a_story() -> Exists:
    return Exists(PhotoUse.objects.filter(photo=OuterRef("pk")))


def card_of(photo: Photo) -> SafeString:
    """The photo in the list: a link's content, phrasing only."""
    src, width, height = picture_of(photo, THUMB_PIXELS)
    card = {"src": src, "width": width, "height": height, "credit": credit_of(photo)}
    context = {"photo": photo, "badges": badges(photo), **card}
    return render_to_string("admin/articles/photo/_card.html", context)
