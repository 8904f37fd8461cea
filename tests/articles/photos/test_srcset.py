"""srcset strings."""

from articles.photos.srcset import PictureSource, RenditionRow, picture_sources, srcset

ROWS = (
    RenditionRow("jpeg", 640, 400, "/m/b.jpg"),
    RenditionRow("webp", 320, 200, "/m/a.webp"),
    RenditionRow("jpeg", 320, 200, "/m/a, 1.jpg"),
    RenditionRow("tiff", 320, 200, "/m/a.tiff"),
)


def test_it_lists_the_narrowest_first_and_escapes_urls() -> None:
    jpegs = [row for row in ROWS if row.format == "jpeg"]
    assert srcset(jpegs) == "/m/a%2C%201.jpg 320w, /m/b.jpg 640w"


def test_it_makes_one_source_per_known_format_the_best_first() -> None:
    assert picture_sources(ROWS) == (
        PictureSource("image/webp", "/m/a.webp 320w"),
        PictureSource("image/jpeg", "/m/a%2C%201.jpg 320w, /m/b.jpg 640w"),
    )
    assert picture_sources([]) == ()


def test_avif_comes_before_webp_and_webp_before_jpeg() -> None:
    rows = [RenditionRow(name, 320, 200, f"/m/a.{name}") for name in ("jpeg", "webp", "avif")]
    types = [source.type for source in picture_sources(rows)]
    assert types == ["image/avif", "image/webp", "image/jpeg"]
