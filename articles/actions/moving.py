"""Addresses that change: every old path keeps leading to its article, in one hop."""

from urllib.parse import unquote

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Redirect

MAX_PATH_CHARS = 700  # the column's size


def stored_path(article: Article, slug: str = "") -> str:
    """The article's path, or the one it has by another slug, as the redirect table stores paths:
    percent-decoded, as requests are compared.
    """
    return unquote(reverse("articles:article", args=[slug or article.slug]))


def is_taken(slug: str, article: Article) -> bool:
    """Whether another article has this slug, or had it when readers could see it: its old links
    lead to it for good.
    """
    if Article.objects.exclude(pk=article.pk).filter(slug=slug).exists():
        return True
    leads = Redirect.objects.filter(old_path=stored_path(article, slug))
    return leads.exclude(target_article=article.pk).exclude(status=Redirect.Status.GONE).exists()


def own_path_again(article: Article) -> None:
    """The article's own path is no old one: what led from it to itself, or said 410, goes."""
    own = Redirect.objects.filter(old_path=stored_path(article))
    own.filter(Q(target_article=article.pk) | Q(status=Redirect.Status.GONE)).delete()


def remember_old_slug(article: Article) -> None:
    """Call before a changed slug is saved: the published path becomes a redirect."""
    stored = Article.objects.only("slug", "first_published_at").get(pk=article.pk)
    own_path_again(article)
    seen = stored.first_published_at and stored.first_published_at <= timezone.now()
    if seen and stored.slug != article.slug:
        add_redirect(stored_path(article, stored.slug), article, source=Redirect.Source.SLUG)


def add_redirect(old_path: str, article: Article, *, source: Redirect.Source) -> None:
    """Let `old_path` (path with its query where that names the page) lead to the article.

    A path that is the article's own needs none and gets none, nor does one longer than any that
    is looked up. An old path that led elsewhere leads here from now on.
    """
    if old_path == stored_path(article) or len(old_path) > MAX_PATH_CHARS or "\0" in old_path:
        return
    Redirect.objects.update_or_create(
        old_path=old_path,
        defaults={
            "target_article": article,
            "target_path": "",
            "status": Redirect.Status.PERMANENT,
            "source": source,
        },
    )
