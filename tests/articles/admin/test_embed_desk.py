"""The embed desk's list: what it says of a post, how it is found, what is decided about many."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.actions.embedding import block, switch_provider, upsert_embed
from articles.embeds.providers import match_text
from articles.models import Embed
from tests import builders
from tests.articles.admin.filled import change

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/embed/"
VIDEO = "dQw4w9WgXcQ"


def video(**fields: Any) -> Embed:
    url = f"https://www.youtube.com/watch?v={VIDEO}"
    values = {"provider": "youtube", "media_id": VIDEO, "key": VIDEO, "url": url, **fields}
    return builders.make_embed(**values)


def found(desk: Client, **query: str) -> list[Embed]:
    response = desk.get(LIST, query)
    assert response.status_code == 200, query
    return list(response.context["cl"].result_list)


def act(desk: Client, action: str, *embeds: Embed, **more: str) -> Any:
    data = {"action": action, "_selected_action": [each.pk for each in embeds], **more}
    return desk.post(LIST, data, follow=True)


# --- Finding -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "form",
    [
        f"https://youtu.be/{VIDEO}?si=abc",
        f"https://m.youtube.com/watch?v={VIDEO}&t=43s",
        f'<iframe src="https://www.youtube-nocookie.com/embed/{VIDEO}"></iframe>',
        f"[youtube={VIDEO}]",
        VIDEO,
    ],
)
def test_a_post_is_found_by_any_form_of_its_address(form: str, desk: Client) -> None:
    wanted = video()
    builders.make_embed()
    assert found(desk, q=form) == [wanted]


def test_a_short_link_finds_the_post_it_leads_to_and_has_no_line_of_its_own(desk: Client) -> None:
    post, link = builders.make_embed(), "https://vm.tiktok.com/ZMabcdef/"

    ref = match_text(link)
    assert ref is not None
    short = upsert_embed(ref)
    Embed.objects.filter(pk=short.pk).update(alias_of=post)
    assert found(desk) == [post]
    assert found(desk, q=link) == [post]


def test_a_post_is_found_by_who_wrote_it(desk: Client) -> None:
    wanted = builders.make_embed(quote_author="Ada Quill (@ada)")
    builders.make_embed()
    assert found(desk, q="quill") == [wanted]
    assert found(desk, q="https://x.com/nobody/status/1") == []


def test_filters_narrow_the_list(desk: Client) -> None:
    now = timezone.now()
    public, draft = builders.make_article(), builders.make_draft()
    kept = builders.make_embed(state="gone", quote="Said so", checked_at=now)
    bare = builders.make_embed(state="gone", checked_at=now - timedelta(days=30))
    fine = builders.make_embed(state="ok", priority=Embed.Priority.IMPORT)
    builders.use_embed(public, kept)
    builders.use_embed(draft, bare)
    assert found(desk, trouble="yes") == [bare, kept]
    assert found(desk, state__exact="gone", kept="no") == [bare]
    assert found(desk, kept="yes") == [kept]
    assert found(desk, use="public") == [kept]
    assert found(desk, use="other") == [fine, bare]
    assert found(desk, use="none") == [fine]
    assert found(desk, looked="day") == found(desk, looked="week") == [kept]
    assert found(desk, looked="earlier") == [bare]
    assert found(desk, looked="never") == [fine]
    assert found(desk, priority__exact="1") == [fine]
    assert found(desk, article=str(draft.pk)) == [bare]
    assert found(desk, provider__exact="youtube") == []


def test_a_story_that_may_not_be_read_is_no_filter(writer: User, reader: Client) -> None:
    reader.force_login(writer)
    secret = builders.make_draft(headline="Not for colleagues")
    builders.use_embed(secret, builders.make_embed())
    assert found(reader, article=str(secret.pk)) == []
    html = reader.get(LIST).content.decode()
    assert "No story" in html
    assert "1 story" not in html


def test_a_line_says_in_words_how_a_post_is(desk: Client, editor: User) -> None:
    post = video(title="The pier", author_name="Harbour Post", state="ok")
    builders.use_embed(builders.make_draft(), post)
    block(Embed.objects.all(), by=editor, reason="Asked by a court")
    switch_provider("youtube", off=True, by=editor)
    html = desk.get(LIST).content.decode()
    for words in ("YouTube · Harbour Post", "The pier", "Blocked", "The desk says so: Asked by a court",
                  "YouTube is switched off: readers see a link.", "Nothing kept", "1 story", "Never"):  # fmt: skip
        assert words in html, words


def test_a_row_that_kills_its_workers_says_so(desk: Client) -> None:
    builders.make_embed(attempts=6)
    assert "Left alone after 6 tries" in desk.get(LIST).content.decode()


# --- Deciding ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("action", "before", "after"),
    [("mark_gone", "ok", "gone"), ("block", "ok", "blocked"), ("restore", "blocked", "pending")],
)
def test_a_decision_is_asked_once_more_and_then_done(
    action: str, before: str, after: str, desk: Client, editor: User
) -> None:
    posts = [builders.make_embed(state=before), builders.make_embed(state=before)]
    page = act(desk, action, *posts)
    assert "2 posts" in page.content.decode()
    assert {each.state for each in Embed.objects.all()} == {before}
    done = act(desk, action, *posts, reason="A reader wrote", confirmed="1")
    assert "2 posts" in done.content.decode()
    assert {each.state for each in Embed.objects.all()} == {after}
    events = posts[0].events.values_list("by", "to_state", "reason")
    assert list(events) == [(editor.pk, after, "A reader wrote")]


@pytest.mark.parametrize("action", ["mark_gone", "block"])
def test_what_readers_lose_needs_a_reason(action: str, desk: Client) -> None:
    post = builders.make_embed(state="ok")
    page = act(desk, action, post, reason="  ", confirmed="1").content.decode()
    assert "Say why" in page
    post.refresh_from_db()
    assert post.state == "ok"


def test_what_can_not_be_is_said(desk: Client) -> None:
    page = act(desk, "restore", builders.make_embed(state="ok"), confirmed="1")
    assert "Nothing changed" in page.content.decode()


def test_asking_again_is_done_at_once_and_written_down(
    desk: Client, editor: User, nudges: list[tuple[str, list[int]]]
) -> None:
    post = builders.make_embed(state="ok", next_check_at=None)
    blocked = builders.make_embed(state="blocked", next_check_at=None)
    page = act(desk, "ask_again", post, blocked).content.decode()
    assert "1 post will be asked about again" in page
    assert "1 post left alone: blocked" in page
    post.refresh_from_db()
    assert post.next_check_at is not None
    assert LogEntry.objects.filter(object_id=post.pk, user=editor).exists()


def test_a_posts_own_buttons_lead_back_to_it(desk: Client) -> None:
    post = builders.make_embed(state="ok")
    asked = act(desk, "mark_gone", post, from_post=str(post.pk))
    assert f'name="from_post" value="{post.pk}"' in asked.content.decode()
    done = act(desk, "mark_gone", post, from_post=str(post.pk), reason="Seen", confirmed="1")
    assert done.redirect_chain[-1][0] == change(post)
    page = done.content.decode()
    assert 'value="restore"' in page
    assert 'value="mark_gone"' not in page


def test_a_writer_decides_nothing(writer: User, reader: Client) -> None:
    reader.force_login(writer)
    post = builders.make_embed(state="ok")
    for action in ("mark_gone", "block", "ask_again"):
        act(reader, action, post, reason="Because", confirmed="1")
    post.refresh_from_db()
    assert post.state == "ok"
    page = reader.get(change(post)).content.decode()
    assert 'name="action"' not in page
    assert "Replace everywhere" not in page
    replace = reverse("admin:articles_embed_replace", args=[post.pk])
    assert reader.get(replace).status_code == reader.post(replace).status_code == 403
    switch = reverse("admin:articles_embed_switch", args=["x"])
    assert reader.get(switch).status_code == reader.post(switch, {"to": "off"}).status_code == 403


def test_a_moderator_sees_nothing_of_it(moderator: User, reader: Client) -> None:
    reader.force_login(moderator)
    post = builders.make_embed()
    for path in (LIST, change(post), f"{LIST}providers/", f"{LIST}{post.pk}/replace/",
                 f"{LIST}providers/x/switch/"):  # fmt: skip
        assert reader.get(path).status_code == 403, path
