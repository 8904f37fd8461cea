"""A photo's original, as it came: private, with its position and all. Never at a lasting address.

The photo's page links to `request_original`, which sends on to an address that is signed for this
person and ends after five minutes; whoever else asks for it, or later, gets nothing. With a bucket
the address is the bucket's own, signed for as long.
"""

from pathlib import PurePath
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.core.files.storage import Storage
from django.core.signing import BadSignature, TimestampSigner
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from articles.models import Photo

SECONDS = 300
SIGNER = TimestampSigner(salt="articles.photo.original")
PERMISSIONS = ("articles.view_photo", "articles.change_photo")


def words_of(photo: Photo) -> str:
    """What the link says: "Original file, 12.0 MB JPEG"."""
    size, kind = photo.metadata.get("size_bytes"), photo.metadata.get("format")
    more = " ".join(filter(None, (filesizeformat(size) if size else "", kind)))
    return f"Original file, {more}" if more else "Original file"


@require_GET
@permission_required(PERMISSIONS, raise_exception=True)
@never_cache
def request_original(request: HttpRequest, photo_id: int) -> HttpResponseBase:
    """Sends on to the signed address."""
    photo = _with_file(photo_id)
    storage: Any = photo.original.storage
    if _is_bucket(storage):
        as_download = {"ResponseContentDisposition": f'attachment; filename="{_name_of(photo)}"'}
        return HttpResponseRedirect(
            storage.url(photo.original.name, parameters=as_download, expire=SECONDS)
        )
    token = SIGNER.sign_object({"photo": photo.pk, "user": request.user.pk}, compress=True)
    return HttpResponseRedirect(reverse("admin:articles_photo_original_file", args=[token]))


@require_GET
@permission_required(PERMISSIONS, raise_exception=True)
@never_cache
def send_original(request: HttpRequest, token: str) -> HttpResponseBase:
    """The file, to be saved and not shown."""
    try:
        asked = SIGNER.unsign_object(token, max_age=SECONDS)
    except BadSignature as error:
        raise PermissionDenied("This address has ended. Open it from the photo's page.") from error
    if asked["user"] != request.user.pk:
        raise PermissionDenied("This address is somebody else's. Open it from the photo's page.")
    photo = _with_file(asked["photo"])
    try:
        file = photo.original.open("rb")
    except FileNotFoundError as error:
        raise Http404("The original is not where it was stored.") from error
    response = FileResponse(file, as_attachment=True, filename=_name_of(photo))
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _with_file(photo_id: int) -> Photo:
    return get_object_or_404(Photo.objects.exclude(original=""), pk=photo_id)


def _name_of(photo: Photo) -> str:
    """Nothing of what the upload was called."""
    return f"photo-{photo.pk}{PurePath(str(photo.original.name)).suffix}"


def _is_bucket(storage: Storage) -> bool:
    """Whether its files have no path of this machine."""
    try:
        storage.path("x")
    except NotImplementedError:
        return True
    return False
