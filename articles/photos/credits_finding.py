"""Where in a line the credits stand.

Three places, in this order: after a label ("Photo by …", to the end of its sentence or segment),
in brackets, and unmarked at the end or the beginning ("…, Piet Haines/PA Wire"). All work is
bounded: so many labels, brackets and ends are tried, none longer than a credit can be, so that the
time grows with the length of the line and not faster.
"""

import re
from dataclasses import replace

from articles.photos import credits_words as words
from articles.photos.agencies import AgencyTable
from articles.photos.credits_bare import (
    MOST_ENDS,
    STRONG,
    Found,
    at_the_end,
    find_bare,
    is_sure,
    with_position,
)
from articles.photos.credits_draft import CreditPart
from articles.photos.credits_lists import MOST_CREDIT_CHARACTERS, read_credits
from articles.photos.credits_marks import (
    CLOSERS,
    EDGE,
    LAST_WORD,
    Bracket,
    find_brackets,
)
from articles.photos.credits_named import find_named
from articles.photos.credits_names import is_organisation, is_person

MOST_LABELS = 12
MOST_BRACKETS = 40

_NAME_IN_CAPITALS = re.compile(r"[.!?…]\s+((?:[^\W\d_a-zß-ÿ]+[\s-]){1,3}[^\W\d_a-zß-ÿ]+)\s$")
# Shutterstock's caption stands behind its number: "Photo by X/Shutterstock (14123456ab) Nola …".
_AFTER_ID = re.compile(r"\(\d{5,}\w{0,3}\)\s")
# Any mark but those of words, sums and handles; a slash or hyphen only with space before it.
_LABEL_BOUNDARY = re.compile(r"(?:[^\w\s/&@#$+-]|\n|\s[-/+]+|[-/]{2})\s?$")
_LABEL_END = re.compile(
    rf"{STRONG.pattern}|;\s|,\s(?=(?:text|words|story|styling|video|interview)\sby\s)"
)
_DATELINE = re.compile(r"\s?[–—-]+\s")
# A headline leaves only its small words without a capital.
_SENTENCE_WORD = re.compile(r"(?<!\S)[^\W\d_A-Z]{6,}(?!\S)")
_FIRST_CJK = "\u2e80"
_HANDLE_BRACKET = re.compile(rf"\({words.HANDLE.pattern}\)")
_HANDLE_ONLY = re.compile(rf"\s*{words.HANDLE.pattern}\s*")


def find_credits(work: str, agencies: AgencyTable) -> list[Found]:
    """The credits of a line in their order, without overlap; [] where there are none."""
    if named := _behind_names(work, agencies):
        return named
    if ";" in work and (parts := read_credits(work, 0, len(work), place="line", agencies=agencies)):
        return [Found(0, len(work), parts)]
    brackets = find_brackets(work)
    found = _after_labels(work, brackets, agencies)
    found += _in_brackets(work, brackets, agencies, taken=found)
    found += _courtesy_before(work, agencies, taken=found)
    found += _agency_after(work, agencies, taken=found)
    found += _before_the_first(work, agencies, taken=found)
    if not found:
        bare = find_bare(work, agencies)
        found = [bare] if bare else []
    return sorted(found, key=lambda each: each.start)


def _courtesy_before(work: str, agencies: AgencyTable, *, taken: list[Found]) -> list[Found]:
    """ "Courtesy of Blue Harbor | Photo by …": all that stands before the first credit."""
    first = min((each.start for each in taken), default=0)
    stops = [stop.end() for stop in STRONG.finditer(work, max(0, first - 300), first)]
    for start in [0, *stops][-MOST_ENDS:]:
        if first and words.COURTESY.match(work, start):
            parts = read_credits(work, start, first, place="line", agencies=agencies)
            if parts:
                return [Found(start, first, parts)]
    return []


