"""What a photo's file asks for, at the gate: no web use blocks, all else is advice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.actions.publishing import MAY_BE_WAIVED, NotPublishable, publish
from articles.drafts import draft_of
from articles.gate import publish_advice, publish_problems
from articles.models import Agency, Article, Photo
from tests import builders

pytestmark = pytest.mark.django_db


def story(**photo: object) -> Article:
    article = builders.make_story()
    builders.make_lead(article, photo=builders.make_photo(**photo))
    return article


def terms_of(article: Article) -> list[str]:
    return [each.message for each in publish_advice(draft_of(article)) if each.code == "terms"]


def test_what_may_not_be_on_the_web_needs_an_editors_reason() -> None:
    article = story(instructions="UK OUT. No internet.", caption_default="The pier")
    with pytest.raises(NotPublishable) as refused:
        publish(article)
    (problem,) = refused.value.problems
    assert problem.code == "terms"
    assert "“The pier” may not be used on the web" in problem.message
    assert "“No internet”" in problem.message
    publish(article, waive=MAY_BE_WAIVED, reason="The agency agreed by mail")
    assert article.is_released


def test_other_terms_are_advice() -> None:
    article = story(usage_terms="AUSTRIA OUT. One time use. No cropping. Mandatory credit.")
    assert not publish_problems(draft_of(article))
    (advice,) = terms_of(article)
    assert "To be used once; Not to be used in AUSTRIA; No cropping, no alteration" in advice


def test_an_end_that_nobody_applied_is_said_and_an_applied_one_is_not() -> None:
    article = story(instructions="May only be used for 14 days")
    (advice,) = terms_of(article)
    assert "“May only be used for 14 days”, and nobody has applied it" in advice
    Photo.objects.update(rights_until=timezone.now() + timedelta(days=9))
    assert not terms_of(article)


def test_an_agencys_default_is_no_word_of_the_file() -> None:
    agency = Agency.objects.create(name="Tidewire", default_days=30)
    assert not terms_of(story(agency=agency))


def test_rights_are_judged_for_the_day_of_publication() -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    article = story(rights_from=tomorrow, rights_until=tomorrow + timedelta(days=1))
    assert [each.code for each in publish_problems(draft_of(article))] == ["rights"]
    article.publish_at = tomorrow + timedelta(hours=1)
    assert not publish_problems(draft_of(article))
    article.publish_at = tomorrow + timedelta(days=2)
    (problem,) = publish_problems(draft_of(article))
    assert "the right to show it ends on" in problem.message
