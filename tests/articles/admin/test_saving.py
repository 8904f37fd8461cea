"""Saving a story on the desk: no word is lost, nothing unfit gets in, refusals are in words."""

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.actions import drafting
from articles.actions.drafting import save_draft
from articles.actions.editing import EditConflict, save_article
from articles.admin import article_verbs
from articles.admin.forms import ArticleForm
from articles.drafts import draft_of
from articles.models import Article, Revision
from tests import builders
from tests.articles.admin.filled import add, change, data_of, errors_of, save
from tests.conftest import staff

pytestmark = pytest.mark.django_db


def test_a_story_is_written_and_saved(desk: Client, editor: User) -> None:
    body = (
        '<p style="color:red">Words</p><script>alert(1)</script><p>https://x.com/jack/status/20</p>'
    )
    response = save(desk, add(Article), headline="  A new\u200b  story ", body_html=body)
    assert response.status_code == 200
    article = Article.objects.get()
    assert (article.headline, article.slug, article.status) == (
        "A new story",
        "a-new-story",
        "draft",
    )
    assert "style" not in article.body_html
    assert "<script" not in article.body_html
    assert "<oembed>https://x.com/jack/status/20</oembed>" in article.body_html
    assert article.embed_uses.count() == 1
    assert (article.created_by, article.modified_by) == (editor, editor)
    assert article.revisions.get().kind == Revision.Kind.SAVE


def test_saving_an_unchanged_form_changes_no_word(desk: Client) -> None:
    article = save_article(
        Article(
            headline="One", body_html="<p>Two &amp; three</p><p>https://youtu.be/dQw4w9WgXcQ</p>"
        ),
        by=None,
    )
    save(desk, change(article))
    again = Article.objects.get()
    assert (again.headline, again.body_html, again.slug) == (
        article.headline, article.body_html, article.slug,
    )  # fmt: skip
    assert again.version == article.version + 1


def test_a_conflict_gives_both_texts_back_and_a_second_save_is_a_knowing_one(
    desk: Client, editor: User
) -> None:
    article = builders.make_draft(headline="Base", dek="Base")
    mine = data_of(desk.get(change(article)), headline="Mine", body_html="<p>My words</p>")
    theirs = staff("other", "Editors")
    draft = draft_of(Article.objects.get())
    fields = {**draft.fields, "headline": "Theirs", "dek": "Their dek"}
    save_draft(article, replace(draft, fields=fields), by=theirs)
    for _ in range(2):  # sending the same again does not make it fit
        response = desk.post(change(article), mine)
        html = response.content.decode()
        assert response.status_code == 200
        assert "Someone else saved this article" in html
        assert "other saved this story at" in html
        assert "My words" in html
        assert "Theirs" in html
    form = response.context["adminform"].form
    assert (form["headline"].value(), form["dek"].value()) == ("Mine", "Their dek")
    assert [clash.part for clash in form.conflict.merge.clashes] == ["headline"]
    assert Article.objects.get().headline == "Theirs"
    assert Revision.objects.get(label="conflict").snapshot["headline"] == "Mine"
    desk.post(change(article), data_of(response, choice_headline="both"))
    saved = Article.objects.get()
    assert (saved.headline, saved.dek, saved.body_html) == (
        "Mine / Theirs", "Their dek", "<p>My words</p>",
    )  # fmt: skip


