"""Who commissioned a picture: the last step of a credit but its names."""

import re

from articles.photos import credits_words as words
from articles.photos.credits_draft import SLASHES, Draft
from articles.photos.credits_names import (
    are_people,
    is_client,
    is_organisation,
    is_paper,
    split_people,
)

_QUOTES = ' "“”'
_JOINTS = frozenset(",-–—#:")
_SPACE_S = re.compile(r"\ss", re.IGNORECASE)


def client(draft: Draft) -> bool:
    """ "Getty Images for X", "Name for X", "Name, Special to X"."""
    if found := words.SPECIAL_TO.search(draft.rest):
        if not draft.marked and _SPACE_S.match(found.group()):  # "A Netflix Special to …"
            return False
        draft.client, draft.rest = draft.rest[found.end() :], draft.rest[: found.start()]
        draft.known = True
        if not draft.rest and draft.marked:
            draft.kinds.add("handout")
        return is_client(draft.client)
    for found in words.CLIENT.finditer(draft.rest):
        if _is_before_client(draft, draft.rest[: found.start()]):
            return _take_client(draft, draft.rest[: found.start()], draft.rest[found.end() :])
    return True


def _is_before_client(draft: Draft, before: str) -> bool:
    names = SLASHES.split(before)
    return (
        len(names) > 1
        or bool(draft.table.find(names[-1]))
        or _ends_in_agency(draft, before)
        or are_people(before, lower=draft.labelled)
        or words.HANDLE.fullmatch(before) is not None
    )


def _ends_in_agency(draft: Draft, before: str) -> bool:
    """ "Jane Roe, Getty Images", "Jane Roe—Getty Images"."""
    split = draft.table.split_end(before)
    return split is not None and split[0].rstrip()[-1:] in _JOINTS


def _take_client(draft: Draft, before: str, client: str) -> bool:
    lower = draft.lower
    if "/" in before or draft.table.find(before) or _ends_in_agency(draft, before):
        before, client = _with_parent(draft, before, client)
        draft.rest, draft.client = before, client.strip(_QUOTES)
        return is_client(draft.client, lower=lower or draft.marked)
    client, slash, agency = client.partition("/")
    draft.rest, draft.client = before + slash + agency, client.strip(_QUOTES)
    named = draft.labelled or slash or is_organisation(draft.client, draft.table)
    paper = (
        draft.place == "line" and is_paper(client) and all(map(_is_full_name, split_people(before)))
    )
    draft.known = draft.known or paper or (bool(named) and draft.place == "bracket")
    return bool(named or paper) and is_client(draft.client, lower=lower)


def _with_parent(draft: Draft, before: str, client: str) -> tuple[str, str]:
    """ "Amos Mwangi/Invision for The Prize/AP": the agency's own house is no client."""
    given, _, last = client.rpartition("/")
    house = draft.table.find(last)
    agencies = filter(None, map(draft.table.find, SLASHES.split(before)))
    if given and house and any(agency.parent == house.name for agency in agencies):
        return f"{before}/{last}", given
    return before, client


def _is_full_name(name: str) -> bool:
    return len(name.split()) > 1
