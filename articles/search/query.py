"""What a reader typed, read once into a small tree that each engine writes in its own words. Pure.

    pier jazz        both words, anywhere          "night pier"   these words side by side
    pier OR harbour  one of the two, at least      -opera         not this one
    harb*            words that begin so           post-punk      as "post punk"

OR joins its two neighbours only, as search sites have it. There is no wrong query: what has no
meaning here is left out. A query is cut to 200 characters and twelve terms.
"""

import re
from dataclasses import dataclass, replace

from articles.search.words import words

MAX_QUERY_CHARS = 200
MAX_TERMS = 12
# What a word of the headline is called in the index, beside its plain name.
HEADLINE_MARK = "\ue001"
MIN_PREFIX_CHARS = 2  # "a*" is half the dictionary
_PARTS = re.compile(r'(?P<minus>[-−–](?=[^\s-]))?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb\u201f\u300c\u300d", '"'))


@dataclass(frozen=True, slots=True)
class Term:
    """Words of the index in a row; with `prefix` the last one is only the beginning of one."""

    keys: tuple[str, ...]
    prefix: bool = False

    @property
    def is_phrase(self) -> bool:
        return len(self.keys) > 1

    @property
    def needle(self) -> str:
        """How it stands in the text of an entry."""
        return f" {' '.join(self.keys)}{'' if self.prefix else ' '}"


@dataclass(frozen=True, slots=True)
class Query:
    """Each group asks for at least one of its terms; no excluded term may be there."""

    groups: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()

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
        """The same, where the last word may go on; the same object where it can't."""
        if not self.groups:
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
    joins = False
    for part in _PARTS.finditer(text[:MAX_QUERY_CHARS].translate(_QUOTES)):
        if part["word"] in {"OR", "|"} and not part["minus"]:
            joins = True
            continue
        term = _term(part["phrase"], part["word"] or "", english=english)
        if term is None or (part["word"] == "AND" and not part["minus"]):
            continue
        if part["minus"]:
            excluded.append(term)
        elif joins and groups:
            groups[-1].append(term)
        else:
            groups.append([term])
        joins = False
        if sum(map(len, groups)) + len(excluded) == MAX_TERMS:
            break
    return Query(tuple(map(tuple, groups)), tuple(excluded))


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
