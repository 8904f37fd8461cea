"""Stored cards drawn anew from their rows: after a release whose cards look different, and after
the desk wrote into a row. Nobody is asked anything.

Where it stopped is what is still outdated: the next call goes on from there. Until then pages
draw these cards themselves.
"""

from django.db import transaction

from articles.embeds.render import RENDER_VERSION
from articles.embeds.rows import card_html_of
from articles.embeds.states import State
from articles.models import Embed
from articles.models.embed import EmbedQuerySet

CARD_FIELDS = ("card_html", "render_version")
BATCH = 100


def draw(embed: Embed) -> None:
    """Draw the card from the row as it is in memory; its caller saves CARD_FIELDS."""
    embed.card_html = card_html_of(embed)
    embed.render_version = RENDER_VERSION


def outdated() -> EmbedQuerySet:
    """Rows whose stored card is not what it should be. Not pending ones: whoever asks about them
    draws them too.
    """
    return Embed.objects.outdated(RENDER_VERSION).exclude(state=State.PENDING)


@transaction.atomic
def draw_batch() -> int:
    """Draw some of the outdated cards; how many there were, 0 when all are as they should be.

    The rows are held while they are drawn: what the desk writes meanwhile is written after, and
    makes them outdated again.
    """
    rows = outdated().select_for_update().defer("snapshot").order_by("render_version", "pk")
    batch = list(rows[:BATCH])
    for embed in batch:
        draw(embed)
    Embed.objects.bulk_update(batch, CARD_FIELDS)
    return len(batch)


def draw_outdated(batches: int | None = None) -> int:
    """Draw outdated cards, at most so many batches of them; how many were drawn."""
    drawn, done = 0, 0
    while (batches is None or done < batches) and (count := draw_batch()):
        drawn, done = drawn + count, done + 1
    return drawn
