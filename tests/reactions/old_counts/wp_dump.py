"""A site with WP Reactions, as mysqldump writes it: the plugin's tables of every version."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

HEAD = "-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)\n/*!40101 SET NAMES utf8mb4 */;\n"
FOOT = "-- Dump completed on 2024-05-01 10:00:00\n"
COLUMNS = {
    "1.2": ("id mediumint(9)", "bind_id varchar(100)", "react_id varchar(30)", "reacted_to varchar(10)", "reacted_date datetime"),
    "1.3.0": ("id mediumint(9)", "bind_id varchar(100)", "react_id varchar(30)", "reacted_to varchar(10)", "reacted_date datetime", "source varchar(50)", "emoji_id smallint", "user_id bigint"),
    "1.3.10": ("id mediumint(9)", "bind_id varchar(100)", "react_id varchar(30)", "reacted_date datetime", "source varchar(50)", "emoji_id smallint", "user_id bigint", "sgc_id bigint"),
    "pro": ("id bigint", "bind_id varchar(100)", "react_id varchar(100)", "reacted_date datetime", "source varchar(50)", "emoji_id smallint", "user_id bigint", "sgc_id bigint", "post_type varchar(100)"),
}  # fmt: skip
Value = str | int | bytes | None


def literal(value: Value) -> str:
    """A value as mysqldump writes it."""
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, bytes):
        return f"0x{value.hex().upper()}" if value else "''"
    escaped = value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
    return f"'{escaped}'"


def create(table: str, columns: Sequence[str]) -> str:
    lines = [f"  `{name}` {kind} DEFAULT NULL" for name, kind in (c.split(" ", 1) for c in columns)]
    lines += ["  PRIMARY KEY (`id`)", "  KEY `by_bind` (`bind_id`,`react_id`)"]
    return f"CREATE TABLE `{table}` (\n" + ",\n".join(lines) + "\n) ENGINE=InnoDB;\n"


def insert(table: str, rows: Iterable[Sequence[Value]], columns: str = "") -> str:
    values = ",".join(f"({','.join(map(literal, row))})" for row in rows)
    return f"INSERT INTO `{table}` {columns}VALUES {values};\n"


def reacted(*rows: dict[str, Value], version: str = "1.3.10", prefix: str = "wp_") -> str:
    """The table of reactions: rows say what differs from an ordinary one."""
    table = f"{prefix}wpreactions_reacted_users"
    names = [column.split(" ")[0] for column in COLUMNS[version]]
    usual: dict[str, Value] = {"source": "global", "user_id": 0, "sgc_id": 0, "post_type": "post"}
    full = [
        {"id": n, "react_id": f"{n:013x}", "reacted_date": "2024-04-01 12:00:00", **usual, **row}
        for n, row in enumerate(rows, start=1)
    ]
    values = [[row.get(name) for name in names] for row in full]
    return create(table, COLUMNS[version]) + (insert(table, values) if rows else "")


def meta(*rows: tuple[int, str, str], prefix: str = "wp_") -> str:
    table = f"{prefix}postmeta"
    columns = ("meta_id bigint", "post_id bigint", "meta_key varchar(255)", "meta_value longtext")
    return create(table, columns) + insert(table, [(n, *row) for n, row in enumerate(rows, 1)])


def options(prefix: str = "wp_", **values: object) -> str:
    table = f"{prefix}options"
    columns = ("option_id bigint", "option_name varchar(191)", "option_value longtext", "autoload varchar(20)")  # fmt: skip
    rows = [
        (n, name, value if isinstance(value, str) else json.dumps(value), "yes")
        for n, (name, value) in enumerate(values.items(), 1)
    ]
    return create(table, columns) + insert(table, rows)


def dump(path: Path, *parts: str) -> Path:
    path.write_text(HEAD + "".join(parts) + FOOT)
    return path
