"""Addresses that stand alone: in a paragraph of their own, or on a line of plain text.

An address in a sentence, a list, a heading or a caption stays what it is, and so does a link with
words of its own. A "piece" is a run of text and inline elements between two blocks.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from articles.embeds.findings import Findings
from articles.embeds.provider import EmbedRef
from articles.embeds.providers import match_text
from articles.embeds.tokens import INLINE, Kind, Token, is_blank, names
from articles.embeds.url import BLANK

# A line of text in one of these is plain text; anywhere else only a paragraph can stand alone.
_PLAIN = names("article body center div html main section")
_NEVER = names(
    "a button caption dd dl dt figcaption figure h1 h2 h3 h4 h5 h6 label legend li ol summary ul"
)
_OF_LINES = frozenset({Kind.TEXT, Kind.BREAK, Kind.DROP})
_BLOCKS = frozenset({Kind.EMBED, Kind.LINK})
# Formatting that a paste leaves around an address.
_TRANSPARENT = names("b big em font i ins mark small span strong u")


@dataclass(slots=True)
class _Line:
    """Stretches of text (token number, from, to), and what else there is on the line."""

    stretches: list[tuple[int, int, int]] = field(default_factory=list)
    link: tuple[int, int] | None = None
    mixed: bool = False

    @property
    def counts(self) -> bool:
        return self.mixed or self.link is not None or bool(self.stretches)

    def add(self, token: Token, index: int) -> None:
        """A tag, or an element that stands in the line."""
        if token.name == "a" and token.kind is Kind.OPEN:
            self.mixed = self.counts
            self.link = (index, index)
        elif token.name == "a" and token.kind is Kind.CLOSE and self.link:
            self.link = (self.link[0], index)
        elif token.name not in _TRANSPARENT:
            self.mixed = True


def embed_lines(tokens: list[Token], findings: Findings) -> bool:
    """Turn addresses that stand alone into EMBED tokens, in place. True where there were any."""
    search = _Search(tokens, findings)
    search.run()
    edits = search.edits
    if edits:
        tokens[:] = [
            new
            for index, old in enumerate(tokens)
            for new in (_edited(old, edits[index]) if index in edits else (old,))
        ]
    return bool(edits)


class _Search:
    """One walk over the tokens, piece by piece; `edits` are what it found to be done, by token."""

    def __init__(self, tokens: list[Token], findings: Findings) -> None:
        self.tokens = tokens
        self.findings = findings
        self.edits: dict[int, list[tuple[int, int, Token | None]]] = {}
        self.around: list[str] = []
        # How many of the elements around forbid it, and how many leave it to paragraphs.
        self.forbidding = self.unplain = 0

    def run(self) -> None:
        piece: list[int] = []
        links = 0
        in_link = False
        for index, token in enumerate([*self.tokens, Token(Kind.RAW)]):
            if token.name == "a" and token.kind is not Kind.RAW:
                links += 1 if token.kind is Kind.OPEN else -1
            if _goes_on(token, self.around):
                # A link that began before this piece and ends before its first word is not
                # around it.
                in_link = in_link and (links > 0 or bool(piece))
                if piece or not _is_edge(token, Kind.CLOSE):
                    piece.append(index)
                continue
            if not in_link:
                self._judge(piece)
            piece, in_link = [], links > 0
            self._step(token)

    def _step(self, token: Token) -> None:
        if token.kind is Kind.OPEN:
            self.around.append(token.name)
        elif token.kind is not Kind.CLOSE:
            return
        change = 1 if token.kind is Kind.OPEN else -1
        self.forbidding += change * (self.around[-1] in _NEVER)
        self.unplain += change * (self.around[-1] not in _PLAIN)
        if token.kind is Kind.CLOSE:
            self.around.pop()

    def _judge(self, piece: list[int]) -> None:
        """Note the edits for a piece's lone addresses. A paragraph must hold nothing else."""
        in_paragraph = bool(self.around) and self.around[-1] == "p"
        if self.forbidding or (self.unplain and not in_paragraph):
            return
        tokens = self.tokens
        if not any("/" in tokens[index].text or tokens[index].href for index in piece):
            return
        while piece and _is_edge(tokens[piece[-1]], Kind.OPEN):
            piece.pop()
        found: list[tuple[_Line, EmbedRef]] = []
        for line in _lines(piece, tokens, by_newline=not in_paragraph):
            ref = _ref(line, tokens)
            if ref is not None:
                found.append((line, ref))
            elif in_paragraph and line.counts:
                return
        for line, ref in found:
            self._note(line, self.findings.embed(ref))

    def _note(self, line: _Line, embed: Token) -> None:
        for number, (index, begin, end) in enumerate(line.stretches):
            self.edits.setdefault(index, []).append((begin, end, None if number else embed))
        for index in line.link or ():
            self.edits[index] = [(0, 0, None)]


def _is_edge(token: Token, tag: Kind) -> bool:
    """Whether nothing of the token would be left at a piece's end: blanks, and tags that close
    (or open) there."""
    if token.kind is Kind.TEXT:
        return is_blank(token.text)
    return token.kind is tag or token.kind in _OF_LINES


def _goes_on(token: Token, around: list[str]) -> bool:
    """Whether the token is part of a line of text; all others end it."""
    if token.kind in _OF_LINES:
        return True
    if token.kind in _BLOCKS:
        return token.kind is Kind.LINK and bool(around) and around[-1] == "p"
    return token.name in INLINE


def _lines(piece: list[int], tokens: list[Token], *, by_newline: bool) -> Iterator[_Line]:
    """The piece's lines one by one. A paragraph's end with the first that has other things on it:
    there is no embed in it.
    """
    line = _Line()
    for index in piece:
        token = tokens[index]
        if token.kind is Kind.TEXT:
            begin = 0
            for part in token.text.split("\n") if by_newline else (token.text,):
                if begin:
                    yield line
                    line = _Line()
                if not is_blank(part):
                    line.stretches.append((index, begin, begin + len(part)))
                begin += len(part) + 1
        elif token.kind is Kind.BREAK:
            yield line
            line = _Line()
        elif token.kind is not Kind.DROP:
            line.add(token, index)
            if line.mixed and not by_newline:
                break
    yield line


def _ref(line: _Line, tokens: list[Token]) -> EmbedRef | None:
    if line.mixed or not line.stretches:
        return None
    text = "".join(tokens[index].text[begin:end] for index, begin, end in line.stretches)
    if line.link is None:
        return match_text(text) if "//" in text else None
    if "." not in text:  # as most words of links: no address
        return None
    first, last = line.link
    if not all(first < index < last for index, _, _ in line.stretches):
        return None
    ref = match_text(tokens[first].href)
    if ref is None:
        return None
    # Link texts often leave the scheme out.
    named = match_text(text) or match_text(f"https://{text.strip(BLANK)}")
    return ref if named and ref.identity == named.identity else None


def _edited(token: Token, edits: list[tuple[int, int, Token | None]]) -> list[Token]:
    """A TEXT token with embeds in place of some of its text; a self-link's tags go."""
    if token.kind is not Kind.TEXT:
        return []
    parts: list[Token] = []
    done = 0
    for begin, end, embed in edits:
        parts.append(Token(Kind.TEXT, text=token.text[done:begin]))
        if embed is not None:
            parts.append(embed)
        done = end
    parts.append(Token(Kind.TEXT, text=token.text[done:]))
    return [part for part in parts if part.text or part.ref]
