"""Galleries, series, related stories, fronts, banners: made once, and never over an editor's work."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.demo.content import (
    DemoBanner,
    DemoContent,
    DemoEntry,
    DemoFront,
    DemoSeries,
    DemoSlot,
    DemoUse,
)
from articles.demo.loader import load_demo
from articles.models import Article, Banner, Front, Related, Series, Slot, SlotEntry, Tag
from tests.articles.demo.small import small_content

pytestmark = pytest.mark.django_db

MENDER = "the-umbrella-mender"
LOWLIGHT = "lowlight-moves-indoors"


def arranged() -> DemoContent:
    """Two stories in a series, on the home page and on a section's, with a banner over them."""
    entries = (
        DemoEntry(MENDER, "Another headline", True, None),
        DemoEntry(LOWLIGHT, "", False, timedelta(hours=30)),
    )
    return replace(
        small_content(MENDER, LOWLIGHT),
        series=(DemoSeries("ribs", "Ribs", "Two parts.", "umbrella-cloth", (MENDER, LOWLIGHT)),),
        fronts=(
            DemoFront("", (DemoSlot("focus", "Weekend reading", 3, False, entries),)),
            DemoFront("music", (DemoSlot("lead", "", 1, True, ()),)),
        ),
        banners=(DemoBanner("Gale warning", "breaking", LOWLIGHT, timedelta(hours=5)),),
    )


def rows() -> list[list[tuple[object, ...]]]:
    models = (Series, Front, Slot, SlotEntry, Banner, Related)
    return [list(model._default_manager.order_by("pk").values_list()) for model in models]


def test_photos_of_a_story_keep_their_order_words_and_shapes() -> None:
    content = small_content(MENDER)
    uses = (DemoUse("umbrella-cloth", "Cloth", "Teal", "1:1"), DemoUse("neon-teal", "Light", ""))
    story = replace(content.articles[0], gallery=uses, lead=replace(uses[1], ratio="16:9"))
    load_demo(replace(content, articles=(story,)))
    gallery = Article.objects.get(slug=MENDER).photo_uses.filter(slot="gallery")
    assert [(use.caption_text, use.alt_text) for use in gallery] == [
        ("Cloth", "Teal"),
        ("Light", content.photos["neon-teal"].picture.passport.alt),
    ]
    assert all(use.photo.has_credit for use in gallery)
    assert [use.crop for use in gallery] == [{"ratio": "1:1"}, {}]
    lead = Article.objects.get(slug=MENDER).lead
    assert lead is not None
    assert lead.crop == {"ratio": "16:9"}


def test_related_stories_stand_in_the_order_they_were_given() -> None:
    content = small_content(MENDER, "the-salt-year", "ballast", LOWLIGHT)
    articles = tuple(
        replace(a, body="<p>A</p>", embeds=(), related=(MENDER, LOWLIGHT))
        if a.slug == "ballast"
        else a
        for a in content.articles
    )
    load_demo(replace(content, articles=articles))
    links = Article.objects.get(slug="ballast").related_links.select_related("to")
    assert [link.to.slug for link in links] == [MENDER, LOWLIGHT]


def test_a_series_has_its_parts_in_order_and_a_picture() -> None:
    load_demo(arranged())
    series = Series.objects.get(slug="ribs")
    assert [item.article.slug for item in series.items.all()] == [MENDER, LOWLIGHT]
    assert series.hero


def test_the_fronts_and_the_banner_are_put_up() -> None:
    now = timezone.now()
    load_demo(arranged(), now=now)
    slot = Slot.objects.get(front__section=None)
    assert (slot.key, slot.title, slot.max, slot.backfill) == ("focus", "Weekend reading", 3, False)
    first, second = slot.entries.all()
    assert (first.article.slug, first.headline_override) == (MENDER, "Another headline")
    assert first.pinned
    assert first.until is None
    assert second.until == now + timedelta(hours=30)
    assert Slot.objects.get(front__section__slug="music").key == "lead"
    banner = Banner.objects.get()
    assert banner.url == Article.objects.get(slug=LOWLIGHT).get_absolute_url()
    assert (banner.starts, banner.ends) == (now, now + timedelta(hours=5))


def test_a_second_run_arranges_nothing() -> None:
    load_demo(arranged())
    before = rows()
    load_demo(arranged())
    assert rows() == before


def test_what_an_editor_arranged_stays() -> None:
    load_demo(arranged())
    SlotEntry.objects.filter(article__slug=LOWLIGHT).delete()
    Slot.objects.filter(key="focus").update(title="Mine")
    Series.objects.update(title="Mine")
    Banner.objects.update(ends=timezone.now() + timedelta(hours=1))
    before = rows()
    load_demo(arranged())
    assert rows() == before


def test_a_front_that_is_there_and_empty_is_filled() -> None:
    front = Front.objects.create()
    Slot.objects.create(front=front, key="focus", title="Ours", max=2)
    load_demo(arranged())
    slot = Slot.objects.get(front=front)
    assert slot.title == "Ours"
    assert slot.entries.count() == 2


def test_a_person_gets_a_face_and_a_tag_that_is_there_keeps_its_own() -> None:
    content = small_content(MENDER)
    tags = tuple(
        replace(tag, image="umbrella-cloth") if tag.kind == "person" else tag
        for tag in content.tags
    )
    Tag.objects.create(name="Nuray Haldane", slug="nuray-haldane", kind="person")
    load_demo(replace(content, tags=tags))
    assert Tag.objects.get(name="Idris Bellamine").image
    assert Tag.objects.get(name="Nuray Haldane").image is None


@pytest.mark.parametrize("status", ["withdrawn", "review"])
def test_a_story_is_brought_to_its_status(status: str) -> None:
    content = small_content(MENDER)
    story = replace(content.articles[0], status=status)
    load_demo(replace(content, articles=(story,)))
    article = Article.objects.get(slug=MENDER)
    assert article.status == status
    assert bool(article.first_published_at) == (status == "withdrawn")
    assert not Article.objects.published().exists()
