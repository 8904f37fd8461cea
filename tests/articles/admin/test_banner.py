"""The banner's form: when it ends, how it looks, and who may end it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Banner

pytestmark = pytest.mark.django_db


def test_a_new_banner_ends_in_two_hours_unless_told_otherwise(desk: Client) -> None:
    initial = desk.get(reverse("admin:articles_banner_add")).context["adminform"].form.initial
    assert initial["ends"] - initial["starts"] == timedelta(hours=2)


def test_a_banners_form_shows_it_as_readers_see_it(desk: Client) -> None:
    now = timezone.now()
    banner = Banner.objects.create(
        text="<b>Closed</b>", level="notice", starts=now, ends=now + timedelta(hours=1)
    )
    html = desk.get(reverse("admin:articles_banner_change", args=[banner.pk])).content.decode()
    assert "banner-preview__bar--notice" in html
    assert "<span data-text>&lt;b&gt;Closed&lt;/b&gt;</span>" in html
    assert reverse("admin:articles_banner_end", args=[banner.pk]) in html


@pytest.mark.parametrize("role", ["writer", "moderator"])
def test_only_editors_end_a_banner(role: str, request: Any) -> None:
    now = timezone.now()
    banner = Banner.objects.create(text="Closed", starts=now, ends=now + timedelta(hours=1))
    client = Client()
    client.force_login(request.getfixturevalue(role))
    path = reverse("admin:articles_banner_end", args=[banner.pk])
    assert client.post(path).status_code == 403
    banner.refresh_from_db()
    assert banner.ends == now + timedelta(hours=1)
