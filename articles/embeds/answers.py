"""What a provider's HTTP answer means for an embed: facts, gone, another try, or nothing.

Pure: the request, its redirects, time-outs and size belong to newsroom.lib.http.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Literal

from articles.embeds.facts import EmbedFacts, InvalidAnswerError
from articles.embeds.provider import Provider

State = Literal["ok", "degraded", "gone", "retry", "wait"]

MIN_RETRY_AFTER_SECONDS = 30
MAX_RETRY_AFTER_SECONDS = 24 * 3600

_GONE = frozenset(
    {
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.GONE,
        HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS,
    }
)
_LATER = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
_SECONDS = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """`ok`: `facts` hold what the provider says. `gone`: it no longer shows the post. `retry`: ask
    again, not before `retry_after_seconds` where the provider named a time. `degraded`: nothing to
    be learned, asking again at once would not help. `wait`: nobody was asked, it is not the row's
    turn for `retry_after_seconds`. `reason` is for the desk."""

    state: State
    facts: EmbedFacts | None = None
    retry_after_seconds: float | None = None
    reason: str = ""

    @classmethod
    def none(cls, reason: str) -> "Outcome":
        """Nothing to be learned, for a reason that is no answer's."""
        return cls("degraded", reason=reason)


def interpret(
    status: int,
    headers: Mapping[str, str],
    *,
    body: bytes | None,
    provider: Provider,
    now: datetime | None = None,
) -> Outcome:
    """The meaning of an answer to an oEmbed request (https://oembed.com, 2.3.4; RFC 9110, 15).

    Without a `body` the status is all that was asked for: the post is there, or it is not. `now`, with a time zone, is what a Retry-After date is counted from; default: the clock.
    """
    values = {name.lower(): value for name, value in headers.items()}
    if status == HTTPStatus.OK:
        if body is None:
            return Outcome("ok")
        return _of_body(values.get("content-type", ""), body, provider=provider)
    reason = f"{provider.name} answered with status {status}"
    if status in _GONE:
        unsure = provider.oembed is not None and status in provider.oembed.says_nothing
        return Outcome("degraded" if unsure else "gone", reason=reason)
    if status in _LATER or 500 <= status < 600:
        wait = retry_after_seconds(values.get("retry-after", ""), now or datetime.now(UTC))
        return Outcome("retry", retry_after_seconds=wait, reason=reason)
    return Outcome("degraded", reason=reason)


def _of_body(content_type: str, body: bytes, *, provider: Provider) -> Outcome:
    try:
        return Outcome("ok", facts=provider.parse_oembed(body))
    except InvalidAnswerError as error:
        # A web page in place of the answer is a log-in wall or an error that passes.
        is_page = "html" in content_type.lower()
        return Outcome("retry" if is_page else "degraded", reason=f"{provider.name}: {error}")


def retry_after_seconds(value: str, now: datetime) -> int | None:
    """How long to wait by a Retry-After header (RFC 9110, 10.2.3), within 30 s and 24 h.

    None where it says nothing readable.
    """
    value = value.strip()
    if _SECONDS.fullmatch(value):
        seconds = int(value)
    else:
        try:
            then = parsedate_to_datetime(value)
        except (ValueError, OverflowError):
            return None
        seconds = int((then.replace(tzinfo=then.tzinfo or UTC) - now).total_seconds())
    return min(max(seconds, MIN_RETRY_AFTER_SECONDS), MAX_RETRY_AFTER_SECONDS)
