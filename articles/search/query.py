"""What a reader typed, read once into a small tree that each engine writes in its own words. Pure.

    pier jazz        both words, anywhere          "night pier"   these words side by side
    pier OR harbour  one of the two, at least      -opera         not this one
    harb*            words that begin so           post-punk      as "post punk"

OR joins its two neighbours only, as search sites have it. There is no wrong query: what has no
meaning here is left out. A query is cut to 200 characters and twelve terms: four phrases, four
beginnings (a fifth is a plain word) and five that are left out. What is said twice is asked once.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar

from articles.search.words import words

MAX_QUERY_CHARS = 200
MAX_TERMS = 12
MAX_EXCLUDED = 5  # where nearly every story is left out, an index is read to its end
MAX_PHRASES = 4  # each is looked for in whole texts
MAX_BEGINNINGS = 4  # each stands for hundreds of words
# What a word of the headline is called in the index, beside its plain name.
HEADLINE_MARK = "\ue001"
MIN_PREFIX_CHARS = 2  # "a*" is half the dictionary
_PARTS = re.compile(r'(?P<minus>[-−–](?=[^\s-]))?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb\u201f\u300c\u300d", '"'))
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Term:
    """Words of the index in a row; with `prefix` the last one is only the beginning of one."""

    keys: tuple[str, ...]
    prefix: bool = False

    @property
    def is_phrase(self) -> bool:
        return len(self.keys) > 1

    @property
    def is_beginning(self) -> bool:
        return self.prefix and not self.is_phrase

    @property
    def needle(self) -> str:
        """How it stands in the text of an entry."""
        return f" {' '.join(self.keys)}{'' if self.prefix else ' '}"


@dataclass(frozen=True, slots=True)
class Query:
    """Each group asks for at least one of its terms; no excluded term may be there."""

    groups: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()
    cut: bool = False  # more was typed than a search has room for
    closed: bool = False  # the last of its words stands in quotes: it is meant as it was typed

    def __bool__(self) -> bool:
        """Whether there is anything to look for: only to leave things out is no question."""
        return bool(self.groups)

    @property
    def terms(self) -> tuple[Term, ...]:
        return tuple(term for group in self.groups for term in group)

    @property
    def needs_text(self) -> bool:
        """Whether an index of words has no answer to it."""
        found = any(term.is_phrase for term in (*self.terms, *self.excluded))
        return found or any(term.prefix for term in self.excluded)

    def in_headline(self) -> "Query":
        """The same, asked of the headline; what is left out may stand nowhere."""
        groups = tuple(
            tuple(
                replace(term, keys=tuple(HEADLINE_MARK + key for key in term.keys))
                for term in group
            )
            for group in self.groups
        )
        return replace(self, groups=groups)

    def with_open_end(self) -> "Query":
        """The same, where the last word may go on; the same object where it can't: in quotes, or
        beside what is left out, which may be why nothing was found.
        """
        if not self.groups or self.excluded or self.closed:
            return self
        last = self.groups[-1][-1]
        if last.prefix or len(last.keys[-1]) < MIN_PREFIX_CHARS:
            return self
        opened = (*self.groups[-1][:-1], replace(last, prefix=True))
        return replace(self, groups=(*self.groups[:-1], opened))


def parse(text: str, *, english: bool) -> Query:
    """The query that a text means; an empty one for a text without a word."""
    groups: list[list[Term]] = []
    excluded: list[Term] = []
    joins = cut = closed = False
    for part in _PARTS.finditer(text[:MAX_QUERY_CHARS].translate(_QUOTES)):
        if part["word"] in {"OR", "|"} and not part["minus"]:
            joins = True
            continue
        term = _term(part["phrase"], part["word"] or "", english=english)
        if term is None or (part["word"] == "AND" and not part["minus"]):
            continue
        bounded = _bounded(term, [*chain(*groups), *excluded])
        cut = cut or bounded != term
        if bounded:
            closed = part["phrase"] is not None
            _place(bounded, excluded if part["minus"] else None, groups, joins=joins)
        joins = False
    unwanted = _once(excluded)
    cut = cut or len(unwanted) > MAX_EXCLUDED
    return Query(_once(_once(group) for group in groups), unwanted[:MAX_EXCLUDED], cut, closed)


def _bounded(term: Term, others: Sequence[Term]) -> Term | None:
    """The term as far as there is room for it beside the others."""
    if len(others) == MAX_TERMS:
        return None
    if term.is_phrase and sum(each.is_phrase for each in others) >= MAX_PHRASES:
        return None
    if term.is_beginning and sum(each.is_beginning for each in others) >= MAX_BEGINNINGS:
        return replace(term, prefix=False)
    return term


def _place(
    term: Term, excluded: list[Term] | None, groups: list[list[Term]], *, joins: bool
) -> None:
    if excluded is not None:
        excluded.append(term)
    elif joins and groups:
        groups[-1].append(term)
    else:
        groups.append([term])


def _once(each: Iterable[T]) -> tuple[T, ...]:
    """Without what is said again: it asks for nothing more, and is paid for in every story."""
    return tuple(dict.fromkeys(each))


def _term(phrase: str | None, word: str, *, english: bool) -> Term | None:
    wants_prefix = phrase is None and word.endswith("*")
    found = list(words(phrase or word, english=english))
    if not found:
        return None
    alone = len(found) == 1 or found[-2].end != found[-1].end
    if found[-1].tail and not alone:
        found.pop()  # the last letter stands in the last pair already
    keys = tuple(word.key for word in found[:MAX_TERMS])
    one_letter = found[-1].tail and alone
    return Term(keys, prefix=one_letter or (wants_prefix and len(keys[-1]) >= MIN_PREFIX_CHARS))
