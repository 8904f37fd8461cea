"""One post on the desk: what is kept of it, by whom, and what its page tells."""

import datetime as dt
import json
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.actions.embedding import mark_gone
from articles.admin.embed_page import MAX_ANSWER_CHARS
from articles.models import Embed, Photo, generation, known_generation
from tests import builders
from tests.articles.admin.filled import change
from tests.articles.admin.test_photo_views import jpeg

pytestmark = pytest.mark.django_db
OFFERED = {"text": "The pier is open", "author": "Harbour Post", "date": "2026-11-03"}


def fields(page: Any) -> dict[str, Any]:
    """The form as the page shows it, what it remembers of that included."""
    data: dict[str, Any] = {}
    for field in page.context["adminform"].form:
        value = field.value()
        data[field.html_name] = "" if value is None else value
        if field.field.show_hidden_initial:
            data[field.html_initial_name] = data[field.html_name]
    data.pop("upload", None)
    return data


def keep(client: Client, embed: Embed, **changes: Any) -> Any:
    return client.post(change(embed), {**fields(client.get(change(embed))), **changes}, follow=True)


@pytest.fixture
def log_in(writer: User, reader: Client) -> Client:
    reader.force_login(writer)
    return reader


def test_a_writer_keeps_the_words_of_a_post(log_in: Client, writer: User) -> None:
    embed = builders.make_embed(state="ok", next_check_at=None)
    before = generation()
    page = keep(log_in, embed, quote="The pier is open", quote_author="Harbour Post")
    assert "Kept. Readers see it" in page.content.decode()
    embed.refresh_from_db()
    assert (embed.quote, embed.quote_author) == ("The pier is open", "Harbour Post")
    assert embed.kept_on == timezone.localdate()
    assert "The pier is open" in embed.card_html
    assert embed.next_check_at is None  # nobody has to be asked
    assert generation() != before
    assert LogEntry.objects.get(object_id=embed.pk).user == writer


def test_a_page_that_is_saved_untouched_writes_nothing(desk: Client) -> None:
    embed = builders.make_embed(quote="", state="ok")
    before = known_generation()
    with CaptureQueriesContext(connection) as queries:
        page = keep(desk, embed)
    assert "Nothing was changed" in page.content.decode()
    assert not [q for q in queries if q["sql"].startswith('UPDATE "articles_embed"')]
    embed.refresh_from_db()
    assert embed.kept_on is None
    assert known_generation() == before


def test_two_who_keep_one_post_each_write_what_they_changed(desk: Client) -> None:
    embed = builders.make_embed(quote="First", quote_author="Ada")
    mine = fields(desk.get(change(embed)))
    keep(desk, embed, quote="Second")
    desk.post(change(embed), {**mine, "quote_author": "Ada Quill"})
    embed.refresh_from_db()
    assert (embed.quote, embed.quote_author) == ("Second", "Ada Quill")


