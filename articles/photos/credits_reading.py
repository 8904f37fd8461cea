"""One credit, read: "Photo by Joseph Okpako/WireImage" → who took it, for whom, by which agency.

`credits_finding` finds the credits in a line; this module is given one and says what it means, or
that it is none. A credit is read in steps, each of which takes the words it understands off the
rest; a step that meets words that belong to no credit ends the reading.
"""

import re

from articles.photos import credits_steps as steps
from articles.photos import credits_words as words
from articles.photos.agencies import AgencyTable
from articles.photos.credits_client import client
from articles.photos.credits_draft import SLASHES, CreditPart, Draft, Place
from articles.photos.credits_names import (
    has_organisation_word,
    is_lower,
    is_organisation,
    is_person,
    is_title,
    split_people,
)

# "12345678", "123456a", "RTX1A2B345"; "MG25" and "VF25" are brands.
# "BET2022", "MG25": what Getty calls an event.
_BRAND = re.compile(r"[A-Z]{2,}(?:20)?\d\d")
# "Disney/Marvel": a word behind an agency is another house.
_ONE_WORD = re.compile(r"[A-Z]\w*", re.ASCII)
_POOL = re.compile(r"(?:\S+\s){0,2}pool", re.IGNORECASE)
_ID = re.compile(r"\d+\w?|(?=(?:\D*\d){4})\S+")
_OUTLET_DASH = re.compile(r"\s[-–—]\s|-(?=pool$)", re.IGNORECASE)
_DOMAIN_LAST = re.compile(r"\.com$", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
_JOINTS = " -–—#|,:·"

MOST_BARE_NAME_WORDS = 3
MOST_GLUES = 6

# The first of these that a credit shows is its kind.
KINDS = ("screenshot", "social", "courtesy", "handout", "file", "archive", "staff")

_STEPS = (
    steps.labels,
    steps.suffixes,
    steps.brackets,
    steps.courtesy,
    steps.screenshot,
    steps.via,
    client,
)


def read_credit(
    text: str, place: Place, *, agencies: AgencyTable, labelled: bool = False
) -> CreditPart | None:
    """What a trimmed credit says, None when it is not understood as one.

    labelled: a label before an earlier credit of the same list covers this one too.
    """
    if place != "bracket" and not _bar_is_slash(words.IGNORED_LAST.sub("", text), agencies):
        return None
    draft = Draft(rest=text, place=place, table=agencies, labelled=labelled)
    if all(step(draft) for step in (*_STEPS, _segments)) and _is_credit(draft):
        return _finish(draft, text)
    return None


def _bar_is_slash(text: str, agencies: AgencyTable) -> bool:
    """Outside brackets a bar parts caption and credit, but for "Photo: Amos Mwangi | The Porch"
    and "Photo: picture alliance/dpa | Amos Mwangi"."""
    before, bar, after = text.partition("|")
    label = words.LABEL.match(text)
    if not bar or label is None:
        return not bar
    names = SLASHES.split(before[label.end() :].strip())
    return len(names) == 1 or (is_person(after.strip()) and all(map(agencies.find, names)))


def _segments(draft: Draft) -> bool:
    if not draft.rest or draft.add_social(draft.rest):
        return True
    lower = draft.lower and (draft.labelled or draft.marked)
    rest = words.OF_OUTLET.sub("/", draft.rest) if draft.marked else draft.rest
    kept = [name for name in SLASHES.split(rest) if name.strip(" .,")]
    return all(_segment(draft, name, lower=lower, single=len(kept) == 1) for name in kept)


def _segment(draft: Draft, name: str, *, lower: bool, single: bool) -> bool:
    return (
        (bool(draft.table.find(name)) and draft.add_agency(name))
        or _as_kind(draft, name)
        or _as_joined(draft, name, lower=lower)
        or _as_person_of(draft, name)
        or draft.add_social(name, alone=not draft.marked)
        or _as_people(draft, name, lower=lower)
        or _as_outlet(draft, name, lower=lower, single=single)
    )


def _as_kind(draft: Draft, name: str) -> bool:
    if words.STAFF_ONLY.fullmatch(name):
        draft.kinds |= {"staff"} if "staff" in name.casefold() else set()
        draft.agencies.append(name)
    elif words.HANDOUT_ONLY.fullmatch(name):
        draft.kinds.add("handout")
    elif words.FILE_ONLY.fullmatch(name):
        draft.kinds.add("file")
    else:
        return False
    draft.known = True
    return True


def _as_joined(draft: Draft, name: str, *, lower: bool) -> bool:
    """ "Amos Mwangi-Imagn Images", "Amos Mwangi, Getty Images", "AP Photo by Amos Mwangi"."""
    for split in (draft.table.split_end(name), draft.table.split_start(name)):
        if split is None or draft.people:
            continue
        person, agency = split[0].strip(_JOINTS), split[1].strip(_JOINTS)
        if by := words.BY_FIRST.match(person):
            person = person[by.end() :]
        tight = split[0][-1:] in {"-", "–", "—"}
        joint = split[0].strip()[-1:] in _JOINTS or split[0].strip()[:1] in _JOINTS or bool(by)
        shown = sum(letter.isupper() for letter in agency) > 1 and not person.isupper()
        named = split[1] != agency and len(person.split()) > 1  # "(Reuters: Amos Mwangi)"
        if not (tight or (draft.marked and (joint or shown or named)) or by):
            continue
        people = split_people(person)
        if all(_is_human(each, lower=lower) for each in people):
            draft.people = people
            return draft.add_agency(agency)
    return False


def _is_human(name: str, *, lower: bool) -> bool:
    """A person's name; "Broadcasting Inc." is the rest of an agency's."""
    return is_person(name, lower=lower) and not has_organisation_word(name)


def _as_person_of(draft: Draft, name: str) -> bool:
    """ "Amos Mwangi - FIFA", and with the mark between the two lost "Amos MwangiGetty Images"."""
    if draft.people or not draft.marked:
        return False
    if dash := _OUTLET_DASH.search(name):
        person, outlet = name[: dash.start()], name[dash.end() :]
        given = _is_outlet(outlet, draft) or _POOL.fullmatch(outlet)
        if is_person(person) and given and is_title(outlet):
            draft.people = [person]
            return draft.add_agency(outlet)
    for glue in list(_GLUED.finditer(name))[:MOST_GLUES]:
        person, agency = name[: glue.start()], name[glue.start() :]
        if len(person.split()) > 1 and is_person(person) and draft.table.stands_alone(agency):
            draft.people = [person]
            return draft.add_agency(agency)
    return False


def _as_people(draft: Draft, name: str, *, lower: bool) -> bool:
    if _is_noun_of(draft, name) or (draft.agencies and _ONE_WORD.fullmatch(name)):
        return False
    if draft.people or not all(
        _may_precede_people(agency, name, draft) for agency in draft.agencies
    ):
        return False
    if draft.agencies and draft.marked and _DOMAIN_LAST.search(draft.agencies[-1]):
        lower = True  # "iStock.com/nolavale"
    names = split_people(name)
    people = [each for each in names if not _is_outlet(each, draft)]
    outlets = names[len(people) :]
    if not people or people != names[: len(people)] or (outlets and not draft.marked):
        return False
    if not all(is_person(each, lower=lower) for each in people):
        return False
    draft.people = people
    return all(_as_kind(draft, outlet) or _add_outlet(draft, outlet) for outlet in outlets)


def _is_noun_of(draft: Draft, name: str) -> bool:
    """ "Foto de familia": after a label that isn't English a single small word names no person."""
    return draft.labelled_of and " " not in name and is_lower(name)


def _may_precede_people(agency: str, name: str, draft: Draft) -> bool:
    known = draft.table.find(agency) is not None or "staff" in agency.casefold()
    shown = draft.place == "bracket" and has_organisation_word(agency)  # "(The Porch News/…"
    return known or (shown and " " in name)


def _is_outlet(name: str, draft: Draft) -> bool:
    staff = words.STAFF_ONLY.fullmatch(name) is not None
    return staff or is_organisation(name, draft.table)


def _add_outlet(draft: Draft, name: str) -> bool:
    return is_title(name) and draft.add_agency(name)


def _as_outlet(draft: Draft, name: str, *, lower: bool, single: bool) -> bool:
    """An agency that no table knows: after the people, or by its shape."""
    if _ID.fullmatch(name) and not _BRAND.fullmatch(name):
        return draft.known_agency
    first = not (draft.people or draft.agencies)
    if first and not is_organisation(name, draft.table):
        return False
    if not draft.marked and any(is_lower(word) for word in name.split()):
        return False
    return is_title(name, lower=lower and not single) and draft.add_agency(name)


def _is_credit(draft: Draft) -> bool:
    who = (draft.people, draft.agencies, draft.via, draft.client)
    given = (draft.courtesy, draft.platform, draft.handle, draft.kinds)
    if not any((*who, *given)):
        return False
    if draft.labelled:
        return True
    if draft.weak:
        return draft.known_agency or "handout" in draft.kinds or _is_person_labelled(draft)
    if draft.place == "bracket":
        return _is_bracket_credit(draft)
    return _is_bare_credit(draft)


def _is_person_labelled(draft: Draft) -> bool:
    """ "Photo/Nola Vale" anywhere, "(Photo Nola Vale)" in brackets."""
    names = draft.people if draft.before_person else ()
    full = all(1 < len(name.split()) <= MOST_BARE_NAME_WORDS for name in names)
    return bool(names) and full


def _is_bracket_credit(draft: Draft) -> bool:
    lonely = len(draft.agencies) == 1 and not (draft.people or draft.via or draft.client)
    if lonely and draft.dated:  # "Harbor" (Netflix, 2023)
        return False
    if lonely and draft.table.find(draft.agencies[0]):
        return draft.table.stands_alone(draft.agencies[0])
    two_words = bool(draft.people) and len(draft.people[0].split()) > 1
    return draft.known or (two_words and bool(draft.agencies))


def _is_bare_credit(draft: Draft) -> bool:
    """Nothing sets the words apart, so they must be sure by themselves."""
    if draft.kinds & {"courtesy", "screenshot"} or draft.courtesy:
        known = draft.known_agency and draft.place == "line"
        return bool(draft.courtesy or draft.platform or draft.handle or known)
    if draft.handle:
        return draft.platform is not None
    if draft.people:
        if any(_name_length(name) > MOST_BARE_NAME_WORDS for name in draft.people):
            return False
        by = bool(draft.agencies or draft.via or draft.client or draft.platform)
        return by and (draft.known or _is_of_house(draft))
    if draft.via and not draft.agencies:
        return draft.known_agency
    if len(draft.agencies) > 1 or draft.via:
        return draft.known_agency and draft.place == "line"
    alone = len(draft.agencies) == 1 and draft.table.stands_alone(draft.agencies[0])
    given = bool(draft.agencies and draft.platform)  # "Facebook/Harbor Police Department"
    return draft.place == "line" and (given or (alone and not draft.dated))


def _is_of_house(draft: Draft) -> bool:
    """ "Amos Mwangi/Harbor Pictures" by itself, of a house that no table knows."""
    full = all(" " in name for name in draft.people)
    houses = (name for name in draft.agencies if has_organisation_word(name.split()[-1]))
    return draft.place == "line" and full and any(houses)


def _name_length(name: str) -> int:
    """Words of a name, particles apart: of more, some belong to the caption."""
    return sum(word.casefold() not in words.PARTICLES for word in name.split())


def _finish(draft: Draft, text: str) -> CreditPart:
    plain = "agency" if draft.agencies or draft.via else "photographer"
    via = draft.via if draft.via and draft.via not in draft.agencies else None
    return CreditPart(
        photographers=tuple(draft.people),
        agency="/".join(draft.agencies) or None,
        via=via,
        for_client=draft.client,
        kind=next((kind for kind in KINDS if kind in draft.kinds), plain),
        courtesy=draft.courtesy,
        platform=draft.platform,
        handle=draft.handle,
        raw=text,
    )
