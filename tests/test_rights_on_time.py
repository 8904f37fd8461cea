"""A picture goes from everywhere at its minute, with every cache on and warm and nobody there to do
it: no worker, no beat, no purge. And at once when it is taken down, and comes back when that is undone.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User

from articles import site_clock
from articles.actions.photo_rights import restore_photo, withdraw_photo
from articles.models import Article, Photo, Series, public_changed
from articles.search import index_article
from tests import builders
from tests.articles.caching.conftest import Front, _keep_the_connection
from tests.live import eventually
from tests.test_on_time import TRIES, everywhere
from tests.test_site import Site, site

__all__ = ["_keep_the_connection", "site"]  # fixtures

pytestmark = pytest.mark.django_db


class Paper(NamedTuple):
    photo: Photo
    files: list[str]  # their addresses
    paths: list[str]
    story: str
    gallery: str
    embedding: str

    def shows(self, text: str) -> bool:
        return any(url in text for url in self.files)


@pytest.fixture
def front(settings: LazySettings) -> Front:
    settings.FRAGMENT_BYTES = 1_000_000  # the pieces of pages, too
    return Front()


@pytest.fixture
def paper(site: Site, settings: LazySettings, tmp_path: Path) -> Paper:
    """One photo in every place that a photo can have."""
    storages = {name: dict(config) for name, config in settings.STORAGES.items()}
    storages["default"]["OPTIONS"] = {"location": tmp_path / "public", "base_url": "/media/"}
    settings.STORAGES = storages
    settings.FEED_FULL_TEXT = True
    photo = builders.make_photo()
    photo.manifest = [
        file for name in ("jpeg", "webp", "avif") for file in files_of(photo, name, tmp_path)
    ]
    photo.save()
    story, cards = site.story, Article.objects.exclude(pk=site.story.pk)
    story.photo_uses.update(photo=photo)
    for card in cards:
        card.photo_uses.update(photo=photo)
    writer = story.bylines.get().contributor
    type(writer).objects.filter(pk=writer.pk).update(portrait=photo)
    tag = story.tag_uses.get().tag
    type(tag).objects.filter(pk=tag.pk).update(image=photo)
    Series.objects.update(hero=photo)
    kept = builders.make_embed(poster=photo, quote="What it said", state="gone")
    gallery = builders.make_article(
        section=story.section, headline="The pier in pictures", kind="gallery"
    )
    builders.make_lead(gallery, photo=photo)
    gallery.photo_uses.create(photo=photo, slot="gallery", order=1, alt="A slide")
    embedding = builders.make_article(
        section=story.section, headline="What the pier posted",
        body_html=f"<p>Before it was gone.</p><oembed>{kept.url}</oembed>",
    )  # fmt: skip
    builders.use_embed(embedding, kept)
    for each in Article.objects.all():
        index_article(each)
        builders.make_reactions(each, 5)
    public_changed()
    own = [each.get_absolute_url() for each in (story, gallery, embedding)]
    files = [f"/media/{file['path']}" for file in photo.manifest]
    return Paper(photo, files, [*everywhere(site), *own[1:]], *own)


def files_of(photo: Photo, form: str, root: Path) -> list[dict[str, Any]]:
    found = []
    for width, crop in ((320, ""), (960, ""), (1200, "card")):
        ending = {"jpeg": "jpg"}.get(form, form)
        path = f"photo/{photo.pk}/{width:016x}-{width}.{ending}"
        place = root / "public" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"the picture")
        entry = {"format": form, "width": width, "height": width // 2, "path": path, "bytes": 11}
        found.append({**entry, **({"crop": crop} if crop else {})})
    return found


def assert_gone(front: Front, paper: Paper) -> None:
    fresh = Front(limit=0)  # no cache
    for path in paper.paths:
        now, right = front.get(path), fresh.get(path)
        assert not paper.shows(now.text), path
        assert (now.status, now.text) == (right.status, right.text), path
    for url in paper.files:
        for method in ("GET", "HEAD"):
            answer = front.get(url, method)
            assert (answer.status, answer.headers["Cache-Control"]) == (410, "no-store"), url
            assert b"the picture" not in answer.body


def assert_shown(front: Front, paper: Paper) -> set[str]:
    shown = {path for path in paper.paths if paper.shows(front.get(path).text)}
    for url in paper.files:
        answer = front.get(url)
        assert (answer.status, answer.body) == (200, b"the picture"), url
    return shown


def test_the_picture_goes_with_its_right(paper: Paper, front: Front) -> None:
    shown = warm_until(front, paper, lambda end: Photo.objects.update(rights_until=end))
    subjects = ("/section/music/", "/tag/jazz/", "/by/ada-quill/")
    feeds = {"/feed/", *(f"{path}feed/" for path in subjects)}
    lists = {"/", "/series/piers/", "/most-reacted/", "/search/?q=pier", *subjects}
    own = {paper.story, paper.gallery, paper.embedding}
    assert lists | feeds | own <= shown
    assert_gone(front, paper)
    for path in own - {paper.embedding}:
        text = front.get(path).text
        assert "this photo was withdrawn" in text
        assert "og:image" not in text
        assert "ImageObject" not in text


def test_the_picture_comes_with_its_right(paper: Paper, front: Front) -> None:
    moment = site_clock.database_now() + timedelta(seconds=5)
    Photo.objects.update(rights_from=moment)
    public_changed()
    if site_clock.database_now() < moment:
        before = front.get("/")
        assert site_clock.database_now() >= moment or not paper.shows(before.text)
    eventually(lambda: site_clock.database_now() >= moment, "the moment")
    assert {"/", "/feed/"} <= assert_shown(front, paper)


def test_a_takedown_is_at_once_and_can_be_undone(paper: Paper, front: Front, editor: User) -> None:
    before = assert_shown(front, paper)
    withdraw_photo(paper.photo, by=editor, reason="The agency asked")
    assert_gone(front, paper)
    restore_photo(paper.photo, by=editor)
    assert assert_shown(front, paper) == before


def warm_until(front: Front, paper: Paper, plan: Callable[[Any], object]) -> set[str]:
    """Let all pages and pictures be kept, then let the moment pass; where the picture stood before.
    On a machine too busy to render them all before it passes, try a later one.
    """
    for attempt in range(1, TRIES + 1):
        moment = site_clock.database_now() + timedelta(seconds=5 * attempt)
        plan(moment)
        public_changed()
        shown = {path for path in paper.paths if paper.shows(front.get(path).text)}
        renders = front.renders
        again = {path: front.get(path) for path in paper.paths if "q=" not in path}
        kept = front.renders == renders
        if site_clock.database_now() < moment:
            assert kept, "the second reader's pages came from the cache"
            assert all(
                paper.shows(answer.text) == (path in shown) for path, answer in again.items()
            )
            eventually(lambda at=moment: site_clock.database_now() >= at, "the moment")  # type: ignore[misc]
            return shown
    pytest.fail("Too slow a machine to warm the pages.")