def _before_the_first(work: str, agencies: AgencyTable, *, taken: list[Found]) -> list[Found]:
    """ "… AFP PHOTO/NOLA VALE (Photo credit should read NOLA VALE/AFP)": the credit, said before."""
    first = min((each.start for each in taken), default=0)
    bare = at_the_end(work[:first].rstrip(" –—-/("), agencies) if first else None
    sure = bare and all(part.photographers and is_sure(part) for part in bare.parts)
    return [Found(bare.start, first, bare.parts)] if bare and sure else []


def _agency_after(work: str, agencies: AgencyTable, *, taken: list[Found]) -> list[Found]:
    """ "… (Photo by Nola Vale/Getty Images)Getty Images": the agency, said again."""
    last = max((each.end for each in taken), default=len(work))
    if not work[last:].strip() or work[last:].strip()[0] in ".,":
        return []
    parts = read_credits(work, last, len(work), place="line", agencies=agencies)
    named = parts and all(part.agency and is_sure(part) for part in parts)
    return [Found(last, len(work), parts)] if named else []


def _behind_names(work: str, agencies: AgencyTable) -> list[Found]:
    def read(start: int, end: int) -> tuple[CreditPart, ...]:
        parts = read_credits(work, start, end, place="line", agencies=agencies)
        return parts if all(map(is_sure, parts)) else ()

    return [Found(*span) for span in find_named(work, read)]


def _after_labels(work: str, brackets: list[Bracket], agencies: AgencyTable) -> list[Found]:
    labels = []
    for label in words.LABEL.finditer(work):
        labels.append(label)
        if len(labels) == MOST_LABELS:
            break
    labels = [label for label in labels if not _is_of_a_name(work, label, agencies)]
    starts = [label.start() for label in labels]
    found: list[Found] = []
    for label in labels:
        at = label.start()
        if any(each.start < at < each.end for each in brackets):
            continue
        if any(each.start < at < each.end for each in found):
            continue
        run = _label_run(work, label, [start for start in starts if start > at], agencies)
        if run:
            found.append(run)
    return found


def _is_of_a_name(work: str, label: re.Match[str], agencies: AgencyTable) -> bool:
    """The "Images" of "Nola Vale/Getty Images via AFP" is no label."""
    before = work[max(0, label.start() - 30) : label.start()]
    name = agencies.split_end(before + label.group().strip())
    return name is not None and len(name[1]) > len(label.group().strip())


def _label_run(
    work: str, label: re.Match[str], later_labels: list[int], agencies: AgencyTable
) -> Found | None:
    start = label.start()
    # A symbol is its own boundary, a Chinese, Japanese or Korean label needs only a space.
    own = (
        not work[start].isalpha()
        or words.RIGHTS_SIGN.search(label.group()) is not None
        or (work[start] > _FIRST_CJK and work[start - 1] == " ")
    )
    at_boundary = own or bool(_LABEL_BOUNDARY.search(work[max(0, start - 3) : start]))
    if not (at_boundary or start == 0 or _may_lack_boundary(work, start)):
        return None
    for end in _ends(work, label.end(), later_labels):
        parts = read_credits(work, start, end, place="line", agencies=agencies)
        sure = at_boundary or start == 0 or (end == len(work) and _stands_out(work, label, parts))
        if parts and end < len(work) and words.FILE_HEADING.fullmatch(label.group()):
            sure = all(map(is_sure, parts))  # "FILE PHOTO: Nola Vale. REUTERS/Amos Mwangi"
        if parts and sure:
            whole = (
                _with_maker(work, start, end, agencies)
                if words.RIGHTS_SIGN.match(work, start)
                else None
            )
            return whole or Found(with_position(work, start), end, parts)
    return None


def _with_maker(work: str, start: int, end: int, agencies: AgencyTable) -> Found | None:
    """ "Nola Vale/FOX ©2024 FOX MEDIA LLC": who took it stands before whose the rights are."""
    stops = [
        stop.end() for stop in STRONG.finditer(work, max(0, start - MOST_CREDIT_CHARACTERS), start)
    ]
    for at in [0, *stops][-MOST_ENDS:]:
        if "/" in work[at:start]:
            parts = read_credits(work, at, end, place="line", agencies=agencies)
            if parts and all(part.photographers and is_sure(part) for part in parts):
                return Found(at, end, parts)
    return None


