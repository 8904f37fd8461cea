"""What the operator answers to what an import can't know: a CSV file, written to be filled.

Columns: what (post or emoji), old (its number on the old site), rows (how many reactions hang on
it), ours (to be filled: a story's number or slug, a kind's slug, or - to leave it out), hint.
"""

import csv
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

COLUMNS = ["what", "old", "rows", "ours", "hint"]
POST, EMOJI = "post", "emoji"
LEAVE_OUT = "-"


class MappingRefused(ValueError):
    """A mapping file that can't be read; its text says where and why."""


@dataclass
class Answers:
    """By (what, old); a question without an answer is not in it."""

    given: dict[tuple[str, str], str] = field(default_factory=dict)

    def of_post(self, post: int) -> str:
        return self.given.get((POST, str(post)), "")

    def of_emoji(self, emoji: str) -> str:
        return self.given.get((EMOJI, emoji), "")


def read_answers(path: Path) -> Answers:
    """The answers in the file; none if there is no such file. Raises MappingRefused."""
    answers = Answers()
    if not path.exists():
        return answers
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            delimiter = ";" if file.readline().count(";") > 2 else ","
            file.seek(0)
            for row in csv.DictReader(file, delimiter=delimiter):
                what, old = (row.get("what") or "").strip(), (row.get("old") or "").strip()
                if what not in {POST, EMOJI} or not old:
                    raise MappingRefused(f"{path} has a row that names no post and no emoji: {row}")
                if ours := (row.get("ours") or "").strip():
                    answers.given[what, old] = ours
    except (csv.Error, UnicodeDecodeError) as error:
        raise MappingRefused(f"{path} can't be read: {error}") from error
    return answers


def write_questions(
    path: Path,
    answers: Answers,
    *,
    posts: Mapping[int, int],
    emojis: Mapping[str, int],
    hints: Mapping[str, str],
) -> None:
    """Write what is unknown (with its number of rows) below what was answered already, whole or not."""
    rows: list[list[str | int]] = [
        [what, old, "", ours, ""] for (what, old), ours in answers.given.items()
    ]
    known = set(answers.given)
    rows += [
        [EMOJI, emoji, n, answers.of_emoji(emoji), hints.get(emoji, "")]
        for emoji, n in sorted(emojis.items(), key=lambda item: -item[1])
    ]
    rows += [
        [POST, post, n, answers.of_post(post), ""]
        for post, n in sorted(posts.items(), key=lambda item: (-item[1], item[0]))
    ]
    # What was answered in a way that leads nowhere is asked again, once.
    asked = {(row[0], str(row[1])) for row in rows[len(known) :]}
    kept = [row for row in rows[: len(known)] if (row[0], row[1]) not in asked]
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=path.parent, delete=False
    ) as file:
        csv.writer(file).writerows([COLUMNS, *kept, *rows[len(known) :]])
    os.replace(file.name, path)  # noqa: PTH105 (both are paths as they are)
