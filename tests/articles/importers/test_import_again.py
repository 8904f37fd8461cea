"""Importing again, and beside what the desk did since: nothing doubles, nothing is overwritten."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError

from articles.importers.base import ImportedArticle
from articles.models import Article, Photo, Redirect
from reactions.management.commands import import_page
from tests.articles.importers.pages import PAGE, import_pages

pytestmark = pytest.mark.django_db

CANONICAL = (
    '<!doctype html><html><head><link rel="canonical" href="https://old.example/a-story/"></head>'
    "<body><article><h1>A story</h1><p>It is {word}.</p></article></body></html>"
)


def test_a_changed_page_without_a_bar_is_known_by_its_address(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    for word in ("fine", "finer"):
        path.write_text(CANONICAL.format(word=word), encoding="utf-8")
        import_pages(path)
    article = Article.objects.get()
    assert "finer" in article.body_html
    assert article.headline == "A story"
    assert "A story" not in article.body_html


def test_a_shortcodes_name_is_no_identity(page: Path, tmp_path: Path) -> None:
    for number in (1, 2):
        path = tmp_path / f"{number}.html"
        text = PAGE.format(post_id="front-bar", slug=f"story-{number}", count=0)
        path.write_text(text, encoding="utf-8")
        import_pages(path)
    assert Article.objects.count() == 2
    assert not Redirect.objects.filter(old_path__contains="front-bar").exists()


def test_the_desks_photographer_is_not_overwritten(page: Path) -> None:
    import_pages(page)
    Photo.objects.update(photographer_text="Corrected Name")
    page.write_text(page.read_text().replace("is loud", "is louder"), encoding="utf-8")
    assert "photo was changed here and stays" in import_pages(page)
    assert Photo.objects.get().photographer_text == "Corrected Name"


def test_an_error_of_ours_stops_no_other_file(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.html"
    other.write_text(PAGE.format(post_id=8, slug="other-story", count=0), encoding="utf-8")
    real = import_page.store

    def fail_once(read: ImportedArticle, **options: Any) -> Any:
        if read.slug == "other-story":
            raise ZeroDivisionError
        return real(read, **options)

    monkeypatch.setattr(import_page, "store", fail_once)
    with pytest.raises(CommandError):
        import_pages(other, page)
    assert Article.objects.get().slug == "nola-vale-is-loud"


def test_a_host_is_compared_without_case_and_a_strangers_page_is_named(page: Path) -> None:
    assert "is not one of elsewhere.example" in import_pages(
        page, publish=True, host=["Elsewhere.example"]
    )
    import_pages(page, publish=True, host=["DEV.roomtalk.example"])
    assert Article.objects.get().status == "published"
