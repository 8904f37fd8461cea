"""System checks: a wrong set-up is named at the start, with a hint, not found by a reader."""

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def check_site_url(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    if settings.SITE_URL.startswith("https://"):
        return []
    return [
        Error(
            "SITE_URL is not an https:// address.",
            hint="Set SITE_URL to the public address of the site, for example https://example.org.",
            id="newsroom.E001",
        )
    ]


@register(Tags.security, deploy=True)
def check_allowed_hosts(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return [
        Error(
            "ALLOWED_HOSTS allows every host: pages could be cached under a stranger's name.",
            hint="List the site's host names in ALLOWED_HOSTS.",
            id="newsroom.E002",
        )
    ]


@register(Tags.security, deploy=True)
def check_http_door(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    if not (settings.HTTP_TEST_ADDRESSES or getattr(settings, "HTTP_TEST_ROUTES", None)):
        return []
    return [
        Error(
            "The outbound HTTP door is open for test addresses.",
            hint="HTTP_TEST_ADDRESSES and HTTP_TEST_ROUTES are for tests only.",
            id="newsroom.E003",
        )
    ]


@register(deploy=True)
def check_broker(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    if not settings.CELERY_BROKER_URL.startswith(("filesystem", "memory")):
        return []
    return [
        checks.Warning(
            "Celery's broker is a folder: fine for one desk on one machine, and no more.",
            hint="Set CELERY_BROKER_URL to RabbitMQ (amqp://) or Redis (redis://).",
            id="newsroom.W001",
        )
    ]


@register(deploy=True)
def check_cache(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    backend = settings.CACHES["default"]["BACKEND"]
    if "locmem" not in backend or settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return []
    return [
        checks.Warning(
            "The cache is private to each process.",
            hint="With several web processes set CACHE_URL to a Redis (redis://).",
            id="newsroom.W002",
        )
    ]


@register()
def check_heic(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    if not settings.HEIC_UPLOADS or find_spec("pillow_heif"):
        return []
    return [
        Error(
            "HEIC_UPLOADS is on, but nothing is installed that reads HEIC.",
            hint='Run pip install "pillow-heif==1.8.1", or leave HEIC_UPLOADS off.',
            id="newsroom.E005",
        )
    ]


@register(Tags.security)
def check_sqlite_options(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        return []
    options = database.get("OPTIONS", {})
    if options.get("transaction_mode") == "IMMEDIATE" and "WAL" in options.get("init_command", ""):
        return []
    return [
        Error(
            "SQLite runs without transaction_mode=IMMEDIATE and WAL: writers will meet "
            "“database is locked”.",
            hint="Keep the OPTIONS that newsroom.settings gives to SQLite.",
            id="newsroom.E004",
        )
    ]
