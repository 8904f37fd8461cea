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
from articles.photos.credits_judging import is_credit
from articles.photos.credits_names import (
    are_people,
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
# The small words of an outlet's name; others make a sentence of it.
_SMALL_WORDS = words.PARTICLES | {"of", "the", "and", "for", "in", "at", "on", "und", "com"}
# Houses of one country whose names have no word of a house's.
_OFFICIAL = re.compile(
    r"(?:the\s)?white\shouse|u\.?s\.?\s(?:air\sforce|marine\scorps|coast\sguard)|dod", re.IGNORECASE
)
_TITLE = re.compile(r"\w,[\"”’]\s")  # "(“Harbor,” Netflix)"
_JOINTS = " -–—#|,:·"

MOST_GLUES = 6
MOST_WIRE_LETTERS = 4

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
    if _TITLE.search(text):
        return None
    draft = Draft(rest=text, place=place, table=agencies, labelled=labelled)
    if all(step(draft) for step in (*_STEPS, _segments)) and is_credit(draft):
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
    name = name.strip("©ⓒ ")
    if file := words.FILE_OF.fullmatch(name):
        draft.kinds.add("file")
        name = file.group(1)
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
    if by := words.PHOTO_BY.fullmatch(name):  # "U.S. Army photo by Sgt. Amos Mwangi"
        house, person = by.groups()
        known = is_organisation(house, draft.table) or _OFFICIAL.fullmatch(house)
        if not draft.people and known and is_person(person):
            draft.people, draft.known = [person], True
            return draft.add_agency(house)
    for split in (draft.table.split_end(name), draft.table.split_start(name)):
        if split is None or draft.people:
            continue
        person, agency = split[0].strip(_JOINTS), split[1].strip(_JOINTS)
        if by := words.BY_FIRST.match(person):
            person = person[by.end() :]
        tight = split[0][-1:] in {"-", "–", "—"}
        if words.STAFF_ONLY.fullmatch(person):  # "Getty - Contributor"
            return _as_kind(draft, person) and draft.add_agency(agency)
        joint = split[0].strip()[-1:] in _JOINTS or split[0].strip()[:1] in _JOINTS or bool(by)
        shown = sum(letter.isupper() for letter in agency) > 1 and not person.isupper()
        named = split[1] != agency and len(person.split()) > 1  # "(Reuters: Amos Mwangi)"
        if not (tight or (draft.marked and (joint or shown or named)) or by):
            continue
        if " " not in person and not (tight or joint):  # "Warner Bros. Animation"
            continue
        people = split_people(person)
        if all(_is_human(each, lower=lower) for each in people):
            draft.people = people
            return draft.add_agency(agency)
    return False


def _is_human(name: str, *, lower: bool) -> bool:
    """A person's name; "Broadcasting Inc." is the rest of an agency's."""
    house = has_organisation_word(name) or words.STAFF_ONLY.fullmatch(name)
    return is_person(name, lower=lower) and not house


def _as_person_of(draft: Draft, name: str) -> bool:
    """ "Amos Mwangi - FIFA", and with the mark between the two lost "Amos MwangiGetty Images"."""
    if draft.people or not draft.marked:
        return False
    if dash := _OUTLET_DASH.search(name):
        person, outlet = name[: dash.start()], name[dash.end() :]
        given = _is_outlet(outlet, draft) or _POOL.fullmatch(outlet)
        twice = outlet in SLASHES.split(draft.rest)  # "Amos Mwangi - Formula 1/Formula 1 via …"
        if is_person(person) and (given or twice) and is_title(outlet):
            draft.people = [person]
            return _as_kind(draft, outlet) or draft.add_agency(outlet)
        if are_people(f"{person}, {outlet}") and " " in person and " " in outlet:
            draft.people = list(dict.fromkeys((person, outlet)))
            return True
    for glue in list(_GLUED.finditer(name))[:MOST_GLUES]:
        person, agency = name[: glue.start()], name[glue.start() :]
        if len(person.split()) > 1 and is_person(person) and draft.table.stands_alone(agency):
            draft.people = [person]
            return draft.add_agency(agency)
    return False


def _as_people(draft: Draft, name: str, *, lower: bool) -> bool:
    if (
        _is_noun_of(draft, name)
        or _is_of_agency(name, draft)
        or (draft.agencies and _ONE_WORD.fullmatch(name))
    ):
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
    """ "Foto de familia", "© dispute": after these labels a single small word names no person."""
    return (draft.labelled_of or draft.rights) and " " not in name and is_lower(name)


def _is_of_agency(name: str, draft: Draft) -> bool:
    """ "AP Style" names nobody."""
    first = name.partition(" ")[0]
    short = 1 < len(first) <= MOST_WIRE_LETTERS and first.isupper() and not name.isupper()
    return short and draft.table.find(first) is not None


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
    channel = draft.labelled and draft.table.split_start(name)  # "FOX 5 Atlanta"
    if first and not (channel or is_organisation(name, draft.table)):
        return False
    small = [word for word in name.split() if is_lower(word)]
    if small and not draft.marked:
        return False
    if not lower and any(word[0].isalpha() and word not in _SMALL_WORDS for word in small):
        return False
    if ": " in name or words.LABEL.search(name):
        return False
    return is_title(name, lower=lower and not single) and draft.add_agency(name)


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
