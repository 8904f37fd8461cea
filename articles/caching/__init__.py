"""Public pages, made once for all readers.

pages.py     what a view says of its page (`public_page`) and what caches may do with it
wsgi.py      the cache itself, below Django: keeps, answers, renders one at a time
store.py     kept pages in memory, within a number of bytes (pure)
encoding.py  which encoding a client takes, and the bytes of it, made once (pure)

Until when a kept page is right: articles.site_clock.
"""

from articles.caching.pages import PUBLIC_PAGE, permanent_redirect, public_page

__all__ = ["PUBLIC_PAGE", "permanent_redirect", "public_page"]
