"""What is written of a released story goes to readers as a whole, and can be taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles.actions.drafting import save_draft
from articles.actions.publishing import (
    IMPORT_MAY_LACK,
    NothingToUndo,
    NotPublishable,
    approve,
    publish,
    undo_publish,
    withdraw,
)
from articles.drafts import DraftUse, draft_of, live_draft
from articles.gate import publish_advice, publish_problems
from articles.models import Article, PhotoUse, Redirect, Revision, generation
from tests import builders

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def public(**fields: object) -> Article:
    return publish(builders.make_story(**fields))


def write(article: Article, *, uses: tuple[DraftUse, ...] | None = None, **fields: object) -> None:
    draft = draft_of(article)
    kept = draft.photo_uses if uses is None else uses
    draft = replace(draft, fields={**draft.fields, **fields}, photo_uses=kept)
    save_draft(article, draft, by=None)


def codes(article: Article) -> list[str]:
    return [each.code for each in publish_problems(draft_of(article))]


def test_an_update_brings_the_whole_draft_and_keeps_the_date(reader: Client, editor: User) -> None:
    article = public(slug="old")
    lead = builders.make_lead(article)
    at, before = article.publish_at, generation()
    new = DraftUse(0, builders.make_photo().pk, "lead", alt="A pier")
    body = "<p>New</p><p>https://x.com/jack/status/20</p>"
    write(article, uses=(new,), headline="Next", slug="newer", body_html=body)
    publish(article, by=editor)
    stored = Article.objects.get(pk=article.pk)
    assert (stored.headline, stored.publish_at, stored.current_draft) == ("Next", at, None)
    assert stored.updated_at_public is None
    assert (stored.version, stored.live.kind) == (4, Revision.Kind.PUBLISH)  # type: ignore[union-attr]
    assert stored.lead is not None
    assert (stored.lead.photo_id, stored.lead.live) == (new.photo_id, True)
    assert not PhotoUse.objects.filter(pk=lead.pk).exists()
    assert stored.embed_uses.count() == 1
    assert reader.get("/story/old/")["Location"] == "/story/newer/"
    assert b"Next" in reader.get("/story/newer/").content
    assert generation() != before


def test_readers_are_told_of_a_change_when_an_editor_says_so() -> None:
    article = public()
    publish(article, tell_readers=True)
    assert article.updated_at_public is not None


def test_a_refused_update_leaves_everything_as_it_was() -> None:
    article = public()
    write(article, headline="")
    before = live_draft(Article.objects.get(pk=article.pk))
    with pytest.raises(NotPublishable, match="no headline"):
        publish(article)
    stored = Article.objects.get(pk=article.pk)
    assert live_draft(stored) == before
    assert stored.current_draft is not None


def test_an_address_that_was_taken_meanwhile_blocks_the_update() -> None:
    article = public()
    write(article, slug="wanted")
    builders.make_article(slug="wanted")
    with pytest.raises(NotPublishable, match="this address by now"):
        publish(article)


def test_a_public_story_can_not_wait_for_an_embargo() -> None:
    article = public()
    write(article, embargo_until=timezone.now() + HOUR)
    with pytest.raises(NotPublishable, match="embargo has not ended"):
        publish(article)


def test_a_withdrawn_storys_draft_is_the_story(reader: Client) -> None:
    article = public()
    write(article, headline="Next")
    withdraw(article)
    assert (article.headline, article.current_draft, article.status) == ("Next", None, "withdrawn")
    assert reader.get(article.get_absolute_url()).status_code == 410


def test_a_draft_is_marked_as_ready(editor: User) -> None:
    article = approve(builders.make_draft(), by=editor)
    assert (article.status, article.version) == ("ready", 2)
    assert approve(builders.make_article()).status == "published"


# --- Taking it back --------------------------------------------------------------------------------
def test_a_first_publication_is_taken_back_without_a_trace(reader: Client, editor: User) -> None:
    article = builders.make_story()
    publish(article, by=editor)
    undo_publish(article, by=editor)
    stored = Article.objects.get(pk=article.pk)
    assert (stored.status, stored.publish_at, stored.first_published_at) == ("draft", None, None)
    assert stored.live is None
    assert reader.get(article.get_absolute_url()).status_code == 404
    assert publish(article).status == "published"


def test_an_update_is_taken_back_and_stays_a_draft(reader: Client) -> None:
    article = builders.make_article(section=builders.make_section(), headline="Old", slug="old")
    lead = builders.make_lead(article)
    write(article, uses=(), headline="New", slug="newer")
    publish(article)
    undo_publish(article)
    stored = Article.objects.get(pk=article.pk)
    assert (stored.headline, stored.slug, stored.lead_id) == ("Old", "old", lead.pk)
    assert draft_of(stored).fields["headline"] == "New"
    assert reader.get("/story/old/").status_code == 200
    assert reader.get("/story/newer/")["Location"] == "/story/old/"
    publish(article)
    assert Article.objects.get(pk=article.pk).headline == "New"


def test_what_others_saved_since_or_a_while_ago_is_not_taken_back() -> None:
    article = public()
    write(article, headline="Next")
    with pytest.raises(NothingToUndo):
        undo_publish(article)
    article = public()
    Revision.objects.filter(pk=article.live_id).update(at=timezone.now() - HOUR)
    with pytest.raises(NothingToUndo):
        undo_publish(article)
    with pytest.raises(NothingToUndo):
        undo_publish(builders.make_draft())


# --- The gate --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("photo", "use", "found"),
    [
        ({}, {}, []),
        ({}, {"alt": ""}, ["alt"]),
        ({}, {"alt": "", "decorative": True}, []),
        ({"alt_default": "A pier"}, {"alt": ""}, []),
        ({"decorative_default": True}, {"alt": ""}, []),
        ({}, {"alt": "IMG_1234.jpg"}, ["alt"]),
        ({"status": "removed"}, {}, ["rights"]),
        ({"rights_until": timezone.now() - HOUR}, {}, ["rights"]),
        ({"rights_from": timezone.now() + HOUR}, {}, ["rights"]),
        ({"photographer_text": "", "agency_text": ""}, {"alt": ""}, ["credit", "alt"]),
    ],
)
def test_each_photo_that_readers_see_has_its_credit_its_words_and_its_rights(
    photo: dict[str, object], use: dict[str, object], found: list[str]
) -> None:
    article = builders.make_story()
    lead = builders.make_lead(article, photo=builders.make_photo(**photo), **use)
    assert codes(article) == found
    PhotoUse.objects.filter(pk=lead.pk).update(slot="body")
    assert codes(article) == []  # nobody sees it
    article.body_html = f'<figure data-photo="{lead.pk}"></figure>'
    assert codes(article) == found


def test_a_story_that_would_end_before_it_begins_is_refused() -> None:
    ends = {"expire_at": timezone.now() + HOUR, "publish_at": timezone.now() + 2 * HOUR}
    assert codes(builders.make_story(**ends)) == ["expire"]


def test_what_an_import_may_lack_is_published_with_the_reason_kept() -> None:
    article = builders.make_draft()
    builders.make_lead(article, alt="")
    with pytest.raises(NotPublishable):
        publish(article)
    publish(article, waive=IMPORT_MAY_LACK, reason="An old page.")
    assert article.live is not None
    assert article.live.note == "An old page."
    assert article.live.snapshot["waived"] == [
        "The article is in no section.",
        "A photo has no alternative text: Ines Lark.",
    ]
    with pytest.raises(NotPublishable):  # not without a word
        publish(article, waive=IMPORT_MAY_LACK, reason=" ")
    with pytest.raises(NotPublishable):
        publish(builders.make_story(headline=""), waive={"headline"}, reason="No.")


def test_advice_says_what_would_make_it_better_and_blocks_nothing() -> None:
    article = builders.make_story(dek="x" * 201, headline="x" * 71)
    article.body_html = '<p>a</p><img src="/a.jpg"><figure data-photo="99"></figure>'
    builders.make_photo()
    advice = publish_advice(draft_of(article))
    fields = [each.field for each in advice]
    assert fields == ["dek", "headline", "bylines", "tags", "photos", "body_html", "body_html"]
    restricted = builders.make_photo(status="restricted", instructions="Not online")
    builders.make_lead(article, photo=restricted)
    assert "Not online" in publish_advice(draft_of(article))[-1].message
    assert publish_advice(draft_of(builders.make_story(dek="")))[0].field == "dek"
    assert not Redirect.objects.exists()
