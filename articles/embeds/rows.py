"""Between an embed's row and its card: what the row knows, in the shape that rendering takes."""

import hashlib
from datetime import date, datetime
from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from articles.embeds.facts import EmbedFacts
from articles.embeds.provider import EmbedRef
from articles.embeds.providers import by_slug
from articles.embeds.render import CardState, EmbedCard, Poster, card_for, render_card
from articles.models import Embed, providers_off


def embed_key(ref: EmbedRef) -> str:
    """The identity within its provider: the media id, or for a short link a hash of its URL."""
    if ref.media_id:
        return ref.media_id
    return "~" + hashlib.sha256(ref.url.encode()).hexdigest()[:32]


def known_or_new(ref: EmbedRef, priority: Embed.Priority) -> tuple[Embed, bool]:
    """The row of this post, and whether it was made just now; of a short link, the row of what it
    is known to lead to.
    """
    embed, made = Embed.objects.select_related("alias_of").get_or_create(
        provider=ref.provider,
        key=embed_key(ref),
        defaults={
            "media_id": ref.media_id or "",
            "url": ref.canonical_url or ref.url,
            "canonical_url": ref.canonical_url or "",
            "kind": ref.kind,
            "quote": ref.quote,
            "quote_author": ref.author,
            "priority": priority,
        },
    )
    return embed.alias_of or embed, made


def known(ref: EmbedRef) -> Embed | None:
    """The row of this post, if there is one, with what its card shows. 1 query."""
    rows = Embed.objects.filter(provider=ref.provider, key=embed_key(ref))
    embed = rows.select_related("alias_of").first()
    return (embed.alias_of or embed) if embed else None


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


def card_of(embed: Embed, *, url: str = "", poster: Poster | None = None) -> EmbedCard | None:
    """The card of a row as it stands; None where its provider left the registry. `poster` is the
    row's picture, as pages may show it now: whoever keeps the card leaves it out.
    """
    facts = EmbedFacts(
        title=embed.title,
        author_name=embed.author_name,
        author_url=embed.author_url,
        width=embed.width,
        height=embed.height,
    )
    return card_for(
        ref_of(embed, url=url),
        cast(CardState, embed.state),
        site_host=site_host(),
        facts=facts,
        quote=embed.quote,
        quote_author=embed.quote_author,
        quote_date=embed.quote_date,
        rights_note=embed.rights_note,
        kept_on=embed.kept_on or _day(embed.fetched_at),
        gone_on=_day(embed.gone_at),
        poster=poster,
    )


def card_html_of(embed: Embed, *, url: str = "", poster: Poster | None = None) -> SafeString:
    """The HTML of a row's card; the plain form where its provider left the registry."""
    card = card_of(embed, url=url, poster=poster)
    return render_card(card) if card else plain_html_of(embed, url=url)


def _day(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at else None


def plain_html_of(embed: Embed, *, url: str = "") -> SafeString:
    """What the newsroom has of a post, and a link to it: for feeds and letters, and where the
    provider left the registry or was switched off. No script, frame or style sheet is needed.
    """
    card = card_of(embed, url=url)
    return _plain(card or _unknown(embed, url))


def _unknown(embed: Embed, url: str) -> EmbedCard:
    """The card of a post whose provider this release doesn't know: our words and its address."""
    return EmbedCard(
        provider="",
        name="",
        url=url or embed.url,
        kind="post",
        state=cast(CardState, embed.state),
        consent="",
        author=embed.quote_author,
        quote=embed.quote,
        date=embed.quote_date,
        rights_note=embed.rights_note,
    )


def _plain(card: EmbedCard) -> SafeString:
    return render_to_string("embeds/plain.html", {"card": card})


def preview_card(ref: EmbedRef) -> SafeString:
    """What the page would show of a post at this moment, whether it has a row or not: the editor's
    preview. 1 query beside the site's state; nothing is fetched.
    """
    return preview_of(ref, known(ref))


def preview_of(ref: EmbedRef, embed: Embed | None) -> SafeString:
    """The same, of a row that was read already."""
    off = ref.provider in providers_off()
    if embed:
        url = embed.url if embed.key != embed_key(ref) else ref.url
        return plain_html_of(embed, url=url) if off else card_html_of(embed, url=url)
    card = card_for(ref, "pending", site_host=site_host())
    if card is None or off:
        return _plain(card or _unknown(Embed(), ref.url))
    return render_card(card)


def site_host() -> str:
    """Our own host name, for players that must be told who frames them."""
    return urlsplit(settings.SITE_URL).hostname or ""
