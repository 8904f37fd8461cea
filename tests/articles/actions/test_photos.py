"""Photos come in: checked, credited from the file or the line, kept private."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError
from pytest_django import DjangoCaptureOnCommitCallbacks

from articles.actions.photos import (
    add_photo,
    apply_credit,
    find_agency,
    follow_lead,
    photo_from_line,
    replace_file,
    save_facts,
    set_lead,
)
from articles.models import Agency, Photo, PhotoUse
from articles.models.photo import originals
from articles.photos.credits import parse_credit
from articles.photos.figure import credit_line
from articles.photos.metadata import PhotoRefused
from tests import builders
from tests.articles.photos.pictures import file_of, iim, picture, with_app13
from tests.cases import case_path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
CASES = json.loads(case_path("photos/index.json").read_text(encoding="utf-8"))
PENDING = Photo.RenditionState.PENDING
CREDITED = iim(
    (2, 80, b"Joseph Okpako"), (2, 110, b"WireImage"), (2, 116, b"(c) 2022"), (2, 120, b"On stage")
)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def credited(colour: str = "teal") -> BytesIO:
    return with_app13(file_of(picture(colour=colour)), CREDITED)


def test_an_upload_is_kept_private_under_a_name_of_ours(
    media: Path,
    nudges: list[object],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        photo = add_photo(credited(), name="../../évil name.php.jpg")
    photo.refresh_from_db()
    assert (photo.photographer_text, photo.agency_text) == ("Joseph Okpako", "WireImage")
    assert (photo.copyright, photo.caption_default) == ("(c) 2022", "On stage")
    assert photo.agency == Agency.objects.get(name="WireImage")
    assert photo.provenance["photographer"] == "iim"
    assert (photo.width, photo.height, photo.rendition_state) == (64, 48, PENDING)
    (file,) = files(media / "private")
    assert file.name == f"{photo.sha256[:32]}.jpg"
    assert not files(media / "public")
    assert not default_storage.exists(photo.original.name)
    assert nudges == [("articles.make_renditions", [photo.pk])]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["file"])
def test_the_shared_cases_are_taken_or_leave_nothing_behind(
    case: dict[str, Any], media: Path
) -> None:
    file = BytesIO(case_path(f"photos/{case['file']}").read_bytes())
    try:
        photo = add_photo(file, name=case["upload_name"])
    except PhotoRefused:
        assert case["verdict"] != "accept"
        assert not Photo.objects.exists()
        assert not files(media)
        return
    assert case["verdict"] != "refuse"
    photo.refresh_from_db()
    assert len(files(media)) == 1
    assert Path(photo.original.name).suffix in {".jpg", ".png", ".webp", ".gif", ".avif"}


def test_what_the_database_refuses_leaves_no_file(
    media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(photo: Photo, *args: object, **options: object) -> None:
        raise DatabaseError("value too long")

    monkeypatch.setattr(Photo, "save", fail)
    with pytest.raises(DatabaseError):
        add_photo(credited())
    assert not files(media)


def test_a_new_file_keeps_what_a_person_wrote_and_starts_anew() -> None:
    photo = add_photo(credited())
    Photo.objects.update(rendition_state="failed", rendition_attempts=3)
    photo.refresh_from_db()
    photo.photographer_text, photo.caption_default = "Ines Lark", "Ours"
    replace_file(photo, credited("red"), keep={"photographer_text", "sha256"})
    photo.refresh_from_db()
    assert (photo.photographer_text, photo.caption_default) == ("Ines Lark", "On stage")
    assert (photo.rendition_state, photo.rendition_attempts) == (PENDING, 0)
    assert photo.original.name.split("/")[-1].startswith(photo.sha256[:32])


def test_a_date_without_a_zone_is_taken_as_the_papers() -> None:
    data = iim((2, 55, b"20220908"), (2, 60, b"213000"))
    photo = add_photo(with_app13(file_of(picture()), data))
    assert photo.taken_at is not None
    assert photo.taken_at.utcoffset() is not None
    zoned = iim((2, 55, b"20220908"), (2, 60, b"213000+0200"))
    photo = add_photo(with_app13(file_of(picture()), zoned))
    assert photo.taken_at is not None
    assert photo.taken_at.hour == 21


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


def test_a_lead_is_set_again_in_place() -> None:
    article, photo = builders.make_article(), builders.make_photo()
    first = set_lead(article, photo, caption="One")
    second = set_lead(article, photo, caption="Two", alt="A pier")
    assert first.pk == second.pk
    article.refresh_from_db()
    assert article.lead is not None
    assert (article.lead.caption, article.lead.alt) == ("Two", "A pier")


def test_another_lead_inherits_nothing_of_the_one_before() -> None:
    article = builders.make_article()
    builders.make_lead(article, credit_override="Somebody else", decorative=True)
    use = set_lead(article, builders.make_photo(), caption="New")
    article.refresh_from_db()
    assert article.lead == use
    assert (use.credit_override, use.decorative) == ("", False)
    assert article.photo_uses.count() == 1


def test_the_article_follows_its_lead() -> None:
    article = builders.make_article()
    use = article.photo_uses.create(photo=builders.make_photo(), slot="lead")
    follow_lead(article)
    article.refresh_from_db()
    assert article.lead == use
    use.slot = PhotoUse.Slot.BODY
    use.save()
    follow_lead(article)
    article.refresh_from_db()
    assert article.lead is None


def test_the_desk_writes_only_what_it_changed() -> None:
    photo = add_photo(credited())
    stale = Photo.objects.get()
    Photo.objects.update(manifest=[{"format": "jpeg"}], rendition_state="ok")
    stale.caption_default = "Ours"
    save_facts(stale, {"caption_default", "persons", "upload"})
    photo.refresh_from_db()
    assert photo.caption_default == "Ours"
    assert (photo.rendition_state, len(photo.manifest)) == ("ok", 1)


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
