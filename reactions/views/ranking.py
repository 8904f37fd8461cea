"""The pages of the stories with the most reactions: of all and of each kind, now and by period; the
week's feed; their addresses for the sitemap.
"""

from collections.abc import Collection
from dataclasses import replace
from functools import partial
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from articles.caching import public_page
from articles.cards import by_number
from articles.feeds import ITEMS, StoryFeed
from articles.metadata import PageMeta, list_meta
from articles.models import Article
from articles.models.addresses import absolute
from articles.sitemaps import Url
from newsroom.lib.html import json_script
from reactions import popular
from reactions.heat import MONTH, NOW, PERIODS, WEEK, Period
from reactions.models import ReactionKind
from reactions.pictures import picture_of
from reactions.popular import ALL, Popular

LENGTH = 20
TITLE = "Most reacted"
FEED_TITLE = f"{TITLE} {WEEK.label.lower()}"
PERIOD_OF = {period.slug: period for period in PERIODS}


@public_page
def most_reacted(request: HttpRequest, kind: str = "", period: str = "") -> HttpResponse:
    """A ranking as a page, the same for every reader, like any page of the paper. That of a retired
    kind leads to the ranking of all; 404 for a kind that no bar has.
    """
    span = PERIOD_OF[period]
    kinds = popular.offered_kinds()
    chosen = next((each for each in kinds if each.slug == kind), None)
    if kind and chosen is None:
        return _elsewhere(kind, span)
    number = chosen.pk if chosen else ALL
    stories = popular.most_reacted(LENGTH, period=span, kind=number, read=by_number)
    context = {
        "stories": stories,
        "kind": chosen,
        "title": title_of(chosen),
        "note": _note(chosen, span),
        "meta": _meta(chosen, span, stories),
        "periods": [(each.label, address(chosen, each), each is span) for each in PERIODS],
        "picture": _picture(chosen) if chosen else "",
        "kinds": [(each, _picture(each), address(each, span)) for each in kinds],
        "all_kinds": address(None, span),
        "feed": reverse("most_reacted_feed"),
        "feed_title": FEED_TITLE,
    }
    return render(request, "reactions/most_reacted.html", context)


def title_of(kind: ReactionKind | None) -> str:
    """What heads the list of a kind, or of all reactions."""
    return (kind.list_title or f"Most “{kind.label}”") if kind else TITLE


def address(kind: ReactionKind | None, period: Period = NOW) -> str:
    """The path of one ranking."""
    said = {"kind": kind.slug if kind else "", "period": period.slug}
    return reverse("most_reacted", kwargs={name: slug for name, slug in said.items() if slug})


def addresses() -> list[Url]:
    """For the sitemap: the rankings that have stories."""
    filled = popular.ranking(MONTH)
    kinds = [kind for kind in popular.offered_kinds() if filled.get(kind.pk)]
    return [Url(absolute(address(kind))) for kind in [None, *kinds]]


class RankingFeed(StoryFeed):
    """What readers reacted to most this week. A story keeps its id, so it comes once."""

    def title(self) -> str:
        return f"{FEED_TITLE} – {settings.SITE_NAME}"

    def link(self) -> str:
        return absolute(address(None, WEEK))

    def feed_url(self) -> str:
        return absolute(reverse("most_reacted_feed"))

    def description(self) -> str:
        return _note(None, WEEK)

    def found(self, subject: Any, columns: tuple[str, ...]) -> list[Article]:
        read = partial(_with_columns, columns=columns)
        return [each.article for each in popular.most_reacted(ITEMS, period=WEEK, read=read)]


def _with_columns(ids: Collection[int], *, columns: tuple[str, ...]) -> dict[int, Article]:
    return by_number(ids, *columns)


def _elsewhere(slug: str, period: Period) -> HttpResponse:
    if ReactionKind.objects.filter(slug=slug, retired_at__isnull=False).exists():
        return HttpResponseRedirect(address(None, period))
    raise Http404("No bar has this reaction.")


def _picture(kind: ReactionKind) -> str:
    image = kind.still or kind.image
    return str(image.url) if image else picture_of(kind.emoji)


def _note(kind: ReactionKind | None, period: Period) -> str:
    what = f"The stories with the most “{kind.label}”" if kind else "What readers react to most"
    return f"{what} {period.words}."


def _meta(kind: ReactionKind | None, period: Period, stories: list[Popular]) -> PageMeta:
    """An empty ranking is no page for a search engine."""
    when = "" if period is NOW else f" {period.label.lower()}"
    robots = "" if stories else "noindex"
    title = f"{title_of(kind)}{when}"
    meta = list_meta(title, _note(kind, period), address(kind, period), robots=robots)
    if not stories:
        return meta
    items = [
        {
            "@type": "ListItem",
            "position": place,
            "url": absolute(story.article.get_absolute_url()),
            "name": story.article.headline,
        }
        for place, story in enumerate(stories, start=1)
    ]
    ranked = {
        "@type": "ItemList",
        "itemListOrder": "https://schema.org/ItemListOrderDescending",
        "numberOfItems": len(items),
    }
    page = {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": title,
        "url": meta.canonical,
        "mainEntity": {**ranked, "itemListElement": items},
    }
    return replace(meta, json_ld=json_script(page))
