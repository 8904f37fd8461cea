"""A draft: all that makes an article, as one value that can be stored, compared and shown.

An article that readers see is a live row; what is being written is a draft in a Revision
(editorial.md, decision 2). One that they don't see yet is its own draft: the row is what is being
written. Whoever edits, previews or publishes asks here for the draft and never needs to know which.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from articles.models import Article

# The article's own columns in a draft; *_id columns hold ids, times are aware datetimes or None.
DRAFT_FIELDS = (
    "kind", "headline", "headline_home", "headline_seo", "headline_social", "kicker", "dek",
    "slug", "section_id", "body_html", "dateline", "canonical_url", "sensitive",
    "legally_sensitive", "no_ads", "no_related", "noindex", "publish_at", "expire_at",
    "embargo_until", "embargo_note", "lead_id",
)  # fmt: skip
TIMES = frozenset({"publish_at", "expire_at", "embargo_until"})
# The columns of the lists, in the order of the values below.
BYLINE_COLUMNS = ("contributor_id", "role", "text_override")
USE_COLUMNS = (
    "id", "photo_id", "slot", "caption", "alt", "decorative", "credit_override", "crop",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DraftByline:
    contributor_id: int
    role: str
    text_override: str = ""


@dataclass(frozen=True, slots=True)
class DraftUse:
    """One placement of a photo: the PhotoUse row's id, and what the draft says of it. The row is
    there from the moment it is picked (the body names it by its id) and hidden until published. 0 is
    the id of one that has no row yet.
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

    @property
    def lead(self) -> DraftUse | None:
        return next((use for use in self.photo_uses if use.slot == LEAD), None)


LEAD = "lead"


def draft_of(article: Article) -> Draft:
    """What is being written: the working draft where there is one, else the rows."""
    draft = article.current_draft
    return draft_from(draft.snapshot) if draft else live_draft(article)


def live_draft(article: Article) -> Draft:
    """The article as its rows say it, in four queries; what readers get once it is published."""
    fields = {name: getattr(article, name) for name in DRAFT_FIELDS}
    if article._state.adding:
        return Draft(fields)
    uses = article.photo_uses.filter(live=True)
    return Draft(
        fields,
        bylines=tuple(DraftByline(*row) for row in article.bylines.values_list(*BYLINE_COLUMNS)),
        tags=tuple(article.tag_uses.values_list("tag_id", flat=True)),
        photo_uses=tuple(DraftUse(*row) for row in uses.values_list(*USE_COLUMNS)),
        related=tuple(article.related_links.values_list("to_id", flat=True)),
    )


def snapshot_of(draft: Draft) -> dict[str, Any]:
    """The draft as JSON can hold it."""
    return {
        **{name: _plain(value) for name, value in draft.fields.items()},
        "bylines": [asdict(byline) for byline in draft.bylines],
        "tags": list(draft.tags),
        "photo_uses": [asdict(use) for use in draft.photo_uses],
        "related": list(draft.related),
    }


def draft_from(snapshot: Mapping[str, Any]) -> Draft:
    """The draft that a snapshot holds; what an older one does not know gets the column's default."""
    tags = [tag["tag_id"] if isinstance(tag, Mapping) else tag for tag in snapshot.get("tags", ())]
    draft = Draft(
        {name: _value(name, snapshot) for name in DRAFT_FIELDS},
        bylines=tuple(DraftByline(**_known(DraftByline, b)) for b in snapshot.get("bylines", ())),
        tags=tuple(tags),
        photo_uses=tuple(DraftUse(**_known(DraftUse, u)) for u in snapshot.get("photo_uses", ())),
        related=tuple(snapshot.get("related", ())),
    )
    if "lead_id" not in snapshot and draft.lead:
        draft.fields["lead_id"] = draft.lead.id
    return draft


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _value(name: str, snapshot: Mapping[str, Any]) -> Any:
    if name not in snapshot:
        return getattr(Article(), name)
    value = snapshot[name]
    return datetime.fromisoformat(value) if value and name in TIMES else value


def _known(kind: type[DraftByline | DraftUse], row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in kind.__dataclass_fields__ if name in row}
