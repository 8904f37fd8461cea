"""The providers' page: health, what waits, and the switch."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.actions.embedding import switch_provider
from articles.admin.embed_health import ProviderHealth, health, hosts_of
from articles.embeds import hosts
from articles.embeds.providers import PROVIDERS, by_slug
from articles.models import EmbedHost, EmbedHostDay, SiteState
from tests import builders

pytestmark = pytest.mark.django_db
PAGE = "/admin/articles/embed/providers/"
YOUTUBE = "www.youtube.com"


def of(slug: str) -> ProviderHealth:
    return next(row for row in health() if row.slug == slug)


def test_every_provider_has_its_row_and_no_other(desk: Client) -> None:
    assert {row.slug for row in health()} == {provider.slug for provider in PROVIDERS}
    page = desk.get(PAGE)
    assert page.status_code == 200
    assert "Nothing waits for a worker" in page.content.decode()
    assert not page.context["used"]


def test_posts_are_counted_by_their_state(desk: Client) -> None:
    for state in ("ok", "ok", "gone", "pending"):
        builders.make_embed(state=state)
    builders.make_embed(state="ok", alias_of=builders.make_embed(provider="left_since"))
    row = of("instagram")
    assert row.counts == (("pending", "Waiting to be looked at", 1), ("ok", "Fine", 2), ("gone", "Gone", 1))  # fmt: skip
    assert row.oldest is not None
    left = of("left_since")
    assert (left.name, left.known, left.hosts) == ("Left since", False, ())
    html = desk.get(PAGE).content.decode()
    assert "Not supported any more" in html
    assert "providers/left_since/" not in html


def test_how_often_a_host_answered(desk: Client) -> None:
    today = timezone.now().date()
    for ago, answers, failures in ((0, 3, 1), (6, 5, 0), (29, 11, 0), (30, 500, 500)):
        EmbedHostDay.objects.create(
            host=YOUTUBE, day=today - timedelta(days=ago), answers=answers, failures=failures
        )
    (host,) = (each for each in of("youtube").hosts if each.host == YOUTUBE)
    assert host.rates == (
        ("today", "75 % of 4"),
        ("7 days", "88 % of 9"),
        ("30 days", "95 % of 20"),
    )
    assert "88 % of 9" in desk.get(PAGE).content.decode()


def test_a_pause_says_until_when_and_why(desk: Client) -> None:
    with time_machine.travel("2026-11-29T12:00:00Z", tick=False):
        for _ in range(hosts.FAILURES_TO_OPEN):
            hosts.wait_for(YOUTUBE)
            hosts.failed(YOUTUBE, "503 Service Unavailable")
        (host,) = (each for each in of("youtube").hosts if each.host == YOUTUBE)
        until = timezone.localtime(EmbedHost.objects.get().open_until)
        assert host.paused == f"Paused until {until:%H:%M}"
        assert health()[0].slug == "youtube"  # what is in trouble comes first
    with time_machine.travel("2026-11-29T12:01:00Z", tick=False):
        (host,) = (each for each in of("youtube").hosts if each.host == YOUTUBE)
        assert (host.paused, host.trouble) == ("", "503 Service Unavailable")


def test_a_long_pause_names_its_day(desk: Client) -> None:
    EmbedHost.objects.create(host=YOUTUBE, open_until=timezone.now() + timedelta(days=40))
    (host,) = (each for each in of("youtube").hosts if each.host == YOUTUBE)
    assert "," in host.paused


@time_machine.travel("2026-11-29T12:00:00Z", tick=False)
def test_the_quota_is_what_the_bucket_holds() -> None:
    holds = int(hosts.pace_of("graph.facebook.com").burst)
    assert hosts.quota_left("graph.facebook.com", 0.0) == (holds, holds)
    for _ in range(3):
        hosts.wait_for("graph.facebook.com")
    full_at = EmbedHost.objects.get().full_at
    assert hosts.quota_left("graph.facebook.com", full_at) == (holds - 3, holds)


def test_the_queue_says_for_whom_they_wait(desk: Client) -> None:
    for priority in (0, 0, 1, 2):
        builders.make_embed(priority=priority)
    builders.make_embed(next_check_at=None)
    html = desk.get(PAGE).content.decode()
    assert "4 posts wait for a worker: 2 from the desk, 1 from an import, 1 to be" in html


def test_a_server_of_many_is_named_once_it_was_asked() -> None:
    mastodon = by_slug("mastodon")
    assert mastodon is not None
    assert len(hosts_of(mastodon)) > 2
    assert of("mastodon").hosts == ()
    EmbedHost.objects.create(host="mastodon.social")
    assert [host.host for host in of("mastodon").hosts] == ["mastodon.social"]


def test_a_provider_is_switched_off_and_on_after_a_word_more(desk: Client, editor: User) -> None:
    builders.make_embed()
    switch = f"{PAGE}instagram/switch/"
    asked = desk.get(switch).content.decode()
    assert "1 post of it is known here" in asked
    assert not SiteState.objects.get().providers_off
    page = desk.post(switch, {"to": "off"}, follow=True).content.decode()
    assert "Instagram is switched off." in page
    assert "by editor" in of("instagram").off
    assert LogEntry.objects.get().user == editor
    assert "Switch Instagram on" in desk.get(switch).content.decode()
    desk.post(switch, {"to": "on"})
    assert of("instagram").off == ""
    assert desk.get(f"{PAGE}nobody/switch/").status_code == 404


def test_a_writer_sees_the_page_and_no_switch(writer: User, reader: Client) -> None:
    reader.force_login(writer)
    builders.make_embed()
    html = reader.get(PAGE).content.decode()
    assert "Instagram" in html
    assert "/switch/" not in html


def test_the_page_costs_the_same_however_much_there_is(desk: Client, editor: User) -> None:
    desk.get(PAGE)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(PAGE).status_code == 200
        return len(queries)

    few = cost()
    for provider in PROVIDERS:
        builders.make_embed(provider=provider.slug)
        for host in hosts_of(provider):
            EmbedHost.objects.get_or_create(host=host)
            EmbedHostDay.objects.get_or_create(host=host, day=timezone.now().date(), answers=1)
    switch_provider("x", off=True, by=editor)
    desk.get(PAGE)
    # Session, login, rights (2); hosts, their days, the switches, the posts; the queue.
    assert cost() == few == 9
