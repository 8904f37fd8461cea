"""“Looks like photo 12”: both pictures side by side, and what to do about it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from articles.actions.photo_alike import keep_both, kept_beside, use_old
from articles.admin.base import person
from articles.admin.photo_views import may_describe
from articles.admin.photo_words import credit_of, day
from articles.models import Photo
from articles.models.photo_alike import alike_among
from articles.photos.desk_card import THUMB_PIXELS, picture_of
from articles.photos.metadata import PhotoRefused

MOST = 3  # that one photo is set beside
Looks = dict[int, list[dict[str, Any]]]


def looks_like(photos: Sequence[Photo]) -> Looks:
    """Photo → what was here before it, looks like it and nobody has found to be another, for a
    template. 3 queries at most.
    """
    found = alike_among(Photo.objects.all(), {photo.pk: photo.dhash for photo in photos})
    if not any(found.values()):
        return {}
    kept = kept_beside(photos)
    wanted = {
        pk: [i for i in near if i < pk and i not in kept[pk]][:MOST] for pk, near in found.items()
    }
    ids = {pk for near in wanted.values() for pk in near}
    rows = Photo.objects.with_credit().defer("metadata").select_related("uploaded_by").in_bulk(ids)
    return {
        pk: [_card(rows[each]) for each in near if each in rows]
        for pk, near in wanted.items()
        if near
    }


def _card(photo: Photo) -> dict[str, Any]:
    src, width, height = picture_of(photo, THUMB_PIXELS)
    by = photo.uploaded_by
    return {
        "photo": photo, "src": src, "width": width, "height": height,
        "credit": credit_of(photo), "by": by.get_username() if by else "", "on": day(photo.uploaded_at),
    }  # fmt: skip


def may_give_up(user: AbstractBaseUser | AnonymousUser, photo: Photo) -> bool:
    """Whoever uploaded it, and who may delete photos."""
    own = photo.uploaded_by_id is not None and photo.uploaded_by_id == user.pk
    return own or user.has_perm("articles.delete_photo")  # type: ignore[union-attr]


@require_POST
def decide(request: HttpRequest, photo_id: int) -> HttpResponse:
    """`keep`, or `old` with the number of the photo to use: a button of the photo's own page."""
    photo = get_object_or_404(Photo, pk=photo_id)
    if not may_describe(request.user, photo):
        raise PermissionDenied
    number = request.POST.get("old", "")
    old = instead(request, photo, number) if number else None
    if not number:
        keep(request, photo)
    shown = (old or photo).pk
    return HttpResponseRedirect(reverse("admin:articles_photo_change", args=[shown]))


def keep(request: HttpRequest, photo: Photo) -> None:
    """Both stay."""
    near = looks_like([photo]).get(photo.pk, [])
    keep_both(photo, [each["photo"] for each in near], by=person(request))
    messages.success(request, "Both are kept.")


def instead(request: HttpRequest, photo: Photo, number: str) -> Photo | None:
    """The photo to use in place of this one, which is gone then; None, with a word why, where that
    can't be.
    """
    old = Photo.objects.filter(pk=number).first() if number.isdecimal() else None
    if old is None or old == photo or not may_give_up(request.user, photo):
        messages.error(request, "You may not give this photo up. Keep both, or ask the photo desk.")
        return None
    try:
        use_old(photo, old, by=person(request))
    except PhotoRefused as refusal:
        messages.error(request, str(refusal))
        return None
    messages.success(request, f"The new upload is gone; this is “{old}”, which was here.")
    return old
