"""What every importer hands to the writer, and how it says no."""

from dataclasses import dataclass, field
from datetime import datetime

from articles.importers.wp_bar import WpBar


class PageRefused(ValueError):
    """A source that can't be understood; `missing` names what was looked for and not found."""

    def __init__(self, *missing: str) -> None:
        super().__init__("; ".join(missing))
        self.missing = missing


@dataclass(frozen=True, slots=True)
class ImportedArticle:
    """One article of another system, before anything is written.

    `host` and `external_id` are its identity over all imports. What could not be derived is
    empty or None and named in `warnings`; nothing is guessed silently.
    """

    host: str
    external_id: str
    raw_sha: str
    body_html: str
    slug: str = ""
    headline: str = ""
    headline_is_working: bool = False
    photo_line: str = ""
    source_url: str = ""
    old_paths: tuple[str, ...] = ()
    published_at: datetime | None = None
    bar: WpBar | None = None
    warnings: tuple[str, ...] = field(default=())
