"""The style guide's posts from elsewhere: one of each provider, then each state a post may be in.

They are those of the demo's story that has one of every provider: addresses that nobody has.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from articles.body.clean import clean
from articles.demo.reading import CONTENT_DIR
from articles.demo.reading_articles import read_article
from articles.embeds.rows import card_html_of, plain_html_of
from articles.models import Embed, Photo
from articles.page_body import poster_of

STORY = CONTENT_DIR / "articles" / "a-foghorn-in-thirty-five-posts.toml"
DAY = dt.date(2026, 11, 2)


def embeds(pictures: Sequence[Photo]) -> list[dict[str, Any]]:
    """Each provider's card, then each state of some."""
    posts = every_post()
    cards = [{"title": slug, "html": card_html_of(Embed(**said))} for slug, said in posts.items()]
    return cards + _states(posts, pictures)


def every_post() -> dict[str, dict[str, Any]]:
    """The columns of a row for each provider, by its slug."""
    story = read_article(STORY)
    return {
        ref.provider: {
            "provider": ref.provider, "media_id": ref.media_id or "", "url": ref.url,
            "canonical_url": ref.canonical_url or "", "kind": ref.kind, "state": Embed.State.OK,
            "title": demo.title, "author_name": demo.author, "quote": demo.quote, "quote_date": DAY,
        }
        for ref, demo in zip(clean(story.body).embeds, story.embeds, strict=True)
    }  # fmt: skip


def _states(posts: dict[str, dict[str, Any]], pictures: Sequence[Photo]) -> list[dict[str, Any]]:
    post, video = posts["x"], posts["youtube"]
    gone = {**post, "state": Embed.State.GONE, "kept_on": DAY, "rights_note": "Quoted with leave"}
    empty = {"quote": "", "title": "", "author_name": "", "quote_date": None}
    known = {
        **{
            f"{Embed.State(state).label}": card_html_of(Embed(**{**post, "state": state}))
            for state in ("pending", "ok", "degraded", "blocked")
        },
        "Gone, with what was kept": card_html_of(Embed(**gone)),
        "Gone, with nothing kept": card_html_of(Embed(**{**gone, **empty, "rights_note": ""})),
        "Known by its address alone": card_html_of(Embed(**{**post, **empty})),
        "Short link, not followed yet": card_html_of(
            Embed(provider="tiktok", url="https://vm.tiktok.com/ZMdemo123/", kind="video")
        ),
        "Provider switched off": plain_html_of(Embed(**post)),
        "Provider unknown": plain_html_of(Embed(**{**post, "provider": "myspace"})),
    }
    poster = poster_of(pictures[0])
    if poster is not None:
        known |= {
            "With our picture, low": card_html_of(Embed(**video), poster=poster),
            "With our picture, tall": card_html_of(Embed(**post), poster=poster),
            "Gone, with our picture": card_html_of(Embed(**gone), poster=poster),
        }
    return [{"title": title, "html": html} for title, html in known.items()]
