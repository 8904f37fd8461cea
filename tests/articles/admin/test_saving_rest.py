"""Saving the rest of the desk: photos, posts, redirects, names."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from articles.actions.photos import add_photo
from articles.embeds.render import RENDER_VERSION
from articles.models import (
    Agency,
    Article,
    Contributor,
    Embed,
    Photo,
    Redirect,
    Section,
    Tag,
    TagAlias,
)
from articles.navigation import site_nav
from newsroom.storage import WholeFileStorage
from tests import builders
from tests.articles.admin.filled import add, change, data_of, errors_of, save
from tests.articles.photos.pictures import file_of, picture

pytestmark = pytest.mark.django_db


# --- Photos --------------------------------------------------------------------------------------


def upload(data: bytes, name: str = "a.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


def test_a_picture_is_taken_in(desk: Client, media: Path) -> None:
    response = save(
        desk, add(Photo), upload=upload(file_of(picture()).getvalue()), photographer_text="A. Lee"
    )
    assert not errors_of(response)
    photo = Photo.objects.get()
    assert (photo.photographer_text, photo.width, photo.rendition_state) == (
        "A. Lee",
        64,
        "pending",
    )


@pytest.mark.parametrize(
    "data", [b"GIF89a<script>alert(1)</script>", b"<svg/>", b"", b"\xff\xd8\xff\xe0broken", b"%PDF-1.4"]
)  # fmt: skip
def test_a_bad_picture_is_a_form_error_and_leaves_nothing(
    data: bytes, desk: Client, media: Path
) -> None:
    response = save(desk, add(Photo), upload=upload(data), caption_default="My words")
    assert response.status_code == 200
    assert errors_of(response)
    assert "My words" in response.content.decode()
    assert not Photo.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_a_better_copy_of_a_picture_keeps_what_the_desk_wrote(desk: Client, media: Path) -> None:
    photo = builders.make_photo(caption_default="Ours")
    save(desk, change(photo), upload=upload(file_of(picture()).getvalue()))
    photo.refresh_from_db()
    assert (photo.photographer_text, photo.agency_text) == ("Ines Lark", "Harbour Pictures")
    assert (photo.caption_default, photo.rendition_state) == ("Ours", "pending")


def test_a_photos_words_are_saved_without_touching_the_workers(desk: Client) -> None:
    photo = builders.make_photo(manifest=[], rendition_state="ok")
    person = builders.make_tag("Nola", kind="person")
    save(desk, change(photo), caption_default="New", persons=[person.pk])
    photo.refresh_from_db()
    assert (photo.caption_default, photo.rendition_state) == ("New", "ok")
    assert list(photo.persons.all()) == [person]


def test_a_photo_needs_a_file_or_somebody_to_credit(desk: Client, media: Path) -> None:
    response = save(desk, add(Photo), caption_default="No file yet")
    assert "Choose a file, or write below whose photo this is." in errors_of(response)
    assert not errors_of(save(desk, add(Photo), photographer_text="A. Lee"))
    assert Photo.objects.get().photographer_text == "A. Lee"
    response = save(desk, add(Photo), upload=upload(b"%PDF"))
    assert "whose photo" not in errors_of(response), "one reason is enough"


def test_a_full_disk_is_a_form_error_that_gives_the_words_back(
    desk: Client, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(WholeFileStorage, "_save", fail)
    file = upload(file_of(picture()).getvalue())
    response = save(desk, add(Photo), upload=file, caption_default="My words")
    assert response.status_code == 200
    assert "could not be stored" in errors_of(response)
    assert "My words" in response.content.decode()
    assert not Photo.objects.exists()


def test_a_failed_photo_is_tried_again_from_its_page_and_from_the_list(desk: Client) -> None:
    photo = builders.make_photo(rendition_state="failed", rendition_error="Out of memory.")
    page = desk.get(change(photo)).content.decode()
    assert "Out of memory." in page
    assert 'name="_try_again"' in page
    save(desk, change(photo), _try_again="1")
    photo.refresh_from_db()
    assert photo.rendition_state == "pending"
    action = {"action": "try_again_selected", "_selected_action": [photo.pk]}
    response = desk.post(reverse("admin:articles_photo_changelist"), action, follow=True)
    assert "Nothing failed there" in response.content.decode()


def test_the_list_of_photos_shows_them(desk: Client) -> None:
    entry = {"format": "jpeg", "width": 320, "height": 200, "path": "photo/1/a-320.jpg", "bytes": 1}
    builders.make_photo(manifest=[entry])
    builders.make_photo()
    html = desk.get(reverse("admin:articles_photo_changelist")).content.decode()
    assert 'src="/media/photo/1/a-320.jpg" width="320" height="200"' in html
    assert "No file" in html


def test_deleting_photos_deletes_their_files(desk: Client, media: Path) -> None:
    photos = [add_photo(file_of(picture(colour=colour))) for colour in ("red", "blue")]
    desk.post(reverse("admin:articles_photo_delete", args=[photos[0].pk]), {"post": "yes"})
    desk.post(
        reverse("admin:articles_photo_changelist"),
        {"action": "delete_selected", "_selected_action": [photos[1].pk], "post": "yes"},
    )
    assert not Photo.objects.exists()


# --- The rest of the desk ------------------------------------------------------------------------


def test_what_the_desk_keeps_of_a_post_is_drawn_again(desk: Client) -> None:
    embed = builders.make_embed(render_version=1, next_check_at=None, state="ok")
    save(desk, change(embed), quote="Kept", rights_note="By permission")
    embed.refresh_from_db()
    assert (embed.quote, embed.render_version, embed.state) == ("Kept", RENDER_VERSION, "ok")
    assert "Kept" in embed.card_html
    assert not Embed.objects.due().exists()  # nobody has to be asked for that
    response = desk.post(
        reverse("admin:articles_embed_changelist"),
        {"action": "ask_again", "_selected_action": [embed.pk]},
        follow=True,
    )
    assert "1 post will be asked about again" in response.content.decode()
    assert Embed.objects.due().exists()


@pytest.mark.parametrize(
    ("old", "target", "words"),
    [
        ("/a/", "/a", "in circles"),
        ("old", "/section/x/", "as readers ask for it"),
        ("//evil.example/", "/x/", "as readers ask for it"),
        ("/", "/x/", "as readers ask for it"),
        ("/a/", "//evil.example/", "a path of this site"),
        ("/a/", "/\\evil.example/", "a path of this site"),
        ("/a/", "https://evil.example/", "a path of this site"),
        ("/a/", "javascript:alert(1)", "a path of this site"),
        ("/a/", "/known", "redirected itself"),
        ("/new/", "/x/", "leads here"),
        ("/known/", "/x/", "already exists"),
        ("/a/", "", "Name a path or an article"),
        ("http://[::1/x/", "/x/", "This is no address"),
        ("/a%00b/", "/x/", "can’t hold the character %00"),
    ],
)
def test_a_redirect_leads_to_a_page_of_ours_in_one_hop(
    old: str, target: str, words: str, desk: Client
) -> None:
    Redirect.objects.create(old_path="/known/", target_path="/new/")
    response = save(desk, add(Redirect), old_path=old, target_path=target)
    assert words in errors_of(response)
    assert Redirect.objects.count() == 1


def test_a_good_redirect_is_taken(desk: Client) -> None:
    save(desk, add(Redirect), old_path="/a/", target_path="/section/x/")
    save(desk, change(Redirect.objects.get()), target_path="/section/y/")
    assert Redirect.objects.get().target_path == "/section/y/"


@pytest.mark.parametrize(
    ("model", "fields", "words"),
    [
        (Tag, {"name": "BEYONCÉ", "slug": "b2", "same_as": ""}, "has this name already"),
        (Tag, {"name": "New", "slug": "new", "same_as": "5"}, "“5” is no web address"),
        (Agency, {"name": "getty IMAGES", "aliases": ""}, "of this name already"),
        (Agency, {"name": "New", "aliases": "Wire Image"}, "is a name of WireImage already"),
        (Contributor, {"name": "A", "slug": "a", "same_as": "x y"}, "“x y” is no web address"),
    ],
)  # fmt: skip
def test_a_name_that_is_taken_and_a_list_that_is_none_are_form_errors(
    model: type[Any], fields: dict[str, str], words: str, desk: Client
) -> None:
    builders.make_tag("Beyoncé")
    assert words in errors_of(save(desk, add(model), **fields))


def test_an_agency_of_our_own_is_taken(desk: Client) -> None:
    save(desk, add(Agency), name="Harbour Pictures", aliases="HP")
    assert Agency.objects.get(name="Harbour Pictures").aliases == ["HP"]


def test_the_desk_sees_where_a_post_stands(desk: Client) -> None:
    article = builders.make_draft(headline="It stands here")
    embed = builders.make_embed()
    builders.use_embed(article, embed)
    assert "It stands here" in desk.get(change(embed)).content.decode()


def test_an_alias_is_added_with_its_tag(desk: Client) -> None:
    tag = builders.make_tag("Prince")
    rows = {
        "aliases-TOTAL_FORMS": "1",
        "aliases-0-name": "The Artist",
        "aliases-0-slug": "the-artist",
    }
    save(desk, change(tag), **rows)
    assert TagAlias.objects.get().tag == tag


def test_the_menu_follows_its_sections(desk: Client) -> None:
    section = builders.make_section(name="Music")
    site_nav()
    save(desk, change(section), name="Sound")
    assert [str(each) for each in site_nav()] == ["Sound"]
    desk.post(reverse("admin:articles_section_delete", args=[section.pk]), {"post": "yes"})
    assert site_nav() == []
    other = builders.make_section()
    site_nav()
    desk.post(
        reverse("admin:articles_section_changelist"),
        {"action": "delete_selected", "_selected_action": [other.pk], "post": "yes"},
    )
    assert site_nav() == []
    assert not Section.objects.exists()


def test_a_gallery_of_five_hundred_photos_is_not_too_many_fields(desk: Client) -> None:
    article = builders.make_draft()
    form = data_of(desk.get(change(article)), headline="Long")
    form |= {f"photos-{row}-{field}": "" for row in range(1, 500) for field in "abcdefghi"}
    desk.post(change(article), form)
    assert Article.objects.get().headline == "Long"


# --- Frames --------------------------------------------------------------------------------------


def test_the_writer_is_told_what_became_of_an_unknown_frame(desk: Client) -> None:
    frames = "".join(f'<iframe src="https://map{n}.example/"></iframe>' for n in range(7))
    response = save(desk, add(Article), headline="A map", body_html=f"<p>Words</p>{frames}")
    told = [str(message) for message in response.context["messages"]]
    assert "The frame from map0.example became a link." in told
    assert "And 2 more like these." in told
    assert Article.objects.get().body_html.count('<a href="https://map') == 7
