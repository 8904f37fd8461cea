"""What is taken from a provider's oEmbed answer: a few checked fields, and never its HTML.

The answer comes from outside and may be anything. Fields and types: https://oembed.com, 2.3.
"""

import datetime as dt
import json
import math
import re
from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Literal

from articles.embeds.quotation import MAX_QUOTE_CHARS, Quotation, quotation_in
from articles.embeds.url import SafeUrl, read_url

MAX_ANSWER_BYTES = 512 * 1024
MAX_OBJECT_KEYS = 1000
MAX_TITLE_CHARS = 500
MAX_AUTHOR_CHARS = 300
MAX_ADDRESS_CHARS = 1000
MAX_SIDE_PIXELS = 10_000
TYPES = ("photo", "video", "link", "rich")
# Where an answer may have the post's own words.
TextField = Literal["", "html", "title"]
# Fields of single providers with the day of publication: Vimeo's, and what others call it.
_DAYS = ("upload_date", "published", "date_published", "created_at")
_NO_PICTURES: frozenset[str] = frozenset()

# Controls, and the marks that turn the direction of the text around them.
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class InvalidAnswerError(ValueError):
    """The answer is no oEmbed answer. The message says in what way, for the desk's list."""


@dataclass(frozen=True, slots=True)
class EmbedFacts:
    """Checked fields of an answer; "" and None where the provider said nothing usable.

    `text` and `published` are a suggestion for the writer's own quote. `thumbnail_url` is https,
    on a host whose pictures may be kept.
    """

    title: str = ""
    author_name: str = ""
    author_url: str = ""
    width: int | None = None
    height: int | None = None
    text: str = ""
    published: dt.date | None = None
    thumbnail_url: str = ""

    @property
    def ratio(self) -> float | None:
        """Width by height, where both are known."""
        return self.width / self.height if self.width and self.height else None


def parse_oembed(
    payload: bytes,
    owns: Callable[[str], bool],
    *,
    text: TextField = "",
    picture_hosts: Set[str] = _NO_PICTURES,
) -> EmbedFacts:
    """The facts in an oEmbed answer. `owns` says whether a host is the provider's own: an author's
    page elsewhere is not linked. `text` is where to look for the post's words, `picture_hosts`
    where a picture may come from.

    Raises InvalidAnswerError for everything that isn't a JSON object of a known oEmbed type.
    """
    answer = _load(payload)
    if answer.get("type") not in TYPES:
        raise InvalidAnswerError("the answer names no oEmbed type")
    html = answer.get("html")
    said = quotation_in(html) if text == "html" and isinstance(html, str) else Quotation()
    days = (_day(answer.get(name)) for name in _DAYS)
    return EmbedFacts(
        title=_line(answer.get("title"), MAX_TITLE_CHARS),
        author_name=_line(answer.get("author_name") or said.author, MAX_AUTHOR_CHARS),
        author_url=_address(answer.get("author_url"), owns),
        width=_side(answer.get("width")),
        height=_side(answer.get("height")),
        text=_prose(answer.get("title") if text == "title" else said.text),
        published=next(filter(None, days), said.published),
        thumbnail_url=_picture(answer.get("thumbnail_url"), picture_hosts),
    )


def _load(payload: bytes) -> dict[str, object]:
    if len(payload) > MAX_ANSWER_BYTES:
        raise InvalidAnswerError("the answer is too long")
    try:
        answer = json.loads(
            payload.decode("utf-8-sig"),
            object_pairs_hook=_object,
            parse_constant=_nothing,
        )
    except (ValueError, RecursionError) as error:
        raise InvalidAnswerError("the answer is no readable JSON") from error
    if not isinstance(answer, dict):
        raise InvalidAnswerError("the answer is no JSON object")
    return {key: value for key, value in answer.items() if isinstance(key, str)}


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len(pairs) > MAX_OBJECT_KEYS:
        raise ValueError("too many keys")
    return dict(pairs)


def _nothing(_constant: str) -> None:
    """NaN and Infinity are not JSON; one of them must not cost the other fields."""


def _line(value: object, limit: int) -> str:
    if not isinstance(value, str):
        return ""
    text = _SURROGATE.sub("\ufffd", _INVISIBLE.sub(" ", value))
    return " ".join(text.split())[:limit].rstrip()


def _prose(value: object) -> str:
    """Several lines, each as clean as one."""
    lines = value.splitlines() if isinstance(value, str) else []
    return "\n".join(filter(None, (_line(line, MAX_QUOTE_CHARS) for line in lines)))[
        :MAX_QUOTE_CHARS
    ]


def _day(value: object) -> dt.date | None:
    """The day in an ISO 8601 time, or one with a blank for the "T"."""
    try:
        return dt.date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def _address(value: object, owns: Callable[[str], bool]) -> str:
    url: SafeUrl | None = read_url(value) if isinstance(value, str) else None
    if url is None or not owns(url.host) or len(url.page) > MAX_ADDRESS_CHARS:
        return ""
    return url.page if url.page.isascii() else ""


def _picture(value: object, hosts: Set[str]) -> str:
    """The address as it was sent: a picture server may want its query."""
    url: SafeUrl | None = read_url(value) if isinstance(value, str) else None
    if url is None or url.host not in hosts or len(url.source) > MAX_ADDRESS_CHARS:
        return ""
    return url.source if url.source.startswith("https://") and url.source.isascii() else ""


def _side(value: object) -> int | None:
    """Pixels; some providers send them as text."""
    if isinstance(value, str) and len(value) <= 5 and value.isascii() and value.isdecimal():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return int(value) if 1 <= value <= MAX_SIDE_PIXELS else None
