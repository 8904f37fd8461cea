"""A draft becomes the story after the world went on: what it names is taken, gone, or was written
past it.
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles.actions.drafting import save_draft, with_fields
from articles.actions.editing import save_article
from articles.actions.photos import set_lead
from articles.actions.publishing import NotPublishable, publish, undo_publish, withdraw
from articles.drafts import DraftUse, draft_of, live_draft
from articles.models import Article, PhotoUse
from tests import builders

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def public(**fields: object) -> Article:
    return publish(builders.make_story(**fields))


def write(article: Article, **fields: object) -> None:
    save_draft(article, with_fields(draft_of(article), **fields), by=None)


def test_an_update_without_a_time_keeps_the_storys_own() -> None:
    article = public()
    at = article.publish_at
    write(article, publish_at=None, headline="Next")
    publish(article)
    assert (article.publish_at, article.headline) == (at, "Next")


def test_a_schedule_whose_time_is_taken_out_is_published_now() -> None:
    article = public(publish_at=timezone.now() + HOUR)
    write(article, publish_at=None)
    publish(article)
    assert Article.objects.published().get() == article
    assert article.first_published_at == article.publish_at


def test_a_story_that_readers_see_is_not_put_off_to_a_later_time() -> None:
    article = public()
    write(article, publish_at=timezone.now() + HOUR)
    with pytest.raises(NotPublishable, match="withdraw it"):
        publish(article)


def test_a_story_is_withdrawn_though_its_new_address_was_taken() -> None:
    article = public(slug="ours")
    write(article, slug="wanted", headline="Next")
    builders.make_draft(slug="wanted")
    withdraw(article)
    stored = Article.objects.get(pk=article.pk)
    assert (stored.status, stored.slug, stored.headline) == ("withdrawn", "ours", "Next")


def test_a_story_is_withdrawn_though_its_new_section_is_gone() -> None:
    article = public()
    section, gone = article.section, builders.make_section()
    write(article, section_id=gone.pk)
    gone.delete()
    withdraw(article)
    connection.check_constraints()
    assert Article.objects.get(pk=article.pk).section == section


def test_undo_gives_back_what_readers_had_and_not_what_was_published_last() -> None:
    article = public()
    article.body_html = "<p>As the import wrote it.</p>"
    save_article(article, by=None)
    write(article, headline="Next")
    publish(article)
    undo_publish(article)
    assert "import" in Article.objects.get(pk=article.pk).body_html


def test_a_placements_number_does_not_turn_into_another_photo() -> None:
    article = builders.make_story()
    lead, other = builders.make_lead(article), builders.make_photo()
    swapped = DraftUse(lead.pk, other.pk, "lead", caption="The other one")
    saved = save_draft(article, replace(live_draft(article), photo_uses=(swapped,)), by=None)
    use = PhotoUse.objects.get(article=article)
    assert (use.photo, use.caption) == (other, "The other one")
    assert saved.draft.photo_uses[0].id == use.pk != lead.pk


def test_an_import_leaves_the_lead_of_a_draft_alone() -> None:
    article = public()
    waiting = article.photo_uses.create(photo=builders.make_photo(), slot="lead", live=False)
    use = set_lead(article, waiting.photo)
    assert (use.live, PhotoUse.objects.get(pk=waiting.pk).live) == (True, False)
