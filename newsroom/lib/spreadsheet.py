"""CSV that a spreadsheet opens as it was meant."""

import csv
from collections.abc import Iterable, Iterator, Sequence

# What a spreadsheet takes for a formula where a cell begins with it.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(*parts: Iterable[Sequence[str]]) -> Iterator[str]:
    """Lines for a spreadsheet: told by its mark that this is UTF-8, and with no cell that it would
    take for a formula.
    """
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for rows in parts:
        for row in rows:
            yield writer.writerow([_harmless(cell) for cell in row])


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


class _Echo:
    """A file whose lines come back from `write`."""

    def write(self, line: str) -> str:
        return line
