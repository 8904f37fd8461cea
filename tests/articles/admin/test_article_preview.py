"""The preview of a draft: the reader’s page, for those who may read the draft."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.actions.drafting import save_draft
from articles.draft_merge import with_part
from articles.drafts import draft_from, draft_of, snapshot_of
from articles.models import Article
from tests import builders
from tests.articles.admin.filled import change

pytestmark = pytest.mark.django_db


def preview_of(article: Article) -> str:
    return reverse("admin:articles_article_preview", args=[article.pk])


def test_the_preview_is_the_readers_page_of_the_draft(desk: Client, reader: Client) -> None:
    article = builders.make_article(headline="Live", section=builders.make_section())
    draft = draft_from(
        {
            **snapshot_of(draft_of(article)),
            "headline": "Next",
            "body_html": "<p>New words</p><p>https://x.com/jack/status/20</p>",
            "photo_uses": [{"id": 0, "photo_id": builders.make_photo().pk, "slot": "lead",
                            "caption": "A new photo", "alt": "A pier"}],
        }
    )  # fmt: skip
    save_draft(article, draft, by=None)
    response = desk.get(preview_of(article))
    html = response.content.decode()
    for shown in ("Preview – not published", "Next", "New words", "A new photo", "See it on X"):
        assert shown in html
    assert response["Cache-Control"].startswith("private, no-store") or (
        "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]
    )
    assert response["X-Robots-Tag"] == "noindex"
    assert "require-trusted-types-for" in response["Content-Security-Policy"]
    page = reader.get(article.get_absolute_url())
    assert "Preview" not in page.content.decode()
    assert response["Content-Security-Policy"] == page["Content-Security-Policy"]


def test_a_draft_that_has_no_time_yet_is_previewed_all_the_same(desk: Client) -> None:
    article = builders.make_draft(headline="Soon")
    assert "Soon" in desk.get(preview_of(article)).content.decode()


def test_a_preview_shows_a_draft_to_those_who_may_read_it(reader: Client, writer: User) -> None:
    own = builders.make_draft(created_by=writer, headline="Own")
    secret, public = builders.make_draft(), builders.make_article(headline="Public")
    save_draft(public, with_part(draft_of(public), "headline", of=draft_of(own)), by=None)
    assert reader.get(preview_of(own)).status_code == 302
    reader.force_login(writer)
    assert b"Own" in reader.get(preview_of(own)).content
    assert reader.get(preview_of(secret)).status_code == 404
    assert b"Public" in reader.get(preview_of(public)).content
    revisions = reader.get(reverse("admin:articles_revision_changelist"))
    assert b"Public" not in revisions.content


def test_only_what_readers_see_is_viewed_on_the_site(reader: Client, writer: User) -> None:
    own = builders.make_article(created_by=writer)
    reader.force_login(writer)
    assert "View on site" in reader.get(change(own)).content.decode()
    Article.objects.update(status="withdrawn")
    assert "View on site" not in reader.get(change(own)).content.decode()
