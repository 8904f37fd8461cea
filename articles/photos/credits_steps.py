"""The steps that read a credit, all but the last: labels off the front, marks off the end, then who
gave it and who distributes it.

Each step takes what it understands off `draft.rest` and says whether the rest may still be a
credit.
"""

import re

from articles.photos import credits_words as words
from articles.photos.credits_draft import POSSESSIVE, SLASHES, Draft
from articles.photos.credits_names import (
    has_organisation_word,
    is_lower,
    is_organisation,
    is_title,
    read_social,
)

MOST_LABELS = 5
MOST_SUFFIXES = 3
MOST_SMALL_GIVER_WORDS = 3

_TRAILING_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]?$")
_ID = re.compile(r"\S*\d\S*")
_LABEL_OF = re.compile(r"\s(?!by)[^\W\d]{2,5}\s?$", re.IGNORECASE)
_POOL_LAST = re.compile(r",\s(pool)$", re.IGNORECASE)
_FORMERLY = re.compile(r"\s?\(formerly\s\w+\)", re.IGNORECASE)
_QUALIFIED = ("by_qual", "colon_qual", "courtesy_qual", "from_qual")
# What follows a giver's comma and is no name: "a fan, Nola Vale got cake".
_SENTENCE_AFTER_COMMA = re.compile(
    r",\s(?:[a-z]|(?:\S+\s){1,3}(?!(?:and|of|the|de|del|for|der|von|van)\b)[a-z])"
)


def labels(draft: Draft) -> bool:
    for _ in range(MOST_LABELS):
        if position := words.POSITION.match(draft.rest):
            draft.rest = draft.rest[position.end() :]
        label = words.LABEL.match(draft.rest)
        if label is None or draft.table.find(label.group()):  # "Archive Photos via …"
            break
        draft.labelled = True
        draft.rights = draft.rights or _is_of_rights(label.group())
        draft.labelled_of = _LABEL_OF.search(label.group()) is not None
        _qualify(draft, next(filter(None, map(label.group, _QUALIFIED)), ""))
        draft.rest = draft.rest[label.end() :].lstrip(" :")
        for pattern in (words.YEAR_FIRST, words.BY_FIRST):
            if found := pattern.match(draft.rest):
                draft.rest = draft.rest[found.end() :]
    if not draft.labelled:
        _weak_label(draft)
    else:
        draft.rest = words.TAKEN_ON.sub("", draft.rest)
    return bool(draft.rest)


def _is_of_rights(label: str) -> bool:
    return "copyright" in label.casefold() or words.RIGHTS_SIGN.search(label) is not None


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
    if found and draft.table.find(SLASHES.split(draft.rest)[0]):  # "picture alliance / …"
        return
    said = (words.COURTESY, words.SCREENSHOT_FIRST)
    alone = (words.FILE_ONLY, words.HANDOUT_ONLY)
    kind = any(pattern.fullmatch(draft.rest) for pattern in alone)
    if found and not kind and not any(pattern.match(draft.rest) for pattern in said):
        draft.weak = True
        person = words.PERSON_LABEL.match(draft.rest)
        sure = person is not None and (draft.place == "bracket" or person.group().endswith("/"))
        draft.before_person = sure
        draft.rest = draft.rest[found.end() :]


def suffixes(draft: Draft) -> bool:
    """File marks, years, licences, rights and dangling words at the end."""
    _rights_last(draft)
    for _ in range(MOST_SUFFIXES):
        if found := words.FILE_LAST.search(draft.rest):
            draft.kinds.add("file")
            draft.known = draft.known or is_organisation(
                draft.rest[: found.start()].rpartition("/")[2], draft.table
            )
        else:
            found = words.IGNORED_LAST.search(draft.rest)
            draft.dated = draft.dated or bool(found and found.group().strip(" ,/()").isdecimal())
        found = found or words.DANGLING.search(draft.rest)
        if found is None or not found.start():
            break
        draft.rest = draft.rest[: found.start()].rstrip(" ,")
    return True


def _rights_last(draft: Draft) -> None:
    """ "Jane Roe/CBS © 2024 CBS Broadcasting, Inc." is CBS's; where the credit names nobody but
    people, the owner of the rights is their agency."""
    found = words.RIGHTS_LAST.search(draft.rest)
    if found is None and draft.rights:
        found = words.YEAR_LAST.search(draft.rest)
    if found is None or not found.start():
        return
    kept = draft.rest[: found.start()]
    owner = words.IGNORED_LAST.sub("", found.group(1)) if found.re is words.RIGHTS_LAST else ""
    named = "/" in kept or draft.table.find(kept) or owner.casefold() == kept.casefold()
    draft.rest = kept if named or not is_organisation(owner, draft.table) else f"{kept}/{owner}"


def brackets(draft: Draft) -> bool:
    """ "Name (Getty Images)", "Name/Shutterstock (1234567a)", "Name (@handle)"; in a bare
    sentence a bracket is a credit of its own or none."""
    _which_one(draft)
    draft.rest = _FORMERLY.sub("", draft.rest)  # "X (formerly Twitter)"
    for _ in range(MOST_SUFFIXES):
        found = _TRAILING_BRACKET.search(draft.rest)
        if found is None:
            break
        draft.rest, inner = draft.rest[: found.start()].rstrip(), found.group(1).strip(" .")
        if not (draft.marked and draft.rest and _bracket(draft, inner)):
            return False
    return not any(mark in draft.rest for mark in "()[]")


