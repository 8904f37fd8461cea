"""Another address for a post everywhere: asked for, shown before, done, said."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.actions.editing import save_article
from articles.actions.replacing import Replaced
from articles.admin.embed_replace import report
from articles.models import Article, Embed
from tests import builders

pytestmark = pytest.mark.django_db
OLD = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
NEW = "https://www.youtube.com/watch?v=aaaaaaaaaaa"


@pytest.fixture
def story(editor: User) -> Article:
    article = builders.make_article(body_html=f"<p>Look:</p><oembed>{OLD}</oembed>")
    return save_article(article, by=editor)


def page_of(embed: Embed) -> str:
    return reverse("admin:articles_embed_replace", args=[embed.pk])


def old() -> Embed:
    return Embed.objects.get(media_id="dQw4w9WgXcQ")


def test_what_would_change_is_shown_before(desk: Client, story: Article) -> None:
    page = desk.get(page_of(old()), {"url": "https://youtu.be/aaaaaaaaaaa"})
    html = page.content.decode()
    assert page.context["stories"] == [story]
    assert "1 story will change" in html
    assert "Replace in 1 story" in html
    assert html.count('class="embed embed--youtube') == 2
    assert Embed.objects.count() == 1  # looking makes no row


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://example.org/pier", "not the address of a post"),
        ("pier", "not the address of a post"),
        (f"{OLD}&t=9s", "the same post"),
    ],
)
def test_what_is_no_other_post_is_said_in_words(
    url: str, words: str, desk: Client, story: Article
) -> None:
    for page in (desk.get(page_of(old()), {"url": url}), desk.post(page_of(old()), {"url": url})):
        assert words in page.content.decode()
    story.refresh_from_db()
    assert OLD in story.body_html


def test_it_is_replaced_and_reported(desk: Client, story: Article, editor: User) -> None:
    embed = old()
    page = desk.post(page_of(embed), {"url": NEW}, follow=True)
    assert (
        "Replaced. 1 story has the new post. Readers see it in 1 of them" in page.content.decode()
    )
    story.refresh_from_db()
    assert f"<oembed>{NEW}</oembed>" in story.body_html
    entry = LogEntry.objects.get(object_id=embed.pk)
    assert entry.user == editor
    assert NEW in entry.change_message


def test_without_an_address_it_asks_for_one(desk: Client, story: Article) -> None:
    page = desk.get(page_of(old())).content.decode()
    assert "Show what would change" in page
    assert "will change</h2>" not in page


def test_a_post_that_no_story_has_can_not_be_replaced(desk: Client) -> None:
    page = desk.get(page_of(builders.make_embed()), {"url": NEW}).content.decode()
    assert "No story has it" in page
    assert '<button type="submit" class="button default">Replace' not in page


def test_a_known_posts_own_card_is_shown(desk: Client, story: Article) -> None:
    known = builders.make_embed(
        provider="youtube", media_id="aaaaaaaaaaa", url=NEW, quote="Said so"
    )
    page = desk.get(page_of(old()), {"url": known.url})
    assert "Said so" in page.context["new_card_html"]


def test_a_report_says_what_changed() -> None:
    assert report(Replaced()) == "No story had it any more."
    assert report(Replaced(articles=3, live=2, drafts=1)) == (
        "3 stories have the new post. Readers see it in 2 of them, now or on their day. "
        "Working drafts that changed: 1."
    )
