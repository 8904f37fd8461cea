"""What was done to a photo, in words: who, when, what stood there before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format

from articles.models import Agency, Contributor, Photo, PhotoEvent, RightsClass
from newsroom.lib.text import excerpt

SHOWN = 50
VALUE_CHARS = 160
NOTHING = "nothing"
LABELS = {
    "sha256": "File", "photographer_text": "Photographer", "photographer": "Photographer’s profile",
    "agency_text": "Agency", "agency": "Agency known here", "via": "Via", "client": "Client", "credit_kind": "Kind of credit",
    "credit_override": "Credit as written", "caption_default": "Caption", "alt_default": "Alt text",
    "decorative_default": "Decorative", "focal_x": "Focal point from the left",
    "focal_y": "Focal point from the top", "rights_class": "Rights", "rights_from": "Rights from",
    "rights_until": "Rights until", "usage_terms": "Terms", "persons": "Who is shown", "alike": "Others, by number",
    "license_url": "Terms on the web", "licensor_url": "Licensor on the web",
    "supplier_ref": "Supplier’s number", "taken_at": "Taken", "digital_source_type": "How it was made",
}  # fmt: skip
_ROWS: dict[str, type[models.Model]] = {
    "photographer": Contributor, "agency": Agency, "via": Agency,
}  # fmt: skip
_SHARES = {"focal_x", "focal_y"}


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Done:
    """One event. `who`: a login's name, "" for nobody."""

    what: str
    who: str
    at: datetime
    reason: str
    changes: tuple[Change, ...]


def past(photo: Photo) -> list[Done]:
    """The newest SHOWN events, the last first. 3 queries at most."""
    events = list(photo.events.select_related("by")[:SHOWN])
    names = names_in(event.data for event in events)
    return [_done(event, names) for event in events]


def changes_in_words(data: Mapping[str, Any], names: Mapping[tuple[str, Any], str]) -> list[Change]:
    """Column → [before, after] as a person reads it. `names`: of `names_in`."""
    return [
        Change(_label(column), *(_value(column, value, names) for value in pair))
        for column, pair in data.items()
    ]


def names_in(datas: Iterable[Mapping[str, Any]]) -> dict[tuple[str, Any], str]:
    """(column, number) → the name of the row that stands there by its number. 2 queries at most."""
    wanted: dict[type[models.Model], set[Any]] = {}
    for data in datas:
        for column in _ROWS.keys() & data.keys():
            wanted.setdefault(_ROWS[column], set()).update(filter(None, data[column]))
    rows = {
        model: dict(model._default_manager.filter(pk__in=pks).values_list("pk", "name"))
        for model, pks in wanted.items()
    }
    return {
        (column, pk): name
        for column, model in _ROWS.items()
        for pk, name in rows.get(model, {}).items()
    }


def _done(event: PhotoEvent, names: Mapping[tuple[str, Any], str]) -> Done:
    who = (event.by.get_full_name() or event.by.get_username()) if event.by else ""
    changes = tuple(changes_in_words(event.data, names))
    return Done(event.get_verb_display(), who, event.at, event.reason, changes)


def _label(column: str) -> str:
    return LABELS.get(column) or column.replace("_", " ").capitalize()


def _value(column: str, value: Any, names: Mapping[tuple[str, Any], str]) -> str:
    if column == "sha256" and value:
        return f"{value[:12]} …"
    if column in _SHARES and value is not None:
        return f"{value:.0%}"
    if value in (None, "", []):
        return NOTHING
    if column == "rights_class":
        return dict(RightsClass.choices).get(value, str(value))
    if column in _ROWS:
        return names.get((column, value), f"no. {value}, gone by now")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(map(str, value))
    moment = value if isinstance(value, datetime) else _moment(value)
    if moment:
        return date_format(timezone.localtime(moment), "j M Y, H:i")
    return excerpt(str(value), max_chars=VALUE_CHARS)


def _moment(value: Any) -> datetime | None:
    try:
        found = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found and timezone.is_aware(found) else None
