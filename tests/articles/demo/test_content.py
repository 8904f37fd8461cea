"""The demo as it is shipped: whole, varied, and already in the form in which it is stored."""

import re
from collections import Counter
from datetime import timedelta

import pytest

from articles.body.clean import clean
from articles.demo.content import DemoArticle
from articles.demo.reading import read_content
from articles.demo.reading_articles import TAG_KINDS
from articles.demo.references import (
    ARTICLE_LINK,
    CORRECTIONS,
    PHOTO_PLACE,
    ROLES,
    photos_of,
    problems_of,
)
from articles.embeds.providers import PROVIDERS
from articles.photos.credits import parse_credit
from newsroom.lib.html import plain_text

CONTENT = read_content()
ARTICLES = pytest.mark.parametrize("article", CONTENT.articles, ids=lambda a: a.slug)
# What stands in most newsrooms' stories.
FIVE = {"facebook", "instagram", "tiktok", "x", "youtube"}


def filled(article: DemoArticle) -> str:
    body = PHOTO_PLACE.sub('<figure data-photo="7"></figure>', article.body)
    return ARTICLE_LINK.sub(lambda link: f"/story/{link[1]}/", body)


def canonical(html: str) -> str:
    """Without what is the cleaner's to add: white space between blocks, and a link's rel."""
    html = re.sub(r' rel="[^"]*"', "", html)
    return re.sub(r">\s*\n\s*<", "><", html.strip())


def providers_of(article: DemoArticle) -> list[str]:
    return [embed.provider for embed in clean(filled(article)).embeds]


def test_every_reference_resolves() -> None:
    assert problems_of(CONTENT) == []


@ARTICLES
def test_a_body_is_its_own_cleaning(article: DemoArticle) -> None:
    assert canonical(clean(filled(article)).html) == canonical(filled(article))


@ARTICLES
def test_an_embed_is_written_in_its_canonical_form(article: DemoArticle) -> None:
    written = re.findall(r"<oembed>([^<]*)</oembed>", article.body)
    assert [embed.url.replace("&", "&amp;") for embed in clean(filled(article)).embeds] == written


@ARTICLES
def test_a_published_story_has_all_its_parts(article: DemoArticle) -> None:
    if article.status != "published":
        return
    assert article.lead or article.slug == "the-quayle-sweepstake"
    assert all((article.headline, article.dek, article.kicker, article.bylines, article.tags))
    assert len(article.headline_home or article.headline) <= 110
    assert len(article.kicker) <= 60


def test_one_headline_is_as_long_as_headlines_get() -> None:
    assert [a.slug for a in CONTENT.articles if len(a.headline) > 250] == ["a-long-title"]


def test_every_provider_appears_and_the_usual_five_more_than_once() -> None:
    by_story = {article.slug: providers_of(article) for article in CONTENT.articles}
    assert sorted(by_story["a-foghorn-in-thirty-five-posts"]) == sorted(p.slug for p in PROVIDERS)
    assert set(by_story["one-night-three-times"]) == FIVE
    assert all(sum(name in names for names in by_story.values()) >= 3 for name in FIVE)


def test_a_video_starts_in_the_middle() -> None:
    salt_year = next(a for a in CONTENT.articles if a.slug == "the-salt-year")
    assert [embed.start for embed in clean(filled(salt_year)).embeds] == [47]


def test_the_stories_are_of_every_kind_and_length() -> None:
    kinds = {article.kind for article in CONTENT.articles}
    assert kinds == {
        "news", "opinion", "analysis", "review", "interview", "feature", "list", "gallery",
        "sponsored",
    }  # fmt: skip
    words = sorted(len(plain_text(clean(filled(a)).html).split()) for a in CONTENT.articles)
    assert words[0] <= 130
    assert words[-1] >= 1_450


def test_there_are_enough_of_everything() -> None:
    public = [a for a in CONTENT.articles if a.status == "published" and a.ago > timedelta(0)]
    assert len(public) >= 42
    assert sum(article.ago < timedelta(hours=48) for article in public) >= 8
    assert max(article.ago for article in public) >= timedelta(days=230)
    assert len({byline.contributor for a in public for byline in a.bylines}) >= 8
    assert len(CONTENT.sections) == 5
    for section in CONTENT.sections:
        assert sum(article.section == section.slug for article in public) >= 8, section.slug


def test_stories_wait_are_written_are_read_and_are_taken_back() -> None:
    published = [a for a in CONTENT.articles if a.status == "published"]
    others = Counter(a.status for a in CONTENT.articles if a.status != "published")
    assert sum(a.ago < timedelta(0) for a in published) == 2
    assert others == {"draft": 3, "review": 2, "withdrawn": 1}


def test_stories_are_put_right_in_every_way() -> None:
    kinds = {c.kind for a in CONTENT.articles for c in a.corrections}
    assert kinds == CORRECTIONS
    assert {c.position for a in CONTENT.articles for c in a.corrections} == {"top", "bottom"}