def test_a_conflict_of_the_last_moment_gives_both_texts_back_too(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody saves between this form's look and its own save."""
    article = builders.make_draft()
    mine = data_of(desk.get(change(article)), headline="Mine", body_html="<p>My words</p>")
    looks: list[int] = []
    real = ArticleForm.clean

    def clean(form: ArticleForm) -> dict[str, Any]:
        looks.append(1)
        if len(looks) == 2:  # the first look's transaction is rolled back, and this with it
            Article.objects.update(headline="Theirs", version=7)
        return real(form)

    def save_too_late(*args: object, **options: object) -> None:
        raise EditConflict

    monkeypatch.setattr(ArticleForm, "clean", clean)
    monkeypatch.setattr(drafting, "save_draft", save_too_late)
    response = desk.post(change(article), mine)
    html = response.content.decode()
    assert response.status_code == 200
    assert "Someone else saved this article" in html
    assert "My words" in html
    assert "script-src-attr" in response["Content-Security-Policy"]
    assert Article.objects.get().headline == "Theirs"
    assert Revision.objects.get().label == "conflict"


@pytest.mark.parametrize("body", ["<div>" * 2_000 + "words of mine", "x" * 2_100_000])
def test_a_body_beyond_the_limits_is_refused_in_words_and_kept_in_the_form(
    body: str, desk: Client
) -> None:
    article = builders.make_draft()
    response = save(desk, change(article), body_html=body)
    assert response.status_code == 200
    assert errors_of(response)
    assert "Traceback" not in errors_of(response)
    assert body[-12:] in response.content.decode()
    assert Article.objects.get().body_html == article.body_html


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"slug": "Not a slug!"}, "letters, digits and hyphens"),
        ({"slug": "x" * 201}, "at most 200"),
        ({"headline": "x" * 1_000_000}, "at most 300"),
        ({"tags": "x" * 101}, "at most 100"),
        ({"related": "/nowhere/"}, "no story at"),
        ({"bylines-0-contributor": "7"}, "Bylines, row 1"),
        ({"photos-0-photo": "7"}, "no photo of this number"),
    ],
)
def test_what_can_not_be_read_is_refused_in_words(
    fields: dict[str, str], words: str, desk: Client
) -> None:
    article = builders.make_article()
    response = save(desk, change(article), **fields)
    assert response.status_code == 200
    assert words in str(response.context["adminform"].form.errors)
    article.refresh_from_db()
    assert article.version == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"headline": ""}, "has no headline"),
        ({"headline": "\u200b \u3164"}, "has no headline"),
        ({"embargo_until_0": "2999-01-01", "embargo_until_1": "10:00:00"}, "embargo has not ended"),
    ],
)
def test_the_draft_of_a_public_story_may_lack_what_its_publication_may_not(
    fields: dict[str, str], words: str, desk: Client
) -> None:
    article = builders.make_article(section=builders.make_section())
    response = save(desk, change(article), _publish="1", **fields)
    assert words in response.content.decode()
    page = article_verbs.address(article, "publish")
    assert words in desk.post(page, follow=True).content.decode()
    stored = Article.objects.get()
    assert (stored.headline, stored.version) == (article.headline, 2)
    assert stored.current_draft is not None


def test_an_address_that_is_taken_is_refused(desk: Client) -> None:
    builders.make_article(slug="night")
    draft = builders.make_draft(slug="day")
    assert "has this address already" in errors_of(save(desk, change(draft), slug="night"))
    assert save(desk, change(draft), slug="").status_code == 200
    draft.refresh_from_db()
    assert draft.slug != ""


def test_two_lead_photos_are_one_too_many(desk: Client) -> None:
    article = builders.make_draft()
    uses = [article.photo_uses.create(photo=builders.make_photo(), slot="body") for _ in range(2)]
    both = {f"photos-{number}-slot": "lead" for number in range(2)}
    response = save(desk, change(article), **both)
    assert "one lead photo" in str(response.context["adminform"].form.errors)
    save(desk, change(article), **{"photos-1-slot": "lead"})
    article.refresh_from_db()
    assert article.lead == uses[1]


def test_the_rows_are_those_of_the_draft(desk: Client) -> None:
    article, person, tag = builders.make_draft(), builders.make_contributor(), builders.make_tag()
    first, second = builders.add_byline(article), builders.add_byline(article)
    photo, beside = builders.make_photo(), builders.make_article()
    save(
        desk, change(article), tags=f"New one\n{tag.name.upper()}\n\n", related=beside.get_absolute_url(),
        **{
            "bylines-0-DELETE": "on", "bylines-1-ORDER": "9", "bylines-1-text_override": "Staff",
            "bylines-2-contributor": person.pk, "bylines-2-ORDER": "1",
            "photos-0-photo": photo.pk, "photos-0-slot": "lead", "photos-0-alt": "A pier",
        },
    )  # fmt: skip
    shown = [(each.contributor, each.text_override) for each in article.bylines.all()]
    assert shown == [(person, ""), (second.contributor, "Staff")]
    assert first.contributor != person
    assert [use.tag.name for use in article.tag_uses.all()] == ["New one", tag.name]
    assert article.related_links.get().to == beside
    assert article.photo_uses.get(live=True).alt == "A pier"
    again = data_of(desk.get(change(article)))
    assert again["tags"] == f"New one\n{tag.name}"
    assert again["related"] == beside.get_absolute_url()


