"""Which URLs and addresses our fetcher may ask for. Pure: no name is looked up here.

The rule for addresses is "public unicast only" by a list of our own, because
`ipaddress.is_global` says True to NAT64, 6to4, site-local, multicast and a cloud's wire server.
The rule for URLs is a grammar so narrow that no two parsers can read one URL in two ways.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote

URL_MAX_CHARS = 4096
NAME_MAX_CHARS = 253  # RFC 1035, 2.3.4
PORTS = {"http": 80, "https": 443}

# Codes of refusal and what they say to a person at the desk.
REASONS = {
    "ok": "This address may be fetched.",
    "too-long": f"The address is longer than {URL_MAX_CHARS} characters.",
    "forbidden-character": "The address holds a space, a backslash or an invisible character. Copy it again.",
    "not-http": "The address must begin with https:// or http:// and name a host.",
    "userinfo": "The address holds a user name or an @ before the path. Remove it.",
    "bad-host": "The host name is not a valid one.",
    "bad-port": "Only the usual ports are asked: 443 for https, 80 for http.",
    "not-public-name": "The host name belongs to a local or reserved network.",
    "ambiguous-number": "The host is a number in a disguised form.",
    "bad-address": "The host's network address can't be read.",
    "no-address": "The host name has no network address.",
    "not-public-address": "The host's network address is not a public one.",
}

# IANA special-purpose registries (IPv4 and IPv6), and the addresses clouds keep for themselves.
REFUSED_V4 = [
    ip_network(network)
    for network in (
        "0.0.0.0/8",  # this network, RFC 791
        "10.0.0.0/8",  # private, RFC 1918
        "100.64.0.0/10",  # carrier NAT, RFC 6598; a cloud's metadata service lives in it
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # Azure's wire server, on a public-looking address
        "169.254.0.0/16",  # link-local, most clouds' metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments, RFC 6890; Oracle's metadata
        "192.0.2.0/24",  # documentation, RFC 5737
        "192.31.196.0/24",  # AS112, RFC 7535
        "192.52.193.0/24",  # AMT, RFC 7450
        "192.88.99.0/24",  # 6to4 relays, RFC 7526
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112, RFC 7534
        "198.18.0.0/15",  # benchmarks, RFC 2544
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/3",  # multicast, reserved, broadcast
    )
]
# Everything outside it is local, embedded (v4-mapped, NAT64) or not handed out: RFC 4291, 2.4.
UNICAST_V6 = ip_network("2000::/3")
REFUSED_V6 = [
    ip_network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, benchmarks, ORCHID (RFC 2928)
        "2001:db8::/32",  # documentation, RFC 3849
        "2002::/16",  # 6to4: an IPv4 address in disguise
        "2620:4f:8000::/48",  # AS112
        "3ffe::/16",  # 6bone, handed back (RFC 3701)
        "3fff::/20",  # documentation, RFC 9637
    )
]
# RFC 2606, 6761, 6762 (with its appendix G), 7686, 8375, 9476, ICANN's private use, clusters.
LOCAL_SUFFIXES = frozenset(
    {
        "alt",
        "arpa",
        "cluster",
        "consul",
        "corp",
        "domain",
        "example",
        "home",
        "i2p",
        "internal",
        "intranet",
        "invalid",
        "lan",
        "local",
        "localdomain",
        "localdomain6",
        "localhost",
        "mail",
        "onion",
        "private",
        "svc",
        "test",
        "workgroup",
    }
)
# What a cloud's machines call their metadata service by, in a domain that others use as well.
METADATA_NAMES = frozenset({"metadata.goog"})

# Space and control of any script; format characters (bidi, zero-width, tags); surrogates.
FORBIDDEN = re.compile(
    r"[\s\\\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    r"\ufff9-\uffff\ud800-\udfff\U000e0000-\U000e0fff]|%(?:[01][0-9a-f]|7f)",
    re.IGNORECASE,
)
SHAPE = re.compile(r"(https?)://([^/?#]+)([^#]*)(#.*)?", re.IGNORECASE)
AUTHORITY = re.compile(r"(\[[^\[\]]*\]|[^:\[\]]*)(?::(.*))?")
LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII)
# The WHATWG URL standard's "ends in a number": such a host is an IPv4 address or nothing.
NUMBER = re.compile(r"\d+|0x[0-9a-f]*", re.ASCII)
# What RFC 3986 allows in a path and query, "%" included: it is never encoded twice.
TARGET_SAFE = "!$%&'()*+,-./:;=?@[]_~"


@dataclass(frozen=True, slots=True)
class Verdict:
    """May our fetcher ask for this? `reason` is a key of REASONS ("ok" when allowed)."""

    allow: bool
    reason: str

    @property
    def text(self) -> str:
        return REASONS[self.reason]


@dataclass(frozen=True, slots=True)
class WebAddress:
    """A URL taken apart: host in lower case without brackets and root dot, port as written or
    the scheme's, target = path and query in ASCII as they go on the wire."""

    scheme: str
    host: str
    port: int
    target: str


