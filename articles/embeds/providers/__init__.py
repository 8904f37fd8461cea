"""The registry: every provider there is. A new one is its file and a line in PROVIDERS.

Settings import this for the CSP, so nothing here may need Django.
"""

from articles.embeds.provider import EmbedRef, Provider
from articles.embeds.providers.facebook import Facebook
from articles.embeds.providers.instagram import Instagram
from articles.embeds.providers.tiktok import TikTok
from articles.embeds.providers.x import X
from articles.embeds.providers.youtube import YouTube
from articles.embeds.url import SafeUrl, read_url

PROVIDERS: tuple[Provider, ...] = (Instagram(), YouTube(), X(), TikTok(), Facebook())

# The CSP's frame-src: what a card may ever frame, and nothing else.
FRAME_ORIGINS: frozenset[str] = frozenset(
    origin for provider in PROVIDERS for origin in provider.frame_origins
)

_BY_SLUG = {provider.slug: provider for provider in PROVIDERS}


def by_slug(slug: str) -> Provider | None:
    """The provider of this slug; None for one that was taken out of the registry since."""
    return _BY_SLUG.get(slug)


def owner(url: SafeUrl) -> Provider | None:
    """The provider whose host this is."""
    return next((provider for provider in PROVIDERS if provider.owns(url.host)), None)


def match(url: SafeUrl | None) -> EmbedRef | None:
    """The post at this address, of whichever provider."""
    provider = owner(url) if url is not None else None
    return provider.match(url) if provider is not None and url is not None else None


def match_text(text: str) -> EmbedRef | None:
    """The post that this text is the address of; None for all other text."""
    return match(read_url(text))
