"""The bar under a story. The same bytes for every reader, in one query."""

from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from articles.fragments import kept
from articles.models import Article
from reactions import popular, tallies

register = template.Library()
RANKING_LENGTH = 5
RANKING_SECONDS = 30


@register.inclusion_tag("reactions/bar.html")
def reaction_bar(article: Article) -> dict[str, Any]:
    """Renders nothing for a hidden board, and for a set without kinds."""
    return {
        "board": tallies.read_board(article.pk),
        "page_url": settings.SITE_URL + article.get_absolute_url(),
        "headline": article.headline,
    }


@register.simple_tag
def most_reacted() -> SafeString:
    """{% most_reacted %}: the list for the front page, empty where nobody has reacted lately.

    Kept for a moment: it is a ranking, and the counts that must be exact stand under each story.
    """
    return kept("most-reacted", _most_reacted, seconds=RANKING_SECONDS)["list"]


@register.simple_tag
def reader_moods() -> SafeString:
    """{% reader_moods %}: "What made readers laugh" and the like, for the front page; as above."""
    return kept("reader-moods", _reader_moods, seconds=RANKING_SECONDS)["moods"]


def _most_reacted() -> dict[str, SafeString]:
    stories = popular.most_reacted(RANKING_LENGTH)
    return {"list": render_to_string("reactions/_most_reacted.html", {"stories": stories})}


def _reader_moods() -> dict[str, SafeString]:
    return {"moods": render_to_string("reactions/_moods.html", {"moods": popular.moods()})}
