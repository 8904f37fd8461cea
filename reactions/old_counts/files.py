"""The operator's files: dumps, CSV exports and saved pages, plain or gzipped, into a spool."""

import csv
import gzip
import io
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, cast

from articles.importers.wp_bar import WpBar, read_wp_bars
from reactions.old_counts import plugin
from reactions.old_counts.plugin import EMOJIS, OPTIONS, POSTMETA, REACTED, WANTED, Site
from reactions.old_counts.spool import Spool
from reactions.old_counts.sql_dump import DumpRefused, Row, Table, read_dump

GZIP = b"\x1f\x8b"
NOT_TEXT = {
    b"\xff\xfe": "it is UTF-16, as PowerShell's > writes it: dump with --result-file instead",
    b"\xfe\xff": "it is UTF-16: save it as UTF-8",
    b"PK": "it is a zip archive: unpack it first",
}
HEAD_BYTES = 4_000
MAX_PAGE_BYTES = 10_000_000
MAX_LINE_BYTES = 1_000_000
MAX_SKIPPED_NAMES = 50
OTHER_NAMES = "(others)"
PAGE, CSV = {".html", ".htm", ".txt"}, {".csv", ".tsv"}
REQUIRED = {
    REACTED: {"bind_id", "react_id"},
    POSTMETA: {"post_id", "meta_key", "meta_value"},
    OPTIONS: {"option_name", "option_value"},
}


@dataclass
class Intake:
    """What the files held: the reactions are in the spool, the rest is here."""

    spool: Spool
    prefix: str = ""  # of the site's tables; empty: whatever there is, if it is one
    sites: dict[str, Site] = field(default_factory=dict)  # by prefix; CSV files have none
    skipped: Counter[str] = field(default_factory=Counter)  # rows by bind_id
    pages: list[tuple[Path, WpBar]] = field(default_factory=list)

    def site(self) -> Site:
        """The one site the tables are of. Raises DumpRefused when there are several."""
        named = [name for name in self.sites if name]
        speaking = [name for name in named if self.sites[name].rows] or [
            name for name in named if self.sites[name].says_something
        ]
        if len(speaking) > 1:
            raise DumpRefused(
                f"There are tables of several sites here: {', '.join(sorted(speaking))}. Say which "
                "one with --prefix"
            )
        return sum((self.sites[name] for name in ("", *speaking) if name in self.sites), Site())

    def read(self, path: Path) -> None:
        """Take in one file. Raises DumpRefused, SettingsUnreadable, WpBarUnreadable or OSError."""
        with _opened(path) as stream:
            suffix = Path(path.name.removesuffix(".gz")).suffix.lower()
            if suffix in PAGE:
                self.read_page(path, stream)
            elif suffix in CSV:
                self.read_rows(_csv_rows(stream))
            else:
                wanted = {
                    f"{self.prefix}{kind}".lower(): columns for kind, columns in WANTED.items()
                }
                self.read_rows(read_dump(stream, wanted))

    def read_page(self, path: Path, stream: BinaryIO) -> None:
        data = stream.read(MAX_PAGE_BYTES + 1)
        if len(data) > MAX_PAGE_BYTES:
            raise DumpRefused(f"A page larger than {MAX_PAGE_BYTES // 1_000_000} MB")
        bars = read_wp_bars(data.decode("utf-8", "replace"))
        if not bars:
            raise DumpRefused("The page has no reaction bar")
        self.pages += [(path, bar) for bar in bars]

    def read_rows(self, tables: Iterable[tuple[Table, list[Row]]]) -> None:
        for table, rows in tables:
            kind = next(kind for kind in WANTED if table.kind.endswith(kind))
            prefix = table.name[: -len(kind)]
            if self.prefix and table.name and prefix.lower() != self.prefix.lower():
                continue
            site = self.sites.setdefault(prefix, Site())
            if kind == REACTED:
                self.take_reactions(site, table, rows)
            for row in rows:
                if kind == POSTMETA:
                    site.learn_meta(*row)
                elif kind == OPTIONS:
                    site.learn_option(*row)
                elif kind == EMOJIS and row[0]:
                    site.emoji_names[row[0]] = row[1] or ""
                    site.is_pro = True

    def take_reactions(self, site: Site, table: Table, rows: list[Row]) -> None:
        site.is_pro |= "post_type" in table.columns
        site.rows += len(rows)
        taken = []
        for bind_id, react_id, reacted_to, date, emoji_id, user_id in rows:
            post = _post_of(bind_id)
            if post is None:
                name = (bind_id or "(empty)")[:40]
                is_listed = name in self.skipped or len(self.skipped) < MAX_SKIPPED_NAMES
                self.skipped[name if is_listed else OTHER_NAMES] += 1
            else:
                who = plugin.voter_of(react_id, user_id)
                taken.append((post, who, plugin.date_of(date), _emoji_of(emoji_id, reacted_to)))
        self.spool.add(taken)


