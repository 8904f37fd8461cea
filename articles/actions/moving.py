"""Addresses that change: every old path keeps leading to its article, in one hop."""

from django.urls import reverse

from articles.models import Article, Redirect


def remember_old_slug(article: Article) -> None:
    """Call before a changed slug is saved: the published path becomes a redirect."""
    stored = Article.objects.only("slug", "first_published_at").get(pk=article.pk)
    new_path = article.get_absolute_url()
    # The article's own path is never an old one: a slug changed back would redirect to itself.
    Redirect.objects.filter(old_path=new_path).delete()
    if stored.slug != article.slug and stored.first_published_at:
        add_redirect(
            reverse("articles:article", args=[stored.slug]), article, source=Redirect.Source.SLUG
        )


def add_redirect(old_path: str, article: Article, *, source: Redirect.Source) -> None:
    """Let `old_path` (path with its query where that names the page) lead to the article.

    A path that is the article's own needs none and gets none. An old path that led elsewhere
    leads here from now on.
    """
    if old_path == article.get_absolute_url():
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
