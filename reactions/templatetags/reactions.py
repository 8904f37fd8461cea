"""The bar under a story. The same bytes for every reader, in one query."""

from typing import Any

from django import template
from django.conf import settings

from articles.models import Article
from reactions import tallies

register = template.Library()


@register.inclusion_tag("reactions/bar.html")
def reaction_bar(article: Article) -> dict[str, Any]:
    """Renders nothing for a hidden board, and for a set without kinds."""
    return {
        "board": tallies.read_board(article.pk),
        "page_url": settings.SITE_URL + article.get_absolute_url(),
        "headline": article.headline,
    }
