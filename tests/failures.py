"""What a run of pytest said of its failures, shortened: a record keeps only the end of a long log."""

import re
from collections.abc import Iterable

HEADER = re.compile(r"_{3,} (?P<name>\S.*\S) _{3,}$")
SECTION = re.compile(r"={3,} (?P<name>.+) ={3,}$")
PLACE = re.compile(r"\S+\.py:\d+: ")
SECTIONS = {"FAILURES", "ERRORS"}
MAX_LINE = 200


def causes(output: Iterable[str], *, lines: int = 60) -> list[str]:
    """At most so many lines of pytest's output: of each failure its name, the places that it went
    through, the innermost last, and the first words of the exception. Where there are more failures
    than room, the first ones.
    """
    failures = [each for each in _failures(output) if len(each) > 1]
    room = max(4, lines // max(1, len(failures)))
    told = [line[:MAX_LINE] for failure in failures for line in _shortened(failure, room)]
    return told[:lines]


def _failures(output: Iterable[str]) -> list[list[str]]:
    """The name and the lines of each failure."""
    found: list[list[str]] = []
    inside = False
    for line in map(str.rstrip, output):
        if section := SECTION.match(line):
            inside = section["name"] in SECTIONS
        elif inside and (header := HEADER.match(line)):
            found.append([header["name"]])
        elif inside and found:
            found[-1].append(line)
    return found


def _shortened(failure: list[str], room: int) -> list[str]:
    name, *lines = failure
    places = [line for line in lines if PLACE.match(line)]
    said = [line for line in lines if line.startswith("E  ")]
    for_places = min(len(places), max(1, (room - 1) // 3))
    return [f"- {name}", *places[-for_places:], *said[: room - 1 - for_places]]
