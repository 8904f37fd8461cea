"""A kind's moving picture stands still for readers who want no motion, scripts or not."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import expect

from reactions import kind_files
from reactions.kind_pictures import read_picture
from reactions.models import ReactionKind
from tests import builders
from tests.e2e.conftest import Visit
from tests.reactions.test_kind_pictures import moving

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_the_picture_that_is_loaded_is_the_readers_choice(
    visit: Callable[..., Visit], files: Path, motion: str, javascript: bool
) -> None:
    story, heart = builders.make_article(), ReactionKind.objects.get(slug="heart")
    kind_files.set_picture(heart, read_picture(BytesIO(moving())))
    wanted = heart.still if motion == "reduce" else heart.image
    seen = visit("/livez", reduced_motion=motion, javascript=javascript)
    picture = seen.page.locator(f".reaction[value='{heart.pk}'] img")
    with seen.page.expect_response(f"**/media/{wanted.name}") as answered:
        seen.page.goto(story.get_absolute_url())
        picture.scroll_into_view_if_needed()
    assert answered.value.status == 200
    expect(picture).to_be_visible()
    assert not seen.errors
    assert not seen.foreign
