"""Who reacts: a random number in a signed cookie, nothing about the person.

The cookie holds a 63-bit random id and the time of issue, under HMAC-SHA256 cut to 128 bits. It
names the key that signed it, so that SECRET_KEY can change while SECRET_KEY_FALLBACKS still
reads old cookies. No page view ever sets it: only a reader who reaches for the
reactions gets one.
"""

import hashlib
import hmac
import re
import secrets
import struct
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE_MAX_AGE_SECONDS = 365 * 24 * 3600
ID_BITS = 63
MAC_BYTES = 16
KEY_ID_BYTES = 3
PAYLOAD = struct.Struct(">QI")  # id, seconds since 1970
SALT = b"reactions.visitors"
OLD_COOKIE = "react_id"  # of WP Reactions: PHP's uniqid(), not signed
OLD_ID = re.compile(r"[0-9a-z.]{13,40}")


@dataclass(frozen=True, slots=True)
class Visitor:
    id: int
    issued_at: int  # seconds since 1970

    def age_seconds(self, now: float | None = None) -> int:
        """How old the cookie is; never below 0, and no more than it can get."""
        age = int((time.time() if now is None else now) - self.issued_at)
        return min(max(age, 0), COOKIE_MAX_AGE_SECONDS)


def cookie_name() -> str:
    """`__Host-` makes browsers refuse the cookie from a sub-domain or without TLS."""
    return "__Host-visitor" if settings.HTTPS else "visitor"


def mint() -> Visitor:
    """A new visitor; the id is never 0."""
    return Visitor(id=secrets.randbits(ID_BITS) or 1, issued_at=int(time.time()))


def sign(visitor: Visitor) -> str:
    """The cookie's value: key id, payload and MAC, each in URL-safe base 64, joined by dots."""
    return _sign_with(_derive(settings.SECRET_KEY), PAYLOAD.pack(visitor.id, visitor.issued_at))


def read(value: str) -> Visitor | None:
    """The visitor that a cookie's value names; None if it is forged, damaged or too old."""
    parts = value.split(".")
    if len(parts) != 3 or not value.isascii():
        return None
    try:
        payload = _decode(parts[1])
    except ValueError:
        return None
    if len(payload) != PAYLOAD.size or not _is_signed(value, payload):
        return None
    number, issued_at = PAYLOAD.unpack(payload)
    if time.time() - issued_at > COOKIE_MAX_AGE_SECONDS:
        return None
    return Visitor(id=number, issued_at=issued_at)


def of_old_reader(voter: str) -> int:
    """The id under which a reader of the old site was imported, by that site's cookie.

    The oldest key that is still known signs it: it then holds while SECRET_KEY changes.
    """
    secret = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS][-1]
    mac = hmac.digest(_derive(secret), b"wpreactions:" + voter.encode(), "sha256")
    return int.from_bytes(mac[:8], "big") >> 1 or 1


def _old_reader(request: HttpRequest) -> Visitor | None:
    """Who comes back from the old site with its cookie, where its readers' votes were imported."""
    old = request.COOKIES.get(OLD_COOKIE, "")
    if not settings.REACTIONS_OLD_READERS or not OLD_ID.fullmatch(old):
        return None
    return Visitor(id=of_old_reader(old), issued_at=int(time.time()))


def mint_for(request: HttpRequest) -> Visitor:
    """A visitor for a browser that has none: the one of the old site's cookie, else a new one."""
    return _old_reader(request) or mint()


def presented(request: HttpRequest) -> list[Visitor]:
    """Whose votes this browser may see and erase: of our cookie and of the old site's. They are two
    where a reader had ours before the old one's votes were known.
    """
    named = (visitor_of(request), _old_reader(request))
    return list({visitor.id: visitor for visitor in named if visitor}.values())


def visitor_of(request: HttpRequest) -> Visitor | None:
    """The visitor of the request's cookie, if it has a valid one."""
    return read(request.COOKIES.get(cookie_name(), ""))


def remember(response: HttpResponse, visitor: Visitor) -> None:
    """Set the cookie on an answer that no cache keeps."""
    response.set_cookie(
        cookie_name(),
        sign(visitor),
        max_age=COOKIE_MAX_AGE_SECONDS,
        path="/",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse) -> None:
    """Take the cookie back, and an old site's that would bring the same visitor again.

    `__Host-` names ask for the same attributes as when it was set.
    """
    if settings.REACTIONS_OLD_READERS:
        response.delete_cookie(OLD_COOKIE)
    response.set_cookie(
        cookie_name(),
        max_age=0,
        expires="Thu, 01 Jan 1970 00:00:00 GMT",
        path="/",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _derive(secret: str) -> bytes:
    return hashlib.sha256(SALT + secret.encode()).digest()


def _sign_with(key: bytes, payload: bytes) -> str:
    key_id = _encode(hashlib.sha256(key).digest()[:KEY_ID_BYTES])
    mac = hmac.digest(key, payload, "sha256")[:MAC_BYTES]
    return f"{key_id}.{_encode(payload)}.{_encode(mac)}"


def _is_signed(value: str, payload: bytes) -> bool:
    keys = map(_derive, [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS])
    return any(hmac.compare_digest(value, _sign_with(key, payload)) for key in keys)


def _encode(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
