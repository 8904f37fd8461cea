"""One TOML table read with its types checked, so that a slip in a file names the file and the key."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class ContentError(Exception):
    """A demo file says something it can't; the message names the file, the key and the remedy."""


class Table:
    """A table of a file. Each key is taken once; `finish` refuses the keys that nobody took."""

    def __init__(self, values: dict[str, Any], source: str) -> None:
        self.values = dict(values)
        self.source = source

    @classmethod
    def of_file(cls, path: Path) -> "Table":
        try:
            return cls(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
        except tomllib.TOMLDecodeError as error:
            raise ContentError(f"{path.name} is not valid TOML: {error}") from error

    def text(self, key: str, default: str | None = None) -> str:
        return str(self._take(key, str, default)).strip()

    def number(self, key: str, default: float | None = None) -> float:
        value = self._take(key, (int, float), default)
        return float(value)

    def whole(self, key: str, default: int | None = None) -> int:
        return int(self._take(key, int, default))

    def switch(self, key: str, *, default: bool = False) -> bool:
        value = self.values.pop(key, default)
        if not isinstance(value, bool):
            raise ContentError(f"{self.source}: write {key} = true or false.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        values = self._take(key, list, [])
        if not all(isinstance(value, str) for value in values):
            raise ContentError(f"{self.source}: “{key}” must be a list of texts.")
        return tuple(values)

    def table(self, key: str) -> "Table | None":
        values = self._take(key, dict, {})
        return Table(values, f"{self.source}, {key}") if values else None

    def tables(self, key: str) -> Iterator["Table"]:
        for number, values in enumerate(self._take(key, list, []), start=1):
            if not isinstance(values, dict):
                raise ContentError(f"{self.source}: write [[{key}]] for each {key}.")
            yield Table(values, f"{self.source}, {key} {number}")

    def has(self, key: str) -> bool:
        return key in self.values

    def finish(self) -> None:
        if self.values:
            raise ContentError(f"{self.source}: unknown keys {', '.join(sorted(self.values))}.")

    def _take(self, key: str, kind: type | tuple[type, ...], default: Any) -> Any:
        value = self.values.pop(key, default)
        if value is None:
            raise ContentError(f"{self.source}: “{key}” is missing.")
        if not isinstance(value, kind) or isinstance(value, bool):
            raise ContentError(f"{self.source}: “{key}” has the wrong type ({value!r}).")
        return value
