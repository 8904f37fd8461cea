"""The reader of SQL dumps: against a writer that knows every way to write a value, and against harm."""

import io
import re
import tracemalloc
from collections.abc import Iterator
from typing import BinaryIO, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reactions.old_counts import sql_dump
from reactions.old_counts.literals import LITERAL, value_of
from reactions.old_counts.sql_dump import DumpRefused, Row, read_dump

WANTED = {"votes": ("a", "b")}
MYSQL_ESCAPES = {"\0": "\\0", "\n": "\\n", "\r": "\\r", "\x1a": "\\Z", "\\": "\\\\", "'": "\\'", '"': '\\"'}  # fmt: skip


def rows_in(text: str | bytes, wanted: dict[str, tuple[str, ...]] = WANTED) -> list[Row]:
    data = text.encode() if isinstance(text, str) else text
    return [row for _, rows in read_dump(io.BytesIO(data), wanted) for row in rows]


def refusal_of(text: str | bytes) -> str:
    with pytest.raises(DumpRefused) as refused:
        rows_in(text)
    return str(refused.value)


def mysql(value: str) -> str:
    return "'" + "".join(MYSQL_ESCAPES.get(char, char) for char in value) + "'"


def doubled(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def in_double_quotes(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '""') + '"'


def hexadecimal(value: str) -> str:
    return f"0x{value.encode().hex()}" if value else "''"


WRITERS = [mysql, doubled, in_double_quotes, hexadecimal, lambda value: f"_binary {mysql(value)}",
           lambda value: f"_utf8mb4{doubled(value)}", lambda value: f"X'{value.encode().hex()}'"]  # fmt: skip
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
awkward = st.sampled_from(
    ["'", "''", "\\", "\\'", "');", "),(", "-- x", "/* y", "NULL", "`", "#", ""]
)
strings = st.one_of(
    texts, awkward, st.builds("".join, st.lists(st.one_of(texts, awkward), max_size=5))
)
literals = st.one_of(
    st.tuples(st.sampled_from(WRITERS), strings).map(lambda pair: (pair[0](pair[1]), pair[1])),
    st.integers(-(10**12), 10**12).map(lambda n: (str(n), str(n))),
    st.just(("NULL", None)),
    st.just(("null", None)),
)
table_rows = st.lists(st.tuples(literals, literals, literals), min_size=1, max_size=8)
gaps = st.sampled_from(["", " ", "\n", "\r\n\t"])
between = st.sampled_from([
    "", "\n", "-- a comment; with ' and `\n", "--\n", "# it's\n", "/* ; ' */", "/*!40000 ALTER TABLE `x` */;\n",
    "SET NAMES utf8mb4;\n", "INSERT INTO `posts` VALUES (1,'INSERT INTO `votes` VALUES (9,9,9);');\n",
    "INSERT INTO posts VALUES ('it''s', \"x\\\";\", 5--1, 6/2);\n", "UNLOCK TABLES;\n",
    "DELIMITER ;;\nCREATE TRIGGER t BEGIN SELECT 'x;'; END ;;\nDELIMITER ;\n",
])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    parts=st.lists(st.tuples(between, table_rows, gaps), min_size=1, max_size=4),
    names_columns=st.booleans(),
    chunk=st.sampled_from([1, 2, 3, 7, 64, 4096]),
)
def test_it_reads_what_any_writer_wrote_however_the_bytes_arrive(
    parts: list[tuple[str, list[tuple[tuple[str, str | None], ...]], str]],
    names_columns: bool,
    chunk: int,
) -> None:
    wrote = (
        ""
        if names_columns
        else "CREATE TABLE `wp_votes` (`b` int, `x y` text, `a` enum('1,2',')'), KEY (`a`));\n"
    )
    expected = []
    for before, rows, gap in parts:
        values = f",{gap}".join(
            f"({f'{gap},'.join(written for written, _ in row)}{gap})" for row in rows
        )
        head = "(`b`, `x y`, `a`)" if names_columns else ""
        wrote += f"{before}INSERT INTO `wp_votes` {head} VALUES{gap}{values}{gap};"
        expected += [(row[2][1], row[0][1]) for row in rows]
    assert [row for _, some in _in_chunks(wrote.encode(), chunk) for row in some] == expected


class Drip(io.BytesIO):
    def __init__(self, data: bytes, chunk: int) -> None:
        super().__init__(data)
        self.chunk = chunk

    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(self.chunk, size or 0))


