"""Old addresses: written when a slug changes, in the form in which they are looked up."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.actions.editing import save_article
from articles.actions.moving import add_redirect, stored_path
from articles.actions.publishing import publish
from articles.models import Article, Redirect
from tests import builders

pytestmark = pytest.mark.django_db
SOURCE = Redirect.Source.IMPORT


@pytest.mark.parametrize("slug", ["old-name", "مرحبا", "नमस्ते", "東京-の-夜"])
def test_an_old_slug_in_any_script_leads_to_the_new_one(slug: str, reader: Client) -> None:
    article = builders.make_article(slug=slug)
    old = article.get_absolute_url()
    article.slug = "new-name"
    save_article(article, by=None)
    assert Redirect.objects.get().old_path == f"/story/{slug}/"
    response = reader.get(old)
    assert (response.status_code, response["Location"]) == (301, "/story/new-name/")
    article.slug = slug
    save_article(article, by=None)
    assert reader.get(old).status_code == 200
    assert not Redirect.objects.filter(old_path=f"/story/{slug}/").exists()


def test_the_address_of_a_schedule_was_never_public() -> None:
    later = timezone.now() + timedelta(hours=1)
    article = builders.make_article(slug="early", publish_at=later, first_published_at=later)
    article.slug = "earlier"
    save_article(article, by=None)
    assert not Redirect.objects.exists()


def test_a_story_needs_no_redirect_from_its_own_address() -> None:
    article = builders.make_article(slug="東京")
    add_redirect(stored_path(article), article, source=SOURCE)
    assert not Redirect.objects.exists()


def test_a_path_that_no_request_could_find_is_not_kept() -> None:
    article = builders.make_article()
    add_redirect("/" + "x" * 700, article, source=SOURCE)
    assert not Redirect.objects.exists()
    add_redirect("/" + "x" * 699, article, source=SOURCE)
    assert Redirect.objects.exists()


def test_an_old_path_that_led_elsewhere_leads_here_from_now_on(reader: Client) -> None:
    Redirect.objects.create(old_path="/was/", status=410)
    article = builders.make_article()
    for _ in range(2):
        add_redirect("/was/", article, source=SOURCE)
    row = Redirect.objects.get()
    assert (row.status, row.target_article, row.source) == (301, article, "import")
    assert str(row) == "/was/"
    assert reader.get("/was/")["Location"] == article.get_absolute_url()


def test_a_new_headline_never_takes_an_address_that_leads_to_another_story() -> None:
    moved = builders.make_article(slug="alpha")
    moved.slug = "beta"
    save_article(moved, by=None)
    story = Article(headline="Alpha", body_html="<p>x</p>", section=builders.make_section())
    fresh = save_article(story, by=None)
    publish(fresh)
    assert fresh.slug != "alpha"
    assert Redirect.objects.get(old_path="/story/alpha/").target_article == moved
