"""Addresses that change: every old path keeps leading to its page, in one hop."""

from urllib.parse import unquote

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Contributor, Redirect, Section, Series, Tag

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


ListPage = Section | Tag | Contributor | Series
STORIES_OF = {Tag: "tags", Contributor: "bylines__contributor", Series: "series_items__series"}


def remember_old_page(page: ListPage) -> None:
    """Call before a changed slug of a section, tag, contributor or series is saved, in its
    transaction: the address that readers knew leads to the new one, and so does what led to it.
    """
    new = unquote(page.get_absolute_url())
    stored = type(page)._default_manager.get(pk=page.pk)
    old = unquote(stored.get_absolute_url())
    Redirect.objects.filter(old_path=new).delete()  # its own path is no old one
    if old == new or not _has_readers(stored):
        return
    Redirect.objects.filter(target_path=old).update(target_path=new)
    row = {"target_article": None, "target_path": new, "source": Redirect.Source.SLUG}
    Redirect.objects.update_or_create(
        old_path=old, defaults={**row, "status": Redirect.Status.PERMANENT}
    )


def _has_readers(page: ListPage) -> bool:
    """A page that was never there has no old address: the new one would tell of a draft's tag."""
    if isinstance(page, Section) or (isinstance(page, Tag) and page.is_curated):
        return True
    return Article.objects.published().filter(**{STORIES_OF[type(page)]: page}).exists()
