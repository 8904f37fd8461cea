"""Photos become the slides of a story: of a gallery of their own, or of a draft that is there."""

from collections.abc import Sequence
from dataclasses import replace

from django.contrib.auth.models import AbstractBaseUser

from articles.actions.drafting import save_draft
from articles.drafts import Draft, DraftUse, draft_of, live_draft
from articles.models import Article, Photo, PhotoUse
from articles.photos.metadata import PhotoRefused


def start_gallery(photos: Sequence[Photo], *, by: AbstractBaseUser | None) -> Article:
    """A new draft of a gallery with these slides, in their order. Raises PhotoRefused for a photo
    that may not be used any more; then there is no draft.
    """
    article = Article(kind=Article.Kind.GALLERY)
    return save_draft(article, _with_slides(live_draft(article), photos), by=by).article


def add_slides(article: Article, photos: Sequence[Photo], *, by: AbstractBaseUser | None) -> int:
    """Put the photos behind the slides of the draft; how many were not there yet. Raises
    PhotoRefused, and EditConflict where somebody saved the draft in this moment.
    """
    draft = draft_of(article)
    there = {use.photo_id for use in draft.photo_uses if use.slot == PhotoUse.Slot.GALLERY}
    new = [photo for photo in photos if photo.pk not in there]
    if new:
        save_draft(article, _with_slides(draft, new), by=by, expected_version=article.version)
    return len(new)


def _with_slides(draft: Draft, photos: Sequence[Photo]) -> Draft:
    usable = Photo.objects.usable().filter(pk__in=[photo.pk for photo in photos])
    there = set(usable.values_list("pk", flat=True))
    if gone := [photo for photo in photos if photo.pk not in there]:
        raise PhotoRefused(
            "not_usable", f"“{gone[0]}” was taken back or its rights have ended: leave it out."
        )
    slides = (DraftUse(id=0, photo_id=each.pk, slot=PhotoUse.Slot.GALLERY) for each in photos)
    return replace(draft, photo_uses=(*draft.photo_uses, *slides))
