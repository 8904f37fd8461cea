"""Reader pages: fetch, call, render. Each starts from Article.objects.published()."""

from articles.views.article import article
from articles.views.embed_preview import embed_preview
from articles.views.home import home
from articles.views.lists import contributor, section, tag
from articles.views.old_address import old_address

__all__ = ["article", "contributor", "embed_preview", "home", "old_address", "section", "tag"]
