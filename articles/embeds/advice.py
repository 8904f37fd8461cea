"""What can be made of an address that somebody at the desk gives: a card, a link, or words why not."""

from dataclasses import dataclass

from articles.embeds.detect import find_embeds
from articles.embeds.provider import EmbedRef
from articles.embeds.providers import by_slug, owner
from articles.embeds.rows import known, preview_of
from articles.embeds.url import read_url
from articles.models import Embed, providers_off
from newsroom.lib.html_guard import BodyRefused

NO_ADDRESS = (
    "This is no web address. Copy the one in the browser’s address line; it begins with https://"
)


@dataclass(frozen=True, slots=True)
class Advice:
    """`url` is what an `<oembed>` would hold and `card` its preview, both "" where it can't be one;
    `link` is what a plain link may lead to, or "". `words` say what is wrong or worth knowing.
    """

    words: str = ""
    url: str = ""
    card: str = ""
    link: str = ""


def advise(text: str) -> Advice:
    """Look at an address or an embed code. 1 query beside the site's state; nothing is fetched."""
    text = text.strip()
    try:
        refs = find_embeds(text)
    except BodyRefused:
        return Advice(NO_ADDRESS)
    if not refs and "//" not in text and "." in text:
        return advise(f"https://{text}")  # as people type them
    return _of_post(refs[0]) if refs else _of_page(text)


def _of_post(ref: EmbedRef) -> Advice:
    provider = by_slug(ref.provider)
    name = provider.name if provider else ref.provider
    if ref.provider in providers_off():
        words = f"{name} is switched off on this site: readers would see a link."
        return Advice(words, link=ref.url)
    embed = known(ref)
    if embed and embed.state == Embed.State.BLOCKED:
        why = f": {embed.reason}" if embed.reason else "."
        return Advice(f"An editor blocked this post on this site{why}")
    words = ""
    if embed and embed.state == Embed.State.GONE:
        words = f"This post is gone from {name}. Readers see what the newsroom kept of it."
    return Advice(words, url=ref.url, card=preview_of(ref, embed))


def _of_page(text: str) -> Advice:
    url = read_url(text)
    if url is None:
        return Advice(NO_ADDRESS)
    provider = owner(url)
    if provider is None:
        words = f"What stands at {url.host} can’t be shown as a card. It can be a link."
    else:
        words = (
            f"This is a page of {provider.name}, and no single post or video: a profile, a list, a "
            "search. Open the post itself and copy its address."
        )
    return Advice(words, link=url.source)
