"""Credits that nothing marks: at the end of a line, at its beginning, or all of it.

And what the whole search for credits shares: where one was found, whether it is sure.
"""

import re
from dataclasses import dataclass

from articles.photos import credits_words as words
from articles.photos.agencies import AgencyTable, normalise_agency
from articles.photos.credits_draft import CreditPart, Place
from articles.photos.credits_lists import MOST_CREDIT_CHARACTERS, read_credits
from articles.photos.credits_marks import trim
from articles.photos.credits_names import has_sentence_break, read_social

MOST_ENDS = 8
MOST_UNMARKED_CHARACTERS = 120

STRONG = re.compile(r"[.!?…][\"”’)]?\s+|\s?[|•\n■▪●»›→]\s?|\s(?:[–—─-]+|/+|·)\s|:\s")
# A bracket or a quotation ended, or a full stop without its space: "in Accra.Getty Images".
_CLOSED = re.compile(r"(?<=[)\]])\s|(?<=[”\"])\s(?=Courtesy\s)|(?<=[^\W_A-Z]{2}[.!?])(?=[A-Z])")
# The point of "Nola Vale v. Getty Images" ends no sentence.
_NO_STOP = re.compile(
    r"(?<!\w)(?:vs?|mr|mrs|ms|dr|st|sgt|lt|col|capt|ft|feat|prod)\.\s$", re.IGNORECASE
)
_COMMA = re.compile(r"[,;]\s?")
_AND = re.compile(r"\s(?:and|&)\s")
_AFTER_SLASH = re.compile(r"/\s?$")
_DATELINE = re.compile(r"[(\[][^()\[\]]*[)\]]\s?[–—-]+\s")
# The last small word of a caption, with a capital behind it.
_SMALL_WORD = re.compile(
    rf"(?<!\S)(?!(?:{'|'.join(sorted(words.FUNCTION_WORDS | words.PARTICLES))})\s)[a-z]{{3,}}\s(?=[^\W\d_a-z])"
)
# A word that only a sentence has: "Nola Vale attends the gala / Getty Images".
_SENTENCE_WORD = re.compile(
    rf"(?<!\S)(?!(?:{'|'.join(sorted(words.PARTICLES))}|and|of|for|via|by|the)\s)[a-z]{{2,}}\s"
)
_STOP = re.compile(r"[.!?…][\"”’)]?\s(?=\S)|\s[|—–]\s")
_INITIALS = re.compile(r"(?:^|\s)(?:[^\W\d_]\.)+\s$")


@dataclass(frozen=True, slots=True)
class Found:
    """Credits that stand between two places of a line, brackets included in the places."""

    start: int
    end: int
    parts: tuple[CreditPart, ...]


def find_bare(work: str, agencies: AgencyTable) -> Found | None:
    """The credit of a line that no label and no bracket shows."""
    return (
        at_the_end(work, agencies)
        or _at_the_beginning(work, agencies)
        or _whole(work, agencies)
        or _without_a_mark(work, agencies)
    )


def is_sure(part: CreditPart) -> bool:
    named = filter(None, (part.agency, part.via))
    return bool(part.platform) or any(normalise_agency(name) for name in named)


def with_position(work: str, start: int) -> int:
    """Where "Left: " before a credit begins."""
    for found in words.POSITION.finditer(work, max(0, start - 40), start):
        if found.end() == start:
            return found.start()
    before = max(0, start - 40)
    for label in (words.DASHED_LABEL, words.SCREENSHOT_LABEL):
        for found in label.finditer(work, before, start):
            if found.end() == start:
                return found.start()
    for found in words.LABEL.finditer(work, before, start):
        if found.end() == start and ":" in found.group():  # "Photo: (Amos Mwangi/AP)"
            return found.start()
    return start


