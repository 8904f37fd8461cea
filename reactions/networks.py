"""Where a vote comes from, without an address: the name of its network for a day.

The name is 63 bits of HMAC-SHA256 over the network (IPv4 /24, IPv6 /48) under a key that is random,
made for each day (UTC) and deleted when the day after is over. While the key is there, votes of one
network can be told to be of one; afterwards nobody can say of which, nor compare two days. The
address itself is never stored.
"""

import hmac
import secrets
from datetime import date, datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from reactions.models import NetKey

UNKNOWN = 0
IPV4_HOST_BITS = 8
IPV6_HOST_BITS = 80
KEY_BYTES = 32
# Addresses that name a machine of the site's own, most likely a proxy that BEHIND_PROXY doesn't
# say is there: all readers would seem to be one network.
OWN = [
    ip_network(text)
    for text in (
        "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16",
        "::1/128", "fc00::/7", "fe80::/10",
    )
]  # fmt: skip

_keys: dict[date, bytes | None] = {}  # of this process: today's and yesterday's


def address_of(request: HttpRequest) -> str:
    """The client's address: the last one of X-Forwarded-For behind a proxy (that is what our own
    proxy saw; what stands before it anybody can write), else the connection's.
    """
    if settings.BEHIND_PROXY:
        return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def names_of(address: str, now: datetime | None = None) -> tuple[int, ...]:
    """The network's name today and what it was yesterday, while that key is there; (0,) where the
    address is none or the site's own.
    """
    network = _network(address)
    if network is None:
        return (UNKNOWN,)
    today = (now or timezone.now()).date()
    keys = [_key(today), _key(today - timedelta(days=1))]
    return tuple(_name(key, network) for key in keys if key is not None)


def forget_keys(now: datetime | None = None) -> int:
    """Delete the keys of days that are over for a day; returns how many."""
    yesterday = (now or timezone.now()).date() - timedelta(days=1)
    return NetKey.objects.filter(day__lt=yesterday).delete()[0]


def forget() -> None:
    """Of this process: read the keys again."""
    _keys.clear()


def _network(address: str) -> bytes | None:
    try:
        ip = ip_address(address)
    except ValueError:
        return None
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if any(ip.version == own.version and ip in own for own in OWN):
        return None
    host_bits = IPV4_HOST_BITS if ip.version == 4 else IPV6_HOST_BITS
    return b"%d:%x" % (ip.version, int(ip) >> host_bits)


def _name(key: bytes, network: bytes) -> int:
    """63 bits, never 0."""
    return int.from_bytes(hmac.digest(key, network, "sha256")[:8]) >> 1 or 1


def _key(day: date) -> bytes | None:
    """The day's key: today's is made by the first who needs it; an older one may be gone."""
    if day not in _keys:
        today = timezone.now().date()
        if day == today:
            _keys.clear()  # the day before yesterday's is no business of this process any more
            fresh = NetKey(day=day, key=secrets.token_bytes(KEY_BYTES))
            NetKey.objects.bulk_create([fresh], ignore_conflicts=True)
        key = NetKey.objects.filter(day=day).values_list("key", flat=True).first()
        _keys[day] = None if key is None else bytes(key)
    return _keys[day]
