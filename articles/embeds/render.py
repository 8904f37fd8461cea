"""An embed's card: our own HTML, complete without network and scripts, from checked fields only.

The template escapes every field; a frame's address comes from the provider's own template and
never from an answer or a body. Raise RENDER_VERSION when cards of the same data look different.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from articles.embeds.facts import EmbedFacts
from articles.embeds.provider import PLAYER_ALLOW, Box, EmbedRef, Frame
from articles.embeds.providers import by_slug

RENDER_VERSION = 2

CardState = Literal["pending", "ok", "degraded", "gone", "blocked"]
Action = Literal["show", "play", "listen"]
# Posts that are shown no more: nothing to frame, what we know stays.
_NOT_SHOWN = frozenset({"gone", "blocked"})
PORTRAIT_RATIO = 0.8
LANDSCAPE_RATIO = 1.25
_SOUND_BOXES: frozenset[Box] = frozenset({"audio", "tracks"})
# What may become as tall as it says it is. A player fits the box it is given.
_GROWING_BOXES: frozenset[Box] = frozenset({"post", "captioned", "tall", "4x3"})
_FILMS = frozenset({"clip", "video"})
# What a reader calls a post of this kind; all others go by what a click is for.
_NOUNS = frozenset({"chart", "clip", "code", "document", "map", "photo", "picture", "pin", "reel"})
_CAPITALS = re.compile(r"[A-Z]")


@dataclass(frozen=True, slots=True)
class Poster:
    """A picture of ours that stands on a card: never the provider's, never without its credit.
    `sources` are pairs of MIME type and srcset.
    """

    src: str
    width: int
    height: int
    alt: str
    credit: str
    sources: tuple[tuple[str, str], ...] = ()


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
    # For a post that is gone: the day the newsroom saw it last as it says here, and when it was missed.
    kept_on: dt.date | None = None
    gone_on: dt.date | None = None
    poster: Poster | None = None
    frame: Frame | None = None

    @property
    def frame_origin(self) -> str:
        """The one origin that the frame may have and speak from."""
        parts = urlsplit(self.frame.src if self.frame else "")
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def frame_grows(self) -> bool:
        """Whether the frame may ask for another height."""
        return self.frame is not None and self.frame.box in _GROWING_BOXES

    @property
    def action(self) -> Action:
        """What a click is for."""
        if self.frame is None:
            return "show"
        if self.frame.box in _SOUND_BOXES:
            return "listen"
        film = self.kind in _FILMS or self.frame.allow == PLAYER_ALLOW
        return "play" if film else "show"

    @property
    def noun(self) -> str:
        """What a reader calls it."""
        if self.kind in _NOUNS:
            return self.kind
        return {"play": "video", "listen": "recording", "show": "post"}[self.action]

    @property
    def button(self) -> str:
        """The words on the button."""
        if self.action == "listen":
            return "Listen here"
        return f"{self.action.capitalize()} the {self.noun}"

    @property
    def mark(self) -> str:
        """One or two letters of the provider's name, as the elements have them; no logo."""
        capitals = _CAPITALS.findall(self.name)
        return "".join(capitals[:2]) if len(capitals) > 1 else self.name[:2]

    @property
    def is_over(self) -> bool:
        """Whether it is shown no more."""
        return self.state in _NOT_SHOWN

    @property
    def keeps_something(self) -> bool:
        """Whether the newsroom has anything of the post itself."""
        return bool(self.quote or self.title or self.poster)


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
    kept_on: dt.date | None = None,
    gone_on: dt.date | None = None,
    poster: Poster | None = None,
) -> EmbedCard | None:
    """The card of a post. None where the provider is no longer in the registry: show it plainly.

    `site_host` is our own host name. The newsroom's quote and its author come before what the
    provider says and what came along with the embed.
    """
    provider = by_slug(ref.provider)
    if provider is None:
        return None
    facts = facts or EmbedFacts()
    return EmbedCard(
        provider=provider.slug,
        name=provider.name,
        url=provider.page(ref),
        kind=ref.kind,
        state=state,
        consent=provider.consent,
        title=facts.title,
        author=quote_author or facts.author_name or ref.author,
        quote=quote or ref.quote,
        date=quote_date,
        rights_note=rights_note,
        kept_on=kept_on,
        gone_on=gone_on,
        poster=poster,
        frame=None if state in _NOT_SHOWN else _fitted(provider.frame(ref, site_host), facts.ratio),
    )


def _fitted(frame: Frame | None, ratio: float | None) -> Frame | None:
    """A wide box gives way to what the provider says of the video: upright, or near a square."""
    if frame is None or frame.box != "16x9" or ratio is None or ratio >= LANDSCAPE_RATIO:
        return frame
    return replace(frame, box="9x16" if ratio < PORTRAIT_RATIO else "1x1")


def render_card(card: EmbedCard) -> SafeString:
    """The card's HTML."""
    return render_to_string("embeds/card.html", {"card": card})
