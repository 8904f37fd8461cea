"""The article's own pages on the desk: autosave, preview, and a page for each verb."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.actions.drafting import save_draft, with_fields
from articles.actions.publishing import publish
from articles.admin import article_verbs
from articles.drafts import draft_from, draft_of, snapshot_of
from articles.models import Article, Revision
from tests import builders
from tests.articles.admin.filled import add, change, data_of
from tests.conftest import staff

pytestmark = pytest.mark.django_db
JSON = {"headers": {"Accept": "application/json"}}


def autosave(desk: Client, article: Article | None, **fields: Any) -> Any:
    form = data_of(desk.get(change(article) if article else add(Article)), **fields)
    return desk.post(article_verbs.autosave_url(article), form)


# --- Autosave ------------------------------------------------------------------------------------
def test_the_first_autosave_makes_the_story_and_the_next_ones_keep_it(
    desk: Client, editor: User
) -> None:
    photo = builders.make_photo()
    form = data_of(desk.get(add(Article)), headline="Half a thou", **{"photos-0-photo": photo.pk})
    answer = desk.post(article_verbs.autosave_url(None), form)
    assert answer.status_code == 200
    told = answer.json()
    article = Article.objects.get(pk=told["id"])
    assert (article.headline, article.created_by, article.status) == (
        "Half a thou",
        editor,
        "draft",
    )
    use = article.photo_uses.get()
    assert told["photos"] == [{"use": use.pk, "photo": photo.pk}]
    assert {"section", "body"} <= {each["code"] for each in told["problems"]}
    assert told["advice"]
    form |= {
        "headline": "Half a thought", "body_html": "<p>Three more words</p>",
        "loaded_version": told["version"], "loaded_marks": told["marks"],
        "photos-0-use": use.pk,
    }  # fmt: skip
    told = desk.post(told["autosave_url"], form).json()
    article.refresh_from_db()
    assert (article.headline, article.slug, article.version) == (
        "Half a thought", "half-a-thought", told["version"],
    )  # fmt: skip
    assert (told["word_count"], told["url"]) == (3, article.get_absolute_url())
    assert article.photo_uses.get() == use
    assert article.revisions.get().kind == Revision.Kind.AUTOSAVE


def test_the_valid_fields_are_saved_beside_the_others(desk: Client) -> None:
    article = builders.make_draft(dek="Before")
    body = "<div>" * 2_000
    answer = autosave(desk, article, headline="Kept", slug="No!", body_html=body, tags="x" * 101)
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {"slug", "body_html", "tags"}
    stored = Article.objects.get()
    assert (stored.headline, stored.body_html) == ("Kept", article.body_html)
    assert answer.json()["version"] == stored.version == 2


def test_rows_and_fields_that_were_not_sent_stay(desk: Client) -> None:
    article = builders.make_draft(dek="Before")
    builders.add_byline(article)
    builders.add_tag(article)
    lead = builders.make_lead(article)
    sent = {"headline": "Only this", "loaded_version": "1"}
    answer = desk.post(article_verbs.autosave_url(article), sent)
    assert set(answer.json()["errors"]) == {"kind"}
    stored = Article.objects.get(pk=article.pk)
    assert (stored.headline, stored.dek, stored.lead) == ("Only this", "Before", lead)
    assert (stored.bylines.count(), stored.tag_uses.count()) == (1, 1)


def test_the_loser_of_two_autosaves_is_told_all_there_is_to_know(desk: Client) -> None:
    article = builders.make_article(headline="Base", dek="Base")
    form = data_of(desk.get(change(article)), headline="Mine")
    other = staff("other", "Editors")
    base = draft_of(article)
    theirs = draft_from({**snapshot_of(base), "headline": "Theirs", "dek": "Their dek"})
    save_draft(article, theirs, by=other)
    answer = desk.post(article_verbs.autosave_url(article), form)
    assert answer.status_code == 409
    told = answer.json()
    assert (told["by"], told["version"], told["taken"]) == ("other", 2, ["dek"])
    assert [each["part"] for each in told["clashes"]] == ["headline"]
    assert (told["mine"]["headline"], told["stored"]["headline"]) == ("Mine", "Theirs")
    assert (told["merged"]["headline"], told["merged"]["dek"]) == ("Mine", "Their dek")
    assert Revision.objects.get(label="conflict").snapshot["headline"] == "Mine"
    form |= {
        "loaded_version": told["version"], "loaded_marks": told["marks"],
        "dek": told["merged"]["dek"], "choice_headline": "theirs",
    }  # fmt: skip
    assert desk.post(article_verbs.autosave_url(article), form).status_code == 200
    article.refresh_from_db()
    fields = draft_of(article).fields
    assert (fields["headline"], fields["dek"]) == ("Theirs", "Their dek")
    assert article.headline == "Base"


def test_a_save_between_look_and_save_is_a_conflict_too(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = builders.make_draft()
    from articles.admin.forms import ArticleForm

    form = data_of(desk.get(change(article)), headline="Mine")
    monkeypatch.setattr(ArticleForm, "_check_version", lambda form, article: None)
    Article.objects.update(version=5, headline="Theirs")
    answer = desk.post(article_verbs.autosave_url(article), form)
    assert (answer.status_code, answer.json()["version"]) == (409, 5)
    assert Revision.objects.get().label == "conflict"


def test_what_a_closed_window_saved_at_last_is_no_conflict_with_itself(desk: Client) -> None:
    """The window's last request comes late: the next window has the text before it, and sends it."""
    article = builders.make_draft()
    form = data_of(desk.get(change(article)), headline="Before the crash", body_html="<p>Mine</p>")
    first = desk.post(article_verbs.autosave_url(article), form).json()
    again = desk.post(article_verbs.autosave_url(article), form)
    assert again.status_code == 200
    assert (again.json()["version"], again.json()["marks"]) == (first["version"], first["marks"])
    stored = Article.objects.get()
    assert (stored.headline, stored.slug) == ("Before the crash", "before-the-crash")
    assert [each.label for each in article.revisions.all()] == [""]
    # One more word, and it is what two people wrote again.
    form |= {"headline": "Before the crash, and more"}
    assert desk.post(article_verbs.autosave_url(article), form).status_code == 409