def test_the_buttons_do_what_they_say(desk: Client, reader: Client) -> None:
    article = builders.make_story(headline="Now")
    response = save(desk, change(article), _review="1")
    assert "in review" in response.content.decode()
    assert b"Now" in save(desk, change(article), _preview="1").content
    asked = save(desk, change(article), _publish="1")
    assert f"live now at <b>{article.get_absolute_url()}</b>" in asked.content.decode()
    assert reader.get(article.get_absolute_url()).status_code == 404
    done = desk.post(article_verbs.address(article, "publish"), follow=True)
    assert "live at /story/" in done.content.decode()
    assert reader.get(article.get_absolute_url()).status_code == 200
    assert b"On the site" in desk.get(change(article)).content
    save(desk, change(article), headline="Next")
    assert b"Now" in reader.get(article.get_absolute_url()).content
    save(desk, change(article), _discard="1", confirm="1")
    assert data_of(desk.get(change(article)))["headline"] == "Now"
    save(desk, change(article), headline="Newer", _publish="1", confirm="1", tell_readers="on")
    assert b"Newer" in reader.get(article.get_absolute_url()).content
    assert Article.objects.get().updated_at_public is not None
    save(desk, change(article), _withdraw="1", confirm="1")
    assert reader.get(article.get_absolute_url()).status_code == 410


def test_the_gates_refusal_is_said_and_an_editors_reason_is_kept(desk: Client) -> None:
    article = builders.make_story()
    bare = builders.make_photo(photographer_text="", agency_text="")
    builders.make_lead(article, photo=bare)
    response = save(desk, change(article), headline="Saved", _publish="1")
    assert "A photo has no credit" in response.content.decode()
    page = article_verbs.address(article, "publish")
    assert "not published" in desk.post(page, follow=True).content.decode()
    article.refresh_from_db()
    assert (article.status, article.headline) == ("draft", "Saved")
    desk.post(page, {"reason": "The agency confirms by telephone."})
    article.refresh_from_db()
    assert article.status == "published"
    assert article.live is not None
    assert article.live.note == "The agency confirms by telephone."


def test_the_actions_of_the_list_name_what_they_could_not_do(desk: Client) -> None:
    draft, bare = builders.make_story(), builders.make_draft(headline="")
    ids = [draft.pk, bare.pk]
    path = reverse("admin:articles_article_changelist")
    for action, words in (
        ("withdraw_selected", "nothing changed, it is “draft”"),
        ("publish_selected", "not published"),
        ("withdraw_selected", "withdrawn from"),
    ):
        response = desk.post(path, {"action": action, "_selected_action": ids}, follow=True)
        assert words in response.content.decode()
    assert f"Untitled ({bare.slug})" in desk.get(path).content.decode()


def test_a_confirmed_headline_is_no_longer_a_working_one(desk: Client) -> None:
    article = builders.make_draft(headline_is_working=True)
    save(desk, change(article), dek="Only this")
    assert Article.objects.get().headline_is_working
    save(desk, change(article), headline="Ours")
    assert not Article.objects.get().headline_is_working


def test_a_correction_is_flagged_whichever_form_it_came_by(desk: Client) -> None:
    article = builders.make_article()
    now = timezone.localtime()
    save(
        desk, reverse("admin:articles_correction_add"), article=article.pk, text="Mended.",
        published_at_0=str(now.date()), published_at_1=f"{now:%H:%M:%S}", public="on",
    )  # fmt: skip
    article.refresh_from_db()
    assert article.has_corrections
