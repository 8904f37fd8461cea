"""Providers that are rows of data: how a row is read, and that nothing in a row is idle."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from articles.embeds.detect import find_embeds
from articles.embeds.provider import EmbedRef
from articles.embeds.providers import PROVIDERS, match_text
from articles.embeds.table import TableProvider
from articles.embeds.url import read_url

DATA = Path(__file__).parents[2] / "data" / "oembed"
ROWS = [provider for provider in PROVIDERS if isinstance(provider, TableProvider)]
EACH_ROW = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.slug)

PIER = TableProvider(
    slug="pier",
    name="Pier",
    kind="video",
    sites=("pier.example", "www.pier.example", "{town}.pier.example"),
    parts={"id": "[0-9]+", "town": "[a-z]+", "words": "[^/]*", "view": "[!-~]+", "code": "[a-z]+"},
    addresses=(
        "/watch/{words}-{id}/*",
        "/watch.php?v={id}&mode=film",
        "/view?at={view}",
        "{town}.pier.test/{id}",
        "pi.er/{code}",
    ),
    canonical=(
        "https://pier.example/{town}/{id}",
        "https://pier.example/watch/{words}-{id}",
        "https://pier.example/watch/-{id}",
        "https://pier.example/view?at={view}",
    ),
    short_hosts=frozenset({"pi.er"}),
    frames=(
        ("https://pier.example/play/{words}/{id}", "16x9"),
        ("https://maps.pier.example/view?at={view}", "4x3"),
    ),
    pages=("https://maps.pier.example/look?at={view}",),
    attribute_urls=("https://pier.example/watch/{town}-{film}",),
    furniture=("/assets/{words}.js",),
)


def read(address: str) -> EmbedRef | None:
    return PIER.read(address)


def test_hosts_and_origins_follow_from_the_forms() -> None:
    assert PIER.hosts == {"pier.example", "www.pier.example", "pi.er"}
    assert PIER.frame_origins == ("https://pier.example", "https://maps.pier.example")
    assert PIER.owns("averil.pier.example")
    assert PIER.owns("averil.pier.test")
    assert not PIER.owns("a.b.pier.example")
    assert not PIER.owns("pier.example.evil.example")
    assert not PIER.owns("pierxexample")


@pytest.mark.parametrize(
    ("address", "media_id", "canonical"),
    [
        ("https://pier.example/watch/a-b-7", "7", "https://pier.example/watch/a-b-7"),
        ("http://www.pier.example/watch/-7/more/x", "7", "https://pier.example/watch/-7"),
        ("https://pier.example/watch/%C3%A9%20-7", "7", "https://pier.example/watch/%C3%A9%20-7"),
        ("https://averil.pier.example/watch/a-7", "7", "https://pier.example/averil/7"),
        ("https://averil.pier.test/7", "7", "https://pier.example/averil/7"),
        ("//pier.example/watch.php?x=1&mode=film&v=7", "7", "https://pier.example/watch/-7"),
        (
            "https://pier.example/view?at=a+b%3A:!c#x",
            None,
            "https://pier.example/view?at=a+b%3A:!c",
        ),
        ("https://pier.example/view?at=\u00e9", None, "https://pier.example/view?at=%C3%A9"),
        ("https://pier.example/watch/100%25-7", "7", "https://pier.example/watch/100%25-7"),
        ("https://pi.er/abc?x=1", None, None),
    ],
)
def test_a_form_gives_the_parts_and_the_parts_choose_the_template(
    address: str, media_id: str | None, canonical: str | None
) -> None:
    ref = read(address)
    assert (ref.media_id, ref.canonical_url, ref.kind) == (media_id, canonical, "video")
    assert ref.url == canonical or (canonical is None and ref.url == "https://pi.er/abc")


@pytest.mark.parametrize(
    "address",
    [
        "https://pier.example/",
        "https://pier.example/watch/a-x",
        "https://pier.example/watch/a-7x",
        "https://pier.example/watch/a-7\u0665",
        "https://pier.example/x/watch/a-7",
        "https://pier.example/watch.php?v=7",
        "https://pier.example/watch.php?v=7&mode=filmed",
        "https://pier.example/watch.php?v=x&v=7&mode=film",
        "https://pier.example/watchxphp?v=7&mode=film",
        "https://pier.example/view?at=",
        "https://pier.example/abc",
        "https://pi.er/watch/a-7",
        "https://averil.pier.test/watch/a-7",
    ],
)
def test_other_addresses_fit_no_form(address: str) -> None:
    assert read(address) is None


def test_a_frame_is_made_of_the_parts_in_the_posts_address() -> None:
    frame = PIER.frame(read("https://pier.example/watch/a-7"), "news.example")
    assert (frame.src, frame.box) == ("https://pier.example/play/a/7", "16x9")
    assert frame.title == "Video on Pier"
    assert "autoplay" in frame.allow
    assert PIER.frame(read("https://averil.pier.test/7"), "news.example") is None
    assert PIER.frame(read("https://pi.er/abc"), "news.example") is None


def test_what_stands_still_may_only_fill_the_screen() -> None:
    chart = replace(PIER, kind="chart")
    ref = chart.read("https://pier.example/watch/a-7")
    assert chart.frame(ref, "news.example").allow == "fullscreen"
    assert chart.frame(ref, "news.example").title == "Chart on Pier"


def test_the_cards_link_leads_where_a_reader_can_go() -> None:
    assert (
        PIER.page(read("https://pier.example/view?at=x")) == "https://maps.pier.example/look?at=x"
    )
    assert PIER.page(read("https://pi.er/abc")) == "https://pi.er/abc"


def test_a_shortcodes_attributes_make_an_address_together() -> None:
    assert PIER.read_attributes({"town": "averil", "film": "7"}).media_id == "7"
    assert (
        PIER.read_attributes({"town": "a/b", "film": "7"}).canonical_url.endswith("/a/b-7") is False
    )
    assert PIER.read_attributes({"town": "averil", "film": ""}) is None
    assert PIER.read_attributes({"film": "7"}) is None


def test_an_address_that_no_row_could_hold_is_none() -> None:
    assert read("https://pier.example/view?at=" + "x" * 970) is not None
    assert read("https://pier.example/view?at=" + "x" * 980) is None


def test_furniture_goes() -> None:
    assert PIER.discards(read_url("https://pier.example/assets/a.b.js?x"))
    assert not PIER.discards(read_url("https://pier.example/watch/a-7"))


def test_a_part_that_nobody_described_is_an_error_at_start() -> None:
    with pytest.raises(KeyError):
        replace(PIER, addresses=("/{unknown}",))


MAPS = "https://www.google.com/maps"


@pytest.mark.parametrize(
    ("address", "page"),
    [
        (f"{MAPS}/embed?pb=!1m2!2d-4.5!3d50.25!2m3", f"{MAPS}/search/?api=1&query=50.25,-4.5"),
        (f"{MAPS}/embed?pb=!1m2!1d4.5", f"{MAPS}/embed?pb=!1m2!1d4.5"),
        (f"{MAPS}?q=Port+Averil&output=embed", f"{MAPS}/search/?api=1&query=Port+Averil"),
        (f"{MAPS}/d/embed?mid=1aB3-xY_z0123", f"{MAPS}/d/viewer?mid=1aB3-xY_z0123"),
    ],
)
def test_a_maps_card_leads_to_the_map_that_is_no_frame(address: str, page: str) -> None:
    ref = match_text(address)
    maps = next(row for row in ROWS if row.slug == "google_maps")
    assert (ref.canonical_url, maps.page(ref)) == (address, page)


@pytest.mark.parametrize(
    ("code", "url"),
    [
        (
            '[bc_video video_id="6123456789001" account_id="1234567890001" player_id="aB3xY" embed="in-page"]',
            "https://players.brightcove.net/1234567890001/aB3xY_default/index.html?videoId=6123456789001",
        ),
        (
            "[bc_playlist playlist_id=5123456789001 account_id=1234567890001]",
            "https://players.brightcove.net/1234567890001/default_default/index.html?playlistId=5123456789001",
        ),
        ("[jwplayer aB3dE6gH-Xy12Zw34]", "https://cdn.jwplayer.com/players/aB3dE6gH-Xy12Zw34.html"),
        (
            '[flickr photo="https://www.flickr.com/photos/harbour-post/51234567890"]',
            "https://www.flickr.com/photos/harbour-post/51234567890/",
        ),
        ("[bc_video video_id=../x account_id=1234567890001]", None),
        ("[bc_video video_id=6123456789001]", None),
    ],
)
def test_shortcodes_of_their_own(code: str, url: str | None) -> None:
    assert [ref.url for ref in find_embeds(code)] == ([url] if url else [])


# --- The rows themselves -------------------------------------------------------------------------
def posts_of(row: TableProvider) -> list[Any]:
    return json.loads((DATA / f"{row.slug}.json").read_text(encoding="utf-8"))["posts"]


def readings(row: TableProvider) -> list[Any]:
    refs = [row.read(address) for address, *_ in posts_of(row)]
    return [ref and (ref, row.frame(ref, "news.example"), row.page(ref)) for ref in refs]


@EACH_ROW
@pytest.mark.parametrize("column", ["addresses", "canonical", "media_id", "frames", "pages"])
def test_each_form_and_template_has_an_example(row: TableProvider, column: str) -> None:
    """Without it, one of the posts in the provider's file would be read otherwise."""
    whole, values = readings(row), getattr(row, column)
    for value in values:
        without = tuple(other for other in values if other != value)
        assert readings(replace(row, **{column: without})) != whole, value


@EACH_ROW
def test_each_origin_has_a_frame(row: TableProvider) -> None:
    framed = {frame.src.split("/")[2] for _, frame, _ in readings(row) if frame}
    assert {origin.removeprefix("https://") for origin in row.frame_origins} == framed


@EACH_ROW
def test_each_part_is_used(row: TableProvider) -> None:
    forms = " ".join((*row.addresses, *row.furniture, *row.sites))
    assert {name for name in row.parts if f"{{{name}}}" not in forms} == set()


@EACH_ROW
def test_each_piece_of_furniture_has_an_example(row: TableProvider) -> None:
    data = json.loads((DATA / f"{row.slug}.json").read_text(encoding="utf-8"))
    gone = [url for text in data["not_posts"] if (url := read_url(text)) and row.discards(url)]
    for form in row.furniture:
        only = replace(row, furniture=(form,))
        assert any(only.discards(url) for url in gone), form
