"""The article page: everything a reader gets of a story, and nothing that was not meant."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from articles.embeds.render import RENDER_VERSION
from articles.fragments import forget
from articles.models import Article, Byline, Correction, PhotoUse, Series
from articles.views.article import render_article
from tests import builders

pytestmark = pytest.mark.django_db


def page(reader: Client, article: Article) -> str:
    response = reader.get(article.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_a_story_whose_pieces_are_kept_asks_two_queries(
    reader: Client, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.FRAGMENT_BYTES = 1_000_000
    forget()
    article = full_story()
    page(reader, article)
    # 1 whether readers may see it, 2 the board of reactions; and the generation, where 0.9 s have
    # passed
    with django_assert_num_queries(3, exact=False):
        page(reader, article)
    forget()


def full_story() -> Article:
    article = builders.make_article(section=builders.make_section())
    builders.make_lead(article)
    builders.add_byline(article)
    tag = builders.make_tag()
    builders.add_tag(article, tag)
    builders.add_tag(builders.make_article(section=article.section), tag)
    use = article.photo_uses.create(photo=builders.make_photo(), caption="Backstage", alt="A door")
    article.photo_uses.create(photo=builders.make_photo(), slot="gallery", alt="A boat")
    embed = builders.make_embed()
    builders.use_embed(article, embed)
    article.corrections.create(text="It was a Tuesday.")
    body = f'<oembed>{embed.url}</oembed><figure data-photo="{use.pk}"></figure>'
    Article.objects.filter(pk=article.pk).update(body_html=body, has_corrections=True)
    return article


def test_corrections_stand_where_the_editor_put_them(reader: Client) -> None:
    article = builders.make_article()
    for position in Correction.Position:
        article.corrections.create(text=f"Mended at the {position}.", position=position)
    article.corrections.create(text="Between us.", public=False)
    Article.objects.filter(pk=article.pk).update(has_corrections=True)
    html = page(reader, article)
    assert "CorrectionComment" in html
    assert "Between us." not in html
    html = html[html.index("<main") :]
    top, body = html.index("Mended at the top."), html.index("It happened on a Tuesday.")
    assert top < body < html.index("Mended at the bottom.")


PICTURE = {"format": "jpeg", "width": 960, "height": 640, "path": "a.jpg", "bytes": 1}


def test_a_gallery_stands_in_order_each_photo_at_its_own_address(reader: Client) -> None:
    article = builders.make_article(kind="gallery")
    for order in (2, 1, 3):
        article.photo_uses.create(
            photo=builders.make_photo(manifest=[PICTURE], photographer_text=f"Lens {order}"),
            slot="gallery", order=order, caption=f"Boat {order}", alt="A boat",
        )  # fmt: skip
    article.photo_uses.create(
        photo=builders.make_photo(), slot="gallery", caption="Not yet", live=False
    )
    html = page(reader, article)
    places = [html.index(f"Boat {n}") for n in (1, 2, 3)]
    assert places == sorted(places)
    for n in (1, 2, 3):
        assert f'id="photo-{n}"' in html
        assert f"Lens {n}" in html
    assert html.count('aria-label="Next photo"') == html.count('aria-label="Previous photo"') == 2
    assert "Not yet" not in html


def test_a_withdrawn_photo_is_shown_nowhere(reader: Client) -> None:
    article = builders.make_article(section=builders.make_section())
    builders.make_lead(article, photo=builders.make_photo(manifest=[PICTURE], status="removed"))
    html = page(reader, article)
    assert "this photo was withdrawn" in html
    for text in (html, reader.get("/").content.decode(), reader.get("/feed/").content.decode()):
        assert "a.jpg" not in text


def test_a_photo_whose_right_has_not_begun_is_not_said_to_be_withdrawn(reader: Client) -> None:
    article = builders.make_article(section=builders.make_section())
    coming = timezone.now() + timedelta(days=1)
    builders.make_lead(article, photo=builders.make_photo(manifest=[PICTURE], rights_from=coming))
    html = page(reader, article)
    assert "this photo can’t be shown yet" in html
    assert "was withdrawn" not in html
    assert "a.jpg" not in html


def test_authors_have_their_faces_with_who_took_them(reader: Client) -> None:
    article = builders.make_article()
    face = builders.make_photo(manifest=[{**PICTURE, "path": "face.jpg"}], photographer_text="Pia")
    builders.add_byline(article, builders.make_contributor(portrait=face))
    hidden = builders.make_photo(manifest=[{**PICTURE, "path": "gone.jpg"}], status="expired")
    builders.add_byline(article, builders.make_contributor(portrait=hidden))
    html = page(reader, article)
    assert "face.jpg" in html
    assert "Photo: Pia" in html
    assert "gone.jpg" not in html


def test_a_part_of_a_series_leads_on_and_back(reader: Client) -> None:
    series = Series.objects.create(title="The pier", slug="pier")
    parts = [builders.make_article(headline=f"Pier {n}") for n in range(3)]
    for order, part in enumerate(parts):
        series.items.create(article=part, order=order)
    series.items.create(article=builders.make_draft(headline="Pier X"), order=1)
    html = page(reader, parts[1])
    assert "Part 2 of 3" in html
    assert f'rel="prev" href="{parts[0].get_absolute_url()}"' in html
    assert f'rel="next" href="{parts[2].get_absolute_url()}"' in html
    assert "Pier X" not in html


@pytest.mark.parametrize(("kind", "width"), [("feature", "60rem"), ("news", "44rem")])
def test_a_photo_in_the_text_says_how_wide_it_stands(kind: str, width: str, reader: Client) -> None:
    article = builders.make_article(kind=kind)
    use = article.photo_uses.create(
        photo=builders.make_photo(manifest=[PICTURE]), slot="body", alt="A boat"
    )
    Article.objects.filter(pk=article.pk).update(
        body_html=f'<figure data-photo="{use.pk}"></figure>'
    )
    assert f'rem) {width}, 100vw"' in page(reader, article)


def test_rows_in_memory_have_the_say(rf: RequestFactory) -> None:
    """A draft's preview goes through the page's own code."""
    article = builders.make_article()
    builders.add_byline(article, builders.make_contributor(name="As it was"))
    chosen = builders.make_article(headline="Chosen in the draft")
    article.headline = "As it will be"
    use = PhotoUse(
        pk=7, photo=builders.make_photo(), slot="gallery", caption="New picture", alt="New"
    )
    names = [Byline(contributor=builders.make_contributor(name="Somebody new"))]
    memory = {"bylines": names, "tag_uses": [], "photo_uses": [use], "embed_uses": []}
    article._prefetched_objects_cache = memory
    html = render_article(rf.get("/"), article, chosen=[chosen.pk]).content.decode()
    for words in ("As it will be", "Somebody new", "New picture", "Chosen in the draft"):
        assert words in html
    assert "As it was" not in html


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
    plain = builders.make_embed(card_html="<b>kept card</b>", render_version=RENDER_VERSION)
    video = builders.make_embed(
        provider="youtube", media_id="-cEzsCAzTak", url="https://www.youtube.com/watch?v=-cEzsCAzTak",
        card_html="<b>no start</b>", render_version=RENDER_VERSION,
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
