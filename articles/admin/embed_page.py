"""One post on the desk: its card as readers see it, what is known of it, and what became of it."""

import copy
import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from articles.actions.keeping import may_keep_answers, offers
from articles.admin.embed_words import IN_WORDS, in_words, name_of, replace_page
from articles.embeds.states import TRANSITIONS, State
from articles.models import Article, Embed, EmbedEvent, providers_off
from articles.page_body import card_now
from articles.photos.desk_card import THUMB_PIXELS, picture_of

MAX_ANSWER_CHARS = 8_000
MAX_EVENTS = 50
MAX_STORIES = 50
# Which button brings a post where; the verbs themselves are in embed_verbs.
BUTTONS = {State.GONE: "mark_gone", State.BLOCKED: "block", State.PENDING: "restore"}


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the post's history, in words."""

    at: Any
    who: str
    was: str
    became: str
    why: str


def page_context(request: HttpRequest, embed: Embed, *, may_decide: bool) -> dict[str, Any]:
    """What stands around the form. 4 queries: history, stories, short links, the picture's photo."""
    stories = list(stories_of(request, embed)[: MAX_STORIES + 1])
    suggestions = offers(embed)
    picture = embed.suggested.get("picture", "")
    return {
        "post": embed,
        "words": in_words(embed),
        "card_html": card_now(embed),
        "gone_card_html": card_now(gone(embed)) if embed.state != State.GONE else "",
        "poster_thumb": picture_of(embed.poster, THUMB_PIXELS)[0] if embed.poster else "",
        "history": history_of(embed),
        "stories": stories[:MAX_STORIES],
        "more_stories": len(stories) > MAX_STORIES,
        "aliases": list(embed.aliases.values_list("url", flat=True))
        if not embed.alias_of_id
        else [],
        "answer": answer_of(embed),
        "offers": suggestions,
        "offered_picture": picture if isinstance(picture, str) else "",
        "may_keep_answers": may_keep_answers(embed),
        "provider_off": embed.provider in providers_off(),
        "may_decide": may_decide,
        "buttons": buttons_for(embed) if may_decide else [],
        "replace_url": replace_page(embed),
    }


def gone(embed: Embed) -> Embed:
    """The row as it would be; in memory only."""
    other = copy.copy(embed)
    other.state = State.GONE
    return other


def history_of(embed: Embed) -> list[Change]:
    events = EmbedEvent.objects.filter(embed=embed).select_related("by").order_by("-pk")
    return [
        Change(
            at=event.at,
            who=event.by.get_username() if event.by else f"{name_of(embed.provider)}’s answer",
            was=IN_WORDS[State(event.from_state)],
            became=IN_WORDS[State(event.to_state)],
            why=event.reason,
        )
        for event in events[:MAX_EVENTS]
    ]


def stories_of(request: HttpRequest, embed: Embed) -> Any:
    """The stories with the post that this login may read, the newest first."""
    readable = Article.objects.readable_by(request.user)
    return (
        readable.filter(pk__in=embed.uses.values("article"))
        .only("headline", "slug", "status", "publish_at", "expire_at")
        .order_by("-pk")
    )


def answer_of(embed: Embed) -> dict[str, Any] | None:
    """The provider's last answer, set for reading and cut to what anybody reads."""
    raw = embed.snapshot.get("answer")
    if not isinstance(raw, str):
        return None
    try:
        text = json.dumps(json.loads(raw), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        text = raw
    return {
        "text": text[:MAX_ANSWER_CHARS],
        "cut": len(text) > MAX_ANSWER_CHARS,
        "bytes": embed.snapshot.get("bytes"),
    }


def buttons_for(embed: Embed) -> list[str]:
    """The decisions that the table of states allows the desk now."""
    return [
        name
        for to, name in BUTTONS.items()
        if "desk" in TRANSITIONS.get((State(embed.state), to), frozenset())
    ]
