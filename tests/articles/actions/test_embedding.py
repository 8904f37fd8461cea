"""From the embeds that a body names to rows."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from articles.actions.embedding import ask_again, sync_embeds, upsert_embed
from articles.embeds.provider import EmbedRef
from articles.embeds.rows import embed_key
from articles.models import Embed, EmbedUse, known_generation
from articles.models.embed import MAX_ATTEMPTS
from tests import builders

pytestmark = pytest.mark.django_db
SHORT = EmbedRef("tiktok", None, None, "https://vm.tiktok.com/ZMabc/", "video")


def post(media_id: str = "Abc", **fields: object) -> EmbedRef:
    url = f"https://www.instagram.com/p/{media_id}/"
    return EmbedRef("instagram", media_id, url, url, "post", **fields)  # type: ignore[arg-type]


def test_a_short_link_is_known_by_its_address() -> None:
    assert embed_key(post("Abc")) == "Abc"
    key = embed_key(SHORT)
    assert key.startswith("~")
    assert len(key) == 33
    row = upsert_embed(SHORT)
    assert (row.media_id, row.canonical_url, row.url) == ("", "", SHORT.url)
    assert upsert_embed(SHORT) == row
    assert str(row) == "tiktok https://vm.tiktok.com/ZMabc/"


def test_the_quote_that_came_along_is_kept_once() -> None:
    upsert_embed(post(quote="First words", author="Nola"))
    again = upsert_embed(post(quote="Other words", author="Dex"))
    assert (again.quote, again.quote_author) == ("First words", "Nola")


def test_a_post_without_a_quote_takes_a_later_one_and_keeps_its_author() -> None:
    row = upsert_embed(post())
    Embed.objects.update(quote_author="The desk", render_version=1)
    upsert_embed(post(quote="Words", author="Nola"))
    row.refresh_from_db()
    assert (row.quote, row.quote_author, row.render_version) == ("Words", "The desk", 0)


def test_a_row_that_is_fine_is_not_asked_for_again(
    nudges: list[object], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    article = builders.make_article()
    fine, new = upsert_embed(post("Fine")), post("New")
    Embed.objects.filter(pk=fine.pk).update(state=Embed.State.OK)
    with django_capture_on_commit_callbacks(execute=True):
        sync_embeds(article, [post("Fine"), new])
    (pending,) = Embed.objects.filter(state=Embed.State.PENDING)
    assert nudges == [("articles.resolve_embed", [pending.pk])]
    assert [str(use) for use in EmbedUse.objects.all()] == [
        f"instagram Fine in article {article.pk}",
        f"instagram New in article {article.pk}",
    ]


def test_another_order_is_written(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    article = builders.make_article()
    sync_embeds(article, [post("One"), post("Two")])
    sync_embeds(article, [post("Two"), post("One")])
    assert [use.embed.media_id for use in article.embed_uses.all()] == ["Two", "One"]
    # 1 the uses, 2 and 3 the two posts: nothing is written
    with django_assert_num_queries(3):
        sync_embeds(article, [post("Two"), post("One")])


def test_asking_again_frees_a_row_that_was_given_up(
    nudges: list[object], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    stuck = builders.make_embed(
        attempts=MAX_ATTEMPTS, lease_until=timezone.now() + timedelta(hours=1), next_check_at=None
    )
    other = builders.make_embed(next_check_at=None)
    assert not Embed.objects.due().exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert ask_again(Embed.objects.filter(pk=stuck.pk)) == 1
    assert list(Embed.objects.due()) == [stuck]
    assert nudges == [("articles.resolve_embed", [stuck.pk])]
    assert other.next_check_at is None


def test_asking_again_for_nothing_is_nothing(nudges: list[object]) -> None:
    assert ask_again(Embed.objects.none()) == 0
    assert nudges == []


def test_a_quote_that_comes_along_is_shown_by_the_other_stories_too() -> None:
    upsert_embed(post())
    before = known_generation()
    upsert_embed(post())
    assert known_generation() == before
    upsert_embed(post(quote="Words", author="Nola"))
    assert known_generation() != before
