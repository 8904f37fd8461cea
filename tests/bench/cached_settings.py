"""The reference of the page cache's benchmark: Django's own cache middleware around plain views."""

from tests.bench.plain_settings import *  # noqa: F403
from tests.bench.plain_settings import MIDDLEWARE as PLAIN

MIDDLEWARE = [
    "django.middleware.cache.UpdateCacheMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    *PLAIN,
    "django.middleware.cache.FetchFromCacheMiddleware",
]
CACHE_MIDDLEWARE_SECONDS = 3_600
SECURE_SSL_REDIRECT = False
