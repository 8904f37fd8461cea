"""The article's history on the desk: what it was at each save, and the way back to it."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.actions.drafting import discard_draft, save_draft, with_fields
from articles.drafts import draft_of
from articles.models import Article, Revision
from tests import builders

pytestmark = pytest.mark.django_db


def history(article: Article) -> str:
    return reverse("admin:articles_article_history", args=[article.pk])


def write(article: Article, **fields: object) -> Article:
    draft = with_fields(draft_of(article), **fields)
    save_draft(article, draft, by=None)
    article.refresh_from_db()
    return article


def put_back(desk: Client, article: Article, number: int, **fields: object) -> str:
    data = {"number": number, "version": article.version, **fields}
    return desk.post(history(article), data, follow=True).content.decode()


@pytest.fixture
def story() -> Article:
    article = builders.make_article(headline="Live", body_html="<p>What readers have.</p>")
    write(article, headline="First", body_html="<p>One two three.</p>")
    return write(article, headline="Second", body_html="<p>One two four five.</p>", slug="chosen")


def test_the_history_says_what_each_save_changed(story: Article, desk: Client) -> None:
    html = desk.get(history(story)).content.decode()
    assert "First, 3 words" in html
    assert "Second, 4 words. Changed: headline, address, text (+2 −1 words)" in html
    assert html.index("Second, 4 words") < html.index("First, 3 words")
    assert history(story) in desk.get(history(story).replace("history", "change")).content.decode()


def test_an_earlier_save_is_the_draft_again_and_readers_see_nothing_of_it(
    story: Article, desk: Client, reader: Client
) -> None:
    first = story.revisions.get(snapshot__headline="First").number
    assert "is the draft now" in put_back(desk, story, first)
    story.refresh_from_db()
    draft = draft_of(story)
    assert draft.fields["headline"] == "First"
    assert draft.fields["body_html"] == "<p>One two three.</p>"
    assert draft.fields["slug"] == "chosen", "the address is no matter of the text"
    newest = story.revisions.first()
    assert newest
    assert newest.kind == Revision.Kind.RESTORE
    assert newest.by
    assert story.revisions.filter(snapshot__headline="Second").exists()
    assert "What readers have." in reader.get(story.get_absolute_url()).content.decode()


def test_how_a_story_may_be_shown_stays_and_each_change_of_it_is_told(
    story: Article, desk: Client
) -> None:
    write(story, noindex=True, legally_sensitive=True, kind="sponsored", canonical_url="/x/")
    html = desk.get(history(story)).content.decode()
    flags = "legally sensitive, hidden from search engines"
    assert f"Changed: kind, original address, {flags}" in html
    put_back(desk, story, story.revisions.get(snapshot__headline="First").number)
    story.refresh_from_db()
    draft = draft_of(story).fields
    assert (draft["headline"], draft["kind"]) == ("First", "news")
    assert draft["noindex"]
    assert draft["legally_sensitive"]


def test_an_earlier_save_can_be_looked_at(story: Article, desk: Client) -> None:
    first = story.revisions.get(snapshot__headline="First").number
    page = reverse("admin:articles_article_preview", args=[story.pk])
    assert "One two three." in desk.get(page, {"save": first}).content.decode()
    assert "One two four five." in desk.get(page).content.decode()
    for number in ("99", "x", "²", "9" * 40):
        assert desk.get(page, {"save": number}).status_code == 404
        assert desk.post(history(story), {"number": number}).status_code == 404


@pytest.mark.parametrize("status", [Article.Status.PUBLISHED, Article.Status.DRAFT])
def test_what_is_gone_since_is_left_out(status: str, desk: Client) -> None:
    section, now = builders.make_section(slug="gone"), builders.make_section(slug="there")
    article = write(builders.make_article(status=status), section_id=section.pk, headline="First")
    first = article.revisions.latest("number").number
    write(article, section_id=now.pk, headline="Second")
    section.delete()
    preview = reverse("admin:articles_article_preview", args=[article.pk])
    assert "First" in desk.get(preview, {"save": first}).content.decode()
    assert "is the draft now" in put_back(desk, article, first)
    article.refresh_from_db()
    draft = draft_of(article)
    assert (draft.fields["headline"], draft.fields["section_id"]) == ("First", now.pk)


def test_what_was_saved_meanwhile_is_not_written_over(story: Article, desk: Client) -> None:
    first = story.revisions.get(snapshot__headline="First").number
    html = put_back(desk, story, first, version=story.version - 1)
    assert "Nothing is put back" in html
    story.refresh_from_db()
    assert draft_of(story).fields["headline"] == "Second"


def test_what_was_put_away_can_be_put_back_and_what_is_the_draft_can_not(
    story: Article, desk: Client
) -> None:
    def offered() -> list[str]:
        html = desk.get(history(story)).content.decode()
        return re.findall(r"Put back<span[^>]*> save (\d+)", html)

    assert offered() == ["1"]
    discard_draft(story)
    assert offered() == ["2", "1"]
    story.refresh_from_db()
    put_back(desk, story, 2)
    story.refresh_from_db()
    assert draft_of(story).fields["headline"] == "Second"
    assert offered() == ["1"]


def test_nobody_reads_or_changes_here_what_they_may_not(
    story: Article, client: Client, writer: User
) -> None:
    client.force_login(writer)
    assert client.get(history(story)).status_code == 403
    assert client.post(history(story), {"number": 1}).status_code == 403
    Article.objects.update(created_by=writer)
    assert "Put back" not in client.get(history(story)).content.decode()
    assert client.post(history(story), {"number": 1, "version": story.version}).status_code == 403
