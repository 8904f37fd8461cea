"""Which stories the reactions' desk may name: those that readers see, or saw at some time."""

from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from articles.models import Article


def seen_by_readers(prefix: str = "") -> Q:
    """The condition; `prefix` leads to the article, like "article__"."""
    return Q(**{f"{prefix}first_published_at__lte": Now()})


def headline_of(article: Article) -> str:
    """Its headline; of a story that readers never saw nothing is said."""
    first = article.first_published_at
    if first is None or first > timezone.now():
        return f"Story {article.pk}, which readers never saw"
    return article.headline or article.slug