class UrlFormError(ValueError):
    """The URL's form is refused; `args[0]` is a key of REASONS."""


def judge_url(url: str, *, resolves_to: Sequence[str] | None = None) -> Verdict:
    """May our fetcher ask for `url`, if its name resolves to these addresses?

    Without `resolves_to` the URL and a literal address in it are judged alone. Never raises.
    """
    try:
        address = split_url(url)
    except UrlFormError as error:
        return Verdict(False, str(error))
    if address.port != PORTS[address.scheme]:
        return Verdict(False, "bad-port")
    reason = judge_host(address.host)
    if reason == "ok" and resolves_to is not None:
        reason = judge_addresses(resolves_to)
    return Verdict(reason == "ok", reason)


def split_url(url: str) -> WebAddress:
    """Take an absolute http(s) URL apart by its form alone; raises UrlFormError.

    Not urllib.parse: that one drops newlines and tabs and keeps a backslash in the host, which
    browsers and servers read otherwise.
    """
    if len(url) > URL_MAX_CHARS:
        raise UrlFormError("too-long")
    if FORBIDDEN.search(url):
        raise UrlFormError("forbidden-character")
    shape = SHAPE.fullmatch(url)
    if shape is None:
        raise UrlFormError("not-http")
    scheme, authority, rest = shape[1].lower(), shape[2], shape[3]
    # Without a path, parsers differ on where "?@host" and "#@host" end the authority.
    if "@" in authority or (not rest.startswith("/") and "@" in rest + (shape[4] or "")):
        raise UrlFormError("userinfo")
    parts = AUTHORITY.fullmatch(authority)
    if parts is None:
        raise UrlFormError("bad-host")
    target = quote(rest if rest.startswith("/") else f"/{rest}", safe=TARGET_SAFE)
    return WebAddress(scheme, _host(parts[1]), _port(parts[2], scheme), target)


def is_literal(host: str) -> bool:
    """Is this host, as WebAddress holds it, an address that needs no look-up?"""
    return ":" in host or _is_v4(host)


def judge_host(host: str) -> str:
    """A key of REASONS for a host as WebAddress holds it: a name or a literal address."""
    if ":" in host:
        return judge_addresses([host])
    labels = host.split(".")
    if NUMBER.fullmatch(labels[-1]):
        # Leading zeros (octal to some), hexadecimal and short forms are no IPv4Address.
        return judge_addresses([host]) if _is_v4(host) else "ambiguous-number"
    if len(labels) == 1 or labels[-1] in LOCAL_SUFFIXES or host in METADATA_NAMES:
        return "not-public-name"
    return "ok"


def judge_addresses(addresses: Sequence[str]) -> str:
    """A key of REASONS: "ok" when there is an address and every single one is public unicast."""
    if not addresses:
        return "no-address"
    for text in addresses:
        try:
            address = ip_address(text)
        except ValueError:
            return "bad-address"
        if not is_public(address):
            return "not-public-address"
    return "ok"


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Is this an address of the public internet that means one host?"""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in REFUSED_V4)
    if address.scope_id is not None or address not in UNICAST_V6:
        return False
    return not any(address in network for network in REFUSED_V6)


def _host(text: str) -> str:
    if text.startswith("["):
        try:
            return str(IPv6Address(text[1:-1]))
        except ValueError as error:
            raise UrlFormError("bad-host") from error
    name = text.lower().removesuffix(".")
    if len(name) > NAME_MAX_CHARS or not all(LABEL.fullmatch(label) for label in name.split(".")):
        raise UrlFormError("bad-host")
    return name


def _port(text: str | None, scheme: str) -> int:
    if text is None:
        return PORTS[scheme]
    if not re.fullmatch(r"[1-9]\d{0,4}", text, re.ASCII):
        raise UrlFormError("bad-port")
    return int(text)


def _is_v4(host: str) -> bool:
    try:
        IPv4Address(host)
    except ValueError:
        return False
    return True
