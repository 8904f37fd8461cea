"""A body as readers get it: embeds as cards or plainly, photos as figures; in feeds without more."""

import datetime as dt

import pytest
from django.test import Client

from articles.actions.embedding import switch_provider
from articles.embeds.redraw import draw
from articles.models import Article, Embed, Photo, PhotoUse
from articles.page_body import feed_body, page_body
from tests import builders

pytestmark = pytest.mark.django_db
FILES = [{"format": "jpeg", "width": 960, "height": 640, "path": "photos/ab/x.jpg", "bytes": 1}]


def make_story(**columns: object) -> tuple[Article, Embed]:
    """A story of one post, whose card the worker has drawn."""
    embed = builders.make_embed(**columns)
    draw(embed)
    embed.save()
    article = builders.make_article(body_html=f"<oembed>{embed.url}</oembed>")
    builders.use_embed(article, embed)
    return article, embed


def test_a_stored_card_is_shown_as_it_is() -> None:
    article, _embed = make_story()
    Embed.objects.update(card_html="<p>the stored card</p>")
    assert page_body(article) == "<p>the stored card</p>"
    Embed.objects.update(render_version=0)
    assert 'data-embed="instagram"' in page_body(Article.objects.get(pk=article.pk))


def test_a_picture_is_drawn_as_it_may_be_shown_now(reader: Client) -> None:
    photo = builders.make_photo(manifest=FILES)
    article, embed = make_story(poster=photo)
    assert "x.jpg" not in embed.card_html  # its files and its rights change without the row
    page = reader.get(article.get_absolute_url()).content.decode()
    assert '<img src="/media/photos/ab/x.jpg"' in page
    assert "Photo: Ines Lark/Harbour Pictures" in page
    Photo.objects.update(status=Photo.Status.REMOVED)
    assert "x.jpg" not in page_body(Article.objects.get(pk=article.pk))


def test_of_a_provider_that_is_switched_off_quote_and_link_are_left() -> None:
    article, embed = make_story(quote="It was the wind.", quote_date=dt.date(2030, 5, 1))
    switch_provider("instagram", off=True, by=None)
    body = page_body(article)
    assert "<blockquote><p>It was the wind.</p>" in body
    assert f'<a href="{embed.url}" rel="noopener noreferrer">Post on Instagram</a>' in body
    assert "data-embed" not in body
    assert "<button" not in body


def test_of_a_provider_that_left_the_registry_our_words_and_its_address_are_left() -> None:
    article, embed = make_story(
        provider="myspace", quote="It was the wind.", quote_author="Ann", rights_note="With leave"
    )
    body = page_body(article)
    assert "It was the wind." in body
    assert "— Ann" in body
    assert f'<a href="{embed.url}" rel="noopener noreferrer">{embed.url}</a> (With leave)' in body


def test_a_feed_gets_plain_elements_and_whole_addresses() -> None:
    article, embed = make_story(quote="It was the wind.", quote_author="Ann", title="A pier")
    use = PhotoUse.objects.create(
        article=article,
        photo=builders.make_photo(manifest=FILES),
        slot=PhotoUse.Slot.BODY,
        caption="The pier",
        alt="A pier at dusk",
    )
    article.body_html += (
        f'<figure data-photo="{use.pk}"></figure>'
        '<p><a href="/story/x/">Here</a> and <a href="//a.example/">there</a> and 1 / 2</p>'
    )
    body = feed_body(article)
    assert "<blockquote><p><strong>A pier</strong></p><p>It was the wind.</p><p>— Ann" in body
    assert f'<a href="{embed.url}" rel="noopener noreferrer">Post on Instagram</a>' in body
    assert '<img src="http://localhost:8000/media/photos/ab/x.jpg" alt="A pier at dusk"' in body
    assert "<figcaption>The pier Photo: Ines Lark/Harbour Pictures</figcaption>" in body
    assert '<a href="http://localhost:8000/story/x/">Here</a>' in body
    assert '<a href="//a.example/">there</a> and 1 / 2' in body
    for word in ("<script", "<iframe", "<button", "data-", "srcset", "hidden"):
        assert word not in body


def test_in_a_feed_a_post_that_is_gone_has_no_link() -> None:
    article, embed = make_story(state=Embed.State.GONE)
    assert feed_body(article) == (
        f'<p class="embed-link">Post on Instagram, no longer available: {embed.url}</p>\n'
    )


def test_in_a_feed_no_photo_stands_that_was_withdrawn() -> None:
    article = builders.make_article()
    photo = builders.make_photo(manifest=FILES, status=Photo.Status.REMOVED)
    use = PhotoUse.objects.create(article=article, photo=photo, slot=PhotoUse.Slot.BODY)
    article.body_html = f'<p>Text</p><figure data-photo="{use.pk}"></figure>'
    assert feed_body(article).strip() == "<p>Text</p>"
