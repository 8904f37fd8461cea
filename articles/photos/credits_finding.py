"""Where in a line the credits stand.

Three places, in this order: after a label ("Photo by …", to the end of its sentence or segment),
in brackets, and unmarked at the end or the beginning ("…, Piet Haines/PA Wire"). All work is
bounded: so many labels, brackets and ends are tried, none longer than a credit can be, so that the
time grows with the length of the line and not faster.
"""

import re
from dataclasses import dataclass

from articles.photos import credits_words as words
from articles.photos.agencies import AgencyTable, normalise_agency
from articles.photos.credits_draft import CreditPart, Place
from articles.photos.credits_marks import (
    CLOSERS,
    EDGE,
    LAST_WORD,
    Bracket,
    find_brackets,
    trim,
)
from articles.photos.credits_names import has_sentence_break, read_social
from articles.photos.credits_reading import read_credit

MOST_CREDIT_CHARACTERS = 300
MOST_LABELS = 12
MOST_BRACKETS = 40
MOST_ENDS = 8
MOST_LIST_ITEMS = 12

_LIST_BREAK = re.compile(r"\s?(?:[;•\n]|\s\|\s)\s?")
_AND = re.compile(r"\s?(?:[,&+]|\sand\b|\set\b|\sund\b|\sy\b)\s?(?:and\s)?")
_STRONG = re.compile(r"[.!?…][\"”’)]?\s+|\s?[|•\n]\s?|\s[–—-]\s|:\s")
_COMMA = re.compile(r"[,;]\s?")
_LABEL_BOUNDARY = re.compile(r"(?:[.!?…|•·;:,\n)\]\"“”’'–—]|\s-)\s?$")
_DATELINE = re.compile(r"\s?[–—-]\s")
_FIRST_CJK = "\u2e80"
_HANDLE_ONLY = re.compile(rf"\s*{words.HANDLE.pattern}\s*")


@dataclass(frozen=True, slots=True)
class Found:
    """Credits that stand between two places of a line, brackets included in the places."""

    start: int
    end: int
    parts: tuple[CreditPart, ...]


def find_credits(work: str, agencies: AgencyTable) -> list[Found]:
    """The credits of a line in their order, without overlap; [] where there are none."""
    brackets = find_brackets(work)
    found = _after_labels(work, brackets, agencies)
    found += _in_brackets(work, brackets, agencies, taken=found)
    if not found:
        bare = _at_the_end(work, agencies) or _at_the_beginning(work, agencies)
        found = [bare] if bare else []
    return sorted(found, key=lambda each: each.start)


def read_credits(
    work: str, start: int, end: int, *, place: Place, agencies: AgencyTable
) -> tuple[CreditPart, ...]:
    """One credit or a list of them ("A/Getty Images; B/WireImage"); () if any isn't understood."""
    if end - start > MOST_CREDIT_CHARACTERS:
        return ()
    start, end = trim(work, start, end)
    text = work[start:end]
    if not text:
        return ()
    items = _LIST_BREAK.split(text)
    if 1 < len(items) <= MOST_LIST_ITEMS:
        carry = "|" not in text and "\n" not in text
        if parts := _read_list(items, place, agencies, carry=carry):
            return parts
    items = _split_after_agencies(text, agencies)
    if len(items) > 1 and (parts := _read_list(items, place, agencies, carry=True)):
        return parts
    part = read_credit(text, place, agencies=agencies)
    return (part,) if part else ()


def _read_list(
    items: list[str], place: Place, agencies: AgencyTable, *, carry: bool
) -> tuple[CreditPart, ...]:
    """Each item, or () if one is not understood. carry: the first one's label covers them all."""
    labelled = carry and words.LABEL.match(items[0]) is not None
    parts: list[CreditPart] = []
    for item in items:
        start, end = trim(item, 0, len(item))
        if start == end:
            continue
        part = read_credit(item[start:end], place, agencies=agencies, labelled=labelled)
        if part is None:
            return ()
        parts.append(part)
    return tuple(parts)


def _split_after_agencies(text: str, agencies: AgencyTable) -> list[str]:
    """ "A/Getty Images and B/WireImage" → its two credits: cut where a known agency ends one
    and a known agency, a slash or a platform belongs to the next."""
    items, start = [], 0
    for joint in _AND.finditer(text):
        before, after = text[start : joint.start()], text[joint.end() :]
        last = re.split(r"[/|:]", before)[-1].strip()
        label = words.LABEL.match(before)
        last = before[label.end() :].strip() if label and "/" not in before else last
        following = _AND.split(after, maxsplit=1)[0]
        credited = "/" in after or agencies.find(following) or read_social(following)
        if agencies.find(last) and credited:
            items.append(before)
            start = joint.end()
            if len(items) == MOST_LIST_ITEMS:
                break
    return [*items, text[start:]]