def test_what_a_worker_writes_meanwhile_stays(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    embed = builders.make_embed(state="pending")
    sent = {**fields(desk.get(change(embed))), "quote": "Said so"}
    Embed.objects.filter(pk=embed.pk).update(state="ok", title="Learned")
    desk.post(change(embed), sent)
    embed.refresh_from_db()
    assert (embed.state, embed.title, embed.quote) == ("ok", "Learned", "Said so")


def test_the_day_is_the_one_that_was_written(desk: Client) -> None:
    embed = builders.make_embed()
    keep(desk, embed, quote="Said so", kept_on="2026-10-01")
    embed.refresh_from_db()
    assert embed.kept_on == dt.date(2026, 10, 1)


# --- What the provider offers --------------------------------------------------------------------
def test_nothing_that_a_provider_says_is_shown_before_it_is_taken_over(desk: Client) -> None:
    embed = builders.make_embed(provider="bluesky", state="ok", suggested=OFFERED)
    page = desk.get(change(embed))
    assert [offer.field for offer in page.context["offers"]] == [
        "quote",
        "quote_author",
        "quote_date",
    ]
    assert "The pier is open" not in page.context["card_html"]
    keep(desk, embed, rights_note="")
    embed.refresh_from_db()
    assert embed.quote == ""


def test_one_click_takes_it_over_and_keeps_what_was_typed(desk: Client) -> None:
    embed = builders.make_embed(provider="bluesky", state="ok", suggested=OFFERED)
    keep(desk, embed, rights_note="A short quotation", _take="quote")
    embed.refresh_from_db()
    assert (embed.quote, embed.rights_note) == ("The pier is open", "A short quotation")
    assert embed.quote_author == ""
    assert embed.kept_on == timezone.localdate()
    keep(desk, embed, _take="quote_date")
    embed.refresh_from_db()
    assert embed.quote_date == dt.date(2026, 11, 3)
    offered = desk.get(change(embed)).context["offers"]
    assert [offer.field for offer in offered] == ["quote_author"]


def test_an_answer_with_no_day_and_a_picture(desk: Client) -> None:
    picture = "https://i.ytimg.com/vi/x/hq.jpg"
    embed = builders.make_embed(suggested={"date": "yesterday", "picture": picture})
    html = desk.get(change(embed)).content.decode()
    assert f'href="{picture}"' in html
    assert f'src="{picture}"' not in html
    assert 'name="_take"' not in html


@pytest.mark.parametrize(("provider", "forbids"), [("instagram", True), ("bluesky", False)])
def test_terms_that_forbid_keeping_answers_are_said_in_words(
    provider: str, forbids: bool, desk: Client
) -> None:
    html = desk.get(change(builders.make_embed(provider=provider))).content.decode()
    assert ("don’t let us keep what it tells programs" in html) == forbids


# --- A picture -----------------------------------------------------------------------------------
def test_a_picture_needs_a_word_on_its_right(desk: Client) -> None:
    embed, photo = builders.make_embed(), builders.make_photo()
    page = keep(desk, embed, poster=photo.pk)
    assert "Say by what right" in page.content.decode()
    keep(desk, embed, poster=photo.pk, rights_note="With her leave")
    embed.refresh_from_db()
    assert embed.poster == photo


def test_a_photo_that_was_taken_back_is_refused(desk: Client) -> None:
    embed, photo = builders.make_embed(), builders.make_photo(status="removed")
    page = keep(desk, embed, poster=photo.pk, rights_note="With her leave")
    assert "was taken back" in page.content.decode()


@pytest.mark.usefixtures("media")
def test_a_screenshot_is_uploaded_without_any_script(log_in: Client) -> None:
    embed = builders.make_embed()
    keep(log_in, embed, upload=jpeg(), rights_note="Our screenshot")
    embed.refresh_from_db()
    assert embed.poster == Photo.objects.get()
    page = keep(log_in, embed, upload=SimpleUploadedFile("x.jpg", b"none", "image/jpeg"))
    assert page.context["errors"]


# --- What the page tells -------------------------------------------------------------------------
def test_the_page_shows_the_card_the_history_and_the_last_answer(
    desk: Client, editor: User
) -> None:
    answer = json.dumps({"type": "rich", "title": "<b>Pier</b>"})
    embed = builders.make_embed(
        state="ok", quote="Said so", snapshot={"answer": answer, "bytes": 9}
    )
    mark_gone(Embed.objects.all(), by=editor, reason="A reader wrote")
    page = desk.get(change(embed))
    html = page.content.decode()
    assert "No longer available on" in page.context["card_html"]
    line = page.context["history"][0]
    assert (line.who, line.was, line.became, line.why) == (
        "editor",
        "Fine",
        "Gone",
        "A reader wrote",
    )
    assert page.context["answer"]["text"] == '{\n  "type": "rich",\n  "title": "<b>Pier</b>"\n}'
    assert "&lt;b&gt;Pier&lt;/b&gt;" in html
    assert "<b>Pier</b>" not in html


def test_a_long_or_broken_answer_is_cut(desk: Client) -> None:
    embed = builders.make_embed(snapshot={"answer": "{" + "x" * 20_000})
    answer = desk.get(change(embed)).context["answer"]
    assert answer["cut"]
    assert len(answer["text"]) == MAX_ANSWER_CHARS


def test_only_stories_that_may_be_read_are_named(log_in: Client) -> None:
    embed = builders.make_embed()
    public = builders.make_article()
    for story in (public, builders.make_draft(headline="Not for colleagues")):
        builders.use_embed(story, embed)
    page = log_in.get(change(embed))
    assert page.context["stories"] == [public]
    assert change(public) in page.content.decode()


def test_short_links_and_their_post_name_each_other(desk: Client) -> None:
    post = builders.make_embed()
    short = builders.make_embed(alias_of=post, url="https://vm.tiktok.com/ZMabcdef/")
    assert short.url in desk.get(change(post)).content.decode()
    assert change(post) in desk.get(change(short)).content.decode()


def test_the_page_costs_the_same_with_a_long_past(desk: Client, editor: User) -> None:
    embed = builders.make_embed(state="ok")
    desk.get(change(embed))

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(change(embed)).status_code == 200
        return len(queries)

    few = cost()
    for _ in range(4):
        builders.use_embed(builders.make_article(), embed)
        embed.events.create(by=editor, from_state="ok", to_state="gone")
        builders.make_embed(alias_of=embed)
    # Session, login, rights (2); the post; stories, history, short links.
    assert cost() == few <= 9
