"""Between an embed's row and its card: what the row knows, in the shape that rendering takes."""

import hashlib
from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from articles.embeds.facts import EmbedFacts
from articles.embeds.provider import EmbedRef
from articles.embeds.providers import by_slug
from articles.embeds.render import CardState, card_for, render_card
from articles.models import Embed


def embed_key(ref: EmbedRef) -> str:
    """The identity within its provider: the media id, or for a short link a hash of its URL."""
    if ref.media_id:
        return ref.media_id
    return "~" + hashlib.sha256(ref.url.encode()).hexdigest()[:32]


def ref_of(embed: Embed, *, url: str = "") -> EmbedRef:
    """The post a row stands for; `url` is a use's own address, which may hold a start time."""
    address = url or embed.url
    provider = by_slug(embed.provider)
    found = provider.read(address) if provider else None
    return found or EmbedRef(
        provider=embed.provider,
        media_id=embed.media_id or None,
        canonical_url=embed.canonical_url or None,
        url=address,
        kind=embed.kind,
    )


def card_html_of(embed: Embed, *, url: str = "") -> SafeString:
    """The card of a row as it stands; a plain link where its provider left the registry."""
    facts = EmbedFacts(
        title=embed.title,
        author_name=embed.author_name,
        author_url=embed.author_url,
        width=embed.width,
        height=embed.height,
    )
    card = card_for(
        ref_of(embed, url=url),
        cast(CardState, embed.state),
        site_host=site_host(),
        facts=facts,
        quote=embed.quote,
        quote_author=embed.quote_author,
        quote_date=embed.quote_date,
        rights_note=embed.rights_note,
    )
    if card is None:
        return render_to_string("embeds/link.html", {"url": url or embed.url})
    return render_card(card)


def preview_card(ref: EmbedRef) -> SafeString:
    """The card of a post that has no row yet: the editor's preview."""
    card = card_for(ref, "pending", site_host=site_host())
    return render_card(card) if card else render_to_string("embeds/link.html", {"url": ref.url})


def site_host() -> str:
    """Our own host name, for players that must be told who frames them."""
    return urlsplit(settings.SITE_URL).hostname or ""
