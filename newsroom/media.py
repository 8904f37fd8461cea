"""The address of every picture: is it one that may be shown now, then the file, else 410; the desk
sees what it has withdrawn.

Embedded, Newsroom sends the file itself; behind nginx (NGINX_SENDS_MEDIA) it says yes and nginx
sends it. With a bucket nobody comes here (docs/operations.md, Pictures that must go).
"""

import re
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from django.views.static import serve

from articles.photos.door import Pass, pass_of
from articles.site_clock import AWAY

MEDIA_TYPES = {
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".png": "image/png",
    ".gif": "image/gif",
}
# Where deploy/nginx.conf has the same folder, for Newsroom's answers alone.
NGINX_FILES = "/media-files/"
# Pictures of reactions (reactions.kind_files): no photo's, so no right of them ends.
NOBODYS_RIGHTS = "reactions/"
FOR_EVER = Pass("active", None, None)
Application = Callable[[dict[str, Any], Any], Iterable[bytes]]
YEAR = 31_536_000
# What shared caches may go on with after a takedown. Browsers keep what they have shown.
SHARED_SECONDS = 60
# Our own names; no segment begins with a dot.
_PATH = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*", re.ASCII)


class MediaDoor:
    """Says yes to nginx for what everybody may see, before Django is asked: a page has twenty
    pictures. All else, and every doubt, is Django's (`media`). A WSGI application around another.
    """

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        asked = environ["PATH_INFO"]
        if asked.startswith(settings.MEDIA_URL) and environ["REQUEST_METHOD"] in {"GET", "HEAD"}:
            path = asked.removeprefix(settings.MEDIA_URL)
            if settings.NGINX_SENDS_MEDIA and (control := _for_everybody(path)):
                start_response("200 OK", [*_to_nginx(path).items(), ("Cache-Control", control)])
                return ()
        return self.application(environ, start_response)


def _for_everybody(path: str) -> str:
    """The Cache-Control of a picture that everybody may see; empty for all else."""
    try:
        found = _pass_of(path) if _is_there(path) else None
    except AWAY:
        return ""
    return lifetime(found) if found and found.is_shown else ""


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponse:
    """A public rendition. The files are our own re-encoded rasters under content-hash names.
    Anything else in the folder is not served, and no document of any kind can run here.
    """
    if not _is_there(path):
        return _refused(404, "There is no such picture.")
    try:
        found = _pass_of(path)
    except AWAY:
        response = _refused(503, "Whether this picture may be shown can’t be found out right now.")
        response["Retry-After"] = "5"
        return response
    if found is None:
        return _refused(404, "There is no such picture.")
    # The session is asked for what is hidden alone: what everybody gets depends on nobody.
    if not (found.is_shown or request.user.has_perm("articles.view_photo")):
        return _refused(410, "This picture was withdrawn.")
    response = _sent_by_nginx(path) if settings.NGINX_SENDS_MEDIA else _sent(request, path)
    response["Cache-Control"] = lifetime(found) if found.is_shown else "private, no-store"
    return _harmless(response)


def _pass_of(path: str) -> Pass | None:
    return FOR_EVER if path.startswith(NOBODYS_RIGHTS) else pass_of(path)


def lifetime(found: Pass) -> str:
    """Cache-Control of a picture: for ever, or to the end of its right; a minute where shared."""
    left = found.seconds_left
    if left is None:
        return f"public, max-age={YEAR}, immutable, s-maxage={SHARED_SECONDS}"
    seconds = min(max(int(left), 0), YEAR)
    return f"public, max-age={seconds}, s-maxage={min(seconds, SHARED_SECONDS)}"


def _sent(request: HttpRequest, path: str) -> HttpResponse:
    etag = f'"{PurePosixPath(path).stem}"'  # the name says what is in it
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    response = serve(request, path, document_root=default_storage.path(""))
    response["ETag"] = etag
    return response  # type: ignore[return-value]


def _sent_by_nginx(path: str) -> HttpResponse:
    """An empty answer: nginx sees to HEAD, conditions and ranges as it does for any file."""
    return HttpResponse(headers=_to_nginx(path))


def _to_nginx(path: str) -> dict[str, str]:
    kind = MEDIA_TYPES[PurePosixPath(path).suffix]
    return {"X-Accel-Redirect": NGINX_FILES + quote(path), "Content-Type": kind}


def _is_there(path: str) -> bool:
    """Whether it is one of our names, and a file of this machine."""
    ours = _PATH.fullmatch(path) and PurePosixPath(path).suffix in MEDIA_TYPES
    return bool(ours) and not settings.MEDIA_BUCKET and default_storage.exists(path)


def _refused(status: int, words: str) -> HttpResponse:
    response = HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return _harmless(response)


def _harmless(response: HttpResponse) -> HttpResponse:
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
