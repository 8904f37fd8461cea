"""Publish, schedule, withdraw: what the gate asks for, and what readers see after each."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles.actions.drafting import save_draft, with_fields
from articles.actions.publishing import (
    NotPublishable,
    publish,
    publish_problems,
    send_for_review,
    withdraw,
)
from articles.drafts import draft_of
from articles.models import Article, Redirect, Revision
from tests import builders

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def status_of(article: Article, reader: Client) -> int:
    return reader.get(article.get_absolute_url()).status_code


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"headline": ""}, "headline"),
        ({"headline": " \u200b\u3164 "}, "headline"),
        ({"body_html": ""}, "body_html"),
    ],
)
def test_the_gate_names_what_is_missing(fields: dict[str, str], named: str) -> None:
    article = builders.make_story(**fields)
    article.refresh_from_db()
    assert [problem.field for problem in publish_problems(draft_of(article))] == [named]
    with pytest.raises(NotPublishable) as refusal:
        publish(article)
    assert str(refusal.value) == refusal.value.problems[0].message
    article.refresh_from_db()
    assert (article.status, article.live, article.version) == ("draft", None, 1)
    assert not article.revisions.exists()


def test_a_photo_alone_is_a_story() -> None:
    article = builders.make_story(body_html="")
    builders.make_lead(article)
    assert publish(article).status == Article.Status.PUBLISHED


@pytest.mark.parametrize(
    ("photo", "use", "problems"),
    [
        ({"photographer_text": "", "agency_text": ""}, {}, 1),
        ({"photographer_text": "", "agency_text": "", "credit_raw": "Photo: A. Lee"}, {}, 0),
        ({"photographer_text": "", "agency_text": "", "credit_override": "A. Lee"}, {}, 0),
        ({"photographer_text": "", "agency_text": ""}, {"credit_override": "A. Lee"}, 0),
        ({"photographer_text": "Ines Lark", "agency_text": ""}, {}, 0),
    ],
)
def test_no_photo_goes_out_without_a_credit(
    photo: dict[str, str], use: dict[str, str], problems: int
) -> None:
    article = builders.make_story()
    builders.make_lead(article, photo=builders.make_photo(**photo), **use)
    assert [problem.field for problem in publish_problems(draft_of(article))] == [
        "photos"
    ] * problems


def test_a_photographer_or_agency_of_ours_is_a_credit() -> None:
    article = builders.make_story()
    bare = {"photographer_text": "", "agency_text": ""}
    builders.make_lead(
        article, photo=builders.make_photo(photographer=builders.make_contributor(), **bare)
    )
    assert publish_problems(draft_of(article)) == []


def test_publishing_makes_it_public_with_a_live_revision(editor: User, reader: Client) -> None:
    article = builders.make_story()
    assert status_of(article, reader) == 404
    before = timezone.now()
    publish(article, by=editor)
    assert status_of(article, reader) == 200
    assert article.publish_at is not None
    assert before <= article.publish_at <= timezone.now()
    assert article.first_published_at == article.publish_at
    assert article.version == 2
    live = article.live
    assert live is not None
    assert (live.kind, live.by, live.snapshot["headline"]) == (
        Revision.Kind.PUBLISH,
        editor,
        article.headline,
    )


def test_publishing_again_keeps_its_first_date_and_makes_a_new_live_revision() -> None:
    article = publish(builders.make_story())
    first, live = article.first_published_at, article.live
    save_draft(article, with_fields(draft_of(article), headline="Sharper"), by=None)
    publish(article)
    assert article.first_published_at == first
    assert article.live != live
    assert article.live is not None
    assert article.live.parent == live


def test_a_story_may_be_published_in_the_past() -> None:
    then = datetime(2022, 9, 8, 12, tzinfo=UTC)
    article = publish(builders.make_story(), at=then)
    assert (article.publish_at, article.first_published_at) == (then, then)


def test_a_scheduled_story_waits_for_its_time(reader: Client) -> None:
    article = publish(builders.make_story(publish_at=timezone.now() + HOUR))
    assert article.status == Article.Status.PUBLISHED
    assert status_of(article, reader) == 404
    Article.objects.filter(pk=article.pk).update(publish_at=timezone.now() - HOUR)
    assert status_of(article, reader) == 200


def test_a_schedule_that_moves_takes_the_first_date_with_it() -> None:
    article = publish(builders.make_story(publish_at=timezone.now() + HOUR))
    later = timezone.now() + 5 * HOUR
    publish(article, at=later)
    assert (article.publish_at, article.first_published_at) == (later, later)


@pytest.mark.parametrize("at", [None, timezone.now()])
def test_an_embargo_moves_an_earlier_time_to_its_end(at: datetime | None, reader: Client) -> None:
    end = timezone.now() + HOUR
    article = publish(builders.make_story(embargo_until=end), at=at)
    assert article.publish_at == end
    assert status_of(article, reader) == 404


def test_an_embargo_that_is_over_changes_nothing() -> None:
    article = publish(builders.make_story(embargo_until=timezone.now() - HOUR))
    assert article.publish_at is not None
    assert article.publish_at > timezone.now() - HOUR


def test_a_withdrawn_story_is_gone_until_it_is_published_again(
    editor: User, reader: Client
) -> None:
    article = publish(builders.make_story())
    first = article.first_published_at
    withdraw(article, by=editor)
    assert (article.status, article.modified_by) == ("withdrawn", editor)
    response = reader.get(article.get_absolute_url())
    assert response.status_code == 410
    assert article.headline not in response.content.decode()
    publish(article)
    assert status_of(article, reader) == 200
    assert article.first_published_at == first


def test_a_schedule_that_is_withdrawn_leaves_nothing_to_be_seen(reader: Client) -> None:
    article = publish(builders.make_story(publish_at=timezone.now() + HOUR))
    withdraw(article)
    assert (article.publish_at, article.first_published_at) == (None, None)
    assert status_of(article, reader) == 404
    publish(article)
    assert status_of(article, reader) == 200


def test_a_draft_can_not_be_withdrawn() -> None:
    article = withdraw(builders.make_story())
    assert (article.status, article.version) == ("draft", 1)


def test_an_address_that_was_gone_is_the_storys_own_again(reader: Client) -> None:
    article = builders.make_story(slug="مرحبا")
    Redirect.objects.create(old_path="/story/مرحبا/", status=410)
    assert status_of(article, reader) == 410
    publish(article)
    assert status_of(article, reader) == 200
    assert not Redirect.objects.exists()


def test_a_draft_sent_for_review_is_kept_as_it_was_sent(writer: User) -> None:
    article = send_for_review(builders.make_story(), by=writer)
    assert (article.status, article.version) == ("review", 2)
    revision = article.revisions.get()
    assert (revision.kind, revision.by) == (Revision.Kind.SUBMIT, writer)


def test_only_a_draft_can_be_sent_for_review() -> None:
    article = send_for_review(builders.make_article())
    assert (article.status, article.version) == ("published", 1)
    assert not article.revisions.exists()


def test_what_goes_live_is_what_the_row_holds_and_not_an_old_copy() -> None:
    draft = builders.make_story(body_html="<p>old</p>")
    stale = Article.objects.get(pk=draft.pk)
    Article.objects.filter(pk=draft.pk).update(body_html="<p>new</p>")
    publish(stale)
    assert stale.live is not None
    assert "new" in stale.live.snapshot["body_html"]
    assert "new" in stale.body_html
