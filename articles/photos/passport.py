"""Whom a photo's file credits: its by-line, credit and caption, read by the credit grammar. Pure.

A file says it in fields that people fill in their own ways: "REUTERS/X" as by-line, "X/WireImage" as
credit, "Getty Images for BET" in the caption alone. The rule of the Guardian's Grid holds: a by-line
and a credit of one word each are left as they are.
"""

import re
from dataclasses import dataclass, replace

from articles.photos.agencies import AgencyTable, agency_key
from articles.photos.credits import CreditPart, PhotoCredit, parse_credit
from articles.photos.credits_names import is_person, split_people
from articles.photos.credits_reading import read_credit
from articles.photos.credits_text import plain_line
from articles.photos.metadata import PhotoFacts

# What a caption has that means to credit somebody, whether the grammar understands it or not.
_SEEMS_CREDIT = re.compile(
    r"\b(?:photo(?:graph)?s?|foto|fotos|image|picture|credit|crédit|crédito|bild|фото)\b\s?"
    r"(?:by\b|[:/©|]|courtesy|credit|via\b|par\b|von\b|de\b)|©|\bcourtesy\b|\bvia\b"
    r"|[(\[][^()\[\]]*[/@][^()\[\]]*[)\]]?\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FileCredit:
    """What a file's own words make of credit and caption.

    credit: as of a line; `raw` is what the file said, printable. caption: without its credit.
    from_line: which of photographer, agency, via, client and caption the grammar took out of a line,
    and no field of the file said by itself. unclear: somebody seems to be credited and isn't understood.
    """

    credit: PhotoCredit
    caption: str
    from_line: frozenset[str]
    unclear: bool = False


def seems_credited(text: str) -> bool:
    """Does a caption seem to credit somebody? Asked of one that the grammar found no credit in."""
    return _SEEMS_CREDIT.search(text) is not None


def credit_of_file(facts: PhotoFacts, agencies: AgencyTable) -> FileCredit:
    """By-line, credit and source made one credit; the caption's own credit taken off it where it
    says the same or where the file says nothing else."""
    own = _of_fields(facts, agencies)
    caption = facts.caption or ""
    line = parse_credit(caption, agencies=agencies)
    if not line.understood:
        unclear = not own.understood and seems_credited(caption)
        return FileCredit(own, caption, _taken(own, facts), unclear)
    if not own.understood:
        return FileCredit(line, line.caption, frozenset({*_said(line), "caption"}))
    whole = _completed(own, line, agencies)
    if not (_agree(own, line, agencies) and _keeps(whole, line, agencies)):
        return FileCredit(own, caption, _taken(own, facts), unclear=True)
    added = {*_said(whole)} - _said(own)
    if whole.agency != own.agency:
        added.add("agency")
    return FileCredit(whole, line.caption, _taken(own, facts) | added | {"caption"})


def _completed(own: PhotoCredit, line: PhotoCredit, agencies: AgencyTable) -> PhotoCredit:
    """What the fields leave open the caption's credit says: taken off it, it may not be lost. A
    collection ("WireImage") says more than the house it belongs to ("Getty Images")."""
    ours, theirs = (agencies.find(each.agency or "") for each in (own, line))
    closer = ours and line.agency and ours != theirs and ours.name in _houses(line, agencies)
    agency = line.agency if closer or not (own.agency or own.courtesy) else own.agency
    via = own.via or line.via
    twice = via and agency and agencies.find(via) == agencies.find(agency) is not None
    part = replace(
        own.parts[0],
        photographers=own.photographers or line.photographers,
        agency=agency,
        via=None if twice else via,
        for_client=own.for_client or line.for_client,
        courtesy=own.courtesy or (None if own.agency else line.courtesy),
        kind=line.kind if own.kind == "photographer" else own.kind,
    )
    return _as_credit(part)


def _keeps(whole: PhotoCredit, line: PhotoCredit, agencies: AgencyTable) -> bool:
    """Does it say all that the caption's credit says? Of two collections of one house it does not."""
    people, theirs = (set(map(agency_key, each.photographers)) for each in (whole, line))
    said = {*map(agency_key, _named(whole)), *map(agency_key, _houses(whole, agencies))}
    named = [name for part in line.parts for name in _named(part)]
    rows = [(name, agencies.find(name)) for name in named]
    # "… (Photo by Jane Roe/Getty Images)Getty Images" is one credit; A's and B's houses are two.
    houses = {agency_key(part.agency or "") for part in line.parts if part.photographers}
    others = ("for_client", "courtesy", "platform", "handle")
    return (
        len(houses) < 2
        and theirs <= people
        and all(agency_key(row.name if row else name) in said for name, row in rows)
        and all(getattr(line, name) in {None, getattr(whole, name)} for name in others)
    )


def _of_fields(facts: PhotoFacts, agencies: AgencyTable) -> PhotoCredit:
    byline = _byline(facts, agencies)
    credit = _field(facts.agency or "", agencies)
    people = byline.photographers
    agency, via, client = credit.agency, credit.via, credit.for_client
    if credit.photographers and not people and not byline.agency:
        people = credit.photographers
    elif facts.agency and _names_people_at_most(credit):
        # "Jane Roe" and nobody else: who took it said twice, or a house that no table knows.
        twice = {*map(agency_key, people)} >= {*map(agency_key, split_people(facts.agency))}
        agency = None if twice and " " in facts.agency else facts.agency
    agency = _joined(byline.agency, agency or _source(facts, byline, credit, agencies), agencies)
    kinds = [each.kind for each in (credit, byline) if each.kind not in {"none", "photographer"}]
    courtesy = credit.courtesy or byline.courtesy
    part = CreditPart(
        photographers=people,
        agency=agency,
        via=via or byline.via,
        for_client=client or byline.for_client,
        kind=kinds[0] if kinds else "agency" if agency else "photographer",
        courtesy=courtesy,
        platform=credit.platform or byline.platform,
        handle=credit.handle or byline.handle,
        raw=_raw(facts),
    )
    return _as_credit(part)


def _names_people_at_most(credit: CreditPart) -> bool:
    """Not understood, or nothing but names."""
    return replace(credit, photographers=(), raw="") == CreditPart()


def _as_credit(part: CreditPart) -> PhotoCredit:
    said = any(
        (part.photographers, part.agency, part.via, part.courtesy, part.platform, part.handle)
    )
    if not (said or part.raw):
        return PhotoCredit()
    return PhotoCredit(
        photographers=part.photographers,
        agency=part.agency,
        via=part.via,
        for_client=part.for_client,
        kind=part.kind,
        courtesy=part.courtesy,
        platform=part.platform,
        handle=part.handle,
        raw=part.raw or None,
        parts=(part,),
        understood=True,
    )


def _byline(facts: PhotoFacts, agencies: AgencyTable) -> CreditPart:
    """The by-lines; one that isn't understood is a person's name as it stands."""
    people: list[str] = []
    found = CreditPart()
    for name in facts.creators:
        said = _field(name, agencies)
        if said == CreditPart():
            said = CreditPart(photographers=_names(name))
        people += said.photographers
        found = said if found == CreditPart() else found
    return replace(found, photographers=tuple(dict.fromkeys(people)))


def _names(byline: str) -> tuple[str, ...]:
    names = [name for part in byline.split(";") for name in split_people(part.strip())]
    whole = all(map(is_person, names))
    return tuple(name for name in names if name) if whole else (byline,)


def _field(text: str, agencies: AgencyTable) -> CreditPart:
    """What a field that holds nothing but a credit says; an empty part where it isn't understood."""
    line = plain_line(text)
    part = read_credit(line.work, "bracket", agencies=agencies, labelled=True) if text else None
    return part or CreditPart()


def _source(
    facts: PhotoFacts, byline: CreditPart, credit: CreditPart, agencies: AgencyTable
) -> str | None:
    """The file's source, if it is a known agency and nothing else names one."""
    named = (
        byline.agency,
        byline.courtesy,
        credit.agency,
        credit.via,
        credit.courtesy,
        credit.platform,
    )
    source = facts.source or ""
    return source if not any(named) and agencies.find(source) else None


def _joined(first: str | None, second: str | None, agencies: AgencyTable) -> str | None:
    """ "Invision" of the by-line and "AP" of the credit: "Invision/AP"; one that both name, once."""
    names = list(
        dict.fromkeys(name for each in (first, second) if each for name in each.split("/"))
    )
    kept: list[str] = []
    for name in names:
        row = agencies.find(name)
        if not any(row and agencies.find(other) == row for other in kept):
            kept.append(name)
    return "/".join(kept) or None


def _raw(facts: PhotoFacts) -> str:
    byline, credit = facts.photographer or "", facts.agency or ""
    if byline and byline.casefold() in credit.casefold():
        return credit
    return "/".join(filter(None, (byline, credit)))


def _said(credit: PhotoCredit) -> set[str]:
    fields = {
        "photographer": credit.photographers,
        "agency": credit.agency or credit.courtesy,
        "via": credit.via,
        "client": credit.for_client,
    }
    return {name for name, value in fields.items() if value}


def _taken(own: PhotoCredit, facts: PhotoFacts) -> frozenset[str]:
    """What the fields of the file say only to who reads them as a line."""
    agency = (own.agency or own.courtesy or "") == (facts.agency or "")
    as_written = {
        "photographer": ", ".join(own.photographers) == (facts.photographer or ""),
        "agency": agency,
        "via": False,
        "client": False,
    }
    return frozenset(name for name in _said(own) if not as_written[name])


def _agree(own: PhotoCredit, line: PhotoCredit, agencies: AgencyTable) -> bool:
    """Do the fields and the caption credit the same people, or the same house?"""
    ours, theirs = ({agency_key(name) for name in each.photographers} for each in (own, line))
    if ours and theirs and not ours & theirs:
        return False
    houses = [_houses(each, agencies) for each in (own, line)]
    if ours and theirs and not all(houses):
        return True
    return bool(houses[0] & houses[1])


def _houses(credit: PhotoCredit, agencies: AgencyTable) -> set[str]:
    """Known agencies and distributors that it names, and whom they belong to."""
    rows = [row for name in _named(credit) if (row := agencies.find(name))]
    return {name for row in rows for name in (row.name, row.parent) if name}


def _named(credit: PhotoCredit | CreditPart) -> list[str]:
    return [name for name in (*(credit.agency or "").split("/"), credit.via or "") if name]
