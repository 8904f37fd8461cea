"""Plain text: cleaning, slugs, keys, counts, excerpts. Pure; HTML is newsroom.lib.html's business."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from itertools import chain, count
from secrets import token_hex
from unicodedata import category, combining, normalize
from urllib.parse import unquote

from newsroom.lib.characters import (
    APOSTROPHES,
    BLANKS,
    CJK,
    DASHES,
    DEBRIS,
    DIRECTION_MARKS,
    FLAG_TAGS,
    JOINERS,
    LATIN,
    RESERVED_SLUGS,
    SURROGATES,
    VARIATION_SELECTORS,
)

# Mean silent reading of English non-fiction: Brysbaert 2019, doi 10.1016/j.jml.2019.104047.
WORDS_PER_MINUTE = 238
MARKS_PER_LETTER = 5  # pointed Hebrew with cantillation needs five; "zalgo" text has dozens
NEAR_CHARS = 3  # of a long text so many times an excerpt's length is cleaned for it
SPACES = re.compile(r"\s+")
UNUSUAL_SPACES = re.compile(r"\s{2,}|[^\S ]")  # all but one plain space, which stays as it is
WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
SENTENCE_END = re.compile(r"[.!?\u2026]")


def clean_line(value: str) -> str:
    """A title, name or tag as it is stored: one line of NFC, "" if nothing in it can be seen.

    Controls, bidi overrides and isolates and zero-width debris go; line breaks and tabs become
    spaces, runs of space one; joiners stay inside words and emoji; a lone surrogate becomes
    U+FFFD; more than five marks on a letter are cut. Cleaning again changes nothing.
    """
    return _settle(_clean_once, value)


def clean_text(value: str) -> str:
    """Several lines, each cleaned like a title; at most one blank line between two."""
    lines = [clean_line(line) for line in value.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def is_blank(value: str) -> bool:
    """Is there nothing to see: spaces, controls, zero-width characters, fillers?"""
    visible = VARIATION_SELECTORS.sub("", SPACES.sub("", value))
    return all(char in BLANKS or category(char) in {"Cc", "Cf"} for char in visible)


def _clean_once(value: str) -> str:
    value = FLAG_TAGS.sub(lambda match: match[1] or "", DEBRIS.sub("", value))
    value = SURROGATES.sub("\ufffd", value)
    value = UNUSUAL_SPACES.sub(_space, value).strip(f" \u00a0\u202f{DIRECTION_MARKS}")
    # Marks are cut before NFC, which takes quadratic time on a long run of them.
    value = normalize("NFC", _cut_marks(JOINERS.sub(_joiner, value)))
    return "" if is_blank(value) else value


def _settle(change: Callable[[str], str], value: str) -> str:
    """Change until nothing changes: what one step removes may bring two others together."""
    while (changed := change(value)) != value:
        value = changed
    return value


def _space(run: re.Match[str]) -> str:
    """One space for a run; the unbreakable one where French sets a sign off with it."""
    before, after = run.string[run.start() - 1 : run.start()], run.string[run.end() : run.end() + 1]
    if before == "\u00ab" or after in tuple(";:!?\u00bb"):
        return next((space for space in "\u202f\u00a0" if space in run[0]), " ")
    return " "


def _joiner(run: re.Match[str]) -> str:
    before, after = run.string[run.start() - 1 : run.start()], run.string[run.end() : run.end() + 1]
    # After an Indic virama it counts at a word's end, too.
    kept = _is_joined(before) and (_is_joined(after) or combining(before) == 9)
    return run[0][0] if kept else ""


def _is_joined(char: str) -> bool:
    """Can a joiner mean something beside it? In Latin it is debris."""
    return char > "\x7f" and not char.isspace() and char not in DIRECTION_MARKS


def _cut_marks(value: str) -> str:
    if value.isascii():
        return value
    kept, marks = [], 0
    for char in value:
        if combining(char):
            marks += 1
        elif char not in "\u200c\u200d":
            marks = 0
        if marks <= MARKS_PER_LETTER:
            kept.append(char)
    return "".join(kept)


@lru_cache(maxsize=2048)
def normalise_key(value: str) -> str:
    """The unique key of a tag or alias: no difference of case, accent, width, quote or dash.

    Marks that are letters of their script (kana voicing, Indic vowels, Thai tones) are kept.
    """
    line = clean_line(value)
    return _settle(_key_once, line) or line


def _key_once(value: str) -> str:
    value = DASHES.sub("-", APOSTROPHES.sub("'", VARIATION_SELECTORS.sub("", value)))
    value = normalize("NFKD", value).casefold().translate(LATIN)
    return clean_line("".join(char for char in value if not _is_accent(char)))


def _is_accent(char: str) -> bool:
    # Canonical combining classes: overlays; Hebrew and Arabic points; above and below.
    number = combining(char)
    return number == 1 or 10 <= number <= 35 or number >= 200


def slugify(
    value: str,
    *,
    max_length: int = 80,
    reserved: frozenset[str] = RESERVED_SLUGS,
    fallback: str = "story",
) -> str:
    """A path part: lower case, hyphens, never empty, never over `max_length` (≥ 20) characters.

    Latin becomes ASCII, other scripts keep their letters. Without a letter or digit: `fallback`
    and a stable short hash. A reserved word or a bare number gets "-fallback" behind it.
    """
    slug = _cut_slug("-".join(_slug_parts(value)), max_length)
    if not slug:
        digest = sha256(clean_line(value).encode()).hexdigest()[:6]
        return f"{fallback}-{digest}"
    if slug in reserved or slug.replace("-", "").isdecimal():
        return f"{_cut_slug(slug, max_length - len(fallback) - 1)}-{fallback}"
    return slug


def is_slug(value: str, *, max_length: int = 80) -> bool:
    """Is this a slug as `slugify` makes them?"""
    return bool(value) and slugify(value, max_length=max_length) == value


def unique_slug(base: str, taken: Callable[[str], bool], *, max_length: int = 80) -> str:
    """`base`, or base-2 … base-20, or `base` and six random letters: the first that is not taken.

    The database has the last word: on its unique constraint, call again.
    """
    stem = _cut_slug(base, max_length - 7)
    numbered = (f"{stem}-{number}" for number in range(2, 21))
    drawn = (f"{stem}-{token_hex(3)}" for _ in count())
    return next(slug for slug in chain([base], numbered, drawn) if not taken(slug))


def _slug_parts(value: str) -> list[str]:
    text = APOSTROPHES.sub("", JOINERS.sub("", clean_line(value)))
    # Signs go before NFKC, which would make letters of them (a trade mark's "TM").
    text = "".join(
        char if category(char)[0] in "LNM" and char not in BLANKS else " " for char in text
    )
    text = normalize("NFKC", text).lower().translate(LATIN)
    letters: list[str] = []
    for char in text:
        if category(char)[0] == "M":
            # Only the marks of other scripts are letters of a slug.
            letters.append(char if letters and letters[-1] > "\x7f" else "")
        elif category(char)[0] in "LN":
            letters.append(_ascii(char) or char)
        else:
            letters.append(" ")
    return "".join(letters).split()


def _ascii(char: str) -> str:
    return "".join(part for part in normalize("NFKD", char) if part.isascii() and part.isalnum())


def _cut_slug(slug: str, max_length: int) -> str:
    if len(slug) <= max_length:
        return slug
    head, hyphen, _rest = slug[: max_length + 1].rpartition("-")
    return head if hyphen else slug[:max_length]


def slug_words(slug: str) -> list[str]:
    """The words of a slug, percent-encoded or not, in lower case."""
    return [word for word in re.split(r"[-_/\s]+", unquote(slug).lower()) if word]


def title_from_slug(slug: str, *, context: str = "") -> str:
    """A working title: the slug's words as a sentence, capitals as plain-text `context` has them.

    A word's form beside the same neighbour tells most ("We Cry Together"), else its commonest.
    A capital that begins a sentence tells nothing, unless the next word has one, too.
    """
    words, forms = slug_words(slug), _forms(context)
    title = []
    for before, word, after in zip([" ", *words], words, [*words[1:], " "], strict=False):
        beside = forms[before, word, ""] + forms["", word, after]
        title.append(_commonest(beside or forms["", word, ""], word))
    if title and title[0].islower():
        title[0] = title[0][0].upper() + title[0][1:]
    return " ".join(title)


def _forms(context: str) -> defaultdict[tuple[str, str, str], Counter[str]]:
    """How often a word is written how, by (word before, word, word after); "" is any."""
    forms: defaultdict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    found = [(match, "".join(_slug_parts(match[0]))) for match in WORD.finditer(context)]
    initial = True
    for (match, key), (after, after_key) in zip(found, [*found[1:], (None, "")], strict=False):
        gap = context[match.end() : after.start() if after else None]
        # Not after "Mr." and "J."
        ends = "\n" in gap or (len(match[0]) > 2 and SENTENCE_END.search(gap) is not None)
        if not initial or (after and not ends and not after[0].islower()):
            forms["", key, ""][match[0]] += 1
            if match[0].endswith(("'s", "\u2019s")):
                forms["", key[:-1], ""][match[0][:-2]] += 1
        if after and not initial and not gap.strip(" \u00a0-"):
            forms["", key, after_key][match[0]] += 1
            forms[key, after_key, ""][after[0]] += 1
        initial = ends
    return forms


def _commonest(forms: Counter[str], word: str) -> str:
    """Of two equally common forms the one in lower case."""
    return max(forms, key=lambda form: (forms[form], form.islower()), default=word)


def word_count(text: str) -> int:
    """Words of a plain text: what stands between spaces, dashes and slashes and holds a letter or
    digit. Two characters of Han or kana count as a word; Thai and its like are undercounted."""
    dense = len(CJK.findall(text))
    parts = re.split("[\\s/\u2013\u2014]+", CJK.sub(" ", text))
    return math.ceil(dense / 2) + sum(any(char.isalnum() for char in part) for part in parts)


def reading_minutes(words: int) -> int:
    """Whole minutes for so many words, at least 1."""
    return max(1, round(words / WORDS_PER_MINUTE))


def excerpt(text: str, *, max_chars: int) -> str:
    """The beginning of a plain text in one line, cut after a word, "…" included in `max_chars`."""
    near = text[: max_chars * NEAR_CHARS]
    line = clean_line(near)
    if near != text and len(line) <= max_chars * 2:
        line = clean_line(text)  # much of the beginning can't be seen
    if len(line) <= max_chars:
        return line
    head = line[:max_chars]
    space = head.rfind(" ")
    # A long first word, or a script without spaces: cut anywhere but inside a sign.
    cut = space if space > max_chars // 2 else _whole(line, max_chars - 1)
    return line[:cut].rstrip(" ,;:.!?([{\u2013\u2014-\u2018\u201c\u00ab\u00a1\u00bf") + "\u2026"


def _whole(line: str, cut: int) -> int:
    """The last place ≤ `cut` where no mark or joiner ties the two sides together."""
    while cut > 0 and (
        category(line[cut])[0] == "M" or line[cut] == "\u200d" or line[cut - 1] == "\u200d"
    ):
        cut -= 1
    return cut


def initials(name: str) -> str:
    """Two capitals at most, of the first and the last word: "Joseph Okpako" gives "JO"."""
    words = re.findall(r"[^\W_]+", clean_line(name))
    return "".join(word[0].upper() for word in (words[:1] + words[1:][-1:]))
