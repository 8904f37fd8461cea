"""Two drafts of one article side by side: where they differ, and how both go into one.

Pure. Nobody's words are dropped in silence: what one side alone changed is taken, what both
changed is a clash that a person settles.
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Literal

from articles.drafts import DRAFT_FIELDS, LEAD, TIMES, Draft, DraftUse, snapshot_of
from newsroom.lib.three_way import MergedRows, merge_rows

LISTS = ("bylines", "tags", "photo_uses", "related")
# The lead follows from the photos' slots.
PARTS = tuple(name for name in DRAFT_FIELDS if name != "lead_id") + LISTS
Choice = Literal["mine", "theirs", "both"]
# How "both" joins two texts; what is not here has no "both" (a date, a box that is ticked).
_PROSE = {"dek": "\n", "body_html": "\n"}
_LINES = frozenset(
    {"headline", "headline_home", "headline_seo", "headline_social", "kicker", "dateline",
     "embargo_note"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One part of the article that two drafts tell differently. Values as JSON holds them."""

    part: str
    mine: Any
    theirs: Any

    @property
    def label(self) -> str:
        return label_of(self.part)

    @property
    def can_be_both(self) -> bool:
        return self.part in LISTS or self.part in _PROSE or self.part in _LINES


LABELS = {
    "body_html": "text", "photo_uses": "photos", "related": "related stories", "slug": "address",
    "headline_home": "headline on the home page", "headline_seo": "headline in search engines",
    "headline_social": "headline when shared", "canonical_url": "original address",
    "publish_at": "time of publication", "expire_at": "time to take it down",
    "embargo_until": "end of the embargo", "noindex": "hidden from search engines",
    "no_related": "without related stories", "no_ads": "without advertisements",
}  # fmt: skip


def label_of(part: str) -> str:
    return LABELS.get(part, part.removesuffix("_id").replace("_", " "))


@dataclass(frozen=True, slots=True)
class Merge:
    """`draft` holds mine wherever both changed (`clashes`); `taken` are the parts that have something
    which only the other side changed.
    """

    draft: Draft
    clashes: tuple[Difference, ...]
    taken: tuple[str, ...]


def differences(mine: Draft, theirs: Draft) -> tuple[Difference, ...]:
    ours, others = _parts(mine), _parts(theirs)
    return tuple(
        Difference(part, ours[part], others[part]) for part in PARTS if ours[part] != others[part]
    )


def marks_of(draft: Draft) -> dict[str, str]:
    """A short mark for each part, and in the lists for each row ("bylines#…"): a form carries them,
    so that what it changed can be told even when the revision that it was loaded from is no longer
    kept.
    """
    marks = {part: _mark(value) for part, value in _parts(draft).items()}
    for part in LISTS:
        rows = _keyed(draft, part)
        marks |= {f"{part}#{key}": _row_mark(row) for key, row in rows.items()}
    return marks


def with_marks(
    marks: Mapping[str, str], parts: Collection[str], *, of: Mapping[str, str]
) -> dict[str, str]:
    """The marks, but for those of some parts and their rows: these as the other ones have them."""
    kept = {key: mark for key, mark in marks.items() if key.partition("#")[0] not in parts}
    return kept | {key: mark for key, mark in of.items() if key.partition("#")[0] in parts}


def merge(base: Mapping[str, str], mine: Draft, theirs: Draft) -> Merge:
    """Three sides, part by part, lists row by row; `base` holds the marks of what both began with.
    A part without a mark there counts as changed by both.
    """
    my_marks, their_marks = marks_of(mine), marks_of(theirs)
    draft, clashes, taken = mine, [], []
    for difference in differences(mine, theirs):
        part = difference.part
        if base.get(part) == my_marks[part]:
            taken.append(part)
            draft = with_part(draft, part, of=theirs)
        elif part == "slug" and not difference.mine:
            # An empty address means "as the article has it": it never stands against another.
            draft = with_part(draft, part, of=theirs)
        elif base.get(part) != their_marks[part]:
            both = _fitting(base, mine, theirs, part=part)
            if both is None:
                clashes.append(difference)
            else:
                taken.append(part)
                draft = _with_rows(draft, part, both)
    return Merge(draft, tuple(clashes), tuple(taken))


