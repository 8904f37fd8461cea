"""View tokens: a vote is sent from a page that its sender looked at, a moment ago.

Fetched when a reader who has the cookie reaches for the bar, or with it at the first click. HMAC-SHA256 cut to 128 bits over article,
visitor, network and the time in milliseconds; nothing is stored. Good for several votes of that
reader on that article within REACTIONS_TOKEN_MAX_SECONDS, and not before REACTIONS_TOKEN_MIN_MS:
who votes without a page needs two calls, a cookie and patience.
"""

import hashlib
import hmac
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterable

from django.conf import settings

from reactions.visitors import Visitor

SALT = b"reactions.token"
MAC_BYTES = 16
MAX_CHARS = 64


def mint(article_id: int, visitor: Visitor, net: int, *, now: float | None = None) -> str:
    """A token of now (seconds since 1970): hexadecimal milliseconds, a dot, the MAC."""
    return _sign(article_id, visitor, net, int((now or time.time()) * 1_000))


def is_good(
    token: str,
    article_id: int,
    visitor: Visitor,
    nets: Iterable[int],
    *,
    min_ms: int | None = None,
) -> bool:
    """True if it was minted for this article and visitor in one of the networks' names, and is
    neither too young (`min_ms`, else REACTIONS_TOKEN_MIN_MS) nor too old.
    """
    youngest = settings.REACTIONS_TOKEN_MIN_MS if min_ms is None else min_ms
    stamp = token.partition(".")[0]
    if len(token) > MAX_CHARS or not token.isascii() or not stamp.isalnum():
        return False
    try:
        at_ms = int(stamp, 16)
    except ValueError:
        return False
    age_ms = time.time() * 1_000 - at_ms
    if not youngest <= age_ms <= settings.REACTIONS_TOKEN_MAX_SECONDS * 1e3:
        return False
    return any(hmac.compare_digest(token, _sign(article_id, visitor, net, at_ms)) for net in nets)


def _sign(article_id: int, visitor: Visitor, net: int, at_ms: int) -> str:
    key = hashlib.sha256(SALT + settings.SECRET_KEY.encode()).digest()
    text = f"{article_id} {visitor.id} {net} {at_ms}"
    mac = hmac.digest(key, text.encode(), "sha256")[:MAC_BYTES]
    return f"{at_ms:x}.{urlsafe_b64encode(mac).rstrip(b'=').decode()}"
