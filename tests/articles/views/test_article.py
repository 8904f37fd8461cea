"""The article page: everything a reader gets of a story, and nothing that was not meant."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.models import Article, Byline
from tests import builders

pytestmark = pytest.mark.django_db


def page(reader: Client, article: Article) -> str:
    response = reader.get(article.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_plain_words_need_three_queries_and_the_reactions(
    reader: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    article = builders.make_article()
    page(reader, article)
    # 1 the story, 2 bylines, 3 tags, 4 the board of reactions
    with django_assert_num_queries(4, exact=False):
        page(reader, article)


def test_bylines_stand_by_role_in_the_order_of_roles(reader: Client) -> None:
    article = builders.make_article()
    names = {"photos": "Pia Lens", "author": "Ada Quill", "editing": "Ed Cut"}
    for role, name in names.items():
        builders.add_byline(article, builders.make_contributor(name=name), role=role)
    builders.add_byline(article, builders.make_contributor(name="Bo Ink"), order=1)
    text = re.sub(r"<[^>]+>", "", page(reader, article))
    places = [
        text.index(f"{Byline.Role(role).label} {names[role]}")
        for role in ("author", "photos", "editing")
    ]
    assert places == sorted(places)
    assert "By Ada Quill and Bo Ink" in text


def test_a_byline_may_be_printed_in_other_words(reader: Client) -> None:
    article = builders.make_article()
    byline = builders.add_byline(article, text_override="Our own correspondent")
    html = page(reader, article)
    assert ">Our own correspondent</a>" in html
    assert byline.contributor.get_absolute_url() in html


def test_embeds_and_photos_of_the_body_stand_where_they_were_put(reader: Client) -> None:
    article = builders.make_article()
    embed = builders.make_embed(media_id="Ch-W8bVuxXD")
    use = article.photo_uses.create(photo=builders.make_photo(), caption="Backstage", alt="A door")
    body = (
        f"<p>One</p><oembed>{embed.url}</oembed><p>Two</p>"
        f'<figure data-photo="{use.pk}"></figure><p>Three</p>'
    )
    Article.objects.filter(pk=article.pk).update(body_html=body)
    builders.use_embed(article, embed)
    html = page(reader, article)
    places = [
        html.index(w) for w in ("<p>One", "embed--instagram", "<p>Two", "Backstage", "<p>Three")
    ]
    assert places == sorted(places)
    assert "<oembed" not in html
    assert "data-photo" not in html
    assert "js/embeds.js" in html


def test_a_marker_without_a_row_leaves_no_trace(reader: Client) -> None:
    body = (
        "<p>One</p><oembed>https://www.youtube.com/watch?v=-cEzsCAzTak</oembed>"
        '<figure data-photo="999999"></figure><p>Two</p>'
    )
    article = builders.make_article(body_html=body)
    html = page(reader, article)
    assert "data-photo" not in html
    assert "<oembed" not in html


def test_a_use_of_another_article_is_not_shown(reader: Client) -> None:
    other = builders.make_article()
    use = other.photo_uses.create(photo=builders.make_photo(), caption="Not yours", alt="x")
    article = builders.make_article(body_html=f'<p>x</p><figure data-photo="{use.pk}"></figure>')
    assert "Not yours" not in page(reader, article)


def test_a_stored_card_is_shown_as_it_is_and_one_with_a_start_is_drawn_anew(
    reader: Client,
) -> None:
    article = builders.make_article()
    plain = builders.make_embed(card_html="<b>kept card</b>", render_version=1)
    video = builders.make_embed(
        provider="youtube", media_id="-cEzsCAzTak", url="https://www.youtube.com/watch?v=-cEzsCAzTak",
        card_html="<b>no start</b>", render_version=1,
    )  # fmt: skip
    at = f"{video.url}&amp;t=70"
    Article.objects.filter(pk=article.pk).update(
        body_html=f"<oembed>{plain.url}</oembed><oembed>{at}</oembed>"
    )
    builders.use_embed(article, plain)
    builders.use_embed(article, video, position=1, url=at.replace("&amp;", "&"), start=70)
    html = page(reader, article)
    assert "<b>kept card</b>" in html
    assert "no start" not in html
    assert "start=70" in html


def test_no_story_is_shown_by_half_an_address(reader: Client) -> None:
    article = builders.make_article(slug="night")
    for path in ("/story/Night/", "/story/night/x/", "/story/nigh/"):
        assert reader.get(path).status_code == 404
    assert reader.head(article.get_absolute_url()).status_code == 200
    assert reader.post(article.get_absolute_url()).status_code == 405


def test_the_page_says_when_it_was_updated_only_where_an_editor_said_so(reader: Client) -> None:
    article = builders.make_article()
    assert "Updated <time" not in page(reader, article)
    Article.objects.filter(pk=article.pk).update(updated_at_public=article.publish_at)
    assert "Updated <time" in page(reader, article)


def test_a_story_kept_from_search_engines_says_so_and_is_not_in_the_sitemap(
    reader: Client,
) -> None:
    article = builders.make_article(noindex=True)
    assert 'name="robots" content="noindex"' in page(reader, article)
    sitemap = reader.get("/sitemap-articles.xml").content.decode()
    assert article.slug not in sitemap


def test_the_sitemap_is_under_our_own_name(reader: Client) -> None:
    builders.make_article(slug="night")
    for name in ("articles", "sections"):
        builders.make_section()
        xml = reader.get(f"/sitemap-{name}.xml", headers={"host": "127.0.0.1"}).content.decode()
        assert "<loc>http://localhost:8000/" in xml
        assert "127.0.0.1" not in xml


HOSTILE = "</script><script>alert(1)</script>\u2028 & <b>\"'"


def json_ld(html: str) -> dict[str, Any]:
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    data: dict[str, Any] = json.loads(text)
    return data


def test_no_text_field_can_end_its_place(reader: Client) -> None:
    section = builders.make_section(name=HOSTILE)
    article = builders.make_article(
        headline=HOSTILE, dek=HOSTILE, kicker=HOSTILE[:60], dateline=HOSTILE, section=section
    )
    builders.make_lead(article, caption=HOSTILE, alt=HOSTILE, credit_override=HOSTILE)
    builders.add_byline(article, builders.make_contributor(name=HOSTILE))
    builders.add_tag(article, builders.make_tag(HOSTILE))
    article.corrections.create(text=HOSTILE)
    Article.objects.filter(pk=article.pk).update(has_corrections=True)
    html = page(reader, article)
    assert "<script>alert" not in html
    assert "<b>&quot;" not in html
    assert json_ld(html)["headline"] == article.__class__.objects.get().headline
    for path in ("/", "/feed/", section.get_absolute_url()):
        assert b"<script>alert" not in reader.get(path).content