def _stands_out(work: str, label: re.Match[str], parts: tuple[CreditPart, ...]) -> bool:
    """May a credit without a mark before its label be one? A known agency makes it sure; else
    the label must say "photo credit", or be written otherwise than the words before it: "Nola Vale
    sings in Accra Photo by …", "Nola Vale PHOTO: …". "Cover Photo: Nola Vale" is no credit."""
    if all(map(is_sure, parts)):
        return True
    full = all(" " in name for part in parts for name in part.photographers)
    if not full or not all(part.photographers for part in parts):
        return False
    said = label.group().strip(" :")
    before = work[max(0, label.start() - MOST_CREDIT_CHARACTERS) : label.start()]
    shouted = said.isupper() and not before.isupper()
    sentence = _SENTENCE_WORD.search(before) is not None
    return shouted or sentence or words.FULL_CREDIT_LABEL.fullmatch(said) is not None


def _may_lack_boundary(work: str, start: int) -> bool:
    """ "Nola Vale Photo by …": a capital, and no word before it that makes it part of a phrase."""
    before = LAST_WORD.search(work[max(0, start - 40) : start])
    word = before.group(1).casefold() if before else ""
    return not work[start].islower() and word not in words.DETERMINERS


def _ends(work: str, start: int, later_labels: list[int]) -> list[int]:
    """Where the credit that begins before `start` may end, the farthest first."""
    limit = min(len(work), start + MOST_CREDIT_CHARACTERS)
    ends = {at for at in later_labels if at <= limit}
    if limit == len(work):
        ends.add(limit)
    ends |= {found.end() for found in _AFTER_ID.finditer(work, start, limit)}
    for found in _LABEL_END.finditer(work, start, limit):
        if len(ends) >= MOST_ENDS:
            break
        if not found.group().startswith(":"):
            ends.add(found.end())
    return sorted(ends, reverse=True)


def _in_brackets(
    work: str, brackets: list[Bracket], agencies: AgencyTable, *, taken: list[Found]
) -> list[Found]:
    found: list[Found] = []
    for bracket in brackets[-MOST_BRACKETS:]:
        if any(each.start <= bracket.start < each.end for each in (*taken, *found)):
            continue
        parts = read_credits(
            work,
            bracket.start + 1,
            bracket.end - bracket.closed,
            place="bracket",
            agencies=agencies,
        )
        if parts and not _belongs_to_the_sentence(work, bracket, agencies):
            start, parts = _with_name_before(work, bracket.start, parts, agencies)
            found.append(Found(with_position(work, start), bracket.end, parts))
    return found


def _with_name_before(
    work: str, start: int, parts: tuple[CreditPart, ...], agencies: AgencyTable
) -> tuple[int, tuple[CreditPart, ...]]:
    """ "… en Accra. AMOS MWANGI (AFP)": Spanish papers set who took it in capitals."""
    name = _NAME_IN_CAPITALS.search(work, max(0, start - 60), start)
    alone = len(parts) == 1 and parts[0].agency and not parts[0].photographers
    if not alone or name is None or work[: name.start()].isupper():
        return start, parts
    if not is_person(name.group(1)) or is_organisation(name.group(1), agencies):
        return start, parts
    return name.start(1), (replace(parts[0], photographers=(name.group(1),)),)


def _belongs_to_the_sentence(work: str, bracket: Bracket, agencies: AgencyTable) -> bool:
    """ "ACCRA (AP) - Mourners leave", "Ari Vale (@arivale) at the gala": no credit."""
    inner = work[bracket.start + 1 : bracket.end - 1]
    if _DATELINE.match(work, bracket.end) and agencies.find(inner):
        return True
    rest = work[bracket.end :].strip(EDGE + CLOSERS)
    named = bool(rest) or len(_HANDLE_BRACKET.findall(work)) > 1  # "A (@a) and B (@b)"
    return named and bool(_HANDLE_ONLY.fullmatch(inner))
