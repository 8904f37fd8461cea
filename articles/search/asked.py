"""What the address of a search page asks for: read from its parameters, written back as links.

A filter that names nothing of ours is left out; a date that is none is left out and said.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from articles.models import Article, Contributor, Section, Tag
from articles.search.entry import filter_key
from articles.search.finding import SearchQuery
from articles.search.query import MAX_QUERY_CHARS

_DATE = re.compile(r"([12]\d{3})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")
BY_DATE = "date"
MAX_DATE_CHARS = 40  # to be shown again: a date has ten
# The parameters of the address, in the order in which it has them.
PARAMETERS = {
    "q": "text", "section": "section", "tag": "tag", "by": "person", "kind": "kind",
    "from": "since", "to": "until", "sort": "sort",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """`since` and `until` stay as they were typed: a year, a month or a day."""

    text: str = ""
    section: Section | None = None
    tag: Tag | None = None
    person: Contributor | None = None
    kind: str = ""
    since: str = ""
    until: str = ""
    sort: str = ""
    # What stands in the fields of the dates and is none, as it was typed.
    odd_since: str = ""
    odd_until: str = ""

    @property
    def query(self) -> SearchQuery:
        rows = (("section", self.section), ("tag", self.tag), ("by", self.person))
        filters = [filter_key(name, row.pk) for name, row in rows if row]
        if self.kind:
            filters.append(filter_key("kind", self.kind))
        since, until = _span(self.since), _span(self.until)
        return SearchQuery(
            text=self.text,
            filters=tuple(filters),
            since=since[0] if since else None,
            until=until[1] if until else None,
            by_date=self.sort == BY_DATE,
        )

    def address(self, *, page: int = 1) -> str:
        values = {name: getattr(self, field) for name, field in PARAMETERS.items()}
        values = {name: getattr(v, "slug", v) for name, v in values.items() if v}
        if page > 1:
            values["page"] = page
        return reverse("articles:search") + (f"?{urlencode(values)}" if values else "")

    @property
    def chips(self) -> list[tuple[str, str]]:
        """Each filter in force as (its name, the address without it)."""
        names = {
            "section": self.section and self.section.name,
            "tag": self.tag and self.tag.name,
            "person": self.person and f"By {self.person.name}",
            "kind": self.kind and Article.Kind(self.kind).label,
            "since": self.since and f"From {self.since}",
            "until": self.until and f"To {self.until}",
        }
        empty = Asked()
        return [
            (str(name), replace(self, **{field: getattr(empty, field)}).address())
            for field, name in names.items()
            if name
        ]


def read(parameters: Mapping[str, str]) -> Asked:
    """At most 3 queries, one for each filter that names a row."""
    section, tag, person = (_slug(parameters, name) or None for name in ("section", "tag", "by"))
    kind = parameters.get("kind", "")
    since, until = (
        parameters.get(name, "").replace("\0", " ").strip()[:MAX_DATE_CHARS]
        for name in ("from", "to")
    )
    return Asked(
        # PostgreSQL takes no NUL, and a reader can't see one.
        text=parameters.get("q", "").replace("\0", " ")[:MAX_QUERY_CHARS].strip(),
        section=section and Section.objects.filter(slug=section).first(),
        tag=tag and Tag.objects.filter(slug=tag).first(),
        person=person and Contributor.objects.filter(slug=person).first(),
        kind=kind if kind in Article.Kind.values else "",
        since=since if _span(since) else "",
        until=until if _span(until) else "",
        sort=BY_DATE if parameters.get("sort") == BY_DATE else "",
        odd_since="" if _span(since) else since,
        odd_until="" if _span(until) else until,
    )


def _slug(parameters: Mapping[str, str], name: str) -> str:
    slug = parameters.get(name, "")
    return slug if len(slug) <= MAX_QUERY_CHARS and "\0" not in slug else ""


def _span(text: str) -> tuple[datetime, datetime] | None:
    """The beginning and the end (not included) of a year, a month or a day; None for nonsense."""
    found = _DATE.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    zone = timezone.get_current_timezone()
    try:
        start = datetime(year, month or 1, day or 1, tzinfo=zone)
    except ValueError:  # 31 February
        return None
    if day:
        return start, start + timedelta(days=1)
    if month:
        return start, datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone)
    return start, datetime(year + 1, 1, 1, tzinfo=zone)
