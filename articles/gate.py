"""The publish gate: what stands between a draft and its readers, and what would make it better.

Problems block, advice does not. Each names the field where it is mended.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.utils import timezone

from articles.drafts import Draft, DraftUse
from articles.models import Photo, Section
from newsroom.lib.text import clean_line

LONG_HEADLINE = 70
LONG_DEK = 200
MARKERS = re.compile(r'data-photo="(\d+)"')
_PICTURE_ALT = re.compile(r"<img(?![^>]* alt=)", re.IGNORECASE)
# What a camera or a computer calls a picture says nothing to somebody who can't see it.
_FILE_NAME = re.compile(
    r"(?:.+\.(?:jpe?g|png|gif|webp|avif|heic|tiff?|bmp))"
    r"|(?:(?:img|dsc[fn]?|dscn|gopr|pxl|mvi|p|photo|image|picture|pic|screen ?shot|untitled|scan"
    r"|file|foto|bild)[\s_-]*[\d_\s().-]*)|[\d\s_.()-]+",
    re.IGNORECASE,
)
SHOWN_SLOTS = frozenset({"lead", "gallery", "social"})
GONE = {
    Photo.Status.EXPIRED: "the right to show it has ended",
    Photo.Status.REMOVED: "it was withdrawn",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """`field` names where to mend it, `code` what it is: section, credit, alt, …"""

    field: str
    message: str
    code: str = ""


def is_file_name(alt: str) -> bool:
    """Whether an alt text is a file's name: "IMG_1234.jpg", "DSC0042", "image001"."""
    return bool(_FILE_NAME.fullmatch(clean_line(alt)))


def publish_problems(draft: Draft, *, is_public: bool = False) -> list[Problem]:
    """All that blocks publication, worst first; empty when nothing does. `is_public`: readers see
    the article now, so that it can't wait for a later time or an embargo any more.
    """
    return [
        *_in_the_text(draft),
        *_in_the_times(draft, is_public=is_public),
        *chain.from_iterable(_of_photo(use, photo) for use, photo in shown_photos(draft)),
    ]


def publish_advice(draft: Draft) -> list[Problem]:
    """What an editor would ask before publishing; none of it blocks."""
    fields, advice = draft.fields, []
    if not fields["dek"]:
        advice.append(Problem("dek", "There is no dek: cards and search show one.", "dek"))
    elif len(fields["dek"]) > LONG_DEK:
        advice.append(Problem("dek", f"The dek is over {LONG_DEK} characters.", "dek"))
    if len(fields["headline"]) > LONG_HEADLINE:
        words = f"The headline is over {LONG_HEADLINE} characters: search cuts it."
        advice.append(Problem("headline", words, "headline"))
    if not draft.bylines:
        advice.append(Problem("bylines", "Nobody is named as the author.", "bylines"))
    if not draft.tags:
        advice.append(Problem("tags", "There are no tags: related stories need some.", "tags"))
    if draft.lead is None:
        advice.append(Problem("photos", "There is no lead photo.", "lead"))
    return [*advice, *_advice_on_pictures(draft)]


def _advice_on_pictures(draft: Draft) -> Iterable[Problem]:
    body = draft.fields["body_html"]
    if _PICTURE_ALT.search(body):
        yield Problem("body_html", "A picture in the text has no alternative text.", "alt")
    known = {use.id for use in draft.photo_uses}
    if any(int(number) not in known for number in MARKERS.findall(body)):
        yield Problem("body_html", "A photo in the text is gone: take its place out.", "photo")
    for _use, photo in shown_photos(draft):
        if photo and photo.status == Photo.Status.RESTRICTED:
            yield Problem("photos", f"“{photo}” is restricted: {photo.instructions}", "rights")


def shown_photos(draft: Draft) -> list[tuple[DraftUse, Photo | None]]:
    """The photos that readers would see, with their rows (1 query); None for one that is gone."""
    marked = set(map(int, MARKERS.findall(draft.fields["body_html"])))
    uses = [use for use in draft.photo_uses if use.slot in SHOWN_SLOTS or use.id in marked]
    photos = Photo.objects.in_bulk([use.photo_id for use in uses]) if uses else {}
    return [(use, photos.get(use.photo_id)) for use in uses]


def _in_the_text(draft: Draft) -> Iterable[Problem]:
    fields = draft.fields
    if not clean_line(fields["headline"]):
        yield Problem("headline", "The article has no headline.", "headline")
    if not fields["body_html"].strip() and draft.lead is None:
        yield Problem("body_html", "The article has neither text nor photo.", "body")
    section = fields["section_id"]
    if not (section and Section.objects.filter(pk=section).exists()):
        yield Problem("section", "The article is in no section.", "section")


def _in_the_times(draft: Draft, *, is_public: bool) -> Iterable[Problem]:
    now, fields = timezone.now(), draft.fields
    embargo, ends = fields["embargo_until"], fields["expire_at"]
    if is_public and fields["publish_at"] and fields["publish_at"] > now:
        words = "Readers see the article: withdraw it before you give it a later time."
        yield Problem("publish_at", words, "time")
    if is_public and embargo and embargo > now:
        words = "The embargo has not ended, but the article is public: withdraw it, or end it."
        yield Problem("embargo_until", words, "embargo")
    begins = max(filter(None, (fields["publish_at"], embargo, now)))
    if ends and ends <= begins:
        yield Problem("expire_at", "The article would end before it begins.", "expire")


def _of_photo(use: DraftUse, photo: Photo | None) -> Iterable[Problem]:
    if photo is None:
        yield Problem("photos", "A photo is no longer there: take it out.", "rights")
        return
    name = str(photo)[:80]
    if why := _no_right(photo):
        yield Problem("photos", f"“{name}” can't be shown: {why}.", "rights")
    if not (use.credit_override or photo.has_credit):
        yield Problem("photos", f"A photo has no credit: {name}.", "credit")
    alt = use.alt or photo.alt_default
    if use.decorative or (not use.alt and photo.decorative_default):
        return
    if not alt.strip():
        yield Problem("photos", f"A photo has no alternative text: {name}.", "alt")
    elif is_file_name(alt):
        yield Problem("photos", f"“{alt[:80]}” is a file's name and no alternative text.", "alt")


def _no_right(photo: Photo) -> str:
    now: datetime = timezone.now()
    if photo.status in GONE:
        return GONE[Photo.Status(photo.status)]
    if photo.rights_until and photo.rights_until <= now:
        return GONE[Photo.Status.EXPIRED]
    if photo.rights_from and photo.rights_from > now:
        return f"the right to show it begins on {timezone.localtime(photo.rights_from):%-d %B %Y}"
    return ""
