"""Which saves on the desk end readers' copies of pages, and which leave them alone."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.admin import article_verbs
from articles.models import Article, generation
from tests import builders
from tests.articles.admin.filled import add, change, data_of, save

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", ["draft", "review", "published"])
def test_a_saved_draft_leaves_readers_pages_alone(status: str, desk: Client) -> None:
    article = builders.make_article(status=status)
    before = generation()
    save(desk, change(article), headline="Next")
    form = data_of(desk.get(change(article)), headline="And next")
    assert desk.post(article_verbs.autosave_url(article), form).status_code == 200
    assert generation() == before
    assert article.revisions.count() == 2


def test_a_draft_that_begins_or_goes_leaves_them_alone_too(desk: Client) -> None:
    unwanted, before = builders.make_draft(), generation()
    save(desk, add(Article), headline="Begun")
    desk.post(reverse("admin:articles_article_delete", args=[unwanted.pk]), {"post": "yes"})
    assert Article.objects.get().headline == "Begun"
    assert generation() == before


def test_a_correction_beside_the_form_is_on_the_page_at_once(desk: Client) -> None:
    article = builders.make_article()
    now, before = timezone.localtime(), generation()
    save(
        desk, change(article), **{
            "corrections-TOTAL_FORMS": 1, "corrections-0-text": "Mended.",
            "corrections-0-kind": "correction", "corrections-0-position": "top",
            "corrections-0-public": "on", "corrections-0-published_at_0": str(now.date()),
            "corrections-0-published_at_1": f"{now:%H:%M:%S}",
        },
    )  # fmt: skip
    assert article.corrections.count() == 1
    assert generation() != before


def test_a_verbs_button_ends_them(desk: Client) -> None:
    article = builders.make_story()
    before = generation()
    save(desk, change(article), _publish="1", confirm="1")
    article.refresh_from_db()
    assert article.is_released
    assert generation() != before


def test_a_name_that_is_saved_ends_them(desk: Client) -> None:
    before = generation()
    save(desk, change(builders.make_section(name="Music")), name="Sound")
    assert generation() != before
