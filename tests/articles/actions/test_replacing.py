"""A post's address replaced by another in every story that has it."""

import pytest
from django.contrib.auth.models import User

from articles.actions import replacing
from articles.actions.drafting import save_draft, with_fields
from articles.actions.editing import EditConflict
from articles.actions.embedding import upsert_embed
from articles.actions.publishing import publish
from articles.actions.replacing import NotAPost, Replaced, replace_url
from articles.drafts import draft_of
from articles.embeds.provider import EmbedRef
from articles.models import Article, Embed, EmbedUse, Revision, known_generation
from tests import builders

pytestmark = pytest.mark.django_db
OLD = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
AT_TIME = f"{OLD}&t=43s"
NEW = "https://www.youtube.com/watch?v=aaaaaaaaaaa"


def write(body: str, *, by: User, article: Article | None = None) -> Article:
    article = article or Article(headline="A story", section=builders.make_section())
    draft = with_fields(draft_of(article), body_html=body)
    return save_draft(article, draft, by=by).article


def old() -> Embed:
    return Embed.objects.get(media_id="dQw4w9WgXcQ")


def test_live_text_and_working_draft_get_the_new_address(editor: User) -> None:
    story = publish(write(f"<p>Look:</p><p>{OLD}</p><p>{AT_TIME}</p>", by=editor), by=editor)
    write(f"<p>Look again:</p><p>{OLD}</p>", by=editor, article=story)
    version, before = Article.objects.get().version, known_generation()
    assert replace_url(old(), NEW, by=editor) == Replaced(articles=1, live=1, drafts=1)
    story = Article.objects.get()
    assert story.body_html.count(f"<oembed>{NEW}</oembed>") == 2
    assert "dQw4w9WgXcQ" not in story.body_html
    assert story.current_draft is not None
    assert story.current_draft.snapshot["body_html"].count(NEW) == 1
    assert "Look again" in story.current_draft.snapshot["body_html"]
    assert story.live is not None
    assert NEW in story.live.snapshot["body_html"]
    assert story.version == version + 1
    assert {use.embed.media_id for use in EmbedUse.objects.all()} == {"aaaaaaaaaaa"}
    assert known_generation() != before
    notes = Revision.objects.filter(note__contains=NEW)
    assert {revision.by for revision in notes} == {editor}


def test_a_draft_that_nobody_sees_changes_quietly(editor: User) -> None:
    write(f"<p>{OLD}</p>", by=editor)
    before = known_generation()
    assert replace_url(old(), NEW, by=editor) == Replaced(articles=1)
    assert NEW in Article.objects.get().body_html
    assert known_generation() == before


def test_a_post_that_is_in_a_working_draft_alone(editor: User) -> None:
    story = publish(write("<p>Plain.</p>", by=editor), by=editor)
    write(f"<p>{OLD}</p>", by=editor, article=story)
    assert not EmbedUse.objects.exists()
    assert replace_url(old(), NEW, by=editor) == Replaced(articles=1, drafts=1)
    story = Article.objects.get()
    assert "Plain." in story.body_html
    assert story.current_draft is not None
    assert NEW in story.current_draft.snapshot["body_html"]
    assert Embed.objects.filter(media_id="aaaaaaaaaaa", state="pending").exists()


def test_stories_without_it_are_left_alone(editor: User) -> None:
    write(f"<p>{OLD}</p>", by=editor)
    other = write("<p>https://www.youtube.com/watch?v=bbbbbbbbbbb</p>", by=editor)
    version = Article.objects.get(pk=other.pk).version
    assert replace_url(old(), NEW, by=editor).articles == 1
    assert Article.objects.get(pk=other.pk).version == version
    assert Revision.objects.filter(article=other).count() == 1


def test_an_editor_who_has_the_story_open_is_told(editor: User, writer: User) -> None:
    story = write(f"<p>{OLD}</p>", by=writer)
    mine, version = draft_of(story), story.version
    replace_url(old(), NEW, by=editor)
    with pytest.raises(EditConflict):
        save_draft(story, mine, by=writer, expected_version=version)
    assert NEW in Article.objects.get().body_html


def test_a_short_link_is_replaced_with_the_post_it_leads_to(editor: User) -> None:
    short = "https://vm.tiktok.com/ZMabc/"
    post = upsert_embed(
        EmbedRef("tiktok", "71", "https://www.tiktok.com/@a/video/71", "https://www.tiktok.com/@a/video/71", "video")
    )  # fmt: skip
    row = upsert_embed(EmbedRef("tiktok", None, None, short, "video"))
    Embed.objects.filter(pk=row.pk).update(alias_of=post, state="ok")
    story = write(f"<p>{short}</p>", by=editor)
    assert story.embed_uses.get().embed == post
    assert replace_url(post, NEW, by=editor).articles == 1
    assert NEW in Article.objects.get().body_html


@pytest.mark.parametrize("url", ["https://example.org/", "not an address", AT_TIME])
def test_only_another_post_may_take_its_place(url: str, editor: User) -> None:
    write(f"<p>{OLD}</p>", by=editor)
    version = Article.objects.get().version
    with pytest.raises(NotAPost):
        replace_url(old(), url, by=editor)
    assert Article.objects.get().version == version


def test_one_that_fails_leaves_the_others_done_and_itself_whole(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = write(f"<p>First: </p><p>{OLD}</p>", by=editor)
    second = write(f"<p>Second: </p><p>{OLD}</p>", by=editor)
    real = replacing.keep_revision

    def fail(article: Article, *args: object, **named: object) -> object:
        if article.pk == second.pk:
            raise RuntimeError("the disk is full")
        return real(article, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(replacing, "keep_revision", fail)
    with pytest.raises(RuntimeError):
        replace_url(old(), NEW, by=editor)
    monkeypatch.undo()
    assert NEW in Article.objects.get(pk=first.pk).body_html
    assert OLD in Article.objects.get(pk=second.pk).body_html
    assert second.embed_uses.get().embed == old()
    assert replace_url(old(), NEW, by=editor).articles == 1
