"""What the newsroom keeps of a post in its own words, for the day the post is gone."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from articles.embeds.providers import by_slug
from articles.embeds.redraw import CARD_FIELDS, draw
from articles.models import Embed, public_changed

KEPT_FIELDS = ("quote", "quote_author", "quote_date", "poster", "rights_note", "kept_on")


@dataclass(frozen=True, slots=True)
class Offer:
    """What the provider's answer says for one of the KEPT_FIELDS, for a person to take over."""

    field: str
    value: str | dt.date


@transaction.atomic
def keep_post(embed: Embed, values: Mapping[str, Any]) -> list[str]:
    """Write these of the KEPT_FIELDS and draw the card anew; the names of those that changed.

    No other column is written: a worker may be writing into this row.
    """
    row = Embed.objects.select_for_update().get(pk=embed.pk)
    changed = [
        name for name in KEPT_FIELDS if name in values and getattr(row, name) != values[name]
    ]
    if not changed:
        return []
    for name in changed:
        setattr(row, name, values[name])
    draw(row)
    row.save(update_fields=[*changed, *CARD_FIELDS])
    public_changed()
    return changed


def offers(embed: Embed) -> list[Offer]:
    """What the provider's last answer offers and is not kept yet. Empty where its terms forbid
    keeping what it says: then there is nothing of it in the row either.
    """
    said = embed.suggested
    found = [
        Offer("quote", str(said.get("text", ""))),
        Offer("quote_author", str(said.get("author", ""))),
        Offer("quote_date", _day(said.get("date")) or ""),
    ]
    return [each for each in found if each.value and each.value != getattr(embed, each.field)]


def may_keep_answers(embed: Embed) -> bool:
    """Whether the provider's terms let its answers be kept; True where it gives none."""
    provider = by_slug(embed.provider)
    return provider is None or provider.oembed is None or provider.oembed.keeps


def _day(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
