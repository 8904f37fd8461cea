"""What the writing screen's type-aheads ask: tags and stories by the start of a word.

JSON for people who may change articles. Nothing is created here: a new tag is made by the save.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from articles.models import Article, Tag, TagAlias
from newsroom.lib.text import clean_line, normalise_key

MOST = 8
TERM_CHARS, NUMBERS_CHARS = 100, 1_000
MAX_DIGITS = 18  # of a number that a database can look for
LookUp = Callable[[HttpRequest, str], list[dict[str, Any]]]


def lookup_urls(site: AdminSite) -> list[URLPattern]:
    """The addresses, for `ArticleAdmin.get_urls`."""
    return [
        path("lookup/tags/", site.admin_view(_view(find_tags)), name="articles_tag_lookup"),
        path(
            "lookup/persons/",
            site.admin_view(_view(find_persons, chars=NUMBERS_CHARS)),
            name="articles_person_lookup",
        ),
        path("lookup/stories/", site.admin_view(_view(find_stories)), name="articles_story_lookup"),
    ]


def _view(find: LookUp, *, chars: int = TERM_CHARS) -> Callable[[HttpRequest], HttpResponse]:
    @require_GET
    def answer(request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm("articles.change_article"):
            raise PermissionDenied
        term = clean_line(request.GET.get("term", ""))[:chars]
        return JsonResponse({"results": find(request, term) if term else []})

    return answer


def find_tags(request: HttpRequest, term: str) -> list[dict[str, Any]]:
    """Tags whose name, or another name of theirs, has a word that starts like this."""
    key = normalise_key(term)
    if not key:
        return []
    aliases = TagAlias.objects.filter(_word_starts(key)).order_by("name")[:MOST]
    known_as = {alias.tag_id: alias.name for alias in aliases}
    by_name = Tag.objects.filter(_word_starts(key)).order_by("norm_key")[:MOST]
    found = {*by_name.values_list("pk", flat=True), *known_as}
    tags = Tag.objects.filter(pk__in=found).annotate(stories=Count("uses"))
    in_order = sorted(tags, key=lambda tag: (not tag.norm_key.startswith(key), -tag.stories))
    return [
        _tag(tag, alias="" if key in tag.norm_key else known_as.get(tag.pk, ""))
        for tag in in_order[:MOST]
    ]


def find_persons(request: HttpRequest, term: str) -> list[dict[str, Any]]:
    """The tags of who is shown in the photos of these numbers, "12,13"."""
    ids = [int(n) for n in term.split(",") if n.isdecimal() and len(n) <= MAX_DIGITS]
    shown = Tag.objects.filter(pictures__in=ids).distinct().order_by("name")
    return [_tag(tag) for tag in shown.annotate(stories=Count("uses", distinct=True))[:MOST]]


def _tag(tag: Any, *, alias: str = "") -> dict[str, Any]:
    return {
        "name": tag.name,
        "kind": tag.kind,
        "kind_label": tag.get_kind_display(),
        "uses": tag.stories,
        "alias": alias,
    }


def _word_starts(key: str) -> Q:
    return Q(norm_key__startswith=key) | Q(norm_key__contains=f" {key}")


def find_stories(request: HttpRequest, term: str) -> list[dict[str, Any]]:
    """Stories of this login's desk whose headline holds the words, the newest first."""
    stories: QuerySet[Article] = Article.objects.readable_by(request.user)
    for word in term.split()[:6]:
        stories = stories.filter(headline__icontains=word)
    rows = stories.order_by("-modified_at").values("headline", "slug", "status", "publish_at")
    return [
        {
            "address": reverse("articles:article", args=[row["slug"]]),
            "headline": row["headline"],
            "status": Article.Status(row["status"]).label,
            "date": row["publish_at"] and timezone.localdate(row["publish_at"]).isoformat(),
        }
        for row in rows[:MOST]
    ]
