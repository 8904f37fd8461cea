"""Kinds at the desk: a picture of one's own, what it looks like, its files, retiring."""

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from articles.models import Article, generation
from reactions import kind_files
from reactions.models import ReactionKind
from tests.reactions.test_admin import desk, with_rights
from tests.reactions.test_bar import bar, picture
from tests.reactions.test_kind_pictures import SVG, face, moving, saved

pytestmark = [pytest.mark.django_db, pytest.mark.services]
LIST = reverse("admin:reactions_reactionkind_changelist")
ADD = reverse("admin:reactions_reactionkind_add")


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    storages = {name: dict(config) for name, config in settings.STORAGES.items()}
    storages["default"]["OPTIONS"] = {"location": tmp_path / "public", "base_url": "/media/"}
    settings.STORAGES = storages
    return tmp_path / "public" / "reactions"


def change(client: Client, kind: ReactionKind, **fields: Any) -> str:
    data = {"label": kind.label, "slug": kind.slug, "emoji": kind.emoji, **fields}
    url = reverse("admin:reactions_reactionkind_change", args=[kind.pk])
    answer = client.post(url, data, follow=True).content.decode()
    kind.refresh_from_db()
    return answer


def upload(data: bytes, name: str = "face.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "image/png")


def names(media: Path) -> set[str]:
    return {path.name for path in media.glob("*")} if media.exists() else set()


@pytest.fixture
def angry(kinds: dict[str, ReactionKind]) -> ReactionKind:
    return kinds["heart"]


def test_a_picture_stands_on_the_bar_and_is_never_the_upload(
    moderator: User, story: Article, angry: ReactionKind, media: Path, client: Client
) -> None:
    before = generation()
    data = saved(face())
    change(desk(moderator), angry, upload=upload(data))
    (name,) = names(media)
    assert angry.image.name == f"reactions/{name}"
    assert (media / name).read_bytes() != data
    image = picture(story, angry.pk).css_first("img")
    assert image.attributes["src"] == f"/media/reactions/{name}"
    assert generation() != before
    answer = client.get(f"/media/reactions/{name}")
    assert b"".join(answer.streaming_content) == (media / name).read_bytes()  # type: ignore[attr-defined]
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable, s-maxage=60"


def test_what_moves_has_a_still_for_readers_who_want_no_motion(
    moderator: User, story: Article, angry: ReactionKind, media: Path
) -> None:
    change(desk(moderator), angry, upload=upload(moving(), "face.webp"))
    assert names(media) == {Path(angry.image.name).name, Path(angry.still.name).name}
    source = picture(story, angry.pk).css_first("picture > source")
    assert source.attributes["media"] == "(prefers-reduced-motion: reduce)"
    assert source.attributes["srcset"] == f"/media/{angry.still.name}"


@pytest.mark.parametrize("data", [SVG, b"", b"text"], ids=["svg", "empty", "text"])
def test_what_is_refused_is_told_with_all_that_was_typed(
    moderator: User, angry: ReactionKind, media: Path, data: bytes
) -> None:
    page = change(desk(moderator), angry, label="My own words", upload=upload(data))
    assert "errorlist" in page
    assert 'value="My own words"' in page
    assert (angry.label, angry.image.name, names(media)) == ("Heart", "", set())


def test_a_damaged_picture_is_asked_for_in_a_form_that_is_taken(
    moderator: User, angry: ReactionKind
) -> None:
    page = change(desk(moderator), angry, upload=upload(saved(face())[:60]))
    assert "damaged or incomplete. Save the picture again as PNG or WebP" in page
    assert "JPEG" not in page


def test_a_kind_may_have_a_picture_alone_and_keeps_it(moderator: User, angry: ReactionKind) -> None:
    client = desk(moderator)
    change(client, angry, emoji="", upload=upload(saved(face())))
    assert angry.emoji == ""
    name = angry.image.name
    change(client, angry, emoji="", label="Furious")
    assert (angry.label, angry.image.name) == ("Furious", name)


@pytest.mark.parametrize("with_picture", [False, True])
def test_a_kind_without_anything_to_see_is_refused_in_words(
    moderator: User, angry: ReactionKind, with_picture: bool
) -> None:
    client = desk(moderator)
    if with_picture:
        change(client, angry, upload=upload(saved(face())))
    page = change(client, angry, emoji="", drop_picture="on")
    assert "a button needs something to see" in page
    assert angry.emoji == "❤️"


def test_a_new_kind_by_picture_needs_a_label(admin_client: Client, kinds: object) -> None:
    data = {"slug": "new", "label": "", "emoji": "", "upload": upload(saved(face()))}
    assert admin_client.post(ADD, data).status_code == 200
    data = {**data, "label": "New", "upload": upload(saved(face()))}
    assert admin_client.post(ADD, data).status_code == 302
    assert default_storage.exists(ReactionKind.objects.get(slug="new").image.name)


def test_taking_a_picture_off_shows_the_emoji_again(
    moderator: User, story: Article, angry: ReactionKind
) -> None:
    client = desk(moderator)
    change(client, angry, upload=upload(saved(face())))
    change(client, angry, drop_picture="on")
    assert angry.image.name == ""
    assert "/img/emoji/" in bar(story)


def test_an_emoji_that_we_have_no_drawing_of_is_said_to_differ(
    moderator: User, angry: ReactionKind
) -> None:
    client = desk(moderator)
    assert "no drawing of" not in change(client, angry, emoji="👍")
    assert "no drawing of 🦖" in change(client, angry, emoji="🦖")
    assert "each device’s own" in client.get(LIST).content.decode()


def test_old_files_stay_for_an_hour_and_go(
    moderator: User, angry: ReactionKind, media: Path
) -> None:
    client = desk(moderator)
    change(client, angry, upload=upload(saved(face())))
    first = Path(angry.image.name).name
    change(client, angry, upload=upload(saved(face(turn=90))))
    second = Path(angry.image.name).name
    long_ago = time.time() - 86_400
    for name in names(media):
        os.utime(media / name, (long_ago, long_ago))
    assert kind_files.remove_old() == 0
    assert names(media) == {first, second}
    ReactionKind.objects.update(pictured_at=timezone.now() - timedelta(hours=2))
    assert kind_files.remove_old() == 1
    assert names(media) == {second}


def test_a_file_that_is_just_being_stored_is_left_alone(media: Path, angry: ReactionKind) -> None:
    default_storage.save("reactions/new.webp", SimpleUploadedFile("x", b"x"))
    assert kind_files.remove_old() == 0
    assert names(media) == {"new.webp"}


def test_without_any_picture_there_is_nothing_to_tidy(angry: ReactionKind) -> None:
    assert kind_files.remove_old() == 0


def test_retiring_takes_a_kind_off_every_bar_and_back(
    moderator: User, story: Article, angry: ReactionKind
) -> None:
    client = desk(moderator)
    data = {"action": "retire", "_selected_action": [angry.pk]}
    assert "votes are kept" in client.post(LIST, data, follow=True).content.decode()
    assert "Heart" not in bar(story)
    client.post(LIST, {**data, "action": "bring_back"})
    assert "Heart" in bar(story)


def test_the_list_is_narrowed_to_what_is_in_use(moderator: User, angry: ReactionKind) -> None:
    ReactionKind.objects.filter(pk=angry.pk).update(retired_at=timezone.now())
    listed = reverse("admin:reactions_reactionkind_changelist")
    for use, there in (("now", False), ("retired", True)):
        page = desk(moderator).get(f"{listed}?use={use}").content.decode()
        assert (reverse("admin:reactions_reactionkind_change", args=[angry.pk]) in page) is there


def test_who_may_only_look_gets_no_fields(angry: ReactionKind) -> None:
    url = reverse("admin:reactions_reactionkind_change", args=[angry.pk])
    page = desk(with_rights("view_reactionkind")).get(url)
    assert page.status_code == 200
    assert 'type="file"' not in page.content.decode()
