from types import SimpleNamespace
from typing import Any

import pytest

from newsroom import checks

POSTGRES = {"default": {"ENGINE": "django.db.backends.postgresql"}}
SQLITE = {"default": {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {}}}
GOOD_SQLITE = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL"},
    }
}
LOCMEM = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CLOSED: dict[str, Any] = {"HTTP_TEST_ADDRESSES": [], "HTTP_TEST_ROUTES": {}}
REDIS = {"default": {"BACKEND": "newsroom.cache.FailOpenRedisCache"}}


@pytest.mark.parametrize(
    ("check", "bad", "good", "identity"),
    [
        ("check_site_url", {"SITE_URL": "http://x.org"}, {"SITE_URL": "https://x.org"}, "newsroom.E001"),
        ("check_allowed_hosts", {"ALLOWED_HOSTS": ["*"]}, {"ALLOWED_HOSTS": ["x.org"]}, "newsroom.E002"),
        ("check_http_door", {"HTTP_TEST_ADDRESSES": ["127.0.0.1:1"]}, {"HTTP_TEST_ADDRESSES": []}, "newsroom.E003"),
        ("check_http_door", {"HTTP_TEST_ROUTES": {"x": "y"}}, {"HTTP_TEST_ROUTES": {}}, "newsroom.E003"),
        ("check_broker", {"CELERY_BROKER_URL": "filesystem://localhost"}, {"CELERY_BROKER_URL": "amqp://x"}, "newsroom.W001"),
        ("check_cache", {"CACHES": LOCMEM, "DATABASES": POSTGRES}, {"CACHES": REDIS, "DATABASES": POSTGRES}, "newsroom.W002"),
        ("check_cache", {"CACHES": LOCMEM, "DATABASES": POSTGRES}, {"CACHES": LOCMEM, "DATABASES": SQLITE}, "newsroom.W002"),
        ("check_heic", {"HEIC_UPLOADS": True}, {"HEIC_UPLOADS": False}, "newsroom.E005"),
        ("check_sqlite_options", {"DATABASES": SQLITE}, {"DATABASES": GOOD_SQLITE}, "newsroom.E004"),
        ("check_sqlite_options", {"DATABASES": SQLITE}, {"DATABASES": POSTGRES}, "newsroom.E004"),
    ],
)  # fmt: skip
def test_a_check_names_what_is_wrong_and_is_silent_when_it_is_right(
    check: str,
    bad: dict[str, Any],
    good: dict[str, Any],
    identity: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checks, "find_spec", lambda package: None)
    monkeypatch.setattr(checks, "settings", SimpleNamespace(**{**CLOSED, **bad}))
    (message,) = getattr(checks, check)(None)
    assert message.id == identity
    assert message.hint
    monkeypatch.setattr(checks, "settings", SimpleNamespace(**{**CLOSED, **good}))
    assert getattr(checks, check)(None) == []
