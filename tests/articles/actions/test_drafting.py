"""Saving drafts: readers see nothing of them, and of two saves nobody's words are lost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles.actions.drafting import (
    CONFLICT,
    Saved,
    assign,
    conflict_over,
    discard_draft,
    keep_losing,
    save_draft,
)
from articles.actions.editing import EditConflict, save_article
from articles.draft_merge import marks_of
from articles.draft_overlay import overlay
from articles.drafts import Draft, DraftByline, DraftUse, draft_from, draft_of, live_draft
from articles.models import Article, Embed, PhotoUse, Revision
from newsroom.lib.html import BodyRefused
from tests import builders

pytestmark = pytest.mark.django_db
AUTOSAVE = Revision.Kind.AUTOSAVE


def written(draft: Draft, **fields: object) -> Draft:
    return replace(draft, fields={**draft.fields, **fields})


def write(article: Article, *, by: User | None = None, **fields: object) -> Saved:
    return save_draft(article, written(draft_of(article), **fields), by=by)


# --- A story that nobody reads yet ---------------------------------------------------------------
def test_a_new_story_is_written_with_all_that_hangs_on_it(editor: User) -> None:
    tag, person, photo = builders.make_tag(), builders.make_contributor(), builders.make_photo()
    beside = builders.make_article()
    draft = Draft(
        written(
            live_draft(Article()),
            headline="  Fresh\u200b ",
            body_html='<p onclick="x()">Two words</p>',
        ).fields,
        bylines=(DraftByline(person.pk, "author"), DraftByline(person.pk, "author", "Twice")),
        tags=(tag.pk, tag.pk, 10**6),
        photo_uses=(DraftUse(0, photo.pk, "lead", alt=" A pier "), DraftUse(0, 10**6, "body")),
        related=(beside.pk,),
    )
    saved = save_draft(Article(), draft, by=editor)
    article = Article.objects.get(pk=saved.article.pk)
    assert (article.headline, article.slug, article.body_html) == (
        "Fresh", "fresh", "<p>Two words</p>",
    )  # fmt: skip
    assert (article.created_by, article.word_count) == (editor, 2)
    assert article.bylines.get().text_override == "Twice"
    assert article.tag_uses.get().tag == tag
    assert article.lead == article.photo_uses.get()
    assert (article.lead.alt, article.lead.live) == ("A pier", True)  # type: ignore[union-attr]
    assert article.related_links.get().to == beside
    revision = article.revisions.get()
    assert (revision.kind, revision.by, revision.version) == (Revision.Kind.SAVE, editor, 1)
    assert draft_from(revision.snapshot) == saved.draft == live_draft(article)


def test_a_body_beyond_the_limits_is_refused_and_nothing_is_written() -> None:
    article = builders.make_draft()
    with pytest.raises(BodyRefused):
        write(article, body_html="<div>" * 2_000)
    assert not article.revisions.exists()
    assert Article.objects.get(pk=article.pk).version == 1


def test_an_address_follows_the_headline_until_somebody_chooses_one() -> None:
    article = save_draft(Article(), written(live_draft(Article()), headline="Th"), by=None).article
    assert article.slug == "th"
    assert write(article, headline="The night").article.slug == "the-night"
    assert write(article, slug="chosen", headline="Other").article.slug == "chosen"
    assert write(article, headline="The end").article.slug == "chosen"
    assert write(article, slug="").article.slug == "the-end"


def test_the_lead_can_be_another_photo_and_the_old_one_stays_in_the_text() -> None:
    article = builders.make_draft()
    old = builders.make_lead(article)
    new = article.photo_uses.create(photo=builders.make_photo(), slot="body", order=1)
    draft = draft_of(article)
    swap = {old.pk: "body", new.pk: "lead"}
    uses = tuple(replace(use, slot=swap[use.id]) for use in draft.photo_uses)
    save_draft(article, replace(draft, photo_uses=uses), by=None)
    article.refresh_from_db()
    assert article.lead == new
    assert PhotoUse.objects.get(pk=old.pk).slot == "body"


def test_a_photo_that_was_taken_out_comes_back_under_its_number() -> None:
    article = builders.make_draft()
    use = article.photo_uses.create(photo=builders.make_photo(), slot="body", caption="Kept")
    with_it = draft_of(article)
    save_draft(article, replace(with_it, photo_uses=()), by=None)
    assert not article.photo_uses.exists()
    builders.make_lead(builders.make_article())
    save_draft(article, with_it, by=None)
    again = article.photo_uses.get()
    assert (again.pk, again.caption, again.live) == (use.pk, "Kept", True)


def test_a_number_that_was_never_ours_is_not_taken() -> None:
    article, foreign = builders.make_draft(), builders.make_lead(builders.make_article())
    photo = builders.make_photo()
    wanted = (DraftUse(10**9, photo.pk, "body"), DraftUse(foreign.pk, photo.pk, "body"))
    saved = save_draft(article, replace(draft_of(article), photo_uses=wanted), by=None)
    numbers = {use.id for use in saved.draft.photo_uses}
    assert len(numbers) == 2
    assert not numbers & {10**9, foreign.pk}
    foreign.refresh_from_db()
    assert foreign.article != article


def test_a_photo_that_the_text_names_is_a_photo_of_the_draft() -> None:
    article = builders.make_draft()
    use = article.photo_uses.create(photo=builders.make_photo(), live=False, caption="C")
    saved = write(article, body_html=f'<figure data-photo="{use.pk}"></figure>')
    assert [each.id for each in saved.draft.photo_uses] == [use.pk]
    use.refresh_from_db()
    assert (use.live, use.caption) == (True, "C")


# --- A story that readers see --------------------------------------------------------------------
def test_the_draft_of_a_public_story_changes_nothing_that_readers_see(
    reader: Client, editor: User
) -> None:
    article = builders.make_article(headline="Live")
    lead = builders.make_lead(article)
    builders.add_tag(article)
    path, before = article.get_absolute_url(), live_draft(article)
    shown = reader.get(path).content
    draft = replace(
        written(draft_of(article), headline="Next", slug="next", body_html="<p>Next</p>"),
        tags=(builders.make_tag().pk,),
        photo_uses=(DraftUse(0, builders.make_photo().pk, "lead", caption="New"),),
    )
    saved = save_draft(article, draft, by=editor, expected_version=1)
    stored = Article.objects.get(pk=article.pk)
    assert live_draft(stored) == before
    assert stored.lead == lead
    assert (stored.version, stored.current_draft, stored.modified_by) == (2, saved.revision, editor)
    assert reader.get(path).content == shown
    assert draft_of(stored) == saved.draft
    assert stored.photo_uses.filter(live=False).get().pk == saved.draft.photo_uses[0].id


def test_a_scheduled_story_keeps_its_rows_too() -> None:
    article = builders.make_article(publish_at=timezone.now() + timedelta(hours=1))
    write(article, headline="Next")
    assert Article.objects.get(pk=article.pk).headline == article.headline != "Next"


def test_a_draft_of_a_public_story_may_lack_what_the_gate_asks_for() -> None:
    article = builders.make_article()
    write(article, headline="", publish_at=None, slug="")
    draft = draft_of(article)
    assert (draft.fields["headline"], draft.fields["publish_at"]) == ("", None)
    assert draft.fields["slug"] == article.slug


def test_the_posts_of_a_draft_are_asked_for_before_it_is_live() -> None:
    article = builders.make_article()
    write(article, body_html="<p>https://x.com/jack/status/20</p>")
    assert Embed.objects.get().provider == "x"
    assert not article.embed_uses.exists()


def test_a_draft_that_is_put_away_stays_in_the_history() -> None:
    article = builders.make_article()
    photo = DraftUse(0, builders.make_photo().pk, "body")
    save_draft(article, replace(draft_of(article), photo_uses=(photo,)), by=None)
    discard_draft(article)
    assert (article.current_draft, article.version) == (None, 3)
    assert article.revisions.count() == 1
    assert not article.photo_uses.exists()
    assert discard_draft(article).version == 3


def test_the_overlay_of_a_draft_is_the_story_as_it_would_be() -> None:
    article = builders.make_article()
    person, tag, photo = builders.make_contributor(), builders.make_tag(), builders.make_photo()
    beside = builders.make_article()
    body = "<p>Four words in here</p><oembed>https://x.com/jack/status/20</oembed>"
    draft = Draft(
        written(live_draft(article), body_html=body, headline="Next").fields,
        bylines=(DraftByline(person.pk, "author"), DraftByline(10**6, "author")),
        tags=(tag.pk, 10**6),
        photo_uses=(DraftUse(7, photo.pk, "lead", caption="New"), DraftUse(8, 10**6, "body")),
        related=(beside.pk,),
    )
    story = overlay(article, draft)
    assert (story.headline, story.word_count, article.headline) == ("Next", 4, article.headline)
    assert [each.contributor for each in story.bylines.all()] == [person]
    assert [each.tag for each in story.tag_uses.all()] == [tag]
    assert [each.to for each in story.related_links.all()] == [beside]
    assert story.lead is not None
    assert (story.lead.photo, story.lead.caption) == (photo, "New")
    assert [each.embed.provider for each in story.embed_uses.all()] == ["x"]
    assert not Embed.objects.exists()
    assert live_draft(Article.objects.get(pk=article.pk)).photo_uses == ()


# --- Revisions -----------------------------------------------------------------------------------
def test_autosaves_of_the_same_minutes_replace_each_other(editor: User, writer: User) -> None:
    article = builders.make_draft()

    def autosave(headline: str, by: User) -> Revision:
        draft = written(draft_of(article), headline=headline)
        return save_draft(article, draft, by=by, kind=AUTOSAVE).revision

    first = autosave("A", editor)
    assert autosave("B", editor) == first
    assert (first.number, article.revisions.get().snapshot["headline"]) == (1, "B")
    assert article.revisions.get().version == 3
    assert autosave("C", writer) != first
    later = autosave("D", editor)
    Revision.objects.filter(pk=later.pk).update(at=timezone.now() - timedelta(minutes=11))
    assert autosave("E", editor) != later
    write(article, by=editor, headline="F")
    autosave("G", editor)
    kept = article.revisions.values_list("snapshot__headline", flat=True).order_by("number")
    assert list(kept) == ["B", "C", "D", "E", "F", "G"]


# --- Two at once ---------------------------------------------------------------------------------
def test_the_loser_of_two_saves_has_both_texts_and_loses_nothing(
    editor: User, writer: User
) -> None:
    article = builders.make_draft(headline="Base", dek="Base")
    write(article, headline="Base", dek="Base")
    base, loaded = draft_of(article), article.version
    save_draft(article, written(base, headline="Theirs", dek="Theirs"), by=editor)
    mine = written(base, headline="Mine", kicker="Mine")
    with pytest.raises(EditConflict) as refused:
        save_draft(article, mine, by=writer, expected_version=loaded)
    conflict = refused.value.conflict
    assert conflict is not None
    assert (conflict.by, conflict.version) == (editor, loaded + 1)
    assert conflict.base == base
    assert conflict.mine.fields["headline"] == "Mine"
    assert conflict.stored.fields["headline"] == "Theirs"
    assert [clash.part for clash in conflict.merge.clashes] == ["headline"]
    assert conflict.merge.taken == ("dek",)
    assert conflict.taken_labels == ["dek"]
    fields = conflict.merge.draft.fields
    assert (fields["headline"], fields["dek"], fields["kicker"]) == ("Mine", "Theirs", "Mine")
    kept = article.revisions.first()
    assert kept is not None
    assert (kept.label, kept.by, kept.version) == (CONFLICT, writer, 0)
    assert kept.snapshot["headline"] == "Mine"
    stored = Article.objects.get(pk=article.pk)
    assert (stored.headline, stored.version) == ("Theirs", loaded + 1)
    assert keep_losing(article, conflict.mine, by=writer) == kept
    save_draft(article, conflict.merge.draft, by=writer, expected_version=conflict.version)
    assert Article.objects.get(pk=article.pk).headline == "Mine"


def test_marks_do_when_the_base_is_no_longer_kept() -> None:
    article = builders.make_draft(headline="Base")
    base = draft_of(article)
    save_article(article, by=None)
    write(article, headline="Theirs")
    conflict = conflict_over(article, written(base, dek="Mine"), expected=1, marks=marks_of(base))
    assert conflict.base is None
    assert conflict.merge.clashes == ()
    assert conflict.merge.draft.fields["headline"] == "Theirs"
    assert conflict.merge.draft.fields["dek"] == "Mine"


def test_who_works_on_it_is_no_matter_of_the_draft(editor: User) -> None:
    article = builders.make_article()
    assign(article, editor)
    assert Article.objects.get().assigned_to == editor
