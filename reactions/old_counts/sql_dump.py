"""Rows of chosen tables out of an SQL dump, as mysqldump, phpMyAdmin and their kin write it. Pure.

Reads a stream of bytes once, in time linear to its length and in memory bounded by one value: no
MySQL is needed, and other tables are passed over without being taken apart. Column names come from
the INSERT's own list, else from the CREATE TABLE before it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from reactions.old_counts.literals import LITERAL, text_of, value_of

CHUNK_BYTES = 256_000
MAX_ROW_BYTES = 16_000_000
SHOWN_BYTES = 60

NAME = rb"(?:`[^`]*+`|\"[^\"]*+\"|[\w$]++)"
SPACE_AND_COMMENTS = re.compile(
    rb"(?:[\s;]++|--(?:\n|[ \t\r][^\n]*+\n)|\#[^\n]*+\n|/\*.*?\*/)*+", re.DOTALL
)
LAST_COMMENT = re.compile(rb"(?:--(?:\s[^\n]*+)?|\#[^\n]*+)\Z")  # the file's last line has no end
WORD = re.compile(rb"[A-Za-z]++")
TABLE = re.compile(
    rb"(?i:INSERT|REPLACE|CREATE)\s++(?i:(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE|INTO|"
    rb"TEMPORARY|TABLE|IF|NOT|EXISTS)\s++)*+(?:" + NAME + rb"\s*+\.\s*+)?(" + NAME + rb")\s*+(?=[^\w.\s])"
    rb"|(?i:INSERT|REPLACE)\s++(?i:(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE|INTO)\s++)*+(?:"
    + NAME + rb"\s*+\.\s*+)?(" + NAME + rb")\s++(?=\w)"
)  # fmt: skip
VALUES = re.compile(rb"\s*+(?:\(([^()]*+)\))?\s*+(?i:VALUES?)\s*+(?=\()")
FOLLOWS = rb"\s*+([,;]|(?i:ON)\s)"  # a row: another, the end, ON DUPLICATE KEY
# What stands in a statement, whole; strings with doubled quotes are two strings in a row.
PASSED_OVER = re.compile(
    rb"(?:[^'\"`;/\#-]++|'(?:[^'\\]++|\\.)*+'|\"(?:[^\"\\]++|\\.)*+\"|`[^`]*+`"
    rb"|--(?:\n|[ \t\r][^\n]*+\n)|--(?=\S)|-(?=[^-])|\#[^\n]*+\n|/\*.*?\*/|/(?=[^*]))*+",
    re.DOTALL,
)
IN_STRING = {
    quote: re.compile(rb"(?:[^" + quote + rb"\\]++|\\.)*+", re.DOTALL) for quote in (b"'", b'"')
}
NEW_DELIMITER = re.compile(rb"(?i:DELIMITER)[ \t]++(\S++)[ \t\r]*+\n")
OLD_DELIMITER = re.compile(rb"\n[ \t]*+(?i:DELIMITER)[ \t]++;[ \t\r]*+(?:\n|\Z)")
DELIMITER_LINE_BYTES = 64
STARTED = re.compile(rb"-- (?:MySQL|MariaDB) dump ")
COMPLETED = re.compile(rb"-- Dump completed")
COLUMN = re.compile(rb"\s*+(?:`([^`]*+)`|\"([^\"]*+)\"|([\w$]++))")
PART_OF_DEFINITION = re.compile(
    rb"[^'\"`(),]++|'(?:[^'\\]++|\\.)*+'|\"[^\"]*+\"|`[^`]*+`|.", re.DOTALL
)
NO_COLUMNS = {b"PRIMARY", b"UNIQUE", b"KEY", b"INDEX", b"CONSTRAINT", b"FULLTEXT", b"SPATIAL", b"FOREIGN", b"CHECK"}  # fmt: skip


class DumpRefused(ValueError):
    """A dump that can't be read; its text says what is wrong, and at which byte."""


@dataclass(frozen=True, slots=True)
class Table:
    """`name` as in the dump, with the site's prefix; `kind` is the ending that was asked for."""

    name: str
    kind: str
    columns: tuple[str, ...]


Row = tuple[str | None, ...]


