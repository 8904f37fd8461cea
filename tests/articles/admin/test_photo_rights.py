"""Taking a photo down on the desk: what is asked, who may, what is said, how it is undone."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from articles.actions.photo_rights import restore_photo, withdraw_photo
from articles.models import Agency, Article, Photo, PhotoEvent, Series
from articles.photos.places import places_of
from articles.photos.proposal import offers
from articles.photos.work import mind_bucket
from tests import builders
from tests.articles.admin.filled import change, data_of
from tests.conftest import staff

pytestmark = pytest.mark.django_db


def address(photo: Photo, verb: str) -> str:
    return f"/admin/articles/photo/{photo.pk}/{verb}/"


@pytest.fixture
def used() -> Photo:
    """A photo in a public story, a draft, a changed story, and everywhere that isn't a story."""
    photo = builders.make_photo(caption_default="The pier")
    live = builders.make_article(headline="Live")
    builders.make_lead(live, photo=photo)
    live.photo_uses.create(photo=photo, slot="gallery", live=False)
    builders.make_lead(builders.make_draft(headline="Not yet"), photo=photo)
    tomorrow = timezone.now() + timedelta(days=1)
    builders.make_lead(builders.make_article(headline="Soon", publish_at=tomorrow), photo=photo)
    over = builders.make_article(headline="Over", expire_at=timezone.now() - timedelta(days=1))
    builders.make_lead(over, photo=photo)
    builders.make_contributor(name="Ada", portrait=photo)
    builders.make_tag("Jazz", image=photo)
    Series.objects.create(title="Piers", slug="piers", hero=photo)
    builders.make_embed(poster=photo)
    return photo


def test_the_desk_is_asked_and_shown_what_disappears(desk: Client, used: Photo) -> None:
    page = desk.get(address(used, "take-down"))
    public = {row["place"].title for row in page.context["public_places"]}
    assert {"Live", "Ada", "Jazz", "Piers"} <= public
    assert len(public) == 5, "and the kept post"
    other = [(row["place"].title, row["place"].note) for row in page.context["other_places"]]
    assert sorted(other) == [
        ("Live", "in a draft"),
        ("Not yet", "draft"),
        ("Over", "ended"),
        ("Soon", "scheduled"),
    ]
    for row in [*page.context["public_places"], *page.context["other_places"]]:
        assert desk.get(row["url"]).status_code == 200
    used.refresh_from_db()
    assert used.status == "active", "asking changes nothing"


def test_without_a_reason_nothing_is_taken_down(desk: Client, used: Photo) -> None:
    page = desk.post(address(used, "take-down"), {"reason": "  "})
    assert "Say why" in page.content.decode()
    used.refresh_from_db()
    assert used.status == "active"


def test_a_takedown_is_logged_and_undone_on_the_photos_page(
    desk: Client, used: Photo, editor: User
) -> None:
    Photo.objects.update(status="restricted")
    page = desk.post(address(used, "take-down"), {"reason": "The agency <b>asked</b>"}, follow=True)
    html = page.content.decode()
    assert page.redirect_chain == [(change(used), 302)]
    assert "The agency &lt;b&gt;asked&lt;/b&gt;" in html
    assert f'formaction="{address(used, "restore")}"' in html
    used.refresh_from_db()
    assert used.status == "removed"
    event = used.events.get()
    assert (event.verb, event.by, event.data) == (
        "taken_down", editor, {"status": ["restricted", "removed"]},
    )  # fmt: skip
    html = desk.post(address(used, "restore"), follow=True).content.decode()
    assert "Undone: the photo is restricted." in html
    used.refresh_from_db()
    assert used.status == "restricted"
    assert used.events.first().verb == "restored"  # type: ignore[union-attr]


def test_twice_is_once(used: Photo, editor: User) -> None:
    assert withdraw_photo(used, by=editor, reason="Asked")
    assert not withdraw_photo(used, by=editor, reason="Asked again")
    assert restore_photo(used, by=editor)
    assert not restore_photo(used, by=editor)
    assert PhotoEvent.objects.count() == 2


def test_what_was_removed_before_there_was_a_history_comes_back_as_active(used: Photo) -> None:
    Photo.objects.update(status="removed")
    assert restore_photo(used, by=None)
    assert used.status == "active"


def test_the_form_neither_takes_down_nor_brings_back(desk: Client, used: Photo) -> None:
    form = data_of(desk.get(change(used)), status="removed")
    assert "status" in desk.post(change(used), form).context["adminform"].form.errors
    Photo.objects.update(status="removed")
    form = data_of(desk.get(change(used)), status="active", caption_default="Mended")
    desk.post(change(used), form)
    used.refresh_from_db()
    assert (used.status, used.caption_default) == ("removed", "Mended")


