"""A real worker on a real broker: what was pending while it was away is caught up when it is back."""

from pathlib import Path

import pytest

from articles.actions.editing import save_article
from articles.actions.publishing import publish
from articles.models import Article, Embed
from tests import builders, live

POST = "https://www.instagram.com/p/Ch-W8bVuxXD/"


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_was_away_catches_up_with_pending_embeds(tmp_path: Path) -> None:
    """No message was ever sent for this embed (the suite swallows them): only the sweep can find it."""
    article = Article(headline="While the worker was away", body_html=f"<p>Look:</p><p>{POST}</p>")
    article.section = builders.make_section()
    save_article(article, by=None)
    publish(article)
    embed = Embed.objects.get()
    assert embed.state == Embed.State.PENDING
    env = live.environment(tmp_path)
    with (
        live.worker(env=env),
        live.process("celery", "-A", "newsroom", "beat", env={**env, "SWEEP_SECONDS": "1"}),
    ):
        live.eventually(
            lambda: Embed.objects.filter(state=Embed.State.OK).exclude(card_html="").exists(),
            "the worker draws the card",
        )
    embed.refresh_from_db()
    assert "embed--instagram" in embed.card_html
    assert (embed.attempts, embed.next_check_at, embed.lease_until) == (0, None, None)
