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
from articles.models import Photo, PhotoUse, Section
from articles.photos.alt_text import LONG_ALT, is_file_name, repeats
from articles.photos.figure import credit_line
from articles.photos.instructions import FORBIDS_WEB
from articles.photos.proposal import offers, proposal_of
from articles.photos.rights import Hidden, why_hidden
from newsroom.lib.text import clean_line

LONG_HEADLINE = 70
LONG_DEK = 200
MARKERS = re.compile(r'data-photo="(\d+)"')
SHOWN_SLOTS = frozenset({"lead", "gallery", "social"})


@dataclass(frozen=True, slots=True)
class Problem:
    """`field` names where to mend it, `code` what it is: section, credit, alt, …"""

    field: str
    message: str
    code: str = ""


def publish_problems(draft: Draft, *, is_public: bool = False) -> list[Problem]:
    """All that blocks publication, worst first; empty when nothing does. `is_public`: readers see
    the article now, so that it can't wait for a later time or an embargo any more.
    """
    return [
        *_in_the_text(draft),
        *_in_the_times(draft, is_public=is_public),
        *chain.from_iterable(_of_photo(use, photo, draft) for use, photo in shown_photos(draft)),
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
    if "<img" in body:
        words = (
            "Readers get a link in place of a picture in the text: to show it, add it with “Photo”."
        )
        yield Problem("body_html", words, "picture")
    known = {use.id for use in draft.photo_uses}
    if any(int(number) not in known for number in MARKERS.findall(body)):
        yield Problem("body_html", "A photo in the text is gone: take its place out.", "photo")
    for use, photo in shown_photos(draft):
        if photo:
            yield from _advice_on_photo(use, photo)


def _advice_on_photo(use: DraftUse, photo: Photo) -> Iterable[Problem]:
    name = str(photo)[:80]
    if photo.status == Photo.Status.RESTRICTED:
        yield Problem("photos", f"“{photo}” is restricted: {photo.instructions}", "rights")
    yield from _advice_on_terms(photo, name)
    row = PhotoUse(
        photo=photo, caption=use.caption, alt=use.alt, decorative=use.decorative,
        credit_override=use.credit_override,
    )  # fmt: skip
    alt, credit = row.alt_text, credit_line(row)
    as_it_came = bool(credit) and credit == photo.credit_raw and not photo.credit_kind
    if as_it_came or (photo.credit_unclear and not use.credit_override):
        words = f"Look at the credit of “{name}”: it could not be read whole. Printed is “{credit[:80]}”."
        yield Problem("photos", words, "credit")
    if len(alt) > LONG_ALT:
        words = (
            f"The alternative text of “{name}” is over {LONG_ALT} characters: the caption has room."
        )
        yield Problem("photos", words, "alt")
    if repeats(alt, row.caption_text):
        words = f"The alternative text of “{name}” is its caption: say what is to be seen, or tick “Decorative”."
        yield Problem("photos", words, "alt")
    elif repeats(alt, credit):
        yield Problem("photos", f"The alternative text of “{name}” is its credit.", "alt")


def _advice_on_terms(photo: Photo, name: str) -> Iterable[Problem]:
    """What its file asks for; that it is credited, the gate sees to."""
    terms = [
        t for t in proposal_of(photo).terms if t.code not in FORBIDS_WEB | {"mandatory_credit"}
    ]
    if terms:
        asked = "; ".join(term.label for term in terms)
        yield Problem("photos", f"“{name}” comes with terms: {asked}.", "terms")
    for offer in offers(photo):
        if offer.said:
            words = f"“{name}”: its file says “{offer.why}”, and nobody has applied it."
            yield Problem("photos", words, "terms")


def shown_photos(draft: Draft) -> list[tuple[DraftUse, Photo | None]]:
    """The photos that readers would see, with their rows (1 query); None for one that is gone."""
    marked = set(map(int, MARKERS.findall(draft.fields["body_html"])))
    uses = [use for use in draft.photo_uses if use.slot in SHOWN_SLOTS or use.id in marked]
    rows = Photo.objects.with_credit().select_related("agency__parent")
    photos = rows.in_bulk([use.photo_id for use in uses]) if uses else {}
    return [(use, photos.get(use.photo_id)) for use in uses]


def _in_the_text(draft: Draft) -> Iterable[Problem]:
    fields = draft.fields
    if not clean_line(fields["headline"]):
        yield Problem("headline", "The article has no headline.", "headline")
    shown = any(use.slot in SHOWN_SLOTS for use in draft.photo_uses)
    if not (shown or fields["body_html"].strip()):
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
    if ends and ends <= _begins(draft):
        yield Problem("expire_at", "The article would end before it begins.", "expire")


def _begins(draft: Draft) -> datetime:
    """When readers would see it first, or now."""
    fields = draft.fields
    times: list[datetime | None] = [fields["publish_at"], fields["embargo_until"], timezone.now()]
    return max(filter(None, times))


def _of_photo(use: DraftUse, photo: Photo | None, draft: Draft) -> Iterable[Problem]:
    if photo is None:
        yield Problem("photos", "A photo is no longer there: take it out.", "rights")
        return
    name = str(photo)[:80]
    if why := _no_right(photo, _begins(draft)):
        yield Problem("photos", f"“{name}” can't be shown: {why}.", "rights")
    for term in proposal_of(photo).forbids_web:
        words = f"“{name}” may not be used on the web, its file says: “{term.words}”."
        yield Problem("photos", words, "terms")
    if not (use.credit_override or photo.has_credit):
        yield Problem("photos", f"A photo has no credit: {name}.", "credit")
    alt = use.alt or photo.alt_default
    if use.decorative or (not use.alt and photo.decorative_default):
        return
    if not alt.strip():
        yield Problem("photos", f"A photo has no alternative text: {name}.", "alt")
    elif is_file_name(alt):
        words = f"“{alt[:80]}” is what a machine calls a picture, and no alternative text."
        yield Problem("photos", words, "alt")


def _no_right(photo: Photo, begins: datetime) -> str:
    hidden = why_hidden(photo, begins)
    if hidden is Hidden.NOT_YET and photo.rights_from:
        return f"the right to show it begins on {timezone.localtime(photo.rights_from):%-d %B %Y}"
    if hidden is Hidden.ENDED and photo.rights_until and photo.rights_until > timezone.now():
        return f"the right to show it ends on {timezone.localtime(photo.rights_until):%-d %B %Y}"
    return hidden or ""
