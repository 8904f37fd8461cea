"""The home page: what the front's slots name, then the newest, nothing twice."""

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.caching import public_page
from articles.metadata import list_meta
from articles.models import Article, Front
from articles.navigation import site_nav
from articles.views.old_address import find_redirect

TOP = 4
RIVER = 12
STRIP = 4
NEWEST = 80  # enough that every section has its strip; one query whatever the archive's size

# WordPress's short addresses: /?p=97592 is a story, not the home page.
OLD_QUERY_KEYS = frozenset({"p", "page_id", "attachment_id"})


@public_page
def home(request: HttpRequest) -> HttpResponse:
    if not OLD_QUERY_KEYS.isdisjoint(request.GET) and (moved := find_redirect(request)):
        return moved
    curated = list(curated_articles())
    seen = {article.pk for article in curated}
    newest = Article.objects.published().newest().for_cards()[:NEWEST]
    stories = curated + [article for article in newest if article.pk not in seen]
    lead, top, rest = stories[:1], stories[1 : 1 + TOP], stories[1 + TOP :]
    # What the slots hold beyond the top goes where its time puts it.
    rest.sort(key=lambda article: (article.publish_at, article.pk), reverse=True)
    river = rest[:RIVER]
    older = rest[RIVER:]
    strips = [
        (section, strip)
        for section in site_nav()
        if (strip := [a for a in older if a.section_id == section.pk][:STRIP])
    ]
    context = {
        "lead": lead[0] if lead else None,
        "top": top,
        "river": river,
        "strips": strips,
        "meta": list_meta(settings.SITE_NAME, settings.SITE_TAGLINE, "/"),
    }
    return render(request, "articles/home.html", context)


def curated_articles() -> list[Article]:
    """The published articles that editors put on the home page, slot by slot, each once."""
    current = Q(slot_entries__until__isnull=True) | Q(slot_entries__until__gt=Now())
    entries = (
        Article.objects.published()
        .filter(current, slot_entries__slot__front__in=Front.objects.filter(section__isnull=True))
        .for_cards()
        .order_by("slot_entries__slot__order", "slot_entries__order", "pk")
    )
    return list({article.pk: article for article in entries}.values())
