"""The small stylesheet of a set that has a style of its own, and its address.

The address says what is in it, so caches may keep it for ever, and a page names it only where there
is something in it.
"""

import hashlib
import json
from functools import lru_cache

from django.urls import reverse

from reactions.set_style import Style, stylesheet

DIGITS = 12


@lru_cache(1_024)
def url_of(set_id: int, stored: str) -> str:
    """The address for a set's style as the database stores it (JSON text); "" for an empty one."""
    css = stylesheet(set_id, json.loads(stored))
    return reverse("reactions:set_sheet", args=[set_id, digest(css)]) if css else ""


def sheet_of(set_id: int, style: Style) -> tuple[str, str]:
    """(CSS, its digest)."""
    css = stylesheet(set_id, style)
    return css, digest(css)


def digest(css: str) -> str:
    return hashlib.sha256(css.encode()).hexdigest()[:DIGITS]
