"""Thousands of cards drawn anew after a release: no request, few rows in memory at a time, and no
work lost when the worker is killed in the midst of it.
"""

import signal
import subprocess
import sys
from pathlib import Path
from weakref import WeakSet

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.embeds import redraw
from articles.embeds.redraw import BATCH, draw_outdated
from articles.embeds.render import RENDER_VERSION
from articles.embeds.states import State
from articles.models import Embed
from articles.tasks import DRAWN_AT_ONCE, render_embeds
from newsroom.lib import http
from tests import live

COUNT = 3 * BATCH + 1
# Of a batch: its transaction (2), the rows, whether a provider is off, and the cards.
QUERIES = 5


def make(count: int) -> None:
    url = "https://www.youtube.com/watch?v="
    Embed.objects.bulk_create(
        Embed(
            provider="youtube", key=f"{number:011d}", media_id=f"{number:011d}",
            url=f"{url}{number:011d}", canonical_url=f"{url}{number:011d}", kind="video",
            title=f"Film {number}", state=State.OK, next_check_at=None, card_html="old",
            render_version=RENDER_VERSION, snapshot={"answer": "x" * 1_000},
        )
        for number in range(count)
    )  # fmt: skip


def nobody(*args: object, **options: object) -> None:
    raise AssertionError("Somebody was asked.")


@pytest.mark.django_db
def test_a_new_version_draws_all_with_no_request_and_one_batch_in_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alive, most = WeakSet[Embed](), 0
    draw = redraw.draw

    def watched(embed: Embed) -> None:
        nonlocal most
        alive.add(embed)
        most = max(most, len(alive))
        draw(embed)

    make(COUNT)
    monkeypatch.setattr(http, "get", nobody)
    monkeypatch.setattr(http, "lead", nobody)
    monkeypatch.setattr(redraw, "RENDER_VERSION", RENDER_VERSION + 1)
    monkeypatch.setattr(redraw, "draw", watched)
    with CaptureQueriesContext(connection) as captured:
        assert render_embeds() == COUNT
    assert most <= BATCH
    assert len(captured) <= QUERIES * (COUNT // BATCH + 2)
    # The provider's answers, the largest column, stay where they are.
    assert not any("snapshot" in query["sql"] for query in captured)
    assert not Embed.objects.filter(card_html="old").exists()
    assert "Film 300" in Embed.objects.get(key=f"{300:011d}").card_html


def test_two_turns_of_the_sweep_are_enough_for_ten_thousand() -> None:
    assert 2 * DRAWN_AT_ONCE * BATCH >= 10_000


@pytest.mark.django_db(transaction=True)
@pytest.mark.services
def test_a_kill_costs_one_batch_and_the_next_one_goes_on(tmp_path: Path) -> None:
    make(COUNT)
    Embed.objects.update(render_version=RENDER_VERSION - 1)
    ids = list(Embed.objects.order_by("pk").values_list("pk", flat=True))
    victim = ids[BATCH + BATCH // 2]
    died = subprocess.run(
        [sys.executable, "-m", "tests.articles.embeds.dying", "drawing", str(victim)],
        env=live.environment(tmp_path), cwd=live.ROOT, timeout=live.PATIENCE_SECONDS, check=False,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert died.returncode == -signal.SIGKILL
    drawn = Embed.objects.exclude(card_html="old")
    assert list(drawn.order_by("pk").values_list("pk", flat=True)) == ids[:BATCH]
    assert set(drawn.values_list("render_version", flat=True)) == {RENDER_VERSION}
    assert draw_outdated() == COUNT - BATCH
    assert not Embed.objects.filter(card_html="old").exists()
