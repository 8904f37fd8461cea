"""A post of every provider there is, and a story that has them all."""

import json
from pathlib import Path

from articles.actions.editing import save_article
from articles.embeds.provider import EmbedRef
from articles.embeds.providers import PROVIDERS
from articles.embeds.rows import site_host
from articles.models import Article
from tests import builders
from tests.e2e.paper import SENTENCE

DATA = Path(__file__).parents[1] / "data" / "oembed"


def posts() -> dict[str, EmbedRef]:
    """Of each provider the first post in its file, one that can be framed where there is any."""
    found = {}
    for provider in PROVIDERS:
        rows = json.loads((DATA / f"{provider.slug}.json").read_text(encoding="utf-8"))["posts"]
        refs = [ref for row in rows if (ref := provider.read(row[0]))]
        framed = (ref for ref in refs if provider.frame(ref, site_host()))
        found[provider.slug] = next(framed, refs[0])
    return found


def make_story_of_every_post(**columns: str) -> Article:
    """A story with all of them; `columns` of their rows."""
    article = builders.make_article()
    article.body_html = "".join(
        f"<p>{SENTENCE}</p><oembed>{ref.url.replace('&', '&amp;')}</oembed>"
        for ref in posts().values()
    )
    save_article(article, by=None)
    for use in article.embed_uses.select_related("embed"):
        for name, value in columns.items():
            setattr(use.embed, name, value)
        use.embed.save(update_fields=list(columns))
    return article
