"""The registry: every provider there is. A new one is a row, or its file and a line in PROVIDERS.

Settings import this for the CSP, so nothing here may need Django.
"""

from functools import lru_cache

from articles.embeds.provider import EmbedRef, Provider
from articles.embeds.providers import charts, documents, pictures, podcasts, posts, videos
from articles.embeds.providers.bluesky import Bluesky
from articles.embeds.providers.dailymotion import Dailymotion
from articles.embeds.providers.facebook import Facebook
from articles.embeds.providers.instagram import Instagram
from articles.embeds.providers.mastodon import Mastodon
from articles.embeds.providers.pinterest import Pinterest
from articles.embeds.providers.reddit import Reddit
from articles.embeds.providers.soundcloud import SoundCloud
from articles.embeds.providers.spotify import Spotify
from articles.embeds.providers.threads import Threads
from articles.embeds.providers.tiktok import TikTok
from articles.embeds.providers.twitch import Twitch
from articles.embeds.providers.vimeo import Vimeo
from articles.embeds.providers.x import X
from articles.embeds.providers.youtube import YouTube
from articles.embeds.url import SafeUrl, read_url
from newsroom.embedding import DAILYMOTION_PLAYER, MASTODON_HOSTS

PROVIDERS: tuple[Provider, ...] = (
    Instagram(),
    YouTube(),
    X(),
    TikTok(),
    Facebook(),
    Threads(),
    Bluesky(),
    Mastodon(MASTODON_HOSTS),
    Reddit(),
    Pinterest(),
    Vimeo(),
    Dailymotion(DAILYMOTION_PLAYER),
    Twitch(),
    SoundCloud(),
    Spotify(),
    *videos.ROWS,
    *podcasts.ROWS,
    *pictures.ROWS,
    *charts.ROWS,
    *documents.ROWS,
    *posts.ROWS,
)

# The CSP's frame-src: what a card may ever frame, and nothing else.
FRAME_ORIGINS: frozenset[str] = frozenset(
    origin for provider in PROVIDERS for origin in provider.frame_origins
)

_BY_SLUG = {provider.slug: provider for provider in PROVIDERS}
_BY_HOST = {host: provider for provider in reversed(PROVIDERS) for host in provider.hosts}
# Those that own hosts beyond the listed ones.
_BY_RULE = tuple(provider for provider in PROVIDERS if provider.open_hosts)


def by_slug(slug: str) -> Provider | None:
    """The provider of this slug; None for one that was taken out of the registry since."""
    return _BY_SLUG.get(slug)


def owner(url: SafeUrl) -> Provider | None:
    """The provider whose host this is."""
    return _owner_of(url.host)


@lru_cache(maxsize=1024)
def _owner_of(host: str) -> Provider | None:
    by_rule = (provider for provider in _BY_RULE if provider.owns(host))
    return _BY_HOST.get(host) or next(by_rule, None)


def match(url: SafeUrl | None) -> EmbedRef | None:
    """The post at this address, of whichever provider."""
    provider = owner(url) if url is not None else None
    return provider.match(url) if provider is not None and url is not None else None


def match_text(text: str) -> EmbedRef | None:
    """The post that this text is the address of; None for all other text."""
    return match(read_url(text))
