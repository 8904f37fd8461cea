"""What is known of a photo: from a line, a person; and who hears of it."""

import json
from io import BytesIO

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from articles.actions.photo_agencies import find_agency
from articles.actions.photo_facts import save_facts, write_facts
from articles.actions.photo_reading import apply_credit, photo_from_line
from articles.actions.photos import (
    add_photo,
)
from articles.models import Agency, Photo, PhotoUse, generation
from articles.models.photo import originals
from articles.photos.credits import parse_credit
from articles.photos.figure import credit_line
from tests import builders
from tests.articles.photos.pictures import file_of, iim, picture, with_app13
from tests.cases import case_path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
CASES = json.loads(case_path("photos/index.json").read_text(encoding="utf-8"))
PENDING = Photo.RenditionState.PENDING
CREDITED = iim(
    (2, 80, b"Joseph Okpako"), (2, 110, b"WireImage"), (2, 116, b"(c) 2022"), (2, 120, b"On stage")
)


def credited(colour: str = "teal") -> BytesIO:
    return with_app13(file_of(picture(colour=colour)), CREDITED)


@pytest.mark.parametrize(
    ("written", "found"),
    [("WireImage", "WireImage"), ("wire image", "WireImage"), ("GETTY", "Getty Images"), (None, None), ("", None), ("Nobody’s Pictures", None)],
)  # fmt: skip
def test_an_agency_is_found_by_its_names(written: str | None, found: str | None) -> None:
    agency = find_agency(written)
    assert (agency.name if agency else None) == found


def test_the_desks_own_agency_is_found_by_the_desks_own_alias() -> None:
    ours = Agency.objects.create(name="Harbour Pictures", aliases=["HP/Tidelamp", "Harbor Pix"])
    assert find_agency("harbour pictures") == ours
    assert find_agency("HARBOR PIX") == ours


def test_a_line_becomes_a_photo_with_its_parts() -> None:
    photo, credit = photo_from_line(
        "Kendrick Lamar (Photo by Joseph Okpako/Getty Images for The Recording Academy)"
    )
    photo.save()
    assert photo.caption_default == credit.caption == "Kendrick Lamar"
    assert (photo.photographer_text, photo.client) == ("Joseph Okpako", "The Recording Academy")
    assert photo.agency == Agency.objects.get(name="Getty Images")
    assert photo.has_credit
    assert str(photo) == "Kendrick Lamar"


def test_several_credits_are_printed_each_with_its_own_agency() -> None:
    photo = Photo()
    apply_credit(photo, parse_credit("Ari (Photo by A. Lee/AP), Dex (Photo by B. Roe/AFP)"))
    assert photo.photographer_text == "A. Lee; B. Roe"
    printed = credit_line(PhotoUse(photo=photo))
    assert "A. Lee/AP" in printed
    assert "B. Roe/AFP" in printed


def test_the_desks_own_wording_is_not_replaced_by_a_line() -> None:
    photo = Photo(credit_override="As agreed")
    apply_credit(photo, parse_credit("Ari (Photo by A. Lee/AP), Dex (Photo by B. Roe/AFP)"))
    assert photo.credit_override == "As agreed"


def test_the_desk_writes_only_what_it_changed() -> None:
    photo = add_photo(credited())
    stale = Photo.objects.get()
    Photo.objects.update(manifest=[{"format": "jpeg"}], rendition_state="ok")
    stale.caption_default = "Ours"
    save_facts(stale, {"caption_default", "persons", "upload"})
    photo.refresh_from_db()
    assert photo.caption_default == "Ours"
    assert (photo.rendition_state, len(photo.manifest)) == ("ok", 1)


def test_a_written_agency_finds_its_row_and_is_known_as_a_persons() -> None:
    photo = add_photo(credited())
    write_facts(photo, {"agency_text": "GETTY", "caption_default": "On stage"})
    photo.refresh_from_db()
    assert (photo.agency_text, photo.agency) == ("GETTY", Agency.objects.get(name="Getty Images"))
    assert (photo.provenance["agency"], photo.provenance["caption"]) == ("human", "iim")
    before = generation()
    write_facts(photo, {"agency_text": "GETTY"})
    assert generation() == before, "nothing was written"


def test_a_changed_credit_is_written_into_the_public_files_again(
    nudges: list[object], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    photo = add_photo(credited())
    Photo.objects.update(rendition_state="ok", rendition_attempts=2)
    photo.refresh_from_db()
    photo.photographer_text = "Ines Lark"
    with django_capture_on_commit_callbacks(execute=True):
        save_facts(photo, {"photographer_text"})
    photo.refresh_from_db()
    assert (photo.rendition_state, photo.rendition_attempts) == (PENDING, 0)
    assert nudges[-1] == ("articles.make_renditions", [photo.pk])


def test_a_photo_without_a_file_has_no_public_files_to_mend(nudges: list[object]) -> None:
    photo = builders.make_photo()
    photo.photographer_text = "Ines Larkin"
    save_facts(photo, {"photographer_text"})
    assert photo.rendition_state == Photo.RenditionState.NONE
    assert originals().exists("nothing") is False
