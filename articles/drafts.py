"""A draft: all that makes an article, as one value that can be stored, compared and shown.

An article that readers see is a live row; what is being written is a draft in a Revision
(editorial.md, decision 2). One that they don't see yet is its own draft: the row is what is being
written. Whoever edits, previews or publishes asks here for the draft and never needs to know which.
"""

from dataclasses import dataclass, field
from typing import Any

# The article's own columns in a draft; *_id columns hold ids, times are aware datetimes or None.
DRAFT_FIELDS = (
    "kind", "headline", "headline_home", "headline_seo", "headline_social", "kicker", "dek",
    "slug", "section_id", "body_html", "dateline", "canonical_url", "sensitive",
    "legally_sensitive", "no_ads", "no_related", "noindex", "publish_at", "expire_at",
    "embargo_until", "embargo_note", "lead_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DraftByline:
    contributor_id: int
    role: str
    text_override: str = ""


@dataclass(frozen=True, slots=True)
class DraftUse:
    """One placement of a photo: the PhotoUse row's id, and what the draft says of it. The row is
    there from the moment it is picked (the body names it by its id) and hidden until published.
    """

    id: int
    photo_id: int
    slot: str
    caption: str = ""
    alt: str = ""
    decorative: bool = False
    credit_override: str = ""
    crop: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """`fields` has each of DRAFT_FIELDS; the lists are in printing order, the first tag is the
    primary one.
    """

    fields: dict[str, Any]
    bylines: tuple[DraftByline, ...] = ()
    tags: tuple[int, ...] = ()
    photo_uses: tuple[DraftUse, ...] = ()
    related: tuple[int, ...] = ()