def test_an_ended_session_is_said_and_leads_nowhere(reader: Client) -> None:
    article = builders.make_draft()
    for path in (article_verbs.autosave_url(article), article_verbs.autosave_url(None)):
        answer = reader.post(path, {"headline": "Mine"})
        assert (answer.status_code, answer.json()) == (401, {"login_url": "/admin/login/"})
        assert "no-store" in answer["Cache-Control"]
    assert reader.get(article_verbs.autosave_url(None)).status_code == 405


def test_nobody_autosaves_what_is_not_theirs(reader: Client, writer: User) -> None:
    reader.force_login(writer)
    secret, public = builders.make_draft(), builders.make_article()
    own = builders.make_article(created_by=writer)
    for article, code in ((secret, 404), (public, 403), (own, 403)):
        answer = reader.post(article_verbs.autosave_url(article), {"headline": "Mine"})
        assert answer.status_code == code
    assert not Revision.objects.exists()
    reader.force_login(staff("desk photos", "Photo desk"))
    assert reader.post(article_verbs.autosave_url(None), {}).status_code == 403


def test_a_writer_makes_no_story_of_somebody_elses_tag(reader: Client, writer: User) -> None:
    reader.force_login(writer)
    writer.groups.get().permissions.remove(
        *writer.groups.get().permissions.filter(codename="add_tag")
    )
    answer = autosave(reader, None, headline="Mine", tags="Brand new")
    assert "you may not make one" in str(answer.json()["errors"])


