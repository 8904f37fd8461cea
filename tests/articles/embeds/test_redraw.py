"""Cards drawn anew: all of them after a release, in batches, asking nobody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.embeds import redraw
from articles.embeds.redraw import draw_outdated
from articles.embeds.render import RENDER_VERSION
from articles.embeds.states import State
from articles.models import Embed
from tests import builders
from tests.provider_server import ProviderServer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redraw, "BATCH", 3)


def make(count: int, **fields: object) -> None:
    for _ in range(count):
        builders.make_embed(**{"state": State.OK, "next_check_at": None, **fields})


def test_a_new_version_redraws_every_card_and_asks_nobody(
    provider: ProviderServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(7)
    assert draw_outdated() == 7
    assert draw_outdated() == 0
    monkeypatch.setattr(redraw, "RENDER_VERSION", RENDER_VERSION + 1)
    Embed.objects.update(card_html="old")
    assert draw_outdated() == 7
    assert not Embed.objects.filter(card_html="old").exists()
    assert set(Embed.objects.values_list("render_version", flat=True)) == {RENDER_VERSION + 1}
    assert provider.asked == []


def test_it_goes_on_where_it_stopped() -> None:
    make(7)
    assert draw_outdated(batches=1) == 3
    assert draw_outdated(batches=2) == 4


def test_an_older_worker_leaves_newer_cards_alone() -> None:
    make(1, render_version=RENDER_VERSION + 1, card_html="newer")
    assert draw_outdated() == 0


def test_a_pending_post_is_drawn_by_whoever_asks_about_it() -> None:
    make(1, state=State.PENDING)
    assert draw_outdated() == 0


def test_the_number_of_queries_grows_by_batches_only() -> None:
    make(6)
    with CaptureQueriesContext(connection) as captured:
        draw_outdated(batches=1)
    first = len(captured)
    with CaptureQueriesContext(connection) as captured:
        draw_outdated(batches=1)
    assert len(captured) == first <= 6
