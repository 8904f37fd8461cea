"""Photo credit lines: read into people, agencies and the rest, and printed in the house style.

Pure: text in, dataclass out. The grammar stands in docs/importing.md ("Photo credit grammar"); the
conventions are those of the agencies' own style guides (Getty Images' "Photo by X/Getty Images",
AP's "AP Photo/X" and "(X/The New York Times via AP)", Reuters' "REUTERS/X").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from articles.photos.agencies import DEFAULT_AGENCIES, AgencyTable, normalise_agency
from articles.photos.credits_bare import Found
from articles.photos.credits_draft import CreditPart
from articles.photos.credits_finding import find_credits
from articles.photos.credits_marks import trim
from articles.photos.credits_text import Line, plain_line
from articles.photos.credits_words import PLATFORMS

__all__ = ["CreditPart", "PhotoCredit", "format_credit", "normalise_agency", "parse_credit"]

# What is printed where a kind is all that is known.
_ALONE = {
    "courtesy": "Courtesy photo",
    "file": "File photo",
    "handout": "Handout",
    "screenshot": "Screenshot",
    "staff": "Staff photo",
}
_EMPTY_QUOTES = re.compile(r"“ ?”|\" ?\"|« ?»")
_CAPTION_EDGE = " \n|,;:–—-─•·/>»›■▪●→~"


@dataclass(frozen=True, slots=True)
class PhotoCredit:
    """What a caption and credit line says; every field as the line writes it.

    caption: the line without its credits. photographers: people, in order. agency: agencies joined
    by "/" ("Invision/AP"); "Staff" is one. via: the distributor ("… via Getty Images").
    for_client: who commissioned it ("… for The Recording Academy"). courtesy: who gave it.
    platform: lower-case name of a social platform. handle: with its @. url: of the first link
    within the credit. raw: the credits as written, joined by "; ", None if there are none.
    parts: each credit of the line; the fields above are the first value any of them has, and
    photographers those of all. understood: False where no credit was found; the whole line is the
    caption then.

    kind, the first that applies: "screenshot"; "social" (a platform or a handle); "courtesy";
    "handout" (given out by family, police, a company); "file" (an older picture, ", File");
    "archive" (an archive's picture); "staff"; "agency"; "photographer" (people and nobody else);
    "none" (no credit).
    """

    caption: str = ""
    photographers: tuple[str, ...] = ()
    agency: str | None = None
    via: str | None = None
    for_client: str | None = None
    kind: str = "none"
    courtesy: str | None = None
    platform: str | None = None
    handle: str | None = None
    url: str | None = None
    raw: str | None = None
    parts: tuple[CreditPart, ...] = ()
    understood: bool = False

    @classmethod
    def of(
        cls,
        *,
        photographers: tuple[str, ...] = (),
        agency: str | None = None,
        via: str | None = None,
        for_client: str | None = None,
        kind: str = "",
        raw: str | None = None,
    ) -> Self:
        """A credit from stored fields, for `format_credit`. With kind "courtesy" and nobody who
        took it, `agency` is who gave the picture."""
        given = kind == "courtesy" and not photographers
        return cls(
            photographers=photographers,
            agency=None if given else agency,
            via=via,
            for_client=for_client,
            kind=kind,
            courtesy=agency if given else None,
            raw=raw,
            understood=True,
        )


def parse_credit(text: str, *, agencies: AgencyTable = DEFAULT_AGENCIES) -> PhotoCredit:
    """Split a caption and credit line (plain text or HTML) and read its credits.

    Never raises, and loses no word: each stands in the caption or in raw. Time grows with the
    length of the line.
    """
    line = plain_line(text)
    found = find_credits(line.work, agencies)
    if not found:
        return PhotoCredit(caption=line.text.replace("\n", " "))
    raws = [_raw(line, each) for each in found]
    urls = (line.url_within(each.start, each.end) for each in found)
    parts = tuple(dict.fromkeys(part for each in found for part in each.parts))
    return PhotoCredit(
        caption=_caption(line.text, found),
        photographers=tuple(dict.fromkeys(name for part in parts for name in part.photographers)),
        agency=_first(part.agency for part in parts),
        via=_first(part.via for part in parts),
        for_client=_first(part.for_client for part in parts),
        kind=parts[0].kind,
        courtesy=_first(part.courtesy for part in parts),
        platform=_first(part.platform for part in parts),
        handle=_first(part.handle for part in parts),
        url=_first(urls),
        raw="; ".join(raws),
        parts=parts,
        understood=True,
    )


def _first(values: Iterator[str | None]) -> str | None:
    return next(filter(None, values), None)


def _raw(line: Line, found: Found) -> str:
    start, end = trim(line.work, found.start, found.end)
    return line.text[start:end].replace("\n", " ")


def _caption(text: str, found: list[Found]) -> str:
    """The text without the credits; where one is cut out of the middle the halves are joined."""
    caption, at = "", 0
    for each in found:
        caption = _join(caption, text[at : each.start])
        at = each.end
    rest = text[at:].strip(_CAPTION_EDGE + ")]")
    if rest.strip(".…"):
        caption = _join(caption, text[at:].lstrip(")]"))
    kept = _EMPTY_QUOTES.sub("", caption).strip(_CAPTION_EDGE).replace("\n", " ")
    return kept if any(map(str.isalnum, kept)) else ""


def _join(left: str, right: str) -> str:
    left, right = left.rstrip(), right.strip()
    if not left:
        return right.lstrip(_CAPTION_EDGE + ".")
    tight = not right or right[0] in ".,;:!?"
    return left + right if tight else f"{left} {right}"


def format_credit(credit: PhotoCredit | CreditPart) -> str:
    """The credit line that readers see, "" where there is no credit.

    House style: "Photo: Joseph Okpako/WireImage", people joined by commas and "and", then
    "/agency", " for client", " via distributor", ", File"; "Courtesy of HBO"; "Photo provided by HBO";
    "Screenshot: @remyq/Twitter"; "Handout via AP"; "Staff photo: Priya Keller". Several credits
    are joined by "; ". A credit of which no part is known is printed as it was written.
    """
    if isinstance(credit, PhotoCredit) and len(credit.parts) > 1:
        return "; ".join(map(format_credit, credit.parts))
    names = (_people(credit), credit.handle, _agency(credit))
    who = "/".join(dict.fromkeys(filter(None, names)))
    ends = "".join((
        f" for {credit.for_client}" if credit.for_client else "",
        f" via {credit.via}" if credit.via else "",
        ", File" if credit.kind == "file" and (who or credit.via) else "",
    ))  # fmt: skip
    if credit.courtesy:
        alone = "Photo provided by" if credit.kind == "handout" else "Courtesy of"
        label = f"Photo: {who}, courtesy of" if who else alone
        return f"{label} {credit.courtesy}{ends}"
    return _labelled(credit, who, ends) or credit.raw or ""


def _people(credit: PhotoCredit | CreditPart) -> str:
    *others, last = credit.photographers or ("",)
    return " and ".join(filter(None, (", ".join(others), last)))


def _agency(credit: PhotoCredit | CreditPart) -> str:
    platform = PLATFORMS.get(credit.platform or "", credit.platform)
    return "/".join(filter(None, (credit.agency, platform)))


def _labelled(credit: PhotoCredit | CreditPart, who: str, ends: str) -> str:
    """The credit behind its label; "" where there is nothing to put behind one."""
    alone = _ALONE.get(credit.kind, "")
    if not who:
        return f"{alone or 'Photo'}{ends}" if alone or ends else ""
    if credit.kind == "screenshot":
        return f"Screenshot: {who}{ends}"
    if credit.kind == "handout":
        who = f"{who}/Handout"
    named_staff = "staff" in (credit.agency or "").casefold()
    label = "Staff photo" if credit.kind == "staff" and not named_staff else "Photo"
    return f"{label}: {who}{ends}"