def _which_one(draft: Draft) -> None:
    """Takes "(2)" or "(left)" off, behind a known agency only: people are left of something."""
    named = words.WHICH_ONE.sub("", draft.rest)
    if draft.table.find(SLASHES.split(named)[-1]):
        draft.rest = named


def _bracket(draft: Draft, inner: str) -> bool:
    if words.DANGLING.search(draft.rest):  # "Getty Images for (RED)"
        draft.rest += " " + inner
        return True
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
        draft.rest = draft.rest[: found.start()].rstrip()
        giver = tail[of.end() :] if of else ""
        said = draft.marked or found.group().startswith(
            "/"
        )  # "Jane Roe/Courtesy of the Roe family"
        return bool(draft.rest and giver) and _giver(draft, giver, lower=said)
    return True


def _courtesy_of(draft: Draft, said: str, giver: str) -> bool:
    """ "Courtesy of HBO", "Courtesy photo", "Courtesy": the giver is no photographer."""
    phrase = said.casefold()
    draft.kinds.add("handout" if phrase.endswith(("ed by ", "ed by: ", " par ")) else "courtesy")
    draft.rest = ""
    if by := words.COURTESY_PHOTO_BY.match(giver):  # "Courtesy photo/Nola Vale"
        draft.rest, draft.labelled = giver[by.end() :], True
        draft.kinds.discard("courtesy")
        return True
    if giver.casefold() in {"", "photo", "photos", "image", "picture"}:
        draft.known = draft.marked
        return draft.marked
    known = bool(giver) and draft.table.find(giver) is not None
    given = known or phrase.rstrip().endswith(
        (" of", " by", " from", " de", " di", " von", " par", ":", "=")
    )
    starts_line = draft.place == "line" and not is_lower(said)
    given = given or (starts_line and has_organisation_word(giver))  # "Courtesy Harbor Records"
    if not (given or draft.marked):
        return False
    if not draft.marked and _is_sentence(phrase, giver):
        return False
    return _giver(draft, giver, lower=given and (draft.marked or starts_line))


def _is_sentence(phrase: str, giver: str) -> bool:
    """ "Courtesy of the rain, the show ended", "Courtesy: A Lost Art"."""
    first, *others = giver.split()
    small = is_lower(first) and len(others) <= MOST_SMALL_GIVER_WORDS  # "Courtesy: the Vale family"
    heading = ":" in phrase and first.casefold() in words.DETERMINERS and not small
    return heading or ": " in giver or _SENTENCE_AFTER_COMMA.search(giver) is not None


def _giver(draft: Draft, giver: str, *, lower: bool = True) -> bool:
    """Who gave the picture: "Ines Marsh", "Ines Marsh via AP", "Ines Marsh/Instagram", "@x"."""
    rest, draft.rest = draft.rest, giver
    if not via(draft):
        return False
    giver, draft.rest = draft.rest, rest
    if not giver or draft.add_social(giver):
        return True
    owner = POSSESSIVE.search(giver)  # "Nola Vale's Instagram"
    before, last = giver.rpartition("/")[::2]
    if owner and draft.add_social(giver[owner.end() :]):
        giver = giver[: owner.start()]
    elif before and words.HANDOUT_ONLY.fullmatch(last):
        draft.kinds.add("handout")
        giver = before
    elif before and draft.add_social(last):
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
        draft.labelled = draft.labelled or (not found.start() and ":" in found.group())
    return True


def via(draft: Draft) -> bool:
    found = max(words.VIA.finditer(draft.rest), key=re.Match.start, default=None)
    if found is None:
        return _on(draft)
    rest, distributor = draft.rest[: found.start()], draft.rest[found.end() :]
    while rest.endswith(f" via {distributor}"):  # said twice
        rest = rest.removesuffix(f" via {distributor}")
    if words.HANDLE.fullmatch(rest) and draft.add_social(f"{rest} {distributor}"):  # "@nola via X"
        draft.rest = ""
        return True
    draft.rest = rest.rstrip(" ,")
    if pool := _POOL_LAST.search(distributor):
        draft.rest += f"/{pool.group(1)}"
        distributor = distributor[: pool.start()]
    suffixes(draft)
    if draft.add_social(distributor, alone=not draft.labelled):
        draft.labelled = draft.labelled or not rest  # "via @x" and nothing before it
        return True
    if client := words.CLIENT.search(distributor):
        draft.client = distributor[client.end() :]
        distributor = distributor[: client.start()]
    draft.via = distributor
    if all(_is_distributor(draft, name) for name in SLASHES.split(distributor)):
        draft.known = draft.known_agency = True
        return True
    named = distributor[:1].isalpha() and ":" not in distributor
    said_from = words.FROM.fullmatch(found.group())  # "Still from Harbor" is no credit
    house = SLASHES.split(draft.rest)[-1]
    set_apart = draft.labelled or (draft.place == "bracket" and draft.table.find(house))
    return bool(set_apart and named and not said_from and is_title(distributor))


def _is_distributor(draft: Draft, name: str) -> bool:
    """A known agency, or a service of one: "Reuters Connect"."""
    service = draft.table.split_start(name)
    one_more = service is not None and len(service[0].split()) == 1 and is_title(service[0].strip())
    return one_more or draft.table.find(name) is not None


def _on(draft: Draft) -> bool:
    """ "Tansy Lark on Unsplash", "@kito on Instagram"; in a bare sentence only with a handle."""
    found = words.ON.search(draft.rest)
    if found and (draft.marked or "@" in draft.rest):
        site = draft.rest[found.end() :]
        known = bool(draft.table.find(site)) and draft.add_agency(site)
        if known or draft.add_social(site):
            draft.rest = draft.rest[: found.start()]
    return True
