"""Feeds: of the site, of a section, a tag, a contributor."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date
from pytest_django import DjangoAssertNumQueries, Settings

from articles.models import Article, Redirect, Section
from tests import builders

pytestmark = pytest.mark.django_db
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
MEDIA = "{http://search.yahoo.com/mrss/}"
FILE = {"format": "jpeg", "width": 960, "height": 640, "path": "photos/ab/x-960.jpg", "bytes": 1}


def items(reader: Client, path: str) -> list[ET.Element]:
    return ET.fromstring(reader.get(path).content).findall("./channel/item")


def test_a_story_has_its_address_its_author_and_its_photo_with_its_credit(reader: Client) -> None:
    story = builders.make_article()
    builders.add_byline(story, builders.make_contributor(name="Ada Quill"))
    builders.make_lead(story, photo=builders.make_photo(manifest=[FILE]))
    (item,) = items(reader, "/feed/")
    content = item.find(f"{MEDIA}content")
    assert content is not None
    assert content.get("url") == "http://localhost:8000/media/photos/ab/x-960.jpg"
    assert [content.get(name) for name in ("width", "height", "fileSize")] == ["960", "640", "1"]
    assert "Ines Lark" in str(content.findtext(f"{MEDIA}credit"))
    assert content.findtext(f"{MEDIA}description") == "The pier"
    assert item.findtext("link") == f"http://localhost:8000{story.get_absolute_url()}"
    assert item.findtext("guid") == f"urn:uuid:{story.uid}"


def test_each_subject_has_a_feed_of_its_own_stories(reader: Client) -> None:
    section, tag, person = (
        builders.make_section(description="What can be heard."),
        builders.make_tag("Jazz"),
        builders.make_contributor(),
    )
    story = builders.make_article(headline="In it", section=section)
    builders.add_tag(story, tag)
    builders.add_byline(story, person)
    builders.add_byline(story, person, role="photos")
    builders.make_article(headline="Elsewhere")
    for subject in (section, tag, person):
        path = f"{subject.get_absolute_url()}feed/"
        assert [item.findtext("title") for item in items(reader, path)] == ["In it"]
        channel = ET.fromstring(reader.get(path).content)
        assert channel.findtext("./channel/title") == f"{subject} – Newsroom"
        assert channel.findtext("./channel/description")
        page = reader.get(subject.get_absolute_url()).content.decode()
        assert f'type="application/rss+xml" title="{subject} – Newsroom" href="{path}"' in page


@pytest.mark.parametrize("folder", ["section", "tag", "by"])
def test_nobodys_feed_is_not_found(folder: str, reader: Client) -> None:
    assert reader.get(f"/{folder}/nobody/feed/").status_code == 404


def test_a_feed_of_nothing_is_a_feed(reader: Client) -> None:
    section: Section = builders.make_section()
    assert items(reader, f"{section.get_absolute_url()}feed/") == []


def test_a_contributor_without_published_work_has_no_feed(reader: Client) -> None:
    person = builders.make_contributor()
    builders.add_byline(builders.make_draft(), person)
    assert reader.get(f"{person.get_absolute_url()}feed/").status_code == 404


def test_a_whole_text_begins_with_the_lead_photo_and_ends_with_the_gallery(
    reader: Client, settings: Settings
) -> None:
    settings.FEED_FULL_TEXT = True
    story = builders.make_article()
    photo = builders.make_photo(manifest=[FILE])
    builders.make_lead(story, photo=photo, credit_override="Taken for us")
    story.photo_uses.create(photo=photo, slot="gallery", caption="A slide")
    (item,) = items(reader, "/feed/")
    text = str(item.findtext(CONTENT))
    picture = f'<img src="http://localhost:8000/media/{FILE["path"]}" alt="{{}}" width="960" height="640">'
    assert text.replace("\n", "") == (
        f"<figure>{picture.format('A pier at dusk')}"
        "<figcaption>The pier Taken for us</figcaption></figure>"
        "<p>It happened on a Tuesday.</p>"
        f"<figure>{picture.format('')}"
        "<figcaption>A slide Photo: Ines Lark/Harbour Pictures</figcaption></figure>"
    )


def test_a_feed_has_whole_texts_where_the_newsroom_says_so(
    reader: Client, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def make_story() -> None:
        embed = builders.make_embed(quote="It was the wind.")
        story = builders.make_article(body_html=f"<p>Text & more</p><oembed>{embed.url}</oembed>")
        builders.use_embed(story, embed)

    make_story()
    (item,) = items(reader, "/feed/")
    assert item.find(CONTENT) is None
    settings.FEED_FULL_TEXT = True
    (item,) = items(reader, "/feed/")
    text = str(item.findtext(CONTENT))
    assert text.startswith("<p>Text &amp; more</p><blockquote><p>It was the wind.</p>")
    assert "Post on Instagram</a>" in text
    make_story()
    # The site's state, stories, their bylines, the photos and the posts in their texts.
    with django_assert_num_queries(5, exact=False):
        assert len(items(reader, "/feed/")) == 2


def test_what_was_withdrawn_leaves_readers_that_ask_by_date(reader: Client) -> None:
    gone = builders.make_article(publish_at=timezone.now() - timedelta(days=1))
    builders.make_article()
    first = reader.get("/feed/")
    Article.objects.filter(pk=gone.pk).update(status=Article.Status.WITHDRAWN)
    since = {"If-Modified-Since": first.get("Last-Modified", http_date())}
    assert gone.slug not in reader.get("/feed/", headers=since).content.decode()
    assert reader.get("/feed/", headers=since).status_code == 200
    same = {"If-None-Match": reader.get("/feed/")["ETag"]}
    assert reader.get("/feed/", headers=same).status_code == 304


def test_the_feed_of_a_tags_other_name_leads_to_the_tags(reader: Client) -> None:
    tag = builders.make_tag("Jazz")
    tag.aliases.create(name="Jass", slug="jass")
    response = reader.get("/tag/jass/feed/")
    assert (response.status_code, response["Location"]) == (301, f"{tag.get_absolute_url()}feed/")
    assert reader.get("/tag/no-such/feed/").status_code == 404


@pytest.mark.parametrize("target", ["https://other.example/new", "/story/x/", "/tag/jazz", "/rss/"])
def test_a_row_that_leads_to_no_page_with_a_feed_moves_none(target: str, reader: Client) -> None:
    Redirect.objects.create(old_path="/section/old/", target_path=target)
    assert reader.get("/section/old/feed/").status_code == 404
