"""The demo's embedded posts. They don't exist, so their rows come finished: nobody is ever asked."""

from datetime import datetime

from articles.actions.embedding import upsert_embed
from articles.body.clean import clean
from articles.demo.content import DemoEmbed
from articles.embeds.render import RENDER_VERSION
from articles.embeds.rows import card_html_of
from articles.models import Embed


def know_posts(body: str, embeds: tuple[DemoEmbed, ...], *, now: datetime) -> None:
    """Make the rows of the body's embeds, with card and no next check. Rows that are there stay."""
    for ref, demo in zip(clean(body).embeds, embeds, strict=True):
        embed = upsert_embed(ref)
        if embed.state != Embed.State.PENDING:
            continue
        embed.title, embed.author_name = demo.title, demo.author
        embed.quote, embed.quote_author = demo.quote, demo.author
        embed.quote_date = (now - demo.ago).date()
        embed.state, embed.next_check_at, embed.fetched_at = Embed.State.OK, None, now
        embed.rights_note = "Made up for the demo: this post does not exist."
        embed.card_html, embed.render_version = card_html_of(embed), RENDER_VERSION
        embed.save()
