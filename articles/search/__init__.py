"""Full-text search for readers: one small interface, PostgreSQL or SQLite behind it.

What it has of an article is what the live row says; whether a reader may see it is asked of
`Article.objects.published()` in each search, so a schedule, a withdrawal and an expiry take effect
on time with no worker. The index can be made anew at any time (`manage.py reindex`).
"""

from articles.search.engine import TooSlow
from articles.search.finding import Hit, SearchPage, SearchQuery, for_path, search
from articles.search.indexing import (
    forget_article,
    index_article,
    index_articles,
    index_in_chunks,
    rebuild,
)
from articles.search.stale import index_stale, mark_stale

__all__ = [
    "Hit", "SearchPage", "SearchQuery", "TooSlow", "for_path", "forget_article", "index_article",
    "index_articles", "index_in_chunks", "index_stale", "mark_stale", "rebuild", "search",
]  # fmt: skip