def at_the_end(work: str, agencies: AgencyTable) -> Found | None:
    """The shortest tail that reads as a credit, behind a full stop, bar, dash or comma."""
    starts = _starts(work)
    shortest: Found | None = None
    for start in sorted(starts, reverse=True)[:MOST_ENDS]:
        parts = read_credits(work, start, len(work), place=starts[start], agencies=agencies)
        if not parts or _is_half_of_one(work, start, parts, agencies) or _is_within(work, start):
            continue
        if _is_answer(work, start, parts):
            continue
        earlier = [at for at in starts if at < start]
        if whole := _with_initials(work, start, max(earlier, default=start), agencies):
            return whole
        found = _longer_list(work, start, earlier, agencies) or _whole_tail(
            work, start, parts, agencies
        )
        if starts[start] == "line" or not _is_via_alone(parts):
            return found
        shortest = shortest or found
    return shortest


def _starts(work: str) -> dict[int, Place]:
    """Where a credit at the end of the line may begin, and how it stands there."""
    window = max(0, len(work) - MOST_CREDIT_CHARACTERS)
    starts: dict[int, Place] = {}
    for comma in _COMMA.finditer(work, window):
        if words.NAME_SUFFIX.match(work, comma.start()):  # "Sam Lee, Jr./AP"
            continue
        starts[comma.end()] = "comma"
    for strong in (*STRONG.finditer(work, window), *_CLOSED.finditer(work, window)):
        name = _NO_STOP.search(work, max(0, strong.end() - 8), strong.end())
        if not name and work[strong.end() : strong.end() + 1] not in {
            "/",
            "|",
        }:  # "Sam Lee Jr. /AP"
            starts[strong.end()] = "line"
    if not window:
        starts[0] = "line"
    return starts


def _with_initials(work: str, start: int, before: int, agencies: AgencyTable) -> Found | None:
    """ "Nola H.W. Vale/AP": the point that a tail stands behind may belong to a name."""
    if not _INITIALS.search(work, max(before - 1, 0), start):
        return None
    parts = read_credits(work, before, len(work), place="line", agencies=agencies)
    return Found(before, len(work), parts) if parts else None


def _is_answer(work: str, start: int, parts: tuple[CreditPart, ...]) -> bool:
    """ "What to watch: HBO": an agency alone behind a colon and more words than a label has."""
    before = work[:start].rstrip()
    said = STRONG.split(before[:-1])[-1].split() if before.endswith(":") else []
    alone = all(part.agency and not (part.photographers or part.for_client) for part in parts)
    return len(said) > 1 and before[-2:] != " :" and alone


def _is_via_alone(parts: tuple[CreditPart, ...]) -> bool:
    """Of "Tansy Lark, CC BY-SA 4.0, via Flickr" the tail is a credit, and half of one."""
    return not any(part.photographers or part.agency or part.courtesy for part in parts)


def _whole_tail(
    work: str, start: int, parts: tuple[CreditPart, ...], agencies: AgencyTable
) -> Found:
    """With the "Left:" or "Screenshot:" that the tail just read stands behind."""
    begin = with_position(work, start)
    again = read_credits(work, begin, len(work), place="line", agencies=agencies)
    return Found(begin, len(work), again or parts)


def _whole(work: str, agencies: AgencyTable) -> Found | None:
    """ "Handout photo": a line that says nothing but where the picture comes from."""
    stops = [stop.end() for stop in _STOP.finditer(work)]  # "Nola Vale leaves. File photo"
    start, end = trim(work, stops[-1] if stops else 0, len(work))
    social = read_social(work[start:end]) if stops else None  # "Nola Vale. Instagram"
    kinds = (words.FILE_ONLY, words.HANDOUT_ONLY, words.STAFF_PHOTO_ONLY, words.HOUSE_ALONE)
    alone = bool(social and social.platform and not (social.rest or social.handle))
    one_word = " " not in work[start:end] and not words.HOUSE_ALONE.fullmatch(work, start, end)
    said = not one_word and any(kind.fullmatch(work, start, end) for kind in kinds)
    if not (alone or said):
        return None
    parts = read_credits(work, start, end, place="bracket", agencies=agencies)
    return Found(start, end, parts) if parts else None


