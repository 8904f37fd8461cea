"""The posts of a story in the rail, and the dialog's look at an address."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.actions.drafting import with_fields
from articles.actions.editing import save_article
from articles.admin import article_verbs
from articles.admin.embed_words import keep_page
from articles.admin.story_posts import story_posts
from articles.drafts import draft_of
from articles.models import Article, Embed
from tests import builders
from tests.articles.admin.filled import change, data_of

pytestmark = pytest.mark.django_db
LOOK = "/admin/articles/article/lookup/post/"
VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
X_POST = "https://x.com/harbourpost/status/1299999999999999999"


def body(*urls: str) -> str:
    return "<p>Look:</p>" + "".join(f"<oembed>{url}</oembed>" for url in urls)


def written(*urls: str, **fields: object) -> Article:
    return save_article(builders.make_draft(body_html=body(*urls), **fields), by=None)


def test_the_rail_lists_the_posts_with_their_state_and_where_to_keep_them(desk: Client) -> None:
    article = written(VIDEO, X_POST, f"{VIDEO}&t=9s")
    Embed.objects.filter(provider="x").update(state="gone", quote="The pier is open")
    page = desk.get(change(article))
    first, second = page.context["posts"]
    assert (first["provider"], first["kept"], first["code"]) == ("YouTube", "", "pending")
    assert (second["words"], second["kept"], second["state"]) == (
        "The pier is open",
        "words",
        "Gone",
    )
    html = page.content.decode()
    assert keep_page(Embed.objects.get(provider="x")) in html
    assert "Keep this post" in html
    assert "Kept: words" in html


def test_a_story_without_posts_costs_nothing_and_shows_nothing(desk: Client) -> None:
    article = builders.make_draft()
    assert 'id="desk-posts" aria-labelledby="desk-posts-title" hidden' in (
        desk.get(change(article)).content.decode()
    )
    draft = draft_of(article)
    with CaptureQueriesContext(connection) as queries:
        assert story_posts(draft) == []
    assert len(queries) == 0


def test_many_posts_cost_one_query() -> None:
    article = written(*(f"https://x.com/harbourpost/status/{n}" for n in range(100, 130)))
    with CaptureQueriesContext(connection) as queries:
        assert len(story_posts(draft_of(article))) == 30
    assert len([q for q in queries if "articles_embed" in q["sql"]]) == 1


def test_a_save_answers_with_the_posts_of_the_draft(desk: Client, editor: User) -> None:
    article = builders.make_article(created_by=editor)
    form = data_of(desk.get(change(article)), body_html=body(X_POST))
    (line,) = desk.post(article_verbs.autosave_url(article), form).json()["posts"]
    assert (line["provider"], line["state"]) == ("X", "Waiting to be looked at")
    assert line["keep"] == keep_page(Embed.objects.get())


def test_an_address_without_a_row_is_named_all_the_same() -> None:
    draft = with_fields(draft_of(builders.make_draft()), body_html=body(X_POST))
    (line,) = story_posts(draft)
    assert (line["provider"], line["state"], line["keep"]) == ("X", "New", "")
    assert "x.com/harbourpost/status" in line["words"]


def test_a_short_links_post_is_the_one_it_leads_to() -> None:
    link = "https://vm.tiktok.com/ZMabcdef/"
    article = written(link)
    post = builders.make_embed(provider="tiktok", title="The song", state="ok")
    Embed.objects.filter(url=link).update(alias_of=post)
    (line,) = story_posts(draft_of(article))
    assert (line["words"], line["keep"]) == ("The song", keep_page(post))


def test_an_address_is_looked_at_for_whoever_writes(
    desk: Client, moderator: User, reader: Client
) -> None:
    answer = desk.get(LOOK, {"url": VIDEO})
    assert answer.json()["url"] == VIDEO
    assert "no-store" in answer["Cache-Control"]
    assert desk.post(LOOK).status_code == 405
    assert reader.get(LOOK).status_code == 302
    reader.force_login(moderator)
    assert reader.get(LOOK, {"url": VIDEO}).status_code == 403
