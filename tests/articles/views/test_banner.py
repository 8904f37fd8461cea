"""The banner above every page: on while its time runs, gone at its end without a job."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import site_clock
from articles.models import Banner
from tests.live import eventually

pytestmark = pytest.mark.django_db


def make_banner(**fields: object) -> Banner:
    now = timezone.now()
    values = {"text": "The pier is on fire", "starts": now, "ends": now + timedelta(hours=1)}
    return Banner.objects.create(**{**values, **fields})


def test_a_banner_stands_above_the_page_with_its_link(reader: Client) -> None:
    make_banner(url="/story/pier/")
    html = reader.get("/").content.decode()
    assert '<a href="/story/pier/">The pier is on fire</a>' in html
    assert html.index("The pier is on fire") < html.index("<main")


def test_a_banner_without_a_link_is_text(reader: Client) -> None:
    make_banner(level="notice")
    html = reader.get("/").content.decode()
    assert "The pier is on fire</p>" in html
    assert "Notice" in html


def test_a_banner_ends_to_the_second_though_it_is_cached(reader: Client) -> None:
    banner = make_banner(ends=timezone.now() + timedelta(seconds=1))
    site_clock.forget()
    assert ("on fire" in reader.get("/").content.decode()) == (
        site_clock.database_now() < banner.ends
    )
    eventually(lambda: site_clock.database_now() >= banner.ends, "the end of the banner")
    assert "on fire" not in reader.get("/").content.decode()


def test_a_banner_of_tomorrow_waits(reader: Client) -> None:
    starts = timezone.now() + timedelta(days=1)
    make_banner(starts=starts, ends=starts + timedelta(hours=1))
    assert "on fire" not in reader.get("/").content.decode()


def test_the_desk_puts_a_banner_up_and_takes_it_down_at_once(editor: User, reader: Client) -> None:
    desk = Client()
    desk.force_login(editor)
    assert "on fire" not in reader.get("/").content.decode()
    now = timezone.now()
    form = {
        "text": "The pier is on fire", "url": "", "level": "breaking",
        "starts": f"{now:%Y-%m-%dT}00:00", "ends": f"{now + timedelta(days=2):%Y-%m-%dT}00:00",
    }  # fmt: skip
    assert desk.post(reverse("admin:articles_banner_add"), form).status_code == 302
    assert "on fire" in reader.get("/").content.decode()
    banner = Banner.objects.get()
    desk.post(reverse("admin:articles_banner_delete", args=[banner.pk]), {"post": "yes"})
    assert "on fire" not in reader.get("/").content.decode()
    make_banner()
    chosen = {
        "action": "delete_selected", "_selected_action": [Banner.objects.get().pk], "post": "yes",
    }  # fmt: skip
    desk.post(reverse("admin:articles_banner_changelist"), chosen)
    assert "on fire" not in reader.get("/").content.decode()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//evil.example", "story"])
def test_a_banner_leads_nowhere_strange(url: str) -> None:
    with pytest.raises(ValidationError):
        make_banner(url=url).full_clean()