def _in_chunks(data: bytes, chunk: int) -> Iterator[tuple[sql_dump.Table, list[Row]]]:
    return read_dump(cast(BinaryIO, Drip(data, chunk)), WANTED)


@given(st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    said = "at byte 0"
    try:
        rows_in(b"INSERT INTO votes (a,b) VALUES " + data)
    except DumpRefused as refused:
        said = str(refused)
    assert re.search(r"at byte [\d,]+", said)


@pytest.mark.parametrize(("written", "value"), [
    (rb"'\%\_'", r"\%\_"), (rb"'\a\x'", "ax"), (rb"x'4D'", "M"), (rb"0x4", "\4"), (b"b'101'", "5"),
    (b"TRUE", "1"), (b"false", "0"), (b"-1.5e3", "-1.5e3"), (b"N'caf\xc3\xa9'", "café"), (b"'caf\xe9'", "café"),
    (b"_latin1 'x'", "x"), (b"''", ""), (b"''''", "'"),
])  # fmt: skip
def test_literals(written: bytes, value: str) -> None:
    assert re.fullmatch(LITERAL, written, re.DOTALL)
    assert value_of(written) == value


def test_names_in_other_quotes_schemas_and_replace() -> None:
    text = 'REPLACE INTO "shop"."wp_votes" ("a", "b") VALUES (1, 2);insert ignore into shop.wp_votes (b,a) values (4,3) ON DUPLICATE KEY UPDATE a = 1;'
    assert rows_in(text) == [("1", "2"), ("3", "4")]


def test_a_column_that_the_table_lacks_is_none() -> None:
    assert rows_in("INSERT INTO votes (b) VALUES (2);") == [(None, "2")]


def test_tables_of_similar_names_are_others() -> None:
    assert (
        rows_in("INSERT INTO `wp_votes_old` (a,b) VALUES (1,2);INSERT INTO votes_x VALUES (1);")
        == []
    )


@pytest.mark.parametrize(("text", "words"), [
    ("INSERT INTO votes (a,b) VALUES (1,2),(3", "damaged"),
    ("INSERT INTO votes (a,b) VALUES (1,2),", "damaged"),
    ("INSERT INTO votes (a,b) VALUES (1,2)", "damaged"),
    ("INSERT INTO votes (a,b) VALUES (1,2,3);", "has not 2 values"),
    ("INSERT INTO votes (a,b) VALUES (1,NOW());", "damaged"),
    ("INSERT INTO votes (a,b) VALUES (1,'x);", "damaged"),
    ("INSERT INTO votes VALUES (1,2);", "columns of votes are not named"),
    ("INSERT INTO votes (a,b) SELECT 1,2;", "without VALUES"),
    ("INSERT INTO other VALUES ('x", "inside a string"),
    ("INSERT INTO other VALUES ('x'", "inside a statement"),
    ("CREATE TABLE votes (a int", "can't be understood"),
    ("/* never closed", "no SQL statement"),
    ("\x00\x01\x02 garbage", "no SQL statement"),
    ("DELIMITER ;;\nCREATE PROCEDURE", "inside a routine"),
    ("-- MySQL dump 10.13\nINSERT INTO votes (a,b) VALUES (1,2);\n", "cut off"),
])  # fmt: skip
def test_damage_is_refused_in_words_with_its_place(text: str, words: str) -> None:
    refusal = refusal_of(text)
    assert words in refusal
    assert "at byte" in refusal


def test_the_place_is_counted_from_the_beginning_of_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sql_dump, "CHUNK_BYTES", 10)
    good = "INSERT INTO votes (a,b) VALUES (1,2);\n" * 50
    assert f"at byte {len(good):,}" in refusal_of(good + "\x01\x02\x03;")


def test_a_value_without_end_is_refused_before_memory_is_full(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sql_dump, "MAX_ROW_BYTES", 500_000)
    refusal = refusal_of("INSERT INTO votes (a,b) VALUES (1,'" + "x" * 3_000_000)
    assert "no end within" in refusal


def test_memory_is_flat_for_long_lines_and_other_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql_dump, "CHUNK_BYTES", 10_000)
    row = "(1,'" + "y" * 50 + "')"
    parts = [
        "INSERT INTO posts VALUES (1,'" + "z" * 6_000_000 + "');",
        "INSERT INTO votes (a,b) VALUES " + ",".join([row] * 60_000) + ";",
    ]
    data = "".join(parts).encode()
    source = io.BytesIO(data)
    tracemalloc.start()
    try:
        n = sum(len(rows) for _, rows in read_dump(source, WANTED))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert n == 60_000
    assert peak < 4_000_000 < len(data)
