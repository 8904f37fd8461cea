"""What the publish gate says of photos beside what it blocks, and which ways lead through it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.actions.drafting import save_draft, with_fields
from articles.actions.photos import use_photo
from articles.actions.publishing import NotPublishable, publish
from articles.drafts import draft_of
from articles.gate import publish_advice, publish_problems
from articles.models import Article, Photo, PhotoUse
from tests import builders

pytestmark = pytest.mark.django_db
BARE = {"photographer_text": "", "agency_text": ""}


def with_lead(photo: Photo | None = None, **use: object) -> Article:
    article = builders.make_story()
    builders.make_lead(article, photo=photo or builders.make_photo(), **use)
    return article


def advice_on(article: Article) -> list[str]:
    told = publish_advice(draft_of(article))
    return [each.message for each in told if each.code in {"alt", "credit", "picture"}]


@pytest.mark.parametrize(
    ("use", "words"),
    [
        ({}, None),
        ({"alt": "x" * 250}, None),
        ({"alt": "x" * 251}, "is over 250 characters"),
        ({"alt": "The Pier."}, "is its caption"),
        ({"alt": "", "decorative": True}, None),
        ({"alt": "Photo: Ines Lark / Harbour Pictures"}, "is its credit"),
        ({"alt": "Taken for us", "credit_override": "Taken for us"}, "is its credit"),
    ],
)
def test_an_alternative_text_of_other_words_is_asked_for(
    use: dict[str, object], words: str | None
) -> None:
    told = advice_on(with_lead(**use))
    assert len(told) == (words is not None)
    assert words is None or words in told[0]
    assert publish_problems(draft_of(with_lead(**use))) == []


def test_a_credit_that_nobody_could_read_is_pointed_out() -> None:
    photo = builders.make_photo(**BARE, credit_raw="some words, no name")
    (told,) = advice_on(with_lead(photo))
    assert "Printed is “some words, no name”." in told
    assert advice_on(with_lead(photo, credit_override="Ann Lee")) == []
    unclear = builders.make_photo(credit_unclear=True)
    assert "could not be read whole" in advice_on(with_lead(unclear))[0]
    assert advice_on(with_lead(unclear, credit_override="Ann Lee")) == []


def test_a_picture_in_the_text_that_is_no_photo_is_pointed_out() -> None:
    article = builders.make_story(
        body_html='<p>a <img src="https://a.example/x.jpg" alt="A cat"></p>'
    )
    assert len(advice_on(article)) == 1
    assert "Readers get a link" in advice_on(article)[0]


# --- Every way to readers --------------------------------------------------------------------------
def now(article: Article) -> None:
    publish(article)


def later(article: Article) -> None:
    publish(article, at=timezone.now() + timezone.timedelta(days=1))


def embargoed(article: Article) -> None:
    until = timezone.now() + timezone.timedelta(days=1)
    Article.objects.filter(pk=article.pk).update(embargo_until=until)
    publish(article)


@pytest.mark.parametrize("way", [now, later, embargoed])
@pytest.mark.parametrize("slot", ["lead", "body", "gallery", "social"])
@pytest.mark.parametrize("lack", ["credit", "alt"])
def test_no_way_leads_past_it(way: Callable[[Article], None], slot: str, lack: str) -> None:
    photo = builders.make_photo(**(BARE if lack == "credit" else {}))
    article = builders.make_story()
    alt = "" if lack == "alt" else "A pier at dusk"
    if slot == "lead":
        builders.make_lead(article, photo=photo, alt=alt)
    else:
        use = article.photo_uses.create(photo=photo, slot=slot, alt=alt)
        body = f'<p>a</p><figure data-photo="{use.pk}"></figure>' if slot == "body" else "<p>a</p>"
        Article.objects.filter(pk=article.pk).update(body_html=body)
    with pytest.raises(NotPublishable) as refused:
        way(article)
    assert [each.code for each in refused.value.problems] == [lack]
    article.refresh_from_db()
    assert article.status == Article.Status.DRAFT


def test_what_is_added_to_a_story_that_readers_see_waits_for_the_gate(reader: Client) -> None:
    article = publish(builders.make_story())
    file = {"format": "jpeg", "width": 960, "height": 640, "path": "photos/ab/x.jpg", "bytes": 1}
    photo = builders.make_photo(**BARE, manifest=[file])
    for slot in (PhotoUse.Slot.LEAD, PhotoUse.Slot.GALLERY):
        use_photo(article, photo, slot)
    uses = tuple(article.photo_uses.filter(live=False))
    body = f'<p>New.</p><figure data-photo="{uses[0].pk}"></figure>'
    save_draft(article, with_fields(draft_of(article), body_html=body), by=None)
    with pytest.raises(NotPublishable):
        publish(article)
    page = reader.get(article.get_absolute_url()).content.decode()
    assert "x.jpg" not in page
    assert "New." not in page


def test_what_was_waived_and_why_stands_in_the_history(desk: Client) -> None:
    article = with_lead(builders.make_photo(**BARE, caption_default="The quay"))
    publish(article, waive={"credit"}, reason="The agency confirms by telephone.")
    page = desk.get(reverse("admin:articles_revision_changelist")).content.decode()
    assert "A photo has no credit: The quay." in page
    assert "The agency confirms by telephone." in page


@pytest.mark.parametrize(("slot", "enough"), [("gallery", True), ("lead", True), ("body", False)])
def test_photos_that_stand_by_themselves_need_no_text(slot: str, enough: bool) -> None:
    article = builders.make_story(body_html="", kind="gallery")
    use_photo(article, builders.make_photo(alt_default="A pier"), slot)
    said = [problem.code for problem in publish_problems(draft_of(article))]
    assert ("body" not in said) == enough
