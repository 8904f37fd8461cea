"""What a provider is: data and small pure functions, the same shape for all of them.

A provider's own file in `providers/` fills this in; the registry and one contract test do the
rest. Nothing here knows Django, the database or the network.
"""

import re
from dataclasses import dataclass
from typing import ClassVar, Literal
from urllib.parse import urlencode

from articles.embeds import facts
from articles.embeds.url import SafeUrl, read_url

# Scripts run and reach their own origin, a link opens a tab, a video goes full screen; no more.
SANDBOX = "allow-scripts allow-same-origin allow-popups allow-presentation"
PLAYER_ALLOW = "autoplay; encrypted-media; fullscreen; picture-in-picture"
POST_ALLOW = "encrypted-media; fullscreen"
MAX_START_SECONDS = 24 * 3600

# The fixed boxes of static/css/components/embed.css: a ratio, or a height that fits a post.
Box = Literal["16x9", "9x16", "1x1", "post", "captioned"]

_START = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?", re.ASCII | re.IGNORECASE)
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
    """Where to ask about a post. `keeps` is False where the provider's terms forbid storing it."""

    endpoint: str
    hosts: frozenset[str]
    keeps: bool = True


@dataclass(frozen=True, slots=True)
class Hook:
    """An element of a provider's own markup, and where in it the post's address or id stands.

    The element has this tag and, where given, this class. The value is that of `attributes`
    (joined by a space) or, with `link`, the href of its first or last link to a post. Without
    `template` the value is an address; with it, `pattern` must match the whole value and its
    groups fill the template. `start` names an attribute with a start time; an element that has
    the attribute `unless` is none of ours.
    """

    tag: str
    attributes: tuple[str, ...] = ()
    css_class: str = ""
    link: Literal["", "first", "last"] = ""
    pattern: str = r"([A-Za-z0-9_-]+)"
    template: str = ""
    start: str = ""
    unless: str = ""


class Provider:
    """The base of all providers: override `match` and `frame`, fill in the data.

    `hosts` are whole host names whose addresses `match` judges. `loaders` are scripts, as host
    and path in lower case, that only turn markup into frames and are dropped. `shortcodes` are WordPress names,
    `id_url` the address that a bare id in one stands for.
    """

    slug: ClassVar[str]
    name: ClassVar[str]
    hosts: ClassVar[frozenset[str]]
    frame_origins: ClassVar[tuple[str, ...]]
    hooks: ClassVar[tuple[Hook, ...]] = ()
    loaders: ClassVar[frozenset[str]] = frozenset()
    shortcodes: ClassVar[tuple[str, ...]] = ()
    id_url: ClassVar[str] = ""
    oembed: ClassVar[OEmbed | None] = None

    def owns(self, host: str) -> bool:
        """Whether addresses on this host are this provider's to judge."""
        return host in self.hosts

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

    def oembed_url(self, ref: EmbedRef) -> str | None:
        """The address to ask about a post, or None where there is none."""
        if self.oembed is None or ref.canonical_url is None:
            return None
        return f"{self.oembed.endpoint}?{urlencode({'url': ref.canonical_url, 'format': 'json'})}"

    def parse_oembed(self, payload: bytes) -> facts.EmbedFacts:
        """The checked fields of an answer; raises facts.InvalidAnswerError."""
        return facts.parse_oembed(payload, self.owns)

    def read(self, address: str) -> EmbedRef | None:
        """The post at an address given as text; None where it isn't one of this provider's."""
        url = read_url(address)
        return self.match(url) if url is not None and self.owns(url.host) else None

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
