"""The agency table of the desk, and which of its rows a credit line means."""

from functools import lru_cache

from articles.models import Agency
from articles.photos.agencies import AGENCIES, AgencyRow, AgencyTable, normalise_agency
from newsroom.lib.text import normalise_key

_Rows = tuple[tuple[str, tuple[str, ...], str | None], ...]


def agency_table() -> AgencyTable:
    """The start list with the desk's rows over it, for `parse_credit`. 1 query."""
    rows = Agency.objects.order_by("pk").values_list("name", "aliases", "parent__name")
    return _table(tuple((name, tuple(map(str, aliases)), parent) for name, aliases, parent in rows))


@lru_cache(2)
def _table(rows: _Rows) -> AgencyTable:
    known = {row.name: row for row in AGENCIES}
    ours = [
        AgencyRow(
            name,
            aliases,
            parent,
            archive=name in known and known[name].archive,
            stands_alone=name not in known or known[name].stands_alone,
        )
        for name, aliases, parent in rows
    ]
    return AgencyTable.from_rows((*AGENCIES, *ours))


def find_agency(name: str | None) -> Agency | None:
    """The agency row a credit line means, by name or alias (the table's or the desk's own); None
    where nobody knows it.
    """
    if not name:
        return None
    row = normalise_agency(name, agencies=agency_table())
    keys = [normalise_key(name), *([normalise_key(row.name)] if row else [])]
    by_name = {agency.norm_key: agency for agency in Agency.objects.filter(norm_key__in=keys)}
    return next((by_name[key] for key in keys if key in by_name), None)