def test_autosave_and_verbs_need_the_forms_token(editor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    article = builders.make_story()
    paths = [article_verbs.address(article, verb) for verb in article_verbs.VERBS]
    for path in [article_verbs.autosave_url(article), article_verbs.autosave_url(None), *paths]:
        assert client.post(path, {"confirm": "1"}).status_code == 403


# --- Verbs ---------------------------------------------------------------------------------------
def test_a_script_gets_the_outcome_and_the_way_back(desk: Client, reader: Client) -> None:
    article = builders.make_story()
    told = desk.post(article_verbs.address(article, "publish"), **JSON).json()
    assert told["done"]
    assert (told["status"], told["live_url"]) == ("published", article.get_absolute_url())
    assert told["undo_seconds"] == 10
    assert reader.get(told["live_url"]).status_code == 200
    assert desk.post(told["undo_url"], **JSON).json()["status"] == "draft"
    assert reader.get(told["live_url"]).status_code == 404
    answer = desk.post(told["undo_url"], **JSON)
    assert (answer.status_code, answer.json()["done"]) == (409, False)


def test_a_refusal_names_the_fields(desk: Client) -> None:
    answer = desk.post(article_verbs.address(builders.make_draft(), "publish"), **JSON)
    assert answer.status_code == 409
    assert [each["field"] for each in answer.json()["problems"]] == ["section"]


@pytest.mark.parametrize("verb", [*article_verbs.VERBS])
def test_each_verb_asks_on_a_page_of_its_own(verb: str, desk: Client) -> None:
    article = publish(builders.make_story())
    save_draft(article, draft_of(article), by=None)
    response = desk.get(article_verbs.address(article, verb))
    assert response.status_code == 200
    assert article_verbs.VERBS[verb].title in response.content.decode()
    article.refresh_from_db()
    assert article.version == 3


def test_a_verb_is_for_those_who_may(desk: Client, reader: Client, writer: User) -> None:
    assert desk.get(article_verbs.address(builders.make_draft(), "nonsense")).status_code == 404
    own = builders.make_story(created_by=writer)
    reader.force_login(writer)
    assert reader.get(article_verbs.address(own, "publish")).status_code == 403
    assert reader.post(article_verbs.address(own, "publish"), **JSON).status_code == 403
    assert reader.post(article_verbs.address(own, "review"), **JSON).json()["status"] == "review"


def test_nothing_is_published_that_was_saved_after_the_look_at_it(
    desk: Client, reader: Client
) -> None:
    article = builders.make_story()
    page = desk.get(article_verbs.address(article, "publish")).content.decode()
    assert '<input type="hidden" name="version" value="1">' in page
    save_draft(article, with_fields(draft_of(article), headline="Unread"), by=None)
    answer = desk.post(article_verbs.address(article, "publish"), {"version": "1"}, **JSON)
    assert answer.status_code == 409
    assert "saved it since you looked" in answer.json()["message"]
    assert reader.get(article.get_absolute_url()).status_code == 404
    desk.post(article_verbs.address(article, "publish"), {"version": "2"}, **JSON)
    assert reader.get(Article.objects.get().get_absolute_url()).status_code == 200


@pytest.mark.parametrize("verb", ["withdraw", "discard", "undo"])
def test_nothing_is_taken_away_that_was_saved_after_the_look_at_it(verb: str, desk: Client) -> None:
    article = publish(builders.make_story(), by=None)
    save_draft(article, with_fields(draft_of(article), headline="Seen"), by=None)
    seen = article.version
    save_draft(article, with_fields(draft_of(article), headline="Unseen"), by=None)
    address = article_verbs.address(article, verb)
    answer = desk.post(address, {"confirm": "1", "version": str(seen)}, **JSON)
    assert answer.status_code == 409
    assert "saved it since you looked" in answer.json()["message"]
    article.refresh_from_db()
    assert article.status == "published"
    assert draft_of(article).fields["headline"] == "Unseen"
