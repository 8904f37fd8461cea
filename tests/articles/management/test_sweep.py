"""manage.py sweep: all waiting work, in this process, with no broker at all."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from articles.actions.photos import add_photo
from articles.models import Embed, Photo
from articles.models.photo import MAX_RENDITION_ATTEMPTS
from tests import builders
from tests.articles.photos.pictures import file_of, picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def sweep() -> str:
    out = StringIO()
    call_command("sweep", stdout=out)
    return out.getvalue()


def test_it_does_what_is_due_and_nothing_else(media: Path) -> None:
    due = builders.make_embed()
    later = builders.make_embed(next_check_at=timezone.now() + timedelta(hours=1))
    photo = add_photo(file_of(picture()))
    assert sweep() == "2 of 2 done.\n"
    assert Embed.objects.get(pk=due.pk).state == Embed.State.OK
    assert Embed.objects.get(pk=later.pk).state == Embed.State.PENDING
    photo.refresh_from_db()
    assert photo.rendition_state == Photo.RenditionState.OK
    assert sweep() == "0 of 0 done.\n"


def test_it_draws_outdated_cards_and_plans_looks(settings: Settings) -> None:
    settings.EMBED_FETCH = True
    embed = builders.make_embed(state=Embed.State.OK, next_check_at=None)
    builders.use_embed(builders.make_article(), embed)
    assert sweep() == "0 of 0 done.\n"
    embed.refresh_from_db()
    assert embed.next_check_at is not None
    assert "embed--instagram" in embed.card_html


def test_it_says_what_could_not_be_done(media: Path) -> None:
    photo = add_photo(file_of(picture()))
    Path(photo.original.path).unlink()
    Photo.objects.update(rendition_attempts=MAX_RENDITION_ATTEMPTS - 1)
    assert sweep() == "0 of 1 done.\n"
    photo.refresh_from_db()
    assert photo.rendition_state == Photo.RenditionState.FAILED


def test_it_names_photos_that_took_their_worker_down() -> None:
    photo = add_photo(file_of(picture()))
    Photo.objects.update(rendition_attempts=MAX_RENDITION_ATTEMPTS)
    assert sweep() == "0 of 0 done.\n"
    photo.refresh_from_db()
    assert photo.rendition_state == Photo.RenditionState.FAILED
