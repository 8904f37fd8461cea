"""The steps that read a credit, all but the last: labels off the front, marks off the end, then who
gave it, who distributes it, who commissioned it.

Each step takes what it understands off `draft.rest` and says whether the rest may still be a
credit.
"""

import re

from articles.photos import credits_words as words
from articles.photos.credits_draft import SLASHES, Draft
from articles.photos.credits_names import (
    are_people,
    is_lower,
    is_organisation,
    is_title,
    read_social,
)

MOST_LABELS = 5
MOST_SUFFIXES = 3

_TRAILING_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]?$")
_ID = re.compile(r"\S*\d\S*")


def labels(draft: Draft) -> bool:
    for _ in range(MOST_LABELS):
        if position := words.POSITION.match(draft.rest):
            draft.rest = draft.rest[position.end() :]
        label = words.LABEL.match(draft.rest)
        if label is None:
            break
        draft.labelled = True
        _qualify(draft, label.group("by_qual") or label.group("colon_qual") or "")
        draft.rest = draft.rest[label.end() :].lstrip(" :")
        for pattern in (words.YEAR_FIRST, words.BY_FIRST):
            if found := pattern.match(draft.rest):
                draft.rest = draft.rest[found.end() :]
    if not draft.labelled:
        _weak_label(draft)
    return bool(draft.rest)


def _qualify(draft: Draft, qualifiers: str) -> None:
    said = set(qualifiers.casefold().split())
    draft.kinds |= said & {"staff", "file", "handout", "courtesy"}
    if said & {"archive", "archival"}:
        draft.kinds.add("archive")
    if said & {"family", "provided", "contributed", "submitted"}:
        draft.kinds.add("handout")


def _weak_label(draft: Draft) -> None:
    """ "Photo AFP": `_is_credit` asks for a known agency after a label of this sort."""
    found = words.WEAK_LABEL.match(draft.rest)
    if found is None:
        found = words.UNKNOWN_LABEL.match(draft.rest)
        if found and (draft.table.find(found.group(1)) or read_social(found.group(1))):
            return
    said = (words.COURTESY, words.SCREENSHOT_FIRST)
    alone = (words.FILE_ONLY, words.HANDOUT_ONLY)
    kind = any(pattern.fullmatch(draft.rest) for pattern in alone)
    if found and not kind and not any(pattern.match(draft.rest) for pattern in said):
        draft.weak = True
        draft.rest = draft.rest[found.end() :]


def suffixes(draft: Draft) -> bool:
    """File marks, years, licences and dangling words at the end."""
    for _ in range(MOST_SUFFIXES):
        if found := words.FILE_LAST.search(draft.rest):
            draft.kinds.add("file")
        else:
            found = words.IGNORED_LAST.search(draft.rest)
        found = found or words.DANGLING.search(draft.rest)
        if found is None or not found.start():
            break
        draft.rest = draft.rest[: found.start()].rstrip(" ,")
    return True


def brackets(draft: Draft) -> bool:
    """ "Name (Getty Images)", "Name/Shutterstock (1234567a)", "Name (@handle)"; in a bare
    sentence a bracket is a credit of its own or none."""
    for _ in range(MOST_SUFFIXES):
        found = _TRAILING_BRACKET.search(draft.rest)
        if found is None:
            break
        draft.rest, inner = draft.rest[: found.start()].rstrip(), found.group(1).strip(" .")
        if not (draft.marked and draft.rest and _bracket(draft, inner)):
            return False
    return not any(mark in draft.rest for mark in "()[]")


def _bracket(draft: Draft, inner: str) -> bool:
    if draft.table.find(inner):
        draft.known = draft.known_agency = True
        if "/" in draft.rest:
            draft.via = inner
        else:
            draft.rest += "/" + inner
        return True
    if _ID.fullmatch(inner) or not inner:
        return True
    if draft.add_social(inner):
        return True
    if draft.labelled and is_organisation(inner, draft.table) and is_title(inner):
        draft.rest += "/" + inner
        return True
    return False


def courtesy(draft: Draft) -> bool:
    if found := words.COURTESY.match(draft.rest):
        return _courtesy_of(draft, found.group(), draft.rest[found.end() :])
    if found := words.COURTESY_LAST.search(draft.rest):
        return _courtesy_of(draft, "courtesy of", draft.rest[: found.start()])
    if found := words.COURTESY_MIDDLE.search(draft.rest):
        tail = draft.rest[found.end() :]
        of = words.COURTESY.match(tail)
        draft.rest = draft.rest[: found.start()]
        giver = tail[of.end() :] if of else ""
        return bool(draft.rest and giver) and _giver(draft, giver, lower=draft.marked)
    return True