def _without_a_mark(work: str, agencies: AgencyTable) -> Found | None:
    """ "Nola Vale leaves court AP Photo/Amos Mwangi": a sentence's small word, then a known agency,
    a slash, a full name, and nothing behind them. The other way round ("Nola Vale meets Dex
    Romero/AP") the name may be of who is in the picture.
    """
    window = max(0, len(work) - MOST_UNMARKED_CHARACTERS)
    starts = [end.end() for end in _SMALL_WORD.finditer(work, window)]
    for start in starts[-1:] if "/" in work else ():
        if not agencies.find(work[start:].partition("/")[0].strip()):
            continue
        parts = read_credits(work, start, len(work), place="line", agencies=agencies)
        full = all(len(name.split()) == 2 for part in parts for name in part.photographers)
        if parts and full and _names_both(parts) and all(map(is_sure, parts)):
            return Found(start, len(work), parts)
    return None


def _is_half_of_one(
    work: str, start: int, parts: tuple[CreditPart, ...], agencies: AgencyTable
) -> bool:
    """Of "Nola Vale / Getty Images" the tail would be a credit too, but is half of one."""
    if not _AFTER_SLASH.search(work, max(0, start - 4), start):
        return False
    before = STRONG.split(work[:start].rstrip(" /"))[-1]
    named = all(map(is_sure, parts)) and not agencies.split_end(before)
    return not (_names_both(parts) or (named and _SENTENCE_WORD.search(before)))


def _is_whole(part: CreditPart) -> bool:
    """Who took it and for which house, or whose post it is."""
    return bool((part.photographers and part.agency) or part.handle)


def _names_both(parts: tuple[CreditPart, ...]) -> bool:
    return all(part.photographers and part.agency for part in parts)


def _is_within(work: str, start: int) -> bool:
    """Does it stand in a bracket that closes behind it? Such a bracket was read, and is none."""
    depth = work.count("(", 0, start) - work.count(")", 0, start)
    return depth > 0 and ")" in work[start:]


def _longer_list(work: str, start: int, starts: list[int], agencies: AgencyTable) -> Found | None:
    """ "Left: A/Getty Images; right: B/WireImage": the list that the tail just read belongs to."""
    begin = with_position(work, start)
    mark = work[max(0, begin - 2) : begin].strip()
    if not (mark in {";", ",", "|", "•", "/"} or begin < start):
        return None
    for at in sorted(starts)[:MOST_ENDS]:
        parts = read_credits(work, at, len(work), place="line", agencies=agencies)
        if mark in {"|", "•", "/"} and not (len(parts) > 1 and all(map(_is_whole, parts))):
            continue
        if work[at].isdigit():  # "on Sept. 8, 2022. Instagram/@nola; …"
            continue
        names = _AND.search(work, at) and _names_both(parts) and len(parts) == 1  # "A, B and C/AP"
        if parts and (len(parts) > 1 or mark == ";" or names):
            return Found(with_position(work, at), len(work), parts)
    return None


def _at_the_beginning(work: str, agencies: AgencyTable) -> Found | None:
    for found in list(STRONG.finditer(work, 0, MOST_CREDIT_CHARACTERS))[:MOST_ENDS]:
        parts = read_credits(work, 0, found.start() + 1, place="line", agencies=agencies)
        if _DATELINE.match(work) or (found.group()[0] in ":!?…" and not _names_both(parts)):
            continue  # "(Reuters) - Nola Vale leaves", "AP: Nola Vale leaves", "Splash! She dives"
        if parts and all(map(is_sure, parts)) and not has_sentence_break(work[: found.start()]):
            return Found(0, found.end(), parts)
    return None