def _fitting(
    base: Mapping[str, str], mine: Draft, theirs: Draft, *, part: str
) -> tuple[Any, ...] | None:
    """The rows of both where neither side's changes stand against the other's."""
    if part not in LISTS or part not in base:
        return None
    merged = _merged_rows(base, mine, theirs, part=part)
    two_leads = part == "photo_uses" and sum(use.slot == LEAD for use in merged.rows) > 1
    return None if merged.clashed or two_leads else merged.rows


def resolve(
    mine: Draft, theirs: Draft, choices: Mapping[str, Choice], *, base: Mapping[str, str]
) -> Draft:
    """Mine, but for the parts that a person wants of the other side, or of both."""
    for part, choice in choices.items():
        if part not in PARTS or choice == "mine":
            continue
        mine = (
            with_part(mine, part, of=theirs)
            if choice == "theirs"
            else _both(mine, theirs, part, base=base)
        )
    return mine


def with_part(draft: Draft, part: str, *, of: Draft) -> Draft:
    if part in LISTS:
        return _with_rows(draft, part, getattr(of, part))
    return replace(draft, fields={**draft.fields, part: of.fields[part]})


def _both(mine: Draft, theirs: Draft, part: str, *, base: Mapping[str, str]) -> Draft:
    if part in LISTS:
        rows = _merged_rows(base, mine, theirs, part=part).rows
        if part == "photo_uses" and mine.lead:
            rows = tuple(_beside(use, lead=mine.lead) for use in rows)
        return _with_rows(mine, part, rows)
    ours, others = mine.fields[part], theirs.fields[part]
    if not (part in _PROSE or part in _LINES) or ours == others:
        return mine
    joined = _PROSE.get(part, " / ").join(text for text in (ours, others) if text)
    return replace(mine, fields={**mine.fields, part: joined})


def _beside(use: DraftUse, *, lead: DraftUse) -> DraftUse:
    """A second lead photo is none."""
    return replace(use, slot="body") if use.slot == LEAD and use.id != lead.id else use


# What makes two rows of a list the same row; a photo placed just now has no number yet.
_IDENTITY: dict[str, Callable[[Any], str]] = {
    "bylines": lambda byline: f"{byline.contributor_id} {byline.role}",
    "photo_uses": lambda use: str(use.id or f"new {use.photo_id}"),
    "tags": str,
    "related": str,
}


def _keyed(draft: Draft, part: str) -> dict[str, Any]:
    rows: dict[str, Any] = {}
    for row in getattr(draft, part):
        key = _IDENTITY[part](row)
        while key in rows:
            key += "+"
        rows[key] = row
    return rows


def _merged_rows(
    base: Mapping[str, str], mine: Draft, theirs: Draft, *, part: str
) -> MergedRows[Any]:
    before = {
        key.partition("#")[2]: mark for key, mark in base.items() if key.startswith(f"{part}#")
    }
    return merge_rows(before, _keyed(mine, part), _keyed(theirs, part), mark=_row_mark)


def _with_rows(draft: Draft, part: str, rows: tuple[Any, ...]) -> Draft:
    listed: dict[str, Any] = {part: rows}
    draft = replace(draft, **listed)
    lead = draft.lead.id if draft.lead else None
    return replace(draft, fields={**draft.fields, "lead_id": lead})


def _row_mark(row: Any) -> str:
    return _mark(row if isinstance(row, int) else asdict(row))


def _mark(value: Any) -> str:
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:12]


def _parts(draft: Draft) -> dict[str, Any]:
    snapshot = snapshot_of(draft)
    return {part: _comparable(snapshot[part], part) for part in PARTS}


def _comparable(value: Any, part: str) -> Any:
    # A form's clock has no seconds.
    if part not in TIMES or not value:
        return value
    return (
        datetime.fromisoformat(value).astimezone(UTC).replace(second=0, microsecond=0).isoformat()
    )
