"""An embed in words, as the desk's list, its pages, the board and the writing screen say it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import reverse

from articles.embeds.providers import by_slug
from articles.models import Embed, providers_off
from articles.models.embed import MAX_ATTEMPTS
from newsroom.lib.text import excerpt

WORDS_CHARS = 90
State = Embed.State
IN_WORDS = {
    State.PENDING: "Waiting to be looked at",
    State.OK: "Fine",
    State.DEGRADED: "No clear answer",
    State.GONE: "Gone",
    State.BLOCKED: "Blocked",
}


@dataclass(frozen=True, slots=True)
class InWords:
    """`state` is short; `why` is what is known beside it, or "". `kept` says what stays when the
    post goes, or "" for nothing.
    """

    provider: str
    author: str
    words: str
    state: str
    why: str
    kept: str


def in_words(embed: Embed) -> InWords:
    return InWords(
        provider=name_of(embed.provider),
        author=embed.quote_author or embed.author_name,
        words=first_words(embed),
        state=IN_WORDS[State(embed.state)],
        why=why(embed),
        kept=kept(embed),
    )


def name_of(slug: str) -> str:
    provider = by_slug(slug)
    return provider.name if provider else slug.replace("_", " ").capitalize()


def first_words(embed: Embed) -> str:
    """What tells this post from others: its words, its title, else where it is."""
    return excerpt(embed.quote or embed.title, max_chars=WORDS_CHARS) or short_address(embed.url)


def short_address(url: str) -> str:
    parts = urlsplit(url)
    address = parts.netloc.removeprefix("www.") + parts.path.rstrip("/")
    return excerpt(f"{address}?{parts.query}" if parts.query else address, max_chars=WORDS_CHARS)


def why(embed: Embed) -> str:
    """Why it is in its state, or why nobody asks about it."""
    if embed.attempts >= MAX_ATTEMPTS:
        return f"Left alone after {MAX_ATTEMPTS} tries that came to no end."
    said = embed.reason
    if embed.held:
        said = f"The desk says so{': ' + said if said else '.'}"
    if embed.provider in providers_off():
        off = f"{name_of(embed.provider)} is switched off: readers see a link."
        return f"{said} {off}" if said else off
    return said


def kept(embed: Embed) -> str:
    parts = (("words", embed.quote), ("picture", embed.poster_id))
    return " and ".join(name for name, there in parts if there)


def page_of(embed: Embed) -> str:
    return reverse("admin:articles_embed_change", args=[embed.pk])


def keep_page(embed: Embed) -> str:
    """The same page, where what stays of the post is written."""
    return f"{page_of(embed)}#keep"


def replace_page(embed: Embed) -> str:
    return reverse("admin:articles_embed_replace", args=[embed.pk])
