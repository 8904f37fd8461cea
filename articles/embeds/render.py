"""An embed's card: our own HTML, complete without network and scripts, from checked fields only.

The template escapes every field; a frame's address comes from the provider's own template and
never from an answer or a body. Raise RENDER_VERSION when cards of the same data look different.
"""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from articles.embeds.facts import EmbedFacts
from articles.embeds.provider import EmbedRef, Frame
from articles.embeds.providers import by_slug

RENDER_VERSION = 1

CardState = Literal["pending", "ok", "degraded", "gone", "blocked"]
# Posts that are shown no more: nothing to frame, what we know stays.
_NOT_SHOWN = frozenset({"gone", "blocked"})
PORTRAIT_RATIO = 0.8
LANDSCAPE_RATIO = 1.25


@dataclass(frozen=True, slots=True)
class EmbedCard:
    """What a card shows. `url` is where the link leads, `name` the provider's; `quote` and
    `rights_note` are the newsroom's own; `frame` is what a click builds, if anything."""

    provider: str
    name: str
    url: str
    kind: str
    state: CardState
    consent: str
    title: str = ""
    author: str = ""
    quote: str = ""
    date: dt.date | None = None
    rights_note: str = ""
    frame: Frame | None = None

    @property
    def frame_origin(self) -> str:
        """The one origin that the frame may have and speak from."""
        parts = urlsplit(self.frame.src if self.frame else "")
        return f"{parts.scheme}://{parts.netloc}"


def card_for(
    ref: EmbedRef,
    state: CardState,
    *,
    site_host: str,
    facts: EmbedFacts | None = None,
    quote: str = "",
    quote_author: str = "",
    quote_date: dt.date | None = None,
    rights_note: str = "",
) -> EmbedCard | None:
    """The card of a post. None where the provider is no longer in the registry: show a link.

    `site_host` is our own host name. The newsroom's quote and its author come before what the
    provider says and what came along with the embed.
    """
    provider = by_slug(ref.provider)
    if provider is None:
        return None
    facts = facts or EmbedFacts()
    frame = None if state in _NOT_SHOWN else provider.frame(ref, site_host)
    return EmbedCard(
        provider=provider.slug,
        name=provider.name,
        url=ref.url,
        kind=ref.kind,
        state=state,
        consent=provider.consent,
        title=facts.title,
        author=quote_author or facts.author_name or ref.author,
        quote=quote or ref.quote,
        date=quote_date,
        rights_note=rights_note,
        frame=_fitted(frame, facts.ratio) if frame else None,
    )


def _fitted(frame: Frame, ratio: float | None) -> Frame:
    """A wide box gives way to what the provider says of the video: upright, or near a square."""
    if frame.box != "16x9" or ratio is None or ratio >= LANDSCAPE_RATIO:
        return frame
    return replace(frame, box="9x16" if ratio < PORTRAIT_RATIO else "1x1")


def render_card(card: EmbedCard) -> SafeString:
    """The card's HTML."""
    return render_to_string("embeds/card.html", {"card": card})
