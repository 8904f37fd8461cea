"""The newsroom board: what waits, for whom, at a price that does not grow with the paper."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.actions.editing import record_revision
from articles.admin.board import BOUND, SHOWN, Panel
from articles.models import Article, Banner, PhotoUse, Revision, providers_off
from reactions.models import Case, ReactionKind, Tally
from tests import builders
from tests.conftest import staff

pytestmark = pytest.mark.django_db

BOARD = "/admin/"


def panels(client: Client) -> dict[str, Panel]:
    return {panel.key: panel for panel in client.get(BOARD).context["panels"]}


def titles(client: Client, key: str) -> list[str]:
    return [row.title for row in panels(client)[key].rows]


def log_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def scheduled(**fields: object) -> Article:
    soon = timezone.now() + timedelta(hours=3)
    return builders.make_article(**{"publish_at": soon, "first_published_at": None, **fields})


def one_of_everything(editor: User) -> None:
    """A row for every panel."""
    story = builders.make_article(created_by=editor)
    for status in ("draft", "review", "ready"):
        builders.make_draft(status=status, created_by=editor)
    builders.make_lead(scheduled())
    story.current_draft = record_revision(story, kind=Revision.Kind.SAVE)
    story.save()
    builders.make_photo(rendition_state="failed")
    builders.make_photo(rights_until=timezone.now() + timedelta(days=2))
    story.photo_uses.create(photo=builders.make_photo(status="removed"))
    builders.use_embed(story, builders.make_embed(state="gone"))
    now = timezone.now()
    Banner.objects.create(text="Closed", starts=now, ends=now + timedelta(hours=1))
    Tally.objects.create(article=story, kind=ReactionKind.objects.all()[0], n=3)
    Case.objects.create(article=story, opened_at=now, since=now, last_alarm_at=now)


def test_an_empty_paper_says_in_words_that_nothing_waits(desk: Client) -> None:
    response = desk.get(BOARD)
    html = response.content.decode()
    for panel in response.context["panels"]:
        assert not panel.rows
        assert panel.empty in html
    assert html.count("<h1") == 1


def test_every_panel_has_its_row(desk: Client, editor: User) -> None:
    one_of_everything(editor)
    assert {key for key, panel in panels(desk).items() if panel.rows} == {
        "drafts", "review", "ready", "scheduled", "changes", "banner", "photos", "renditions",
        "rights", "hidden", "embeds", "gone", "cases", "reactions",
    }  # fmt: skip


def test_every_all_link_leads_to_a_list_with_what_the_panel_shows(
    desk: Client, editor: User
) -> None:
    one_of_everything(editor)
    for key, panel in panels(desk).items():
        response = desk.get(panel.all_url)
        assert response.status_code == 200, key
        if key not in {"photos", "hidden", "reactions"}:  # those lists are wider than the panel
            assert response.context["cl"].result_count == 1, key


def test_a_panel_shows_a_few_rows_and_counts_no_further_than_it_must(desk: Client) -> None:
    for _ in range(SHOWN + 1):
        builders.make_draft(status="review")
    assert len(titles(desk, "review")) == SHOWN
    assert panels(desk)["review"].count == str(SHOWN + 1)
    for _ in range(BOUND):
        builders.make_draft(status="review")
    assert panels(desk)["review"].count == f"{BOUND}+"


def test_what_waits_longest_for_an_editor_comes_first(desk: Client) -> None:
    first = builders.make_draft(status="review", headline="Waits longest")
    builders.make_draft(status="review")
    assert titles(desk, "review")[0] == first.headline


def test_a_scheduled_story_says_what_is_wrong_with_it(desk: Client) -> None:
    fine = scheduled(headline="Fine", section=builders.make_section())
    builders.make_lead(fine)
    wrong = scheduled(headline="Wrong", publish_at=timezone.now() + timedelta(days=2))
    bare = builders.make_photo(
        photographer_text="", agency_text="", rights_until=timezone.now() + timedelta(days=1)
    )
    PhotoUse.objects.create(article=wrong, photo=bare)
    first, second = panels(desk)["scheduled"].rows
    assert (first.title, first.problem) == ("Fine", "")
    assert second.problem == (
        "No section, a photo has no credit, a photo has no alternative text, "
        "a photo has no right to be shown then"
    )


def test_a_photo_that_its_story_describes_is_not_in_need(desk: Client) -> None:
    builders.make_lead(builders.make_article())  # the use has an alt, its photo has none
    unused = builders.make_photo(caption_default="Never described")
    assert titles(desk, "photos") == [str(unused)]


def test_embeds_that_no_story_uses_are_no_trouble(desk: Client) -> None:
    builders.make_embed(state="gone")
    assert titles(desk, "embeds") == []


def test_whose_story_lost_a_post_is_told_and_whose_byline_it_has(writer: User) -> None:
    client = log_in(writer)
    own, signed = builders.make_article(created_by=writer, headline="Own"), builders.make_article()
    builders.add_byline(signed, builders.make_contributor(user=writer))
    for story in (own, signed, builders.make_article(), builders.make_draft(created_by=writer)):
        builders.use_embed(story, builders.make_embed(state="gone", title="A post"))
    builders.use_embed(own, builders.make_embed(state="ok"), position=1)
    assert titles(client, "gone") == [signed.headline, "Own"]
    row = panels(client)["gone"].rows[1]
    assert [way.label for way in row.ways] == ["Keep its words or a picture"]
    assert (row.problem, row.note) == ("Instagram: A post", "Nothing of it is kept")
    assert client.get(row.url).status_code == 200


def test_the_banner_is_ended_in_one_click(desk: Client) -> None:
    now = timezone.now()
    banner = Banner.objects.create(
        text="Closed", starts=now - timedelta(minutes=1), ends=now + timedelta(hours=1)
    )
    row = panels(desk)["banner"].rows[0]
    assert f'action="{row.end_url}"' in desk.get(BOARD).content.decode()
    assert desk.get(row.end_url).status_code == 405
    desk.post(row.end_url)
    banner.refresh_from_db()
    assert banner.ends <= timezone.now()
    assert titles(desk, "banner") == []


# --- By role ----------------------------------------------------------------------------------
def test_a_writer_sees_their_own_and_nobody_elses(writer: User, editor: User) -> None:
    one_of_everything(editor)
    mine = builders.make_draft(created_by=writer, headline="Mine")
    builders.make_draft(created_by=writer, status="review", headline="Mine in review")
    client = log_in(writer)
    found = panels(client)
    assert set(found) == {
        "drafts", "review", "ready", "scheduled", "changes", "photos", "renditions", "rights",
        "hidden", "embeds", "gone",
    }  # fmt: skip
    rows = {key: [row.title for row in panel.rows] for key, panel in found.items() if panel.rows}
    assert rows == {"drafts": [mine.headline], "review": ["Mine in review"]}
    html = client.get(BOARD).content.decode()
    assert "New article" in html
    assert "Put up a banner" not in html
    assert "Edit the home page" not in html


def test_a_moderator_sees_reactions_and_nothing_of_drafts(moderator: User, editor: User) -> None:
    one_of_everything(editor)
    secret = builders.make_draft(headline="Not for moderators")
    Tally.objects.create(article=secret, kind=ReactionKind.objects.all()[0], n=9)
    client = log_in(moderator)
    assert set(panels(client)) == {"cases", "reactions"}
    html = client.get(BOARD).content.decode()
    assert "Not for moderators" not in html
    assert "/admin/articles/" not in html


def test_a_login_without_a_role_is_told_so(db: None) -> None:
    newcomer = User.objects.create_user("new", password="x", is_staff=True)
    assert "An editor can give your login a role." in log_in(newcomer).get(BOARD).content.decode()


def test_strangers_and_readers_are_sent_to_the_login(stranger: User, reader: Client) -> None:
    for client in (reader, log_in(stranger)):
        response = client.get(BOARD)
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("admin:login"))


# --- What it costs ----------------------------------------------------------------------------
def queries(client: Client) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(BOARD).status_code == 200
    return [query["sql"] for query in captured.captured_queries]


def test_the_board_costs_eighteen_queries_however_full_the_paper_is(
    desk: Client, editor: User
) -> None:
    # The session, the login, its own rights and its groups'; drafts, review, ready, scheduled,
    # changes, banner, photos, renditions, rights, photos gone, embeds, embeds of one's own; cases,
    # reactions.
    one_of_everything(editor)
    providers_off()  # this process knows them: no query of the board's
    few = queries(desk)
    for _ in range(3):
        one_of_everything(editor)
    many = queries(desk)
    assert len(few) == len(many) == 18, many
    assert not [sql for sql in many if "body_html" in sql]


def test_no_panel_sorts_or_reads_a_whole_table(desk: Client, editor: User) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("reads SQLite's plans; PostgreSQL's depend on its statistics")
    one_of_everything(editor)
    whole = []
    for sql in queries(desk):
        if not sql.startswith("SELECT") or "auth_" in sql or "articles_banner" in sql:
            continue
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + sql.replace("%", "%%"))
            plan = [row[3] for row in cursor.fetchall()]
        whole += [
            (line, sql)
            for line in plan
            if line.startswith(("SCAN articles_", "SCAN reactions_")) and "INDEX" not in line
        ]
    assert not whole


def test_the_search_box_finds_a_story(desk: Client) -> None:
    builders.make_article(headline="The pier at dusk")
    assert 'action="/admin/articles/article/"' in desk.get(BOARD).content.decode()
    found = desk.get("/admin/articles/article/", {"q": "pier"})
    assert "The pier at dusk" in found.content.decode()


def test_a_second_writer_has_a_board_of_their_own(writer: User) -> None:
    builders.make_draft(created_by=staff("other", "Writers"), headline="Of another")
    assert titles(log_in(writer), "drafts") == []


def test_a_photo_that_only_waits_in_a_draft_is_nothing_wrong_with_the_story(desk: Client) -> None:
    story = scheduled(section=builders.make_section())
    bare = builders.make_photo(photographer_text="", agency_text="")
    PhotoUse.objects.create(article=story, photo=bare, live=False)
    assert panels(desk)["scheduled"].rows[0].problem == ""
