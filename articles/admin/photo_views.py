"""The desk's photo endpoints, for its scripts: upload, picker, a photo's facts, its use in a story.

JSON in both directions, behind the admin's login and its CSRF check (`AdminSite.admin_view`).
"""

import json
from typing import Any

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST

from articles.actions.photo_facts import public_losses, public_rights, write_facts
from articles.actions.photo_intake import take_in
from articles.actions.photos import use_photo
from articles.admin.base import person
from articles.admin.photo_fields import FACTS, PhotoRowForm, names_in_line
from articles.models import Article, Photo, PhotoUse
from articles.photos.desk_card import desk_card
from articles.photos.metadata import PhotoRefused
from newsroom.lib.text import clean_line

PAGE_SIZE = 24
MAX_PAGE = 500
MAX_WORDS_CHARS = 200
SHARED = ("photographer_text", "agency_text", "caption_default")
MAX_SHARED_CHARS = 500
SLOTS = {PhotoUse.Slot.BODY, PhotoUse.Slot.LEAD, PhotoUse.Slot.GALLERY}


@require_POST
@permission_required("articles.add_photo", raise_exception=True)
def upload(request: HttpRequest) -> JsonResponse:
    """`files` (multipart) → {photos, refused: [{name, reason}]}. With SHARED, what is written where
    a file says nothing itself.
    """
    shared = {name: clean_line(request.POST.get(name, ""))[:MAX_SHARED_CHARS] for name in SHARED}
    intake = take_in(request.FILES.getlist("files"), by=person(request), shared=shared)
    photos = [{**desk_card(each), "duplicate": each.pk in intake.known} for each in intake.photos]
    refused = [{"name": name, "reason": reason} for name, reason in intake.refused]
    return JsonResponse({"photos": photos, "refused": refused})


@require_GET
@permission_required("articles.view_photo", raise_exception=True)
def picker(request: HttpRequest) -> JsonResponse:
    """?q=&page= → {photos, next}: the newest first, `next` null on the last page."""
    page = request.GET.get("page", "1")
    number = min(max(int(page), 1), MAX_PAGE) if page.isdecimal() else 1
    words = clean_line(request.GET.get("q", ""))[:MAX_WORDS_CHARS]
    found = Photo.objects.usable().matching(words)
    start = (number - 1) * PAGE_SIZE
    # One more than a page: whether there is another.
    rows = list(found.with_credit().defer("metadata")[start : start + PAGE_SIZE + 1])
    more = len(rows) > PAGE_SIZE and number < MAX_PAGE
    return JsonResponse(
        {
            "photos": [desk_card(photo) for photo in rows[:PAGE_SIZE]],
            "next": number + 1 if more else None,
        }
    )


@require_POST
def facts(request: HttpRequest, photo_id: int) -> JsonResponse:
    """Some of FACTS → the photo, or {errors: {fact: reason}} with status 400. What isn't sent stays."""
    photo = get_object_or_404(Photo.objects.with_credit(), pk=photo_id)
    if not may_describe(request.user, photo):
        raise PermissionDenied
    data = sent(request)
    values = {name: data[fact] for fact, name in FACTS.items() if fact in data}
    form = PhotoRowForm(
        values, instance=Photo(), may_add_tags=request.user.has_perm("articles.add_tag")
    )
    form.described = photo
    form.initial["persons_shown"] = names_in_line(photo.persons.all())
    for name in set(form.fields) - set(values):
        del form.fields[name]
    if not (form.is_valid() and keeps_public(request.user, photo, form)):
        names = {name: fact for fact, name in FACTS.items()}
        errors = {
            names.get(name, name): " ".join(map(str, why)) for name, why in form.errors.items()
        }
        return JsonResponse({"errors": errors}, status=400)
    write_facts(
        photo,
        form.values(),
        by=person(request),
        persons=form.persons(),
        from_line=form.filled,
    )
    return JsonResponse(desk_card(photo))


@require_POST
@permission_required("articles.view_photo", raise_exception=True)
def use(request: HttpRequest, article_id: int) -> JsonResponse:
    """{photo, slot} → {use, slot, photo}: the photo stands in the article's draft from now on."""
    article_admin = admin.site.get_model_admin(Article)
    article = get_object_or_404(article_admin.get_queryset(request), pk=article_id)
    if not article_admin.has_change_permission(request, article):
        raise PermissionDenied
    data = sent(request)
    slot, number = data.get("slot", PhotoUse.Slot.BODY), str(data.get("photo", ""))
    if slot not in SLOTS or not number.isdecimal():
        return JsonResponse({"reason": "Say which photo, and where it goes."}, status=400)
    photo = get_object_or_404(Photo.objects.with_credit(), pk=int(number))
    try:
        made = use_photo(article, photo, slot)
    except PhotoRefused as refusal:
        return JsonResponse({"reason": str(refusal)}, status=400)
    return JsonResponse({"use": made.pk, "slot": made.slot, "photo": desk_card(photo)})


def may_describe(user: AbstractBaseUser | AnonymousUser, photo: Photo) -> bool:
    """Who may change photos, and whoever uploaded this one."""
    if user.has_perm("articles.change_photo"):  # type: ignore[union-attr]
        return True
    own = photo.uploaded_by_id is not None and photo.uploaded_by_id == user.pk
    return own and user.has_perm("articles.add_photo")  # type: ignore[union-attr]


def keeps_public(
    user: AbstractBaseUser | AnonymousUser, stored: Photo, form: "ModelForm[Photo]"
) -> bool:
    """Whether the valid form leaves what readers see with its credit and alt text, or its user may
    publish without; the form says what it would take away.
    """
    if user.has_perm("articles.publish_article"):  # type: ignore[union-attr]
        return True
    losses = public_losses(stored, form.cleaned_data)
    if not user.has_perm("articles.delete_photo"):  # type: ignore[union-attr]
        losses |= public_rights(stored, form.cleaned_data)
    for column, why in losses.items():
        form.add_error(column, why)
    return not losses


def sent(request: HttpRequest) -> dict[str, Any]:
    """The body of a request, as JSON or as a form; {} for JSON that is no object."""
    if request.content_type != "application/json":
        return request.POST.dict()
    try:
        data = json.loads(request.body)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}
