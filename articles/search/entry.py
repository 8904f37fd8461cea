"""What the index knows of an article, gathered from the rows: one text of folded words.

Its four parts end in a line break: marked words (those of the headline, and the filters), headline,
summary with names, body. Every word stands between two spaces, so " pier " is the word and " pi"
the beginning of one, in the text as in the database's index of it.

Only named columns are read, and the models are handed in: a migration fills the index through its
own historical models with the same lines.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from articles.search.engine import Entry
from articles.search.query import HEADLINE_MARK
from articles.search.words import keys

MAX_BODY_KEYS = 15_000  # a longer body is a mistake or a book
# What a filter is called in the index: no word of a text can begin with a private-use character.
FILTER_MARK = "\ue000"


@dataclass(frozen=True, slots=True)
class Sources:
    """The models to read: the live ones, or a migration's."""

    article: Any
    tagged: Any
    byline: Any


def filter_key(name: str, value: object) -> str:
    """The index's word for "has this section", "has this tag" and so on."""
    return f"{FILTER_MARK}{name}{value}"


def read_entries(ids: Sequence[int], *, sources: Sources, english: bool) -> list[Entry]:
    """The entries of these articles; those without a time of publication have none. 3 queries."""
    names, filters = defaultdict(list), defaultdict(list)
    for article, tag, name in sources.tagged.objects.filter(content_object__in=ids).values_list(
        "content_object_id", "tag_id", "tag__name"
    ):
        filters[article].append(filter_key("tag", tag))
        names[article].append(name)
    for article, person, name, printed in sources.byline.objects.filter(
        article__in=ids
    ).values_list("article_id", "contributor_id", "contributor__name", "text_override"):
        filters[article].append(filter_key("by", person))
        names[article] += [name, printed]
    rows = sources.article.objects.filter(pk__in=ids, publish_at__isnull=False).values_list(
        "pk", "publish_at", "headline", "dek", "body_text", "section_id", "kind"
    )
    entries = []
    for pk, published_at, headline, dek, body, section, kind in rows:
        marked = [*filters[pk], filter_key("kind", kind), filter_key("section", section)]
        lists = [
            keys(text, english=english)
            for text in (headline, *filter(None, (dek, *names[pk])), body)
        ]
        entries.append(Entry(pk, published_at, entry_text(marked, lists)))
    return entries


def entry_text(filters: Sequence[str], lists: Sequence[Sequence[str]]) -> str:
    """The first list is the headline's and the last one the body's. A stop parts one name from the
    next: a phrase must not run across.
    """
    headline, *about, body = lists
    marked = [*(HEADLINE_MARK + key for key in headline), *filters]
    names = [" ".join(found) for found in about if found]
    parts = [
        " ".join(marked),
        " ".join(headline),
        " | ".join(names),
        " ".join(body[:MAX_BODY_KEYS]),
    ]
    return "\n".join(f" {part} " for part in parts)
