"""The figure of a use: caption, credit, alt text and files, in every state a row can be in."""

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from articles.actions.photo_reading import photo_from_line
from articles.models import Agency, Article, Photo, PhotoUse
from articles.photos.desk_card import picture_of
from articles.photos.figure import (
    CARD_SIZES,
    HERO_SIZES,
    FigureView,
    credit_line,
    face_of,
    figure_view,
    photographers,
)
from tests import builders

pytestmark = pytest.mark.django_db


def entry(name: str, width: int, height: int = 0) -> dict[str, Any]:
    height = height or width * 2 // 3
    return {
        "format": name, "width": width, "height": height, "path": f"photos/ab/{name}-{width}.x",
        "bytes": 1,
    }  # fmt: skip


MANIFEST = [entry(name, width) for name in ("jpeg", "webp") for width in (1920, 320, 960)]


def use_of(*, photo: dict[str, Any] | None = None, **fields: Any) -> PhotoUse:
    return PhotoUse(photo=builders.make_photo(**(photo or {})), **fields)


def figure(use: PhotoUse | None, **options: Any) -> FigureView:
    made = figure_view(use, **options)
    assert made is not None
    return made


def test_no_photo_is_no_figure() -> None:
    assert figure_view(None) is None


def test_a_photos_colour_holds_its_place_and_one_that_moves_has_stills() -> None:
    webp = {**entry("webp", 960), "animated": True, "path": "photo/1/moves.webp"}
    photo = builders.make_photo(
        manifest=[entry("jpeg", 960), entry("avif", 960), webp], dominant_color="#0a78c8"
    )
    page = render_to_string("components/_figure.html", {"figure": figure(PhotoUse(photo=photo))})
    assert '<div class="figure__frame" data-tint="27c">' in page
    still = '<source media="print, (prefers-reduced-motion: reduce)" type="image/'
    assert page.count(still) == 2
    assert page.index(still) < page.index('<source type="image/webp"') < page.index("<img")
    assert page.count("moves.webp") == 1
    plain = builders.make_photo(manifest=MANIFEST)
    page = render_to_string("components/_figure.html", {"figure": figure(PhotoUse(photo=plain))})
    assert "data-tint" not in page
    assert "media=" not in page


def test_crops_are_for_machines_and_no_page_mixes_them_with_the_whole_picture() -> None:
    crop = {**entry("jpeg", 1200, 1200), "crop": "1:1", "path": "photo/1/square.jpg"}
    tiny = {**entry("jpeg", 100, 100), "crop": "4:3"}
    photo = builders.make_photo(manifest=[crop, tiny, *MANIFEST])
    view = figure(PhotoUse(photo=photo))
    assert view == figure(PhotoUse(photo=builders.make_photo(manifest=MANIFEST)))
    assert getattr(face_of(photo), "width", 0) == 320
    assert picture_of(photo, 1200)[1] == 960


def test_the_widest_files_are_the_heros_alone() -> None:
    photo = {"manifest": [*MANIFEST, entry("jpeg", 2560)]}
    assert "jpeg-2560" in figure(use_of(photo=photo), hero=True).sources[1][1]
    assert "jpeg-2560" not in figure(use_of(photo=photo)).sources[1][1]
    assert figure(use_of(photo={"manifest": [entry("jpeg", 2560)]})).width == 2560


def test_a_photo_with_files_has_sources_the_best_compressed_first() -> None:
    view = figure(use_of(photo={"manifest": MANIFEST}, caption="The pier", alt="A pier at dusk"))
    assert (view.caption, view.alt) == ("The pier", "A pier at dusk")
    assert not view.missing
    assert [mime for mime, _ in view.sources] == ["image/webp", "image/jpeg"]
    assert view.sources[0][1] == (
        "/media/photos/ab/webp-320.x 320w, /media/photos/ab/webp-960.x 960w, "
        "/media/photos/ab/webp-1920.x 1920w"
    )
    assert view.src == "/media/photos/ab/jpeg-960.x"
    assert (view.width, view.height) == (1920, 1280)
    assert (view.sizes, view.hero) == (CARD_SIZES, False)


