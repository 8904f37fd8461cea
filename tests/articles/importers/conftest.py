"""A saved page of an old site, in a file."""

from pathlib import Path

import pytest

from tests.articles.importers.pages import PAGE


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(PAGE.format(post_id=7, slug="nola-vale-is-loud", count=12), encoding="utf-8")
    return path
