"""The WSGI entry point: Django, the page cache in front of it, and the door before the pictures.

The default server speaks WSGI (docs/performance.md says why).
"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

django_application = get_wsgi_application()

# After Django is set up: models are behind these.
from django.conf import settings  # noqa: E402

from articles.caching.wsgi import PageCache  # noqa: E402
from newsroom.media import MediaDoor  # noqa: E402

application = MediaDoor(
    PageCache(
        django_application,
        limit=settings.PAGE_CACHE_MB * 1_000_000,
        proxy_header=settings.SECURE_PROXY_SSL_HEADER,
    )
)
