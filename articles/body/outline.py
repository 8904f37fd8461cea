"""What can be read off a body without showing it: headings, length, the first paragraph."""

import html as entities
import math
import re
from dataclasses import dataclass

from newsroom.lib.html import plain_text
from newsroom.lib.html_policy import ID_PREFIX

# Silent reading of English non-fiction: 238 words a minute (Brysbaert 2019, a review of 190 studies).
WORDS_PER_MINUTE = 238
# Scripts without spaces between words: two characters are about one word.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")
_HEADING = re.compile(r"<h([2-6])((?: [^>]*)?)>")
_ID = re.compile(r' id="([^"]*)"')
_PARAGRAPH = re.compile(r"<p(?: [^>]*)?>(.*?)</p>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` is 2 to 6; `id` is what a link to it names after the "#"."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Outline:
    """`reading_minutes` is at least 1 where there are words; `first_paragraph` is text."""

    headings: tuple[Heading, ...]
    words: int
    reading_minutes: int
    first_paragraph: str


def outline(html: str) -> Outline:
    """The outline of a body. In: house HTML, as clean() returns it."""
    text = plain_text(html)
    unspaced = len(_UNSPACED.findall(text))
    words = len(_WORD.findall(_UNSPACED.sub(" ", text))) + math.ceil(unspaced / 2)
    paragraphs = (plain_text(match[1]) for match in _PARAGRAPH.finditer(html))
    return Outline(
        headings=tuple(headings(html)),
        words=words,
        reading_minutes=math.ceil(words / WORDS_PER_MINUTE),
        first_paragraph=next((" ".join(text.split("\n")) for text in paragraphs if text), ""),
    )


def headings(html: str) -> list[Heading]:
    """The headings of a body with their ids: those they have, else made of their words.

    No two are alike.
    """
    found: list[Heading] = []
    taken = set(_ID.findall(html))
    for start in _HEADING.finditer(html):
        content = html[start.end() : html.find(f"</h{start[1]}>", start.end())]
        text = " ".join(plain_text(content).split("\n"))
        given = _ID.search(start[2])
        name = entities.unescape(given[1]) if given else _unused(text, taken)
        taken.add(name)
        found.append(Heading(int(start[1]), name, text))
    return found


def _unused(text: str, taken: set[str]) -> str:
    words = "-".join(re.findall(r"\w+", text.lower()))[:60].strip("-") or "section"
    name, number = f"{ID_PREFIX}{words}", 2
    while name in taken:
        name, number = f"{ID_PREFIX}{words}-{number}", number + 1
    return name
