"""Reading a saved page: fragments, whole documents, and pages that lack one thing or another."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from articles.importers.base import PageRefused
from articles.importers.scraped import hosts_of, read_page
from articles.models import Article, ImportRecord, Photo

BAR = (
    '<div class="wpra-reactions-container" data-ver="1.3.10" data-post_id="{post_id}" '
    'data-share_url="{url}"><div class="wpra-reaction" data-count="1" data-emoji_id="8"></div></div>'
)
WORDS = "<p>The record is out. It is loud.</p>"


def bar(post_id: str = "7", url: str = "https://old.example/loud/") -> str:
    return BAR.format(post_id=post_id, url=url)


@pytest.mark.parametrize(
    "inner",
    ['<div class="entry-content">{}</div>', '<div itemprop="articleBody">{}</div>', "<article>{}</article>", "<main>{}</main>"],
)  # fmt: skip
def test_of_a_whole_document_the_article_is_read(inner: str) -> None:
    page = read_page(
        '<!doctype html><html><head><link rel="canonical" href="https://old.example/2022/09/08/loud/">'
        f"</head><body><nav>Menu</nav><h1>It is <i>loud</i></h1>{inner.format(WORDS)}</body></html>"
    )
    assert (page.headline, page.headline_is_working) == ("It is loud", False)
    assert (page.host, page.slug) == ("old.example", "loud")
    assert page.published_at == datetime(2022, 9, 8, 12, tzinfo=UTC)
    assert "Menu" not in page.body_html
    assert "no title" not in page.warnings


def test_a_document_without_a_title_and_address_says_so() -> None:
    page = read_page(f"<html><body><main>{WORDS}</main></body></html>")
    assert (page.headline, page.headline_is_working) == ("The record is out.", True)
    assert {"no slug", "no title", "no reaction bar"} <= set(page.warnings)
    assert page.external_id.startswith("page-")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<html><body><div>Menu</div></body></html>", "no .entry-content"),
        ("", "no text"),
        ("a\x00b", "no text"),
        ("<p> </p>", "no paragraph of text"),
    ],
)
def test_a_page_that_is_none_is_refused_in_words(text: str, reason: str) -> None:
    with pytest.raises(PageRefused, match=reason):
        read_page(text)


@pytest.mark.parametrize(
    "url",
    ["", "javascript:alert(1)", "/relative/", "https://[::1/", "ftp://old.example/x/", f"https://{'x' * 300}.example/a/"],
)  # fmt: skip
def test_an_address_that_is_none_leaves_the_host_open(url: str) -> None:
    page = read_page(WORDS + bar(url=url), default_host="asked.example")
    assert (page.host, page.slug, page.old_paths) == ("asked.example", "", ())


@pytest.mark.parametrize(
    ("path", "moment"),
    [
        ("/2022/09/08/loud/", datetime(2022, 9, 8, 12, tzinfo=UTC)),
        ("/2022/09/loud/", datetime(2022, 9, 1, 12, tzinfo=UTC)),
        ("/2022/13/08/loud/", None),
        ("/0000/01/01/loud/", None),
        ("/loud/", None),
    ],
)
def test_a_date_is_read_from_a_dated_address(path: str, moment: datetime | None) -> None:
    page = read_page(WORDS + bar(url=f"https://old.example{path}"))
    assert page.published_at == moment
    assert page.old_paths == (path, "/?p=7")


def test_a_home_pages_address_is_no_storys() -> None:
    page = read_page(WORDS + bar(url="https://old.example/"))
    assert page.old_paths == ("/?p=7",)


@pytest.mark.parametrize(
    ("host", "names"),
    [
        ("", set()),
        ("old.example", {"old.example", "www.old.example"}),
        ("dev.old.example", {"dev.old.example", "old.example", "www.old.example"}),
        ("www.old.example", {"old.example", "www.old.example"}),
        ("dev.example", {"dev.example", "www.dev.example"}),
    ],
)
def test_a_site_goes_by_several_names(host: str, names: set[str]) -> None:
    assert hosts_of(host) == names


@pytest.mark.django_db
@pytest.mark.parametrize(
    "page",
    [
        WORDS + bar(post_id="x" * 5_000),
        WORDS + bar(url="https://old.example/" + "x" * 3_000 + "/"),
        WORDS + bar(url="https://old.example/%00/loud/"),
        WORDS + bar(url="https://old.example/loud/?q=" + "x" * 3_000),
        f"Nola (Photo by {'A. Lee, ' * 100}B. Roe/Getty Images)\n" + WORDS + bar(),
        f"Nola (Photo by A. Lee/Getty Images for {'The Long Prize ' * 40})\n" + WORDS + bar(),
        f'Nola (Photo: <a href="https://x.example/{"y" * 900}">A. Lee</a>/AP)\n' + WORDS + bar(),
    ],
)
def test_no_length_of_anything_stops_an_import(page: str, tmp_path: Path, reader: Client) -> None:
    file = tmp_path / "page.html"
    file.write_text(page, encoding="utf-8")
    call_command("import_page", str(file), publish=True, verbosity=0)
    article = Article.objects.get()
    assert ImportRecord.objects.get().article == article
    Photo.objects.all().update(copyright="")
    Article.objects.update(status="published", publish_at="2024-01-01T00:00Z")
    assert reader.get(article.get_absolute_url()).status_code == 200
    before = article.version
    call_command("import_page", str(file), verbosity=0)
    assert Article.objects.get().version == before
