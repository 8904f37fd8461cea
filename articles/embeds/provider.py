"""What a provider is: data and small pure functions, the same shape for all of them.

A provider's own file in `providers/` fills this in; the registry and one contract test do the
rest. Nothing here knows Django, the database or the network.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args
from urllib.parse import urlencode

from articles.embeds import facts
from articles.embeds.url import SafeUrl, read_url

# Scripts run and reach their own origin, a link opens a tab, a video goes full screen; no more.
SANDBOX = "allow-scripts allow-same-origin allow-popups allow-presentation"
PLAYER_ALLOW = "autoplay; encrypted-media; fullscreen; picture-in-picture"
POST_ALLOW = "encrypted-media; fullscreen"
MAX_START_SECONDS = 24 * 3600

# The fixed boxes of static/css/components/embed.css: a ratio (a film, a chart), or a height that
# fits a post, a picture with its words, a tall document, one sound, a list of sounds.
Box = Literal["16x9", "4x3", "9x16", "1x1", "post", "captioned", "tall", "audio", "tracks"]
BOXES: tuple[Box, ...] = get_args(Box)

_START = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?", re.ASCII | re.IGNORECASE)
_BARE_ID = re.compile(r"[A-Za-z0-9_-]{2,64}")
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class EmbedRef:
    """A post found in an article.

    `canonical_url` and `media_id` are None where only the network knows them (short links). `url`
    is what the body's `<oembed>` holds: the canonical address, with the start time where there is
    one, or the source address. Reading `url` again gives the same post.
    `quote` and `author` are the fallback text that came along in a blockquote.
    """

    provider: str
    media_id: str | None
    canonical_url: str | None
    url: str
    kind: str
    start: int | None = None
    quote: str = ""
    author: str = ""

    @property
    def identity(self) -> tuple[str, str]:
        """Equal for two forms of the same post."""
        return (self.provider, self.media_id or self.canonical_url or self.url)


@dataclass(frozen=True, slots=True)
class Frame:
    """The one iframe that a reader's click builds. `src` comes from our own templates only."""

    src: str
    title: str
    allow: str
    box: Box
    sandbox: str = SANDBOX


@dataclass(frozen=True, slots=True)
class OEmbed:
    """Where to ask about a post, and what of the answer may be taken.

    `keeps` is False where the provider's terms forbid storing any of it. `text` says which field
    holds the post's own words: the blockquote in `html`, the title, or none of them.
    `picture_hosts` are the only hosts whose pictures may be fetched and kept: none where the terms
    forbid it, or say nothing. `says_nothing` are statuses that elsewhere mean "gone", and here as
    well that the provider wants a log-in or was asked too much.
    """

    endpoint: str
    hosts: frozenset[str]
    keeps: bool = True
    text: facts.TextField = ""
    picture_hosts: frozenset[str] = frozenset()
    says_nothing: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Hook:
    """An element of a provider's own markup, and where in it the post's address or id stands.

    The element has this tag and, where given, this class. The value is that of `attributes`
    (joined by a space) or, with `link`, the href of its first or last link to a post. Without
    `template` the value is an address; with it, `pattern` must match the whole value and its
    groups fill the template. `start` names an attribute with a start time; an element that has
    the attribute `unless`, with a value, is none of ours.
    """

    tag: str
    attributes: tuple[str, ...] = ()
    css_class: str = ""
    link: Literal["", "first", "last"] = ""
    pattern: str = r"([A-Za-z0-9_-]+)"
    template: str = ""
    start: str = ""
    unless: str = ""
    needed: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "needed", frozenset(self.attributes))


class Provider:
    """The base of all providers: override `match` and `frame`, fill in the data.

    `hosts` are whole host names whose addresses `match` judges, `open_hosts` patterns of more. `loaders` are scripts, as host
    and path in lower case, that only turn markup into frames and are dropped. `shortcodes` are WordPress names,
    `id_url` the address that a bare id in one stands for.

    `short_hosts` are the hosts that may be asked where a short link leads, over https, and be
    redirected among. The address of each redirect is first given to `read`: one with a canonical
    address is the answer, and its page is never asked for; any other host ends the search.
    """

    slug: str
    name: str
    hosts: frozenset[str]
    frame_origins: tuple[str, ...]
    open_hosts: tuple[re.Pattern[str], ...] = ()
    hooks: tuple[Hook, ...] = ()
    loaders: frozenset[str] = frozenset()
    shortcodes: tuple[str, ...] = ()
    short_hosts: frozenset[str] = frozenset()
    id_url: str = ""
    oembed: OEmbed | None = None

    def owns(self, host: str) -> bool:
        """Whether addresses on this host are this provider's to judge."""
        if host in self.hosts:
            return True
        return bool(self.open_hosts) and any(each.fullmatch(host) for each in self.open_hosts)

    def match(self, url: SafeUrl) -> EmbedRef | None:
        """The post at this address of ours; None for profiles, tag pages, everything else."""
        raise NotImplementedError

    def frame(self, ref: EmbedRef, site_host: str) -> Frame | None:
        """What to show after a click; None where the id isn't known yet.

        `site_host` is ours, for players that must be told who frames them.
        """
        raise NotImplementedError

    def discards(self, url: SafeUrl) -> bool:
        """Whether a frame of this address is page furniture (a like button) and simply goes."""
        return False

    def is_short(self, ref: EmbedRef) -> bool:
        """Whether only a redirect tells which post this is: ask one of `short_hosts`."""
        url = read_url(ref.url) if ref.canonical_url is None else None
        return url is not None and url.host in self.short_hosts

    def oembed_url(self, ref: EmbedRef) -> str | None:
        """The address to ask about a post, or None where there is none."""
        if self.oembed is None or ref.canonical_url is None:
            return None
        return f"{self.oembed.endpoint}?{urlencode({'url': ref.canonical_url, 'format': 'json'})}"

    def parse_oembed(self, payload: bytes) -> facts.EmbedFacts:
        """The checked fields of an answer; raises facts.InvalidAnswerError."""
        text = self.oembed.text if self.oembed else ""
        pictures = self.oembed.picture_hosts if self.oembed else frozenset()
        return facts.parse_oembed(payload, self.owns, text=text, picture_hosts=pictures)

    def page(self, ref: EmbedRef) -> str:
        """Where the card's link leads: the post's address, unless that is of no use to a reader."""
        return ref.url

    def read(self, address: str) -> EmbedRef | None:
        """The post at an address given as text; None where it isn't one of this provider's."""
        url = read_url(address)
        return self.match(url) if url is not None and self.owns(url.host) else None

    def read_id(self, value: str) -> EmbedRef | None:
        """The post that a bare value in a shortcode stands for."""
        if not self.id_url or not _BARE_ID.fullmatch(value):
            return None
        return self.read(self.id_url.format(value))

    def read_attributes(self, values: Mapping[str, str]) -> EmbedRef | None:
        """The post that several attributes of a shortcode name together."""
        return None

    @property
    def consent(self) -> str:
        """The small print beside the button."""
        return f"Showing it opens a connection to {self.name}."


def start_seconds(*values: str) -> int | None:
    """The first start time among texts such as `70`, `70s`, `1m10s`, `1h3m2s`, `1:10`.

    Nothing for 0 (the start anyway) and for times beyond a day.
    """
    for value in values:
        found = _START.fullmatch(value) or _CLOCK.fullmatch(value)
        if found:
            hours, minutes, seconds = (int(part or 0) for part in found.groups())
            total = hours * 3600 + minutes * 60 + seconds
            if 0 < total <= MAX_START_SECONDS:
                return total
    return None