def test_galleries_have_six_to_ten_pictures_with_a_caption_each() -> None:
    galleries = [article for article in CONTENT.articles if article.kind == "gallery"]
    assert len(galleries) >= 3
    for article in galleries:
        assert 6 <= len(article.gallery) <= 10
        assert all(use.caption for use in article.gallery)
        assert len({use.photo for use in article.gallery}) == len(article.gallery)


def test_the_story_that_is_measured_has_five_embeds_and_twelve_photos() -> None:
    story = next(a for a in CONTENT.articles if a.slug == "one-night-three-times")
    assert len(story.embeds) == 5
    assert len(set(photos_of(story))) == len(photos_of(story)) == 12


def test_series_fronts_and_related_stories_are_there_to_be_seen() -> None:
    assert len(CONTENT.series) >= 2
    assert all(3 <= len(series.articles) <= 5 for series in CONTENT.series)
    assert sum(bool(article.related) for article in CONTENT.articles) >= 5
    assert [front.section for front in CONTENT.fronts] == ["", "screen"]
    assert [(slot.key, slot.max) for slot in CONTENT.fronts[0].slots] == [
        ("lead", 1), ("top", 4), ("focus", 3),
    ]  # fmt: skip
    assert all(timedelta(0) < banner.lasts < timedelta(hours=12) for banner in CONTENT.banners)


def test_tags_of_every_kind_are_described_and_some_people_have_a_face() -> None:
    assert {tag.kind for tag in CONTENT.tags} == set(TAG_KINDS)
    assert all(tag.description for tag in CONTENT.tags)
    assert {tag.kind for tag in CONTENT.tags if tag.aliases} == set(TAG_KINDS)
    assert sum(tag.kind == "person" and bool(tag.image) for tag in CONTENT.tags) >= 4


def test_bylines_have_every_role() -> None:
    assert {b.role for a in CONTENT.articles for b in a.bylines} == ROLES


def test_a_correction_is_younger_than_its_story_and_older_than_now() -> None:
    for article in CONTENT.articles:
        for correction in article.corrections:
            assert article.ago > correction.ago
            assert correction.ago.total_seconds() > 0


def test_a_story_links_only_to_stories_that_readers_can_see() -> None:
    hidden = {a.slug for a in CONTENT.articles if a.status != "published" or a.ago.days < 0}
    assert not hidden & {slug for a in CONTENT.articles for slug in ARTICLE_LINK.findall(a.body)}


@ARTICLES
def test_a_list_of_numbered_notes_is_numbered(article: DemoArticle) -> None:
    assert not re.search(r'<ul>\s*<li id="c-note', article.body)


def test_the_bodies_use_the_whole_house_style() -> None:
    bodies = "".join(article.body for article in CONTENT.articles)
    for part in (
        "<table>",
        "<tfoot>",
        "<ol>",
        "<ul>",
        "<h3>",
        "<hr>",
        "<sup ",
        'dir="rtl"',
        'lang="el"',
        "<h4>",
        "<dl>",
        "<details>",
        "<blockquote><p>",
        "<abbr ",
        "<mark>",
    ):
        assert part in bodies, part
    assert bodies.count('class="pullquote"') >= 4


def test_every_credit_line_is_understood_and_they_are_of_many_kinds() -> None:
    lines = [parse_credit(photo.credit) for photo in CONTENT.photos.values() if photo.credit]
    assert all(credit.raw and not credit.caption for credit in lines)
    assert {credit.kind for credit in lines} >= {
        "agency", "courtesy", "file", "handout", "photographer", "screenshot", "social",
    }  # fmt: skip
    assert any(credit.via for credit in lines)
    assert any(credit.for_client for credit in lines)
    assert any(len(credit.photographers) > 1 for credit in lines)


def test_every_photo_says_what_it_shows_and_whose_it_is() -> None:
    for photo in CONTENT.photos.values():
        passport = photo.picture.passport
        assert passport.caption
        assert passport.alt
        assert passport.copyright
        assert photo.credit or passport.credit or passport.photographers


def test_every_photo_is_used_and_no_two_are_the_same_picture() -> None:
    used = {key for article in CONTENT.articles for key in photos_of(article)}
    used |= {tag.image for tag in CONTENT.tags if tag.image}
    assert used == set(CONTENT.photos)
    pictures = [
        (p.picture.recipe, p.picture.palette, p.picture.seed) for p in CONTENT.photos.values()
    ]
    assert len(set(pictures)) == len(pictures)


def test_every_picture_is_wide_enough_for_its_place() -> None:
    leads = {key for article in CONTENT.articles for key in photos_of(article)}
    assert all(1_280 <= CONTENT.photos[key].picture.size[0] <= 2_400 for key in leads)
    faces = [person.portrait for person in CONTENT.people if person.portrait]
    faces += [CONTENT.photos[tag.image].picture for tag in CONTENT.tags if tag.image]
    assert all(face.size[0] >= 960 for face in faces)