def _after_labels(work: str, brackets: list[Bracket], agencies: AgencyTable) -> list[Found]:
    labels = []
    for label in words.LABEL.finditer(work):
        labels.append(label)
        if len(labels) == MOST_LABELS:
            break
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


def _label_run(
    work: str, label: re.Match[str], later_labels: list[int], agencies: AgencyTable
) -> Found | None:
    start = label.start()
    # A symbol is its own boundary, a Chinese, Japanese or Korean label needs only a space.
    own = not work[start].isalpha() or (work[start] > _FIRST_CJK and work[start - 1] == " ")
    at_boundary = own or bool(_LABEL_BOUNDARY.search(work[max(0, start - 3) : start]))
    if not (at_boundary or start == 0 or _may_lack_boundary(work, start)):
        return None
    for end in _ends(work, label.end(), later_labels):
        parts = read_credits(work, start, end, place="line", agencies=agencies)
        sure = at_boundary or start == 0 or (end == len(work) and all(map(_is_sure, parts)))
        if parts and sure:
            return Found(_with_position(work, start), end, parts)
    return None


def _is_sure(part: CreditPart) -> bool:
    named = part.agency or part.via
    return bool(part.platform or (named and normalise_agency(named)))


def _may_lack_boundary(work: str, start: int) -> bool:
    """ "Nola Vale Photo by …": a capital, and no word before it that makes it part of a phrase."""
    before = LAST_WORD.search(work[max(0, start - 40) : start])
    word = before.group(1).casefold() if before else ""
    return not work[start].islower() and word not in words.DETERMINERS


def _with_position(work: str, start: int) -> int:
    """Where "Left: " before a credit begins."""
    for found in words.POSITION.finditer(work, max(0, start - 40), start):
        if found.end() == start:
            return found.start()
    return start


def _ends(work: str, start: int, later_labels: list[int]) -> list[int]:
    """Where the credit that begins before `start` may end, the farthest first."""
    limit = min(len(work), start + MOST_CREDIT_CHARACTERS)
    ends = {at for at in later_labels if at <= limit}
    if limit == len(work):
        ends.add(limit)
    for found in _STRONG.finditer(work, start, limit):
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
            found.append(Found(_with_position(work, bracket.start), bracket.end, parts))
    return found


def _belongs_to_the_sentence(work: str, bracket: Bracket, agencies: AgencyTable) -> bool:
    """ "ACCRA (AP) - Mourners leave", "Ari Vale (@arivale) at the gala": no credit."""
    inner = work[bracket.start + 1 : bracket.end - 1]
    if _DATELINE.match(work, bracket.end) and agencies.find(inner):
        return True
    rest = work[bracket.end :].strip(EDGE + CLOSERS)
    return bool(rest) and bool(_HANDLE_ONLY.fullmatch(inner))


def _at_the_end(work: str, agencies: AgencyTable) -> Found | None:
    """The shortest tail that reads as a credit, behind a full stop, bar, dash or comma."""
    window = max(0, len(work) - MOST_CREDIT_CHARACTERS)
    starts: dict[int, Place] = {}
    for comma in _COMMA.finditer(work, window):
        starts[comma.end()] = "comma"
    for strong in _STRONG.finditer(work, window):
        starts[strong.end()] = "line"
    if not window:
        starts[0] = "line"
    for start in sorted(starts, reverse=True)[:MOST_ENDS]:
        parts = read_credits(work, start, len(work), place=starts[start], agencies=agencies)
        if parts:
            earlier = [at for at in starts if at < start] if _follows_semicolon(work, start) else []
            return _longer_list(work, earlier, agencies) or Found(
                _with_position(work, start), len(work), parts
            )
    return None


def _follows_semicolon(work: str, start: int) -> bool:
    return ";" in work[max(0, _with_position(work, start) - 2) : start]


def _longer_list(work: str, starts: list[int], agencies: AgencyTable) -> Found | None:
    """ "Left: A/Getty Images; right: B/WireImage": the list that the tail just read belongs to."""
    for start in sorted(starts)[:MOST_ENDS]:
        parts = read_credits(work, start, len(work), place="line", agencies=agencies)
        if parts:
            return Found(_with_position(work, start), len(work), parts)
    return None


def _at_the_beginning(work: str, agencies: AgencyTable) -> Found | None:
    for found in list(_STRONG.finditer(work, 0, MOST_CREDIT_CHARACTERS))[:MOST_ENDS]:
        parts = read_credits(work, 0, found.start() + 1, place="line", agencies=agencies)
        if parts and all(map(_is_sure, parts)) and not has_sentence_break(work[: found.start()]):
            return Found(0, found.end(), parts)
    return None