def test_the_first_picture_of_a_page_is_a_hero() -> None:
    use = use_of(photo={"manifest": MANIFEST})
    assert figure(use, hero=True).sizes == HERO_SIZES
    assert figure(use, hero=True, sizes="10rem").sizes == "10rem"
    html = render_to_string("components/_figure.html", {"figure": figure(use, hero=True)})
    assert 'fetchpriority="high"' in html
    assert "lazy" not in html


def test_what_a_crop_must_keep_is_told_in_tenths_and_without_a_style() -> None:
    view = figure(use_of(photo={"manifest": MANIFEST, "focal_x": 0.27, "focal_y": 1}))
    assert (view.focal_x, view.focal_y) == (3, 10)
    html = render_to_string("components/_figure.html", {"figure": view})
    assert 'data-focal-x="3" data-focal-y="10"' in html
    assert "style" not in html
    middle = render_to_string(
        "components/_figure.html", {"figure": figure(use_of(photo={"manifest": MANIFEST}))}
    )
    assert "data-focal" not in middle


def test_a_use_has_a_shape_and_a_focal_point_of_its_own() -> None:
    photo = builders.make_photo(manifest=MANIFEST, focal_x=0.1, focal_y=0.1)
    view = figure(PhotoUse(photo=photo, crop={"ratio": "1:1", "x": 0.9, "y": 0.2}))
    assert (view.ratio, view.focal_x, view.focal_y) == ("1:1", 9, 2)
    html = render_to_string("components/_figure.html", {"figure": view})
    assert 'data-ratio="1:1" data-focal-x="9" data-focal-y="2"' in html
    assert "style" not in html
    own = figure(PhotoUse(photo=photo, crop={"ratio": "4:3"}))
    assert (own.ratio, own.focal_x, own.focal_y) == ("4:3", 1, 1)
    assert "data-ratio" not in render_to_string(
        "components/_figure.html", {"figure": figure(PhotoUse(photo=photo))}
    )


def test_a_picture_that_is_cut_at_its_sides_is_loaded_wider() -> None:
    photo = builders.make_photo(manifest=MANIFEST)  # 3:2
    sizes = "(min-width: 64rem) 20rem, 100vw"
    told = {
        ratio: figure(PhotoUse(photo=photo, crop={"ratio": ratio}), sizes=sizes).sizes
        for ratio in ("1:1", "4:3", "16:9", "original")
    }
    assert told == {
        "1:1": "(min-width: 64rem) 30rem, 150vw",
        "4:3": "(min-width: 64rem) 22.5rem, 112.5vw",
        "16:9": sizes,
        "original": sizes,
    }
    assert figure(use_of(crop={"ratio": "1:1"}), sizes=sizes).sizes == sizes


def test_a_tall_photo_in_a_wide_shape_is_no_tall_one() -> None:
    photo = builders.make_photo(manifest=[entry("jpeg", 640, 960)])
    assert figure(PhotoUse(photo=photo)).is_tall
    assert not figure(PhotoUse(photo=photo, crop={"ratio": "16:9"})).is_tall
    assert figure(PhotoUse(photo=photo, crop={"ratio": "1:1"})).is_tall
    assert not figure(use_of()).is_tall  # of which no size is known


def test_a_page_has_one_picture_that_goes_first(reader: Client) -> None:
    article = builders.make_article()
    photo = builders.make_photo(manifest=MANIFEST)
    builders.make_lead(article, photo=photo)
    figures = [article.photo_uses.create(photo=photo, slot="body").pk for _ in range(3)]
    html = "".join(f'<figure data-photo="{pk}"></figure>' for pk in figures)
    Article.objects.filter(pk=article.pk).update(body_html=f"<p>Words.</p>{html}")
    page = reader.get(article.get_absolute_url()).content.decode()
    assert page.count('fetchpriority="high"') == 1
    assert page.count('loading="lazy"') >= 3


def test_a_photo_without_files_says_so_with_what_is_known() -> None:
    view = figure(use_of(caption="The pier", alt="A pier at dusk"))
    assert (view.missing, view.src, view.sources) == (True, "", ())
    html = render_to_string("components/_figure.html", {"figure": view})
    assert "<img" not in html
    assert "A pier at dusk" in html
    assert "Ines Lark/Harbour Pictures" in html


def test_a_manifest_of_a_format_nobody_reads_is_no_file() -> None:
    assert figure(use_of(photo={"manifest": [entry("tiff", 100)]})).missing


