from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.utils import matches_patterns
from django.core.management import call_command
from pytest_django import Settings

from newsroom.static import (
    EDITOR_LEFTOVERS,
    NewsroomStaticFilesConfig,
    StaticStorage,
    other_languages,
)


def test_the_editors_leftovers_are_not_collected() -> None:
    collected = [
        path
        for finder in finders.get_finders()
        for path, _storage in finder.list(NewsroomStaticFilesConfig.ignore_patterns)
        if path.startswith("ckeditor/")
    ]
    assert any(path.endswith("ckeditor.js") for path in collected)
    for leftover in ("samples/", "galleriffic/", "/exportpdf/", "/wsc/", "preview.html", "/scayt/"):
        assert not [path for path in collected if leftover in path]
    assert EDITOR_LEFTOVERS


def test_only_the_languages_of_the_site_are_collected() -> None:
    files = [
        f"ckeditor/lang/{name}.js"
        for name in ("af", "de", "de-ch", "en", "en-gb", "eo", "es", "pt-br", "zh-cn", "el")
    ]

    def kept(*spoken: str) -> list[str]:
        patterns = list(other_languages(*spoken))
        return [file for file in files if not matches_patterns(file, patterns)]

    assert kept("en", "en") == ["ckeditor/lang/en.js", "ckeditor/lang/en-gb.js"]
    assert kept("en", "de") == [
        f"ckeditor/lang/{name}.js" for name in ("de", "de-ch", "en", "en-gb")
    ]
    assert kept("en", "es")[-1] == "ckeditor/lang/es.js"
    assert kept("en", "zh-hans")[-1] == "ckeditor/lang/zh-cn.js"
    assert matches_patterns("select2/i18n/de.js", list(other_languages("en")))


def test_a_file_that_is_missing_costs_no_page(tmp_path: Path) -> None:
    storage = StaticStorage(location=tmp_path, base_url="/static/")
    assert storage.hashed_name("css/none.css") == "css/none.css"


@pytest.mark.django_db
def test_everything_can_be_collected_with_hashed_names(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "newsroom.static.StaticStorage"},
    }
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").exists()
    (sheet,) = (path for path in tmp_path.glob("css/site.*.css"))
    assert list(tmp_path.glob("css/site.*.css.br"))
    text = sheet.read_text()
    assert "@import" not in text
    assert "@layer components" in text
