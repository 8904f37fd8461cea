"""What the engine's tests share: a provider on loopback, a public story with a video."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from articles.actions.editing import save_article
from articles.actions.publishing import publish
from articles.embeds.work import resolve
from articles.models import Article, Embed
from newsroom.lib import http
from tests import builders
from tests.newsroom.http_tools import PATIENCE_SECONDS, SOON_SECONDS
from tests.provider_server import ProviderServer, Reply

VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
YOUTUBE = "www.youtube.com"
PLAYED = (YOUTUBE, "www.tiktok.com", "vm.tiktok.com", "publish.x.com", "graph.facebook.com")
JSON = {"Content-Type": "application/json"}
GOOD = Reply(
    200, JSON, b'{"type": "video", "title": "The night", "author_name": "Nola", "width": 480, "height": 360}'
)  # fmt: skip


@pytest.fixture
def provider(settings: Settings) -> Iterator[ProviderServer]:
    """A loopback server that plays every provider that is asked anything."""
    with ProviderServer() as server:
        settings.EMBED_FETCH = True
        settings.EMBED_REQUESTS_PER_SECOND = 1_000
        settings.HTTP_TEST_ADDRESSES = [server.address]
        settings.HTTP_TEST_ROUTES = dict.fromkeys(PLAYED, server.address)
        yield server


@pytest.fixture
def soon(provider: ProviderServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A deadline that a test can wait for, where the answer never comes; else one that a busy
    machine keeps.
    """
    get = http.get

    def patiently(*args: Any, **options: Any) -> Any:
        seconds = SOON_SECONDS if provider.is_late else PATIENCE_SECONDS
        return get(*args, **options, deadline_seconds=seconds)

    monkeypatch.setattr(http, "get", patiently)


@pytest.fixture
def story() -> Article:
    article = Article(headline="With a video", body_html=f"<p>Look:</p><p>{VIDEO}</p>")
    article.section = builders.make_section()
    save_article(article, by=None)
    return publish(article)


def only() -> Embed:
    return Embed.objects.get()


def again(seconds: float = 3_600) -> None:
    """Let the time come for another look."""
    Embed.objects.update(next_check_at=timezone.now())
    for embed in Embed.objects.exclude(missing_since=None):
        embed.missing_since = embed.missing_since - timedelta(seconds=seconds)  # type: ignore[operator]
        embed.save(update_fields=["missing_since"])
    assert resolve(only().pk)
