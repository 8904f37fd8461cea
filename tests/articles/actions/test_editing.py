import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from articles.actions import editing
from articles.actions.editing import EditConflict, record_revision, save_article
from articles.models import Article, Embed, EmbedUse, Redirect, Revision
from newsroom.lib.html import BodyRefused
from tests import builders

pytestmark = pytest.mark.django_db
YOUTUBE = "https://www.youtube.com/watch?v=-cEzsCAzTak"


def test_a_body_is_cleaned_counted_and_kept_as_text(editor: User) -> None:
    article = Article(
        headline="Fresh", body_html='<p style="x">Four words in here</p><script>x</script>'
    )
    save_article(article, by=editor)
    article.refresh_from_db()
    assert article.body_html.strip() == "<p>Four words in here</p>"
    assert article.body_text.strip() == "Four words in here"
    assert article.word_count == 4
    assert article.slug == "fresh"
    assert (article.created_by, article.modified_by) == (editor, editor)


def test_no_way_into_the_database_passes_the_sanitiser() -> None:
    hostile = '<p onclick="x()">Hi</p><script>alert(1)</script>'
    made = builders.make_article(body_html=hostile)
    Article.objects.filter(pk=made.pk).update(body_html=hostile)
    Article.objects.bulk_create([Article(slug="bulk", headline="b", body_html=hostile)])
    bodies = Article.objects.values_list("body_html", flat=True)
    assert {body.strip() for body in bodies} == {"<p>Hi</p>"}


def test_a_body_beyond_the_limits_is_refused_and_nothing_is_written() -> None:
    with pytest.raises(BodyRefused):
        save_article(Article(headline="Deep", body_html="<div>" * 1_000), by=None)
    assert not Article.objects.exists()


def test_embeds_become_rows_once_and_uses_in_order(nudges: list[object]) -> None:
    body = f"<p>{YOUTUBE}</p><p>And</p><p>https://www.instagram.com/p/Ch-W8bVuxXD/</p>"
    first = save_article(Article(headline="One", body_html=body), by=None)
    second = save_article(Article(headline="Two", body_html=body), by=None)
    assert Embed.objects.count() == 2
    for article in (first, second):
        uses = [use.embed.provider for use in article.embed_uses.order_by("position")]
        assert uses == ["youtube", "instagram"]


def test_saving_again_leaves_the_uses_alone() -> None:
    article = save_article(Article(headline="One", body_html=f"<p>{YOUTUBE}</p>"), by=None)
    before = list(EmbedUse.objects.values_list("pk", flat=True))
    save_article(article, by=None)
    assert list(EmbedUse.objects.values_list("pk", flat=True)) == before


def test_an_embed_that_leaves_the_body_leaves_the_article_and_keeps_its_row() -> None:
    article = save_article(Article(headline="One", body_html=f"<p>{YOUTUBE}</p>"), by=None)
    article.body_html = "<p>Without.</p>"
    save_article(article, by=None)
    assert not article.embed_uses.exists()
    assert Embed.objects.exists()


def test_the_same_video_at_two_times_is_one_row_with_two_starts() -> None:
    body = f"<p>{YOUTUBE}&amp;t=10</p><p>and later</p><p>{YOUTUBE}&amp;t=70</p>"
    article = save_article(Article(headline="One", body_html=body), by=None)
    assert Embed.objects.count() == 1
    assert list(article.embed_uses.values_list("start", flat=True)) == [10, 70]
    assert len(set(article.embed_uses.values_list("url", flat=True))) == 2


