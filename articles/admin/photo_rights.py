"""“Take down” and its undo on the desk: asked once more, with all that will disappear, and said."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from articles.actions.photo_rights import (
    apply_offers,
    restore_photo,
    status_before,
    taken_down,
    withdraw_photo,
)
from articles.admin.base import person
from articles.models import Photo
from articles.photos.desk_card import PREVIEW_PIXELS, picture_of
from articles.photos.places import MANY, Place, places_of
from articles.photos.proposal import offers, proposal_of
from newsroom.lib.text import clean_line

if TYPE_CHECKING:
    from articles.admin.photo import PhotoAdmin

MAX_REASON_CHARS = 300


def may_take_down(request: HttpRequest) -> bool:
    """An editor or the photo desk: what it takes from readers may be in anybody's story."""
    decides = ("articles.publish_article", "articles.delete_photo")
    return request.user.has_perm("articles.change_photo") and any(
        map(request.user.has_perm, decides)
    )


@require_http_methods(["GET", "POST"])
def take_down(request: HttpRequest, admin_: "PhotoAdmin", photo_id: int) -> HttpResponse:
    """GET lists what will disappear and asks why; POST with `reason` does it."""
    photo = _photo(request, admin_, photo_id)
    reason = clean_line(request.POST.get("reason", ""))[:MAX_REASON_CHARS]
    if request.method == "POST" and reason:
        if withdraw_photo(photo, by=person(request), reason=reason):
            admin_.log_change(request, photo, f"Taken down: {reason}")
            messages.success(request, "Taken down. It is gone for readers; here it can be undone.")
        else:
            messages.info(request, "It was taken down already.")
        return HttpResponseRedirect(_page(photo))
    src, width, height = picture_of(photo, PREVIEW_PIXELS)
    context = {
        **admin_.admin_site.each_context(request),
        "title": "Take down",
        "opts": Photo._meta,
        "photo": photo,
        "src": src, "width": width, "height": height,
        "missing": request.method == "POST",
        "max_reason": MAX_REASON_CHARS,
        **shown_places(request, photo),
    }  # fmt: skip
    return TemplateResponse(request, "admin/articles/photo/take_down.html", context)


@require_POST
def restore(request: HttpRequest, admin_: "PhotoAdmin", photo_id: int) -> HttpResponse:
    photo = _photo(request, admin_, photo_id)
    if restore_photo(photo, by=person(request)):
        admin_.log_change(request, photo, "Takedown undone")
        messages.success(request, f"Undone: the photo is {photo.get_status_display().lower()}.")
    else:
        messages.info(request, "It isn’t taken down: nothing to undo.")
    return HttpResponseRedirect(_page(photo))


@require_POST
def apply(request: HttpRequest, admin_: "PhotoAdmin", photo_id: int) -> HttpResponse:
    """Write what the file or the agency proposes into the photo's rights."""
    photo: Photo = admin_.get_object(request, str(photo_id))
    if not admin_.has_change_permission(request, photo):
        raise PermissionDenied
    applied = apply_offers(photo, by=person(request))
    said = ". ".join(offer.label for offer in applied)
    if applied:
        admin_.log_change(request, photo, f"Rights applied. {said}")
        messages.success(request, f"Applied. {said}.")
    else:
        messages.info(request, "There was nothing to apply any more.")
    return HttpResponseRedirect(_page(photo))


def said_of_rights(photo: Photo) -> dict[str, Any]:
    """What its file asks for and what could be applied of it, for the photo's page."""
    terms = proposal_of(photo).terms
    return {"offers": offers(photo), "terms": terms}


def shown_places(request: HttpRequest, photo: Photo) -> dict[str, Any]:
    """Where it stands, for a template: what readers see, and the rest."""
    places = places_of(photo, request.user)
    return {
        "public_places": [_row(place) for place in places if place.public],
        "other_places": [_row(place) for place in places if not place.public],
        "more_places": max(photo.uses.count() - MANY, 0),
    }


def takedown_of(request: HttpRequest, photo: Photo) -> dict[str, Any]:
    """What the photo's page says of its takedown, and whether this login may do or undo it."""
    return {
        "takedown": taken_down(photo),
        "status_before": status_before(photo).label,
        "may_take_down": may_take_down(request),
    }


def _row(place: Place) -> dict[str, Any]:
    url = reverse(f"admin:articles_{place.model}_change", args=[place.pk])
    return {"place": place, "url": url}


def _photo(request: HttpRequest, admin_: "PhotoAdmin", photo_id: int) -> Photo:
    if not may_take_down(request):
        raise PermissionDenied
    photo: Photo = admin_.get_object(request, str(photo_id))
    return photo


def _page(photo: Photo) -> str:
    return reverse("admin:articles_photo_change", args=[photo.pk])
