"""Networks' names: the same for a day, nothing afterwards, and never an address."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import LazySettings
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone

from reactions import networks, tasks
from reactions.models import NetKey

pytestmark = [pytest.mark.django_db, pytest.mark.services]
NOON = datetime(2026, 5, 5, 12, tzinfo=UTC)


def asking(**meta: str) -> HttpRequest:
    return RequestFactory().get("/", **meta)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("203.0.113.7", "203.0.113.250", True),
        ("203.0.113.7", "203.0.114.7", False),
        ("::ffff:203.0.113.7", "203.0.113.9", True),
        ("2001:db8:1:2::1", "2001:db8:1:ffff::9", True),
        ("2001:db8:1::1", "2001:db8:2::1", False),
        ("2001:db8:1::1", "0.1.0.1", False),
    ],
)
def test_a_network_is_a_slash_24_or_48(one: str, other: str, same: bool) -> None:
    assert (networks.names_of(one)[0] == networks.names_of(other)[0]) is same


def test_names_fit_63_bits_and_say_nothing() -> None:
    names = {networks.names_of(f"203.0.{number}.1")[0] for number in range(50)}
    assert len(names) == 50
    assert all(0 < name < 2**63 for name in names)


@pytest.mark.parametrize(
    "address",
    ["", "x", "unix:", "127.0.0.1", "10.1.2.3", "192.168.0.9", "::1", "fe80::1", "203.0.113.7:80"],
)
def test_no_address_and_the_sites_own_are_unknown(address: str) -> None:
    """A proxy of which Newsroom was not told must not make one network of all readers."""
    assert networks.names_of(address) == (networks.UNKNOWN,)
    assert not NetKey.objects.exists()


def test_the_proxys_word_counts_where_there_is_one(settings: LazySettings) -> None:
    request = asking(REMOTE_ADDR="203.0.113.1", HTTP_X_FORWARDED_FOR="198.51.100.9, 192.0.2.4")
    assert networks.address_of(request) == "203.0.113.1"
    settings.BEHIND_PROXY = True
    assert networks.address_of(request) == "192.0.2.4"  # what stands before it anybody can write
    assert networks.address_of(asking(REMOTE_ADDR="203.0.113.1")) == ""


def test_the_key_changes_every_day_and_yesterdays_still_tells() -> None:
    with time_machine.travel(NOON):
        (today,) = networks.names_of("203.0.113.7")
        assert networks.names_of("203.0.113.7") == (today,)
    with time_machine.travel(NOON + timedelta(days=1)):
        tomorrow = networks.names_of("203.0.113.7")
    assert tomorrow[0] != today
    assert tomorrow[1] == today


def test_processes_share_the_key() -> None:
    mine = networks.names_of("203.0.113.7")
    networks.forget()  # as another process
    assert networks.names_of("203.0.113.7") == mine


def test_keys_are_destroyed_when_the_day_after_is_over() -> None:
    for days in range(4):
        NetKey.objects.create(day=(timezone.now() - timedelta(days=days)).date(), key=b"x" * 32)
    tasks.keep_ledger()
    kept = sorted(NetKey.objects.values_list("day", flat=True))
    today = timezone.now().date()
    assert kept == [today - timedelta(days=1), today]
    assert str(NetKey.objects.latest("day")) == f"The key of {today}"


def test_a_running_process_forgets_them_too() -> None:
    for days in range(4):
        with time_machine.travel(NOON + timedelta(days=days)):
            networks.names_of("203.0.113.7")
    assert len(networks._keys) == 2