def test_only_new_embeds_ask_for_a_worker(
    editor: User,
    nudges: list[tuple[str, list[int]]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        save_article(Article(headline="One", body_html=f"<p>{YOUTUBE}</p>"), by=editor)
    embed = Embed.objects.get()
    assert nudges == [("articles.resolve_embed", [embed.pk])]
    Embed.objects.update(state=Embed.State.OK)
    nudges.clear()
    with django_capture_on_commit_callbacks(execute=True):
        save_article(Article(headline="Two", body_html=f"<p>{YOUTUBE}</p>"), by=editor)
    assert nudges == []


def test_what_an_import_brings_waits_until_somebody_at_the_desk_needs_it(
    editor: User,
    nudges: list[tuple[str, list[int]]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        article = save_article(Article(headline="One", body_html=f"<p>{YOUTUBE}</p>"), by=None)
    embed = Embed.objects.get()
    assert (embed.priority, embed.state) == (Embed.Priority.IMPORT, Embed.State.PENDING)
    assert nudges == []
    with django_capture_on_commit_callbacks(execute=True):
        save_article(article, by=editor)
    embed.refresh_from_db()
    assert embed.priority == Embed.Priority.DESK
    assert nudges == [("articles.resolve_embed", [embed.pk])]


def test_the_quote_of_an_old_page_is_kept_with_its_embed() -> None:
    save_article(Article(headline="One", body_html="<p>https://x.com/jack/status/20</p>"), by=None)
    embed = Embed.objects.get()
    Embed.objects.update(render_version=1)
    quoted = (
        '<blockquote class="twitter-tweet"><p>just setting up</p>— Jack '
        '<a href="https://x.com/jack/status/20">2006</a></blockquote>'
    )
    save_article(Article(headline="Two", body_html=quoted), by=None)
    embed.refresh_from_db()
    assert "just setting up" in embed.quote
    assert embed.render_version == 0


def test_the_second_of_two_saves_is_refused_and_writes_nothing(editor: User) -> None:
    article = save_article(Article(headline="One", body_html="<p>a</p>"), by=editor)
    mine, theirs = Article.objects.get(), Article.objects.get()
    loaded = mine.version
    theirs.headline = "Theirs"
    save_article(theirs, by=editor, expected_version=loaded)
    mine.headline = "Mine"
    with pytest.raises(EditConflict, match="saved by someone else"):
        save_article(mine, by=editor, expected_version=loaded)
    article.refresh_from_db()
    assert (article.headline, article.version) == ("Theirs", loaded + 1)


def test_a_changed_slug_keeps_the_old_address(reader: Client) -> None:
    article = builders.make_article(slug="old")
    for slug in ("newer", "newest"):
        article.slug = slug
        save_article(article, by=None)
    for old in ("old", "newer"):
        response = reader.get(f"/story/{old}/")
        assert (response.status_code, response["Location"]) == (301, "/story/newest/")
    article.slug = "old"
    save_article(article, by=None)
    assert reader.get("/story/old/").status_code == 200
    assert reader.get("/story/newest/")["Location"] == "/story/old/"
    assert not Redirect.objects.filter(old_path="/story/old/").exists()


def test_the_address_of_a_draft_was_never_public_and_leaves_no_redirect() -> None:
    draft = builders.make_draft(slug="first-thought")
    draft.slug = "second-thought"
    save_article(draft, by=None)
    assert not Redirect.objects.exists()


@pytest.mark.parametrize("headline", ["مرحبا", "🎉🎉", "feed", "2022", "con", "नमस्ते"])
def test_every_headline_gets_an_address_that_works(headline: str, reader: Client) -> None:
    slugs = set()
    for _ in range(3):
        article = save_article(Article(headline=headline, body_html="<p>x</p>"), by=None)
        slugs.add(article.slug)
    assert len(slugs) == 3
    Article.objects.update(status="published", publish_at="2020-01-01T00:00Z")
    for slug in slugs:
        path = Article.objects.get(slug=slug).get_absolute_url()
        assert reader.get(path).status_code == 200


def test_a_revision_holds_all_that_makes_the_article(editor: User) -> None:
    article = builders.make_article()
    builders.make_lead(article)
    builders.add_byline(article)
    builders.add_tag(article)
    first = record_revision(article, kind=Revision.Kind.SAVE, by=editor, note="first")
    second = record_revision(article, kind=Revision.Kind.SAVE)
    assert (first.number, second.number) == (1, 2)
    assert first.snapshot["headline"] == article.headline
    assert [len(first.snapshot[part]) for part in ("bylines", "tags", "photo_uses")] == [1, 1, 1]
    assert len(first.body_sha) == 64
    assert str(first) == "Save 1"


def test_corrections_are_flagged_only_while_readers_may_see_one() -> None:
    article = builders.make_article()
    correction = article.corrections.create(text="Wrong.", public=True)
    editing.note_corrections(article)
    assert Article.objects.get().has_corrections
    correction.public = False
    correction.save()
    editing.note_corrections(article)
    assert not Article.objects.get().has_corrections
    assert "Correction: Wrong." in str(correction)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite's options, see settings")
def test_the_embedded_database_has_its_four_options_together() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (1,)
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert connection.settings_dict["OPTIONS"]["timeout"] == 20