def _courtesy_of(draft: Draft, said: str, giver: str) -> bool:
    """ "Courtesy of HBO", "Courtesy photo", "Courtesy": the giver is no photographer."""
    phrase = said.casefold()
    draft.kinds.add("handout" if phrase.endswith(("ed by ", "ed by: ")) else "courtesy")
    draft.rest = ""
    if giver.casefold() in {"", "photo", "photos", "image", "picture"}:
        draft.known = draft.marked
        return draft.marked
    given = phrase.rstrip().endswith((" of", " by", " from", " de", " di", " von", ":", "="))
    starts_line = draft.place == "line" and not is_lower(said)
    if not (given or draft.marked):
        return False
    return _giver(draft, giver, lower=given and (draft.marked or starts_line))


def _giver(draft: Draft, giver: str, *, lower: bool = True) -> bool:
    """Who gave the picture: "Ines Marsh", "Ines Marsh via AP", "Ines Marsh/Instagram", "@x"."""
    rest, draft.rest = draft.rest, giver
    if not via(draft):
        return False
    giver, draft.rest = draft.rest, rest
    if not giver or draft.add_social(giver):
        return True
    before, _, last = giver.rpartition("/")
    if before and draft.add_social(last):
        giver = before
    if "handout" not in draft.kinds:
        draft.kinds.add("courtesy")
    draft.courtesy, draft.known = giver, True
    return is_title(giver, lower=lower)


def screenshot(draft: Draft) -> bool:
    found = words.SCREENSHOT_FIRST.match(draft.rest) or words.SCREENSHOT_LAST.search(draft.rest)
    if found:
        draft.rest = draft.rest[: found.start()] or draft.rest[found.end() :]
        draft.kinds.add("screenshot")
        draft.known = True
    return True


def via(draft: Draft) -> bool:
    found = max(words.VIA.finditer(draft.rest), key=re.Match.start, default=None)
    if found is None:
        return _on(draft)
    rest, distributor = draft.rest[: found.start()], draft.rest[found.end() :]
    draft.rest = rest.rstrip(" ,")
    suffixes(draft)
    if draft.add_social(distributor):
        draft.labelled = draft.labelled or not rest  # "via @x" and nothing before it
        return True
    if client := words.CLIENT.search(distributor):
        draft.client = distributor[client.end() :]
        distributor = distributor[: client.start()]
    draft.via = distributor
    if all(draft.table.find(name) for name in SLASHES.split(distributor)):
        draft.known = draft.known_agency = True
        return True
    named = distributor[:1].isalpha() and ":" not in distributor
    return draft.labelled and named and is_title(distributor)


def _on(draft: Draft) -> bool:
    """ "Tansy Lark on Unsplash", "@kito on Instagram"; in a bare sentence only with a handle."""
    found = words.ON.search(draft.rest)
    if found and (draft.marked or "@" in draft.rest):
        site = draft.rest[found.end() :]
        known = bool(draft.table.find(site)) and draft.add_agency(site)
        if known or draft.add_social(site):
            draft.rest = draft.rest[: found.start()]
    return True


def client(draft: Draft) -> bool:
    """ "Getty Images for X", "Name for X", "Name, Special to X"."""
    if found := words.SPECIAL_TO.search(draft.rest):
        draft.client, draft.rest = draft.rest[found.end() :], draft.rest[: found.start()]
        draft.known = True
        return is_title(draft.client)
    for found in words.CLIENT.finditer(draft.rest):
        if _is_before_client(draft, draft.rest[: found.start()]):
            return _take_client(draft, draft.rest[: found.start()], draft.rest[found.end() :])
    return True


def _is_before_client(draft: Draft, before: str) -> bool:
    names = SLASHES.split(before)
    return (
        len(names) > 1
        or bool(draft.table.find(names[-1]))
        or are_people(before, lower=draft.labelled)
    )


def _take_client(draft: Draft, before: str, client: str) -> bool:
    lower = draft.lower
    if "/" in before or draft.table.find(before):
        draft.rest, draft.client = before, client
        return is_title(client, lower=lower)
    client, slash, agency = client.partition("/")
    draft.rest, draft.client = before + slash + agency, client.strip()
    named = draft.labelled or slash or is_organisation(draft.client, draft.table)
    draft.known = draft.known or (bool(named) and draft.place == "bracket")
    return bool(named) and is_title(draft.client, lower=lower)
