"""Saving a story on the desk: no word is lost, nothing unfit gets in, refusals are in words."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.actions import editing
from articles.actions.editing import EditConflict, save_article
from articles.admin.forms import ArticleForm
from articles.models import Article, Revision
from tests import builders
from tests.articles.admin.filled import add, change, data_of, errors_of, save

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


def test_a_conflict_keeps_the_text_in_the_form_and_writes_nothing(desk: Client) -> None:
    article = builders.make_draft()
    mine = data_of(desk.get(change(article)), headline="Mine", body_html="<p>My words</p>")
    theirs = Article.objects.get()
    theirs.headline = "Theirs"
    save_article(theirs, by=None)
    for _ in range(2):  # sending it again does not make it fit
        response = desk.post(change(article), mine)
        html = response.content.decode()
        assert response.status_code == 200
        assert "Someone else saved this article" in html
        assert "My words" in html
        assert 'value="Mine"' in html
    assert Article.objects.get().headline == "Theirs"


def test_a_conflict_of_the_last_moment_keeps_the_text_too(
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
    monkeypatch.setattr(editing, "save_article", save_too_late)
    response = desk.post(change(article), mine)
    html = response.content.decode()
    assert response.status_code == 200
    assert "Someone else saved this article" in html
    assert "My words" in html
    assert "script-src-attr" in response["Content-Security-Policy"]
    assert Article.objects.get().headline == "Theirs"
    assert not Revision.objects.exists()


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
        ({"headline": ""}, "needs a headline"),
        ({"headline": "\u200b \u3164"}, "needs a headline"),
        ({"publish_at_0": "", "publish_at_1": ""}, "needs a time"),
        ({"embargo_until_0": "2999-01-01", "embargo_until_1": "10:00:00"}, "embargo ends later"),
        ({"slug": "Not a slug!"}, "letters, digits and hyphens"),
        ({"slug": "x" * 201}, "at most 200"),
        ({"headline": "x" * 1_000_000}, "at most 300"),
    ],
)
def test_a_public_story_keeps_what_the_gate_asked_for(
    fields: dict[str, str], words: str, desk: Client
) -> None:
    article = builders.make_article()
    response = save(desk, change(article), **fields)
    assert response.status_code == 200
    assert words in errors_of(response)
    article.refresh_from_db()
    assert article.version == 1


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
    both = {f"photo_uses-{number}-slot": "lead" for number in range(2)}
    response = save(desk, change(article), **both)
    assert "one lead photo" in errors_of(response)
    save(desk, change(article), **{"photo_uses-1-slot": "lead"})
    article.refresh_from_db()
    assert article.lead == uses[1]


def test_the_buttons_do_what_they_say(desk: Client, reader: Client) -> None:
    article = builders.make_draft(headline="Now")
    response = save(desk, change(article), _review="1")
    assert "in review" in response.content.decode()
    response = save(desk, change(article), _publish="1")
    assert "live at /story/" in response.content.decode()
    assert reader.get(article.get_absolute_url()).status_code == 200
    assert b"On the site" in desk.get(change(article)).content
    save(desk, change(article), _withdraw="1")
    assert reader.get(article.get_absolute_url()).status_code == 410


def test_the_gates_refusal_is_said_and_the_text_is_saved(desk: Client) -> None:
    article = builders.make_draft()
    bare = builders.make_photo(photographer_text="", agency_text="")
    article.photo_uses.create(photo=bare, slot="body")
    response = save(desk, change(article), headline="Saved", _publish="1")
    assert "not published. A photo has no credit" in response.content.decode()
    article.refresh_from_db()
    assert (article.status, article.headline) == ("draft", "Saved")


def test_the_actions_of_the_list_name_what_they_could_not_do(desk: Client) -> None:
    draft, bare = builders.make_draft(), builders.make_draft(headline="")
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
