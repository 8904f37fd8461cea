"""Reader pages: fetch, call, render. Each starts from Article.objects.published()."""

from articles.views.archive import archive_day, archive_index, archive_month, archive_year
from articles.views.article import article
from articles.views.embed_preview import embed_preview
from articles.views.home import home
from articles.views.lists import contributor, section, series, tag
from articles.views.old_address import old_address
from articles.views.search import opensearch, search_page
from articles.views.styleguide import styleguide

__all__ = [
    "archive_day",
    "archive_index",
    "archive_month",
    "archive_year",
    "article",
    "contributor",
    "embed_preview",
    "home",
    "old_address",
    "opensearch",
    "search_page",
    "section",
    "series",
    "styleguide",
    "tag",
]