def test_a_photo_in_one_format_is_shown_in_it() -> None:
    view = figure(use_of(photo={"manifest": [entry("avif", 640)]}))
    assert view.src == "/media/photos/ab/avif-640.x"
    assert view.sources == (("image/avif", "/media/photos/ab/avif-640.x 640w"),)


@pytest.mark.parametrize(
    ("photo", "use", "caption", "alt"),
    [
        ({"caption_default": "C", "alt_default": "A"}, {}, "C", "A"),
        ({"caption_default": "C", "alt_default": "A"}, {"caption": "c", "alt": "a"}, "c", "a"),
        ({"alt_default": "A"}, {"decorative": True, "alt": "a"}, "", ""),
        ({"alt_default": "A", "decorative_default": True}, {}, "", ""),
        ({"decorative_default": True}, {"alt": "a"}, "", "a"),
    ],
)
def test_a_use_has_its_own_words_or_the_photos(
    photo: dict[str, Any], use: dict[str, Any], caption: str, alt: str
) -> None:
    view = figure(use_of(photo=photo, **use))
    assert (view.caption, view.alt) == (caption, alt)


BARE = {"photographer_text": "", "agency_text": ""}


@pytest.mark.parametrize(
    ("photo", "use", "credit"),
    [
        ({}, {}, "Photo: Ines Lark/Harbour Pictures"),
        ({"client": "The Prize"}, {}, "Photo: Ines Lark/Harbour Pictures for The Prize"),
        ({"credit_override": "As agreed"}, {}, "As agreed"),
        ({"credit_override": "As agreed"}, {"credit_override": "Here only"}, "Here only"),
        ({"photographer_text": "A. Lee; B. Roe, Jr."}, {}, "Photo: A. Lee and B. Roe, Jr./Harbour Pictures"),
        ({**BARE, "credit_raw": "Unreadable thing"}, {}, "Unreadable thing"),
        (BARE, {}, ""),
    ],
)  # fmt: skip
def test_the_credit_is_the_nearest_that_somebody_wrote(
    photo: dict[str, Any], use: dict[str, Any], credit: str
) -> None:
    assert credit_line(use_of(photo=photo, **use)) == credit


def test_people_and_agencies_of_ours_are_named() -> None:
    photo = builders.make_photo(
        **BARE,
        photographer=builders.make_contributor(name="Ada Quill"),
        agency=Agency.objects.get(name="WireImage"),
        via=Agency.objects.get(name="Getty Images"),
    )
    assert photographers(photo) == ("Ada Quill",)
    assert credit_line(PhotoUse(photo=photo)) == "Photo: Ada Quill/WireImage via Getty Images"


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("Kendrick Lamar (Photo by Joseph Okpako/WireImage)", "Photo: Joseph Okpako/WireImage"),
        ("Nola (Screenshot: @remyq/Twitter)", "@remyq/Twitter"),
        ("Nola (Photo: @nola/Instagram)", "@nola/Instagram"),
        ("Nola (Courtesy of HBO)", "HBO"),
        ("Nola (Photo by A. Lee/AP, File)", "File"),
        ("Nola (Handout via AP)", "Handout via AP"),
        ("Nola (Ana Lee/The Daily via AP)", "Photo: Ana Lee/The Daily via AP"),
    ],
)
def test_a_lines_credit_is_printed_whole(line: str, printed: str) -> None:
    photo, _credit = photo_from_line(line)
    photo.save()
    photo.refresh_from_db()
    assert printed in credit_line(PhotoUse(photo=photo))


def test_words_of_a_figure_are_text(reader: Client) -> None:
    article = builders.make_article()
    hostile = '"><script>alert(1)</script>'
    photo = builders.make_photo(manifest=MANIFEST, photographer_text=hostile)
    builders.make_lead(article, photo=photo, caption=hostile, alt=hostile)
    for path in (article.get_absolute_url(), "/"):
        html = reader.get(path).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)" in html


def test_a_photo_names_itself() -> None:
    assert str(Photo(pk=7)) == "Photo 7"
    assert str(PhotoUse(photo=Photo(photographer_text="A. Lee"), slot="lead")) == "Lead: A. Lee"
