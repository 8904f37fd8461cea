"""Static files: which are collected, and how they are named, bundled and compressed."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from posixpath import dirname, join
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.core.files.base import ContentFile
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Parts of the editor's package that are demos, tests or old samples on our own origin, and
# plugins that the configuration removes: the fewer of them are served, the better.
EDITOR_LEFTOVERS = [
    "galleriffic",
    "samples",
    "ckeditor_uploader",
    "exportpdf",
    "wsc",
    "scayt",
    "preview",
    "codesnippetgeshi",
    "codesnippet",
    "mathjax",
    "devtools",
    "docprops",
    "image2",
    "placeholder",
    "smiley",
    "sourcedialog",
    "uicolor",
    "uploadwidget",
    "moono",  # a skin; ours is moono-lisa
    "ckeditor/ckeditor/plugins/language/*",
    "ckeditor/ckeditor/CHANGES.md",
    "ckeditor/ckeditor/b*",  # how it was built
    "editor_ie*.css",
    # The admin asks for their short forms.
    "jquery.js",
    "select2.full.js",
    "xregexp.js",
]
SHEET = "css/site.css"
CSS_IMPORT = re.compile(r'^@import url\("([^"]+)"\);\n', re.MULTILINE)
CSS_COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
SCRIPT = "js/reactions.js"
JS_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([^"]+)";\n', re.MULTILINE)
JS_COMMENT = re.compile(r"^\s*//.*\n|(?<=[,;{}]) // .*$", re.MULTILINE)
INDENT = re.compile(r"^ +|\n(?=\n)", re.MULTILINE)


def other_languages(*spoken: str) -> Iterator[str]:
    """Patterns of the editor's and Select2's words in languages that don't begin as these do: a
    thousand files, which take longer to compress than all others together.
    """
    for folder in ("lang", "i18n"):
        firsts = {code[0] for code in spoken}
        yield f"*/{folder}/[!{''.join(sorted(firsts))}]*.js"
        for first in firsts:
            seconds = {code[1] for code in spoken if code[0] == first}
            yield f"*/{folder}/{first}[!{''.join(sorted(seconds))}]*.js"


class NewsroomStaticFilesConfig(StaticFilesConfig):
    """django.contrib.staticfiles without the editor's leftovers."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        *EDITOR_LEFTOVERS,
        *other_languages("en", settings.LANGUAGE_CODE),
    ]


class OneFile:
    """Stands in for the storage of a file that imports others: opens it with them written out.

    The sources stay one file a component; a reader's browser asks for one.
    """

    def __init__(self, paths: Mapping[str, tuple[Any, str]]) -> None:
        self.paths = paths

    def open(self, path: str, mode: str = "rb") -> "ContentFile[bytes]":
        whole = self._sheet(path) if path.endswith(".css") else self._script(path)
        return ContentFile(whole.encode())

    def _sheet(self, path: str) -> str:
        text = CSS_IMPORT.sub(lambda found: self._beside(path, found[1]), self._text(path))
        return INDENT.sub("", CSS_COMMENT.sub("", text))

    def _script(self, path: str) -> str:
        """The modules share one scope: a name that two of them declare is an error that tests see."""
        text = self._module(path, set()).replace("\nexport ", "\n")
        return INDENT.sub("", JS_COMMENT.sub("", text))

    def _module(self, path: str, seen: set[str]) -> str:
        """Its text, each module that it imports written out where it is first asked for."""

        def written_out(found: re.Match[str]) -> str:
            name = join(dirname(path), found[1])
            if name in seen:
                return ""
            seen.add(name)
            return self._module(name, seen)

        return JS_IMPORT.sub(written_out, self._text(path))

    def _beside(self, path: str, name: str) -> str:
        return self._text(join(dirname(path), name))

    def _text(self, name: str) -> str:
        storage, path = self.paths[name]
        with storage.open(path) as file:
            return str(file.read().decode())


class OnceCompressor(Compressor):
    """Most files stand under two names, with the hash and without it: each is compressed once."""

    compress_brotli = staticmethod(lru_cache(maxsize=None)(Compressor.compress_brotli))
    compress_gzip = staticmethod(lru_cache(maxsize=None)(Compressor.compress_gzip))


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed names, one stylesheet, compressed once at collection. A name that is missing from
    the manifest is served unhashed: a page without its newest stylesheet is better than no page.
    """

    manifest_strict = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._urls: dict[str, str] = {}

    def url(self, name: str | None, force: bool = False) -> str:
        """As long as the process runs, a name has one URL: a page asks for twenty."""
        known = self._urls.get(name or "")
        if known is None or force:
            known = self._urls[name or ""] = str(super().url(name, force))
        return known

    def create_compressor(self, **options: Any) -> OnceCompressor:
        return OnceCompressor(**options)

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        try:
            return str(super().hashed_name(name, content, filename))
        except ValueError:  # the file itself is missing
            return name

    def post_process(
        self, paths: dict[str, tuple[Any, str]], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        whole = OneFile(dict(paths))
        paths = {**paths, **{name: (whole, name) for name in (SHEET, SCRIPT) if name in paths}}
        yield from super().post_process(paths, dry_run, **options)
