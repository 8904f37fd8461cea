"""The settings as a process reads them: safe without a word, and a bad value stops the start."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from kombu import Connection

from newsroom.file_broker import Transport
from tests.live import ROOT

SECRET = "s" * 60
PRODUCTION = {
    "SECRET_KEY": SECRET,
    "SITE_URL": "https://paper.example",
    "ALLOWED_HOSTS": "paper.example",
}
SHOW = """
import json, sys
from newsroom import settings
print(json.dumps({name: getattr(settings, name, None) for name in sys.argv[1:]}, default=str))
"""


def start(tmp_path: Path, *names: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A process that loads the settings in this environment and prints those of these names."""
    # The names that start with COVERAGE let a measured run see this process, too.
    keep = {
        key: value for key, value in os.environ.items()
        if key in {"PATH", "HOME", "LANG"} or key.startswith("COVERAGE")
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-c", SHOW, *names], cwd=ROOT, capture_output=True, text=True, timeout=60,
        check=False, env={**keep, "VAR_DIR": str(tmp_path), **environment},
    )  # fmt: skip


def values(tmp_path: Path, *names: str, **environment: str) -> list[Any]:
    done = start(tmp_path, *names, **environment)
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    return [shown[name] for name in names]


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({}, "SECRET_KEY must be set in production"),
        ({"SECRET_KEY": ""}, "SECRET_KEY must be set in production"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is shorter than 50 characters"),
        ({"SECRET_KEY": SECRET, "SECRET_KEY_FILE": "/x"}, "choose one"),
        ({**PRODUCTION, "DEBUG": "maybe"}, "DEBUG='maybe' is neither true nor false"),
        ({**PRODUCTION, "EMBED_FETCH": "2"}, "EMBED_FETCH='2' is neither true nor false"),
        ({**PRODUCTION, "SWEEP_SECONDS": "soon"}, "SWEEP_SECONDS='soon' is no whole number"),
        ({**PRODUCTION, "SWEEP_SECONDS": "0"}, "SWEEP_SECONDS=0 is below 1"),
        ({**PRODUCTION, "SITE_URL": "paper.example"}, "SITE_URL has the scheme ''"),
        ({**PRODUCTION, "SITE_URL": "javascript:alert(1)"}, "SITE_URL has the scheme 'javascript'"),
        ({**PRODUCTION, "DATABASE_URL": "mysql://x/y"}, "DATABASE_URL has the scheme 'mysql'"),
        ({**PRODUCTION, "CACHE_URL": "memcached://x"}, "CACHE_URL has the scheme 'memcached'"),
        ({**PRODUCTION, "CELERY_BROKER_URL": "sqs://x"}, "CELERY_BROKER_URL has the scheme 'sqs'"),
    ],
)
def test_a_bad_value_stops_the_start_with_a_sentence(
    environment: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    done = start(tmp_path, **environment)
    assert done.returncode != 0
    assert sentence in done.stderr.strip().splitlines()[-1]


def test_production_is_the_default(tmp_path: Path) -> None:
    names = ["DEBUG", "LOCAL", "HTTPS", "SESSION_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_NAME", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "HTTP_TEST_ADDRESSES"]  # fmt: skip
    assert values(tmp_path, *names, **PRODUCTION) == [
        False, False, True, True, True, 31_536_000, "__Host-session", ["paper.example"],
        ["https://paper.example"], [],
    ]  # fmt: skip
    assert not (tmp_path / "secret_key").exists()


def test_no_host_is_answered_that_was_not_named(tmp_path: Path) -> None:
    assert values(tmp_path, "ALLOWED_HOSTS", SECRET_KEY=SECRET) == [[]]


def test_local_use_needs_nothing(tmp_path: Path) -> None:
    secret, debug, hosts, cookie, hsts = values(
        tmp_path, "SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "SESSION_COOKIE_SECURE",
        "SECURE_HSTS_SECONDS", LOCAL="1",
    )  # fmt: skip
    assert len(secret) >= 50
    assert (tmp_path / "secret_key").read_text() == secret
    assert (debug, hosts) == (False, ["localhost", "127.0.0.1", "[::1]"])
    assert (cookie, hsts) == (False, 0)
    assert values(tmp_path, "SECRET_KEY", LOCAL="1") == [secret]


def test_the_embedded_stores_are_under_one_folder(tmp_path: Path) -> None:
    databases, caches, storages, broker, transport = values(
        tmp_path, "DATABASES", "CACHES", "STORAGES", "CELERY_BROKER_TRANSPORT_OPTIONS",
        "CELERY_BROKER_TRANSPORT", **PRODUCTION,
    )  # fmt: skip
    assert databases["default"]["NAME"] == str(tmp_path / "db.sqlite3")
    assert databases["default"]["OPTIONS"]["init_command"].endswith("synchronous=NORMAL")
    assert databases["default"]["CONN_MAX_AGE"] == 60  # a request that closes it waits for the disk
    assert caches["default"]["BACKEND"].endswith("LocMemCache")
    assert storages["default"]["OPTIONS"]["location"] == str(tmp_path / "media" / "public")
    assert storages["originals"]["OPTIONS"] == {"location": str(tmp_path / "media" / "private")}
    assert broker["data_folder_in"] == str(tmp_path / "broker" / "queue")
    assert (tmp_path / "broker" / "queue").is_dir()
    # Celery's own second would be the time between two messages of a worker.
    url = "filesystem://localhost"
    with Connection(url, transport=transport, transport_options=broker) as connection:
        assert isinstance(connection.transport, Transport)
        assert connection.transport.polling_interval == 0.1


def test_services_are_chosen_by_their_urls(tmp_path: Path) -> None:
    databases, caches, broker, options = values(
        tmp_path, "DATABASES", "CACHES", "CELERY_BROKER_URL", "CELERY_BROKER_TRANSPORT_OPTIONS",
        **PRODUCTION, DATABASE_URL="postgres://me:pw@db:5433/paper", CACHE_URL="redis://cache:6379/1",
        CELERY_BROKER_URL="redis://broker:6379/0", DATABASE_CONN_MAX_AGE_SECONDS="7",
    )  # fmt: skip
    database = databases["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db", 5433, "paper")
    assert (database["CONN_HEALTH_CHECKS"], database["CONN_MAX_AGE"]) == (True, 7)
    assert caches["default"]["BACKEND"] == "newsroom.cache.FailOpenRedisCache"
    assert caches["default"]["LOCATION"] == "redis://cache:6379/1"
    assert broker == "redis://broker:6379/0"
    assert options["socket_connect_timeout"] == options["socket_timeout"] == 1
    assert not (tmp_path / "broker").exists()


@pytest.mark.parametrize("url", ["amqp://guest@broker//", "amqps://guest@broker//", "memory://"])
def test_other_brokers_need_no_options(url: str, tmp_path: Path) -> None:
    assert values(
        tmp_path, "CELERY_BROKER_URL", "CELERY_BROKER_TRANSPORT_OPTIONS", **PRODUCTION,
        CELERY_BROKER_URL=url,
    ) == [url, {}]  # fmt: skip


def test_media_may_lie_in_a_bucket_originals_apart_and_private(tmp_path: Path) -> None:
    (storages,) = values(
        tmp_path, "STORAGES", **PRODUCTION, MEDIA_S3_BUCKET="paper", MEDIA_S3_REGION="eu-north-1",
        MEDIA_S3_ENDPOINT="https://s3.example",
    )  # fmt: skip
    public, private = storages["default"], storages["originals"]
    for storage in (public, private):
        assert storage["BACKEND"] == "storages.backends.s3.S3Storage"
        assert storage["OPTIONS"]["bucket_name"] == "paper"
        assert storage["OPTIONS"]["region_name"] == "eu-north-1"
        assert storage["OPTIONS"]["endpoint_url"] == "https://s3.example"
    assert public["OPTIONS"]["location"] != private["OPTIONS"]["location"]
    assert public["OPTIONS"]["querystring_auth"] is False
    assert (private["OPTIONS"]["querystring_auth"], private["OPTIONS"]["default_acl"]) == (
        True,
        "private",
    )


def test_a_proxy_is_believed_only_when_one_is_named(tmp_path: Path) -> None:
    assert values(tmp_path, "SECURE_PROXY_SSL_HEADER", **PRODUCTION) == [None]
    assert values(tmp_path, "SECURE_PROXY_SSL_HEADER", **PRODUCTION, BEHIND_PROXY="1") == [
        ["HTTP_X_FORWARDED_PROTO", "https"]
    ]