_post_of = lru_cache(maxsize=100_000)(plugin.post_of)
_emoji_of = lru_cache(maxsize=10_000)(plugin.emoji_of)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """The file's bytes, unpacked. Raises DumpRefused for what is no text."""
    with path.open("rb") as raw:
        is_packed = raw.read(2) == GZIP
        raw.seek(0)
        stream = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if is_packed else raw
        buffered = cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, stream), HEAD_BYTES))
        try:
            head = cast(io.BufferedReader, buffered).peek(HEAD_BYTES)[:HEAD_BYTES]
            refused = next((why for mark, why in NOT_TEXT.items() if head.startswith(mark)), "")
            if not refused and b"\0" in head:
                refused = "it holds zero bytes: it is no text"
            if refused:
                raise DumpRefused(f"The file can't be read: {refused}")
            yield buffered
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise DumpRefused(f"The gzip file is damaged or was cut off ({error})") from error


def _csv_rows(stream: BinaryIO) -> Iterator[tuple[Table, list[Row]]]:
    """A CSV file with column names in its first line; commas, semicolons or tabs."""
    lines = _lines(stream)
    first = next(lines, "").removeprefix("\ufeff")
    delimiter = max(",;\t", key=first.count)
    columns = tuple(
        name.strip().lower() for name in next(csv.reader([first], delimiter=delimiter), [])
    )
    kind = next((kind for kind, names in REQUIRED.items() if names <= set(columns)), "")
    if not kind:
        raise DumpRefused(
            "The first line of a CSV file names the columns of the plugin's table (bind_id, react_id, "
            f"emoji_id, reacted_date …), of post meta or of options; here it is: {first.strip()[:80]}"
        )
    table, wanted = Table(name=kind, kind=kind, columns=columns), WANTED[kind]
    order = [columns.index(name) if name in columns else None for name in wanted]
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    rows: list[Row] = []
    try:
        for row in reader:
            if len(row) != len(columns):
                if not row:
                    continue
                words = f"has {len(row)} values for {len(columns)} columns"
                raise DumpRefused(f"Line {reader.line_num + 1:,} {words}")
            rows.append(tuple(None if i is None else _or_null(row[i]) for i in order))
            if len(rows) >= 5_000:
                yield table, rows
                rows = []
    except csv.Error as error:
        raise DumpRefused(f"Line {reader.line_num + 1:,} can't be read: {error}") from error
    yield table, rows


def _lines(stream: BinaryIO) -> Iterator[str]:
    number = 1
    while line := stream.readline(MAX_LINE_BYTES):
        if len(line) == MAX_LINE_BYTES:
            raise DumpRefused(f"Line {number:,} is longer than {MAX_LINE_BYTES // 1_000_000} MB")
        yield line.decode("utf-8", "replace")
        number += 1


def _or_null(text: str) -> str | None:
    return None if text in {"NULL", r"\N"} else text
