"""What the desk decides about posts: gone, blocked, shown again; a provider switched off."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from articles.actions.embedding import (
    ask_again,
    block,
    mark_gone,
    restore,
    switch_provider,
)
from articles.embeds.rows import preview_card
from articles.embeds.states import State
from articles.models import (
    Article,
    Embed,
    EmbedEvent,
    SiteState,
    generation,
    known_generation,
    providers_off,
)
from tests import builders
from tests.articles.actions.test_embedding import post

pytestmark = pytest.mark.django_db
ALL = Embed.objects.all


def shown(embed: Embed) -> Article:
    article = builders.make_article(body_html=f"<p>Look:</p><oembed>{embed.url}</oembed>")
    builders.use_embed(article, embed)
    return article


def test_a_post_marked_gone_shows_what_the_newsroom_kept(editor: User, reader: Client) -> None:
    embed = builders.make_embed(state=State.OK, quote="The pier is open", next_check_at=None)
    article = shown(embed)
    before = known_generation()
    assert mark_gone(ALL(), by=editor, reason="A reader wrote") == 1
    embed.refresh_from_db()
    assert (embed.state, embed.reason, embed.held) == (State.GONE, "A reader wrote", True)
    assert embed.gone_at is not None
    assert known_generation() != before
    html = reader.get(article.get_absolute_url()).content.decode()
    assert "The pier is open" in html
    assert "No longer available on Instagram." in html
    assert "data-frame-src" not in html
    event = EmbedEvent.objects.get()
    assert (event.by, event.from_state, event.to_state) == (editor, "ok", "gone")


def test_deciding_it_again_is_no_change(editor: User) -> None:
    builders.make_embed(state=State.OK)
    assert block(ALL(), by=editor, reason="Hateful") == 1
    before = known_generation()
    assert block(ALL(), by=editor) == 0
    assert mark_gone(ALL(), by=editor) == 0
    assert known_generation() == before
    assert EmbedEvent.objects.count() == 1


def test_a_decision_takes_the_row_from_the_worker_that_is_asking(editor: User) -> None:
    lease = timezone.now() + timedelta(minutes=1)
    embed = builders.make_embed(state=State.OK, lease_until=lease)
    block(ALL(), by=editor)
    embed.refresh_from_db()
    assert (embed.lease_until, embed.next_check_at) == (None, None)


def test_what_is_restored_is_shown_and_asked_about(
    editor: User,
    nudges: list[object],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    blocked, gone = builders.make_embed(state=State.OK), builders.make_embed(state=State.OK)
    fine = builders.make_embed(state=State.OK, next_check_at=None)
    block(ALL().filter(pk=blocked.pk), by=editor)
    mark_gone(ALL().filter(pk=gone.pk), by=editor)
    with django_capture_on_commit_callbacks(execute=True):
        assert restore(ALL(), by=editor, reason="A mistake") == 2
    assert set(Embed.objects.due()) == {blocked, gone}
    assert set(ALL().filter(state=State.PENDING, held=False)) == {blocked, gone}
    assert nudges == [("articles.resolve_embed", [blocked.pk, gone.pk])]
    fine.refresh_from_db()
    assert fine.state == State.OK


def test_asking_again_lets_a_gone_post_come_back_and_leaves_a_blocked_one(editor: User) -> None:
    gone, blocked = builders.make_embed(state=State.OK), builders.make_embed(state=State.OK)
    mark_gone(ALL().filter(pk=gone.pk), by=editor)
    block(ALL().filter(pk=blocked.pk), by=editor)
    assert ask_again(ALL()) == 1
    assert list(Embed.objects.due()) == [gone]
    assert set(ALL().filter(held=True)) == {blocked}


def test_a_provider_that_is_switched_off_leaves_links_at_once(editor: User, reader: Client) -> None:
    embed = builders.make_embed(state=State.OK)
    article = shown(embed)
    url = article.get_absolute_url()
    assert "embed--instagram" in reader.get(url).content.decode()
    assert switch_provider("instagram", off=True, by=editor)
    html = reader.get(url).content.decode()
    assert "embed--instagram" not in html
    assert f'<a href="{embed.url}"' in html
    assert SiteState.objects.get().providers_off["instagram"]["by"] == "editor"
    assert switch_provider("instagram", off=False, by=editor)
    assert "embed--instagram" in reader.get(url).content.decode()
    assert SiteState.objects.get().providers_off == {}


def test_the_editors_preview_is_a_link_too(editor: User) -> None:
    assert "embed--instagram" in preview_card(post())
    switch_provider("instagram", off=True, by=editor)
    assert "embed--instagram" not in preview_card(post())
    assert post().url in preview_card(post())


def test_the_switch_costs_a_page_no_query(editor: User, reader: Client) -> None:
    url = shown(builders.make_embed(state=State.OK)).get_absolute_url()

    def queries() -> int:
        reader.get(url)  # what a process knows for a while
        with CaptureQueriesContext(connection) as captured:
            assert reader.get(url).status_code == 200
        return len(captured)

    before = queries()
    switch_provider("x", off=True, by=editor)
    assert queries() == before
    switch_provider("instagram", off=True, by=editor)
    assert queries() <= before


def test_switching_twice_is_no_change_and_keeps_the_generation(editor: User) -> None:
    assert switch_provider("x", off=True, by=None)
    number = generation()
    assert not switch_provider("x", off=True, by=editor)
    assert generation() == number
    assert providers_off() == {"x"}
    assert switch_provider("tiktok", off=True, by=editor)
    assert providers_off() == {"x", "tiktok"}


def test_only_providers_of_the_registry_have_a_switch(editor: User) -> None:
    with pytest.raises(ValueError, match="myspace"):
        switch_provider("myspace", off=True, by=editor)
