"""The credits between two places of a line: one, or a list of them."""

import re

from articles.photos import credits_words as words
from articles.photos.agencies import AgencyTable
from articles.photos.credits_draft import CreditPart, Place
from articles.photos.credits_marks import trim
from articles.photos.credits_names import is_person, read_social
from articles.photos.credits_reading import read_credit

MOST_CREDIT_CHARACTERS = 300
MOST_LIST_ITEMS = 12

_LIST_BREAK = re.compile(
    rf"\s?(?:[;•\n]|\s\|\s|\.(?=\s{words.POSITION.pattern})|\s(?=(?:r|right)\s?:)"
    rf"|(?:[/,]|\sand\b)\s?(?=(?:photo|image|picture)s?\sby\s))\s?",
    re.IGNORECASE,
)
_AND = re.compile(r"\s?(?:[,&+]|\sand\b|\set\b|\sund\b|\sy\b)\s?(?:and\s)?|\s/\s")
# AP's way to say which of two pictures a name belongs to: "by A, left, and B, right".
_WHICH = re.compile(r",\s(?:(?:top|bottom|far)\s)?(?:left|right|top|bottom|cent(?:er|re))(?=,|$|/)")


def read_credits(
    work: str, start: int, end: int, *, place: Place, agencies: AgencyTable
) -> tuple[CreditPart, ...]:
    """One credit or a list of them ("A/Getty Images; B/WireImage"); () if any isn't understood."""
    if end - start > MOST_CREDIT_CHARACTERS:
        return ()
    start, end = trim(work, start, end)
    text = work[start:end]
    if words.LABEL.match(text) and " and " in text:
        text = _WHICH.sub("", text)
    if not text:
        return ()
    if "|" in text and "/" not in text and (part := read_credit(text, place, agencies=agencies)):
        return (part,)
    items = _LIST_BREAK.split(text)
    if 1 < len(items) <= MOST_LIST_ITEMS:
        carry = "|" not in text and "\n" not in text
        split = [piece for item in items for piece in _split_after_agencies(item, agencies)]
        if parts := _read_list(split, place, agencies, carry=carry):
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
        shown: Place = "bracket" if words.HOUSE_ALONE.fullmatch(item, start, end) else place
        part = read_credit(item[start:end], shown, agencies=agencies, labelled=labelled)
        if part is None:
            return ()
        parts.append(part)
    return tuple(parts)


def _is_photographer_of(text: str, agencies: AgencyTable) -> bool:
    """ "B C/WireImage"."""
    name, slash, agency = text.partition("/")
    return bool(slash and " " in name and is_person(name) and agencies.find(agency))


def _is_social_post(text: str) -> bool:
    """ "Instagram/@nola", "@nola on TikTok", and nothing else."""
    social = read_social(text)
    return bool(social and social.platform and not social.rest)


def _split_after_agencies(text: str, agencies: AgencyTable) -> list[str]:
    """ "A/Getty Images and B/WireImage" → its two credits: cut where a known agency ends one
    and a known agency, a slash or a platform belongs to the next."""
    items, start = [], 0
    for joint in _AND.finditer(text):
        before, after = text[start : joint.start()], text[joint.end() :]
        last = re.split(r"[/|:]", before)[-1].strip()
        label = words.LABEL.match(before)
        last = before[label.end() :].strip() if label and "/" not in before else last
        last = words.VIA.split(last)[-1].strip()
        following = _AND.split(after, maxsplit=1)[0]
        own = _is_photographer_of(following, agencies)
        if joint.group() == " / " and not own:
            continue
        if own:  # a client's name may hold commas and "and"
            last = words.CLIENT.split(last, maxsplit=1)[0]
        credited = (
            "/" in after
            or agencies.find(words.WHICH_ONE.sub("", following))
            or read_social(following)
            or ("/" in before and " " in following and is_person(following))
        )
        known = agencies.find(words.WHICH_ONE.sub("", last)) or _is_social_post(
            before[label.end() :] if label else before
        )
        if known and credited:
            items.append(before)
            start = joint.end()
            if len(items) == MOST_LIST_ITEMS:
                break
    return [*items, text[start:]]