@pytest.mark.parametrize("verb", ["take-down", "restore"])
def test_a_takedown_is_for_those_who_decide(
    verb: str, reader: Client, writer: User, used: Photo
) -> None:
    reader.force_login(writer)
    assert reader.post(address(used, verb), {"reason": "Mine"}).status_code == 403
    assert "take-down" not in reader.get(change(used)).content.decode()
    reader.force_login(staff("desk", "Photo desk"))
    assert reader.post(address(used, verb), {"reason": "Ours"}).status_code == 302


def test_places_cost_the_same_for_many_and_show_nobodys_drafts(
    used: Photo, writer: User, editor: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        builders.make_lead(builders.make_article(), photo=used)
    editor = User.objects.get(pk=editor.pk)
    editor.has_perm("articles.publish_article")  # read once
    with django_assert_num_queries(5):
        assert len(places_of(used, editor)) == 14
    titles = {place.title for place in places_of(used, writer)}
    assert "Live" in titles
    assert "Not yet" not in titles
    assert Article.objects.count() == 9


def test_in_a_bucket_the_files_go_and_are_made_anew(
    used: Photo, editor: User, settings: Settings, nudges: list[tuple[str, list[int]]],
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: object,
) -> None:  # fmt: skip
    settings.MEDIA_BUCKET = "pictures"
    deleted: list[str] = []
    monkeypatch.setattr("articles.photos.work.public_files", lambda pk: [f"photo/{pk}/old.jpg"])
    monkeypatch.setattr(
        "articles.photos.work.default_storage", type("Bucket", (), {"delete": deleted.append})
    )
    Photo.objects.update(
        original="a.jpg", manifest=[{"format": "jpeg", "path": "photo/1/a.jpg"}],
        rendition_state="ok",
    )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        withdraw_photo(used, by=editor, reason="Asked")
    assert sorted(deleted) == sorted(["photo/1/a.jpg", f"photo/{used.pk}/old.jpg"])
    used.refresh_from_db()
    assert (used.manifest, used.rendition_state) == ([], "none")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        restore_photo(used, by=editor)
    used.refresh_from_db()
    assert used.rendition_state == "pending"
    assert ("articles.make_renditions", [used.pk]) in nudges


# --- What the file says --------------------------------------------------------------------------
def test_what_the_file_says_is_shown_and_applied_by_one_click(desk: Client, editor: User) -> None:
    photo = builders.make_photo(instructions="May only be used for 14 days. UK OUT.")
    html = desk.get(change(photo)).content.decode()
    assert "“May only be used for 14 days”" in html
    assert "Not to be used in UK" in html
    assert photo.rights_until is None, "nothing is applied silently"
    html = desk.post(address(photo, "apply-rights"), follow=True).content.decode()
    assert "Applied. Rights end " in html
    photo.refresh_from_db()
    assert photo.rights_until == photo.uploaded_at + timedelta(days=14)
    event = photo.events.get()
    assert (event.verb, event.by, event.reason) == (
        "applied", editor, "May only be used for 14 days",
    )  # fmt: skip
    assert event.data["rights_until"][0] is None
    assert (
        "nothing to apply"
        in desk.post(address(photo, "apply-rights"), follow=True).content.decode()
    )
    assert photo.events.count() == 1


def test_an_agencys_defaults_are_proposed_where_the_file_says_nothing(desk: Client) -> None:
    house = Agency.objects.create(
        name="Lantern", default_days=30, default_rights_class="agency_per_use"
    )
    collection = Agency.objects.create(name="Tidewire", parent=house)
    silent = builders.make_photo(agency=collection)
    said = builders.make_photo(agency=collection, instructions="No use after 12 March 2030")
    for photo in (silent, said):
        desk.post(address(photo, "apply-rights"))
        photo.refresh_from_db()
        assert photo.rights_class == "agency_per_use"
    assert silent.rights_until == silent.uploaded_at + timedelta(days=30)
    assert said.rights_until is not None
    assert timezone.localtime(said.rights_until).isoformat()[:16] == "2030-03-13T00:00"


def test_what_a_person_wrote_is_not_proposed_again(desk: Client) -> None:
    until = timezone.now() + timedelta(days=2)
    photo = builders.make_photo(instructions="Use within 14 days", rights_until=until)
    assert not offers(photo)
    desk.post(address(photo, "apply-rights"))
    photo.refresh_from_db()
    assert photo.rights_until == until


def test_applying_is_for_those_who_may_change_photos(reader: Client, stranger: User) -> None:
    photo = builders.make_photo(instructions="Use within 14 days")
    stranger.is_staff = True
    stranger.save()
    reader.force_login(stranger)
    assert reader.post(address(photo, "apply-rights")).status_code in {403, 404}


def test_a_class_of_an_import_stays_until_somebody_changes_it(desk: Client) -> None:
    photo = builders.make_photo(rights_class="rights-managed")
    desk.post(change(photo), data_of(desk.get(change(photo)), caption_default="Mended"))
    photo.refresh_from_db()
    assert (photo.rights_class, photo.caption_default) == ("rights-managed", "Mended")
    desk.post(change(photo), data_of(desk.get(change(photo)), rights_class="handout"))
    photo.refresh_from_db()
    assert photo.rights_class == "handout"


def test_the_sweep_of_a_bucket_drops_what_ended_and_asks_for_what_began(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    files = {"original": "a.jpg", "manifest": [{"format": "jpeg", "path": "photo/0/a.jpg"}]}
    fine = builders.make_photo(rendition_state="ok", **files)
    ended = builders.make_photo(rendition_state="ok", rights_until=now, **files)
    early = builders.make_photo(rendition_state="ok", rights_from=now + timedelta(1), **files)
    began = builders.make_photo(rendition_state="none", original="a.jpg", rights_from=now)
    assert mind_bucket() == 0, "there is no bucket: the door sees to it"
    settings.MEDIA_BUCKET = "pictures"
    deleted: list[str] = []
    monkeypatch.setattr("articles.photos.work.public_files", lambda pk: [f"photo/{pk}/b.jpg"])
    monkeypatch.setattr(
        "articles.photos.work.default_storage", type("Bucket", (), {"delete": deleted.append})
    )
    assert mind_bucket() == 3
    states = dict(Photo.objects.values_list("pk", "rendition_state"))
    assert states == {fine.pk: "ok", ended.pk: "none", early.pk: "none", began.pk: "pending"}
    assert f"photo/{fine.pk}/b.jpg" not in deleted
    assert {f"photo/{ended.pk}/b.jpg", f"photo/{early.pk}/b.jpg"} <= set(deleted)
    assert mind_bucket() == 0


# --- The board -----------------------------------------------------------------------------------
def board(client: Client, key: str) -> list[Any]:
    panels = client.get("/admin/").context["panels"]
    return list(next(panel for panel in panels if panel.key == key).rows)


def test_the_board_says_what_ends_when_and_where_it_stands(desk: Client) -> None:
    soon = timezone.now() + timedelta(days=3)
    used, unused = (builders.make_photo(rights_until=soon) for _ in "ab")
    builders.make_photo(rights_until=timezone.now() + timedelta(days=8))
    hour = timezone.now() - timedelta(hours=2)
    builders.make_lead(builders.make_article(headline="Older", publish_at=hour), photo=used)
    builders.make_lead(builders.make_article(headline="Newer"), photo=used)
    builders.make_lead(builders.make_draft(), photo=unused)
    rows = {row.url: row for row in board(desk, "rights")}
    assert rows.keys() == {change(used), change(unused)}
    assert rows[change(used)].note == "In “Newer” and 1 more. Ends"
    assert rows[change(unused)].note == "Ends"
    assert rows[change(used)].when == soon


def test_the_board_lists_public_stories_that_lost_a_photo(
    desk: Client, reader: Client, writer: User, editor: User
) -> None:
    gone = builders.make_photo(caption_default="The pier")
    ended = builders.make_photo(rights_until=timezone.now() - timedelta(days=1))
    long_ago = builders.make_photo(rights_until=timezone.now() - timedelta(days=90))
    for number, photo in enumerate((gone, ended, long_ago)):
        story = builders.make_article(
            headline=f"Lost {number}", created_by=writer if number else editor
        )
        builders.make_lead(story, photo=photo)
        builders.make_lead(builders.make_draft(), photo=photo)
    withdraw_photo(gone, by=editor, reason="Asked")
    assert {row.title: row.problem for row in board(desk, "hidden")} == {
        "Lost 0": "Taken down: The pier", "Lost 1": f"Its right has ended: {ended}",
    }  # fmt: skip
    reader.force_login(writer)
    assert [row.title for row in board(reader, "hidden")] == ["Lost 1"]