def read_dump(
    stream: BinaryIO, wanted: Mapping[str, Sequence[str]]
) -> Iterator[tuple[Table, list[Row]]]:
    """Rows of the tables whose names end as the keys of `wanted` do, some at a time, in order.

    A row holds the columns named there, in that order, as text; None for NULL and for a column that
    the table doesn't have. Raises DumpRefused.
    """
    return _Reader(stream, wanted).read()


class _Reader:
    def __init__(self, stream: BinaryIO, wanted: Mapping[str, Sequence[str]]) -> None:
        self.stream, self.wanted = stream, wanted
        self.buffer, self.at, self.before, self.ended = b"", 0, 0, False
        self.columns: dict[str, tuple[str, ...]] = {}
        self.is_whole = True

    def read(self) -> Iterator[tuple[Table, list[Row]]]:
        while self.to_statement():
            word = self.search(WORD)
            if word is None:
                raise self.refusal("Here is no SQL statement")
            verb = word[0].upper()
            if verb == b"DELIMITER":
                self.pass_over_routines()
                continue
            name = self.table_name() if verb in {b"INSERT", b"REPLACE", b"CREATE"} else ""
            kind = next((ending for ending in self.wanted if name.lower().endswith(ending)), "")
            if kind and verb == b"CREATE":
                self.columns[name] = self.defined_columns()
            elif kind:
                yield from self.rows_of(name, kind)
            self.pass_over_statement()
        if not self.is_whole:
            raise self.refusal(
                "The dump has a beginning and no end (“-- Dump completed”): it was cut off"
            )

    # Where we are

    def refusal(self, words: str) -> DumpRefused:
        near = text_of(self.buffer[self.at : self.at + SHOWN_BYTES])
        shown = "".join(char if char.isprintable() else "·" for char in near)
        return DumpRefused(f"{words}, at byte {self.before + self.at:,}: {shown or '(the end)'}")

    def more(self) -> bool:
        """Read on; False at the end. Twice as much each time, so that a long value costs its length."""
        if self.ended:
            return False
        kept = self.buffer[self.at :]
        if len(kept) > MAX_ROW_BYTES:
            words = f"What begins here has no end within {MAX_ROW_BYTES // 1_000_000} MB"
            raise self.refusal(words)
        data = self.stream.read(max(CHUNK_BYTES, len(kept)))
        self.before += self.at
        self.buffer, self.at, self.ended = kept + data, 0, not data
        return True

    def search(self, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
        """The pattern here; reads on while it might be there but for the buffer's end."""
        while True:
            found = pattern.match(self.buffer, self.at)
            if found is not None and (found.end() < len(self.buffer) or self.ended):
                return found
            if not self.more():
                return found

    # Statements

    def to_statement(self) -> bool:
        """Past space and comments; False at the end of the file."""
        while True:
            space = SPACE_AND_COMMENTS.match(self.buffer, self.at)
            assert space is not None  # noqa: S101 (it matches nothing, too)
            self.note_comments(space[0])
            self.at = space.end()
            left = self.buffer[self.at : self.at + 2]
            if left and left[:1] not in b"-/#":
                return True
            if not self.more():
                break
        last = LAST_COMMENT.match(self.buffer, self.at)
        if last:
            self.note_comments(last[0])
            self.at = last.end()
        if self.at < len(self.buffer):
            raise self.refusal("Here is no SQL statement")
        return False

    def note_comments(self, comments: bytes) -> None:
        if STARTED.search(comments):
            self.is_whole = False
        if COMPLETED.search(comments):
            self.is_whole = True

    def table_name(self) -> str:
        found = self.search(TABLE)
        if found is None:
            return ""
        self.at = found.end()
        return text_of((found[1] or found[2]).strip(b'`"'))

    def pass_over_statement(self) -> None:
        while True:
            passed = PASSED_OVER.match(self.buffer, self.at)
            assert passed is not None  # noqa: S101 (it matches nothing, too)
            self.at = passed.end()
            here = self.buffer[self.at : self.at + 1]
            if here == b";":
                return
            if here in IN_STRING and here:
                self.at += 1
                self.pass_over_string(here)
            elif not self.more():
                raise self.refusal("The file ends inside a statement: it was cut off")

    def pass_over_string(self, quote: bytes) -> None:
        """A string that is longer than the buffer, without keeping it."""
        while True:
            passed = IN_STRING[quote].match(self.buffer, self.at)
            assert passed is not None  # noqa: S101 (it matches nothing, too)
            self.at = passed.end()
            if self.buffer[self.at : self.at + 1] == quote:
                self.at += 1
                return
            if not self.more():
                raise self.refusal("The file ends inside a string: it was cut off")

    def pass_over_routines(self) -> None:
        """Triggers and routines, up to the line that sets the delimiter back."""
        line = self.search(NEW_DELIMITER)
        if line is None:
            raise self.refusal("A DELIMITER that names none")
        self.at = line.end() - 1
        while line[1] != b";":
            found = OLD_DELIMITER.search(self.buffer, self.at)
            if found:
                self.at = found.end()
                return
            self.at = max(self.at, len(self.buffer) - DELIMITER_LINE_BYTES)
            if not self.more():
                raise self.refusal("The file ends inside a routine: it was cut off")

    # Tables

    def defined_columns(self) -> tuple[str, ...]:
        """The columns of a CREATE TABLE, whose opening bracket is next."""
        start = self.before + self.at
        self.whole_statement()
        depth, is_first = 0, True
        names: list[str] = []
        for part in PART_OF_DEFINITION.finditer(self.buffer, self.at):
            text = part[0]
            if text == b"(":
                depth += 1
                is_first = depth == 1
            elif text == b")":
                depth -= 1
                if depth == 0:
                    return tuple(names)
            elif text == b"," and depth == 1:
                is_first = True
            elif depth == 1 and is_first and text.strip():
                is_first = False
                found = COLUMN.match(text)
                if found and text.strip().split()[0].upper() not in NO_COLUMNS:
                    names.append(text_of(found[1] or found[2] or found[3]).lower())
        raise self.refusal(f"The table defined at byte {start:,} can't be understood")

    def whole_statement(self) -> None:
        """Have all of the statement in the buffer."""
        while True:
            passed = PASSED_OVER.match(self.buffer, self.at)
            if passed and self.buffer[passed.end() : passed.end() + 1] == b";":
                return
            if not self.more():
                return

    def rows_of(self, name: str, kind: str) -> Iterator[tuple[Table, list[Row]]]:
        """The rows of one INSERT. Leaves off at its end."""
        head = self.search(VALUES)
        if head is None:
            raise self.refusal(f"An INSERT into {name} without VALUES")
        named = tuple(
            text_of(part.strip().strip(b'`"')).lower() for part in (head[1] or b"").split(b",")
        )
        columns = named if head[1] is not None else self.columns.get(name, ())
        if not columns:
            words = f"The columns of {name} are not named (dump with --complete-insert or --opt)"
            raise self.refusal(words)
        self.at = head.end()
        table = Table(name=name, kind=kind, columns=columns)
        pattern, order = _row_pattern(columns, self.wanted[kind])
        goes_on = True
        while goes_on:
            rows, goes_on = self.some_rows(pattern, order, table)
            yield table, rows

    def some_rows(
        self, pattern: re.Pattern[bytes], order: Sequence[int | None], table: Table
    ) -> tuple[list[Row], bool]:
        """Rows up to the end of the buffer or the statement, and whether it goes on."""
        rows: list[Row] = []
        while True:
            row = self.search(pattern)
            if row is None:
                words = f"A row of {table.name} is damaged, or has not {len(table.columns)} values"
                raise self.refusal(words)
            values = row.groups()
            rows.append(tuple(None if i is None else value_of(values[i]) for i in order))
            self.at = row.end()
            if values[-1] != b",":
                self.at = row.start(len(values))
                return rows, False
            if len(rows) >= 5_000:
                return rows, True


def _row_pattern(
    columns: Sequence[str], wanted: Sequence[str]
) -> tuple[re.Pattern[bytes], list[int | None]]:
    """One row, with a group for each wanted column; and for each of these its group, if any."""
    groups = [name for name in columns if name in wanted]
    parts = (rb"(" + LITERAL + rb")" if name in wanted else LITERAL for name in columns)
    pattern = rb"\s*+\(\s*+" + rb"\s*+,\s*+".join(parts) + rb"\s*+\)" + FOLLOWS
    return re.compile(pattern, re.DOTALL), [
        groups.index(name) if name in groups else None for name in wanted
    ]
