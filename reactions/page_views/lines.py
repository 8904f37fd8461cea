"""One line of an access log: nginx's and Apache's "combined", and Caddy's JSON. Pure.

https://nginx.org/en/docs/http/ngx_http_log_module.html, https://caddyserver.com/docs/caddyfile/directives/log
"""

import json
import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

# nginx writes quotes within a field as \x22, Apache as \": neither ends the field. What a format of
# one's own adds after the user agent is looked at for the word "prefetch" only.
QUOTED = rb'"([^"\\]*(?:\\.[^"\\]*)*)"'
COMBINED = re.compile(
    rb"[^\[]*\[([^\] ]{20}) ([+-]\d{4})\] %b (\d{3}) (\S+) %b %b(.*)" % (QUOTED, QUOTED, QUOTED),
    re.DOTALL,
)
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
# What programs call themselves. docs/operations.md lists these; a phone is called "Cubot".
BOT = re.compile(
    r"(?<!cu)bot|crawl|spider|slurp|archiv|scrap|scan|monitor|uptime|check|preview|fetch|feed|"
    r"headless|lighthouse|facebookexternalhit|whatsapp|curl|wget|python|java/|okhttp|go-http|"
    r"libwww|httpclient|\+http",
    re.IGNORECASE,
)
AHEAD = re.compile(rb"prefetch|prerender", re.IGNORECASE)
MINUTE = timedelta(minutes=1)


class Line(NamedTuple):
    """`at`: the minute, UTC. `target`: as it was asked for, with its query. `essence`: what tells
    the line from others without its address and user agent.
    """

    at: datetime
    method: str
    target: str
    status: int
    agent: str
    is_ahead: bool  # a browser fetched it before anybody asked
    essence: bytes


def read(line: bytes) -> Line | None:
    """What the line says; None if it is in neither format."""
    try:
        return _read_json(line) if line[:1] == b"{" else _read_combined(line)
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError):
        return None


def digest(line: bytes, salt: str = "") -> str:
    """32 hexadecimal digits that know the line again, made of nothing that is anybody's."""
    said = read(line)
    essence = said.essence if said is not None else b"%d" % len(line)
    return blake2b(essence, digest_size=16, key=blake2b(salt.encode()).digest()).hexdigest()


def is_bot(agent: str) -> bool:
    """Whether a program says that it is one; who says nothing is taken for one as well."""
    return len(agent) < 2 or _names_a_bot(agent)  # nginx writes "-" for none


@lru_cache(8_192)
def _names_a_bot(agent: str) -> bool:
    return BOT.search(agent) is not None


def _read_combined(line: bytes) -> Line | None:
    found = COMBINED.match(line)
    if found is None:
        return None
    moment, zone, request, status, size, _referrer, agent, rest = found.groups()
    method, _, target = request.partition(b" ")
    return Line(
        _minute(moment[:17], zone),
        method.decode("latin-1"),
        target.partition(b" ")[0].decode("latin-1"),
        int(status),
        agent.decode("latin-1"),
        AHEAD.search(rest) is not None,
        b"\t".join((moment, zone, request, status, size)),
    )


@lru_cache(4_096)
def _minute(moment: bytes, zone: bytes) -> datetime:
    """From "29/Nov/2026:17:09" and "+0100"."""
    day, month, rest = moment.decode().split("/")
    year, hour, minute = map(int, rest.split(":"))
    offset = (int(zone[1:3]) * 60 + int(zone[3:5])) * MINUTE
    number = MONTHS.index(month) // 4 + 1
    local = datetime(year, number, int(day), hour, minute, tzinfo=UTC)
    return local + offset if zone[:1] == b"-" else local - offset


def _read_json(line: bytes) -> Line | None:
    said = json.loads(line)
    request, moment = said["request"], said["ts"]
    headers = {name.lower(): values for name, values in request.get("headers", {}).items()}
    ahead = " ".join(_first(headers, name) for name in ("sec-purpose", "purpose", "x-moz"))
    essence = (moment, request["method"], request["uri"], said["status"], said.get("size"))
    return Line(
        _moment(moment).replace(second=0, microsecond=0),
        str(request["method"]),
        str(request["uri"]),
        int(said["status"]),
        _first(headers, "user-agent"),
        AHEAD.search(ahead.encode()) is not None,
        "\t".join(map(str, essence)).encode(errors="replace"),
    )


def _moment(value: Any) -> datetime:
    """Caddy writes seconds since 1970, or as it is told ISO 8601."""
    if isinstance(value, str):
        return datetime.fromisoformat(value).astimezone(UTC)
    return datetime.fromtimestamp(value, UTC)


def _first(headers: dict[str, list[str]], name: str) -> str:
    return str((headers.get(name) or [""])[0])
