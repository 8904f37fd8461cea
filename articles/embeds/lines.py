"""Addresses that stand alone: in a paragraph of their own, or on a line of plain text.

An address in a sentence, a list, a heading or a caption stays what it is, and so does a link with
words of its own. A "piece" is a run of text and inline elements between two blocks.
"""

from dataclasses import dataclass, field

from articles.embeds.provider import EmbedRef
from articles.embeds.providers import match_text
from articles.embeds.tokens import INLINE, Kind, Token, embed_token, is_blank, names
from articles.embeds.url import BLANK

# A line of text in one of these is plain text; anywhere else only a paragraph can stand alone.
_PLAIN = names("article body center div html main section")
_NEVER = names(
    "a button caption dd dl dt figcaption figure h1 h2 h3 h4 h5 h6 label legend li ol summary ul"
)
# Formatting that a paste leaves around an address.
_TRANSPARENT = names("b em font i small span strong u")


@dataclass(slots=True)
class _Line:
    """Stretches of text (token number, from, to), and what else there is on the line."""

    stretches: list[tuple[int, int, int]] = field(default_factory=list)
    link: tuple[int, int] | None = None
    mixed: bool = False

    @property
    def counts(self) -> bool:
        return self.mixed or self.link is not None or bool(self.stretches)


def embed_lines(tokens: list[Token]) -> bool:
    """Turn addresses that stand alone into EMBED tokens, in place. True where there were any."""
    edits: dict[int, list[tuple[int, int, EmbedRef | None]]] = {}
    around: list[str] = []
    piece: list[int] = []
    links = 0
    in_link = False
    for index, token in enumerate([*tokens, Token(Kind.RAW)]):
        if token.name == "a" and token.kind is not Kind.RAW:
            links += 1 if token.kind is Kind.OPEN else -1
        if _goes_on(token, around):
            # A link that began before this piece and ends before its first word is not around it.
            in_link = in_link and (links > 0 or bool(piece))
            if piece or not _is_edge(token, Kind.CLOSE):
                piece.append(index)
            continue
        if not in_link:
            _judge(piece, tokens, around=around, edits=edits)
        piece, in_link = [], links > 0
        if token.kind is Kind.OPEN:
            around.append(token.name)
        elif token.kind is Kind.CLOSE:
            around.pop()
    if edits:
        tokens[:] = [
            new
            for index, old in enumerate(tokens)
            for new in (_edited(old, edits[index]) if index in edits else (old,))
        ]
    return bool(edits)


def _is_edge(token: Token, tag: Kind) -> bool:
    """Whether nothing of the token would be left at a piece's end: blanks, and tags that close
    (or open) there."""
    return token.kind in {tag, Kind.BREAK, Kind.DROP} or (
        token.kind is Kind.TEXT and is_blank(token.text)
    )


def _goes_on(token: Token, around: list[str]) -> bool:
    """Whether the token is part of a line of text; all others end it."""
    match token.kind:
        case Kind.TEXT | Kind.BREAK | Kind.DROP:
            return True
        case Kind.EMBED:
            return False
        case Kind.LINK:
            return bool(around) and around[-1] == "p"
        case _:
            return token.name in INLINE


def _judge(
    piece: list[int],
    tokens: list[Token],
    *,
    around: list[str],
    edits: dict[int, list[tuple[int, int, EmbedRef | None]]],
) -> None:
    """Note the edits for a piece's lone addresses. A paragraph must hold nothing else."""
    if not piece or not _NEVER.isdisjoint(around):
        return
    in_paragraph = bool(around) and around[-1] == "p"
    if not in_paragraph and not _PLAIN.issuperset(around):
        return
    while piece and _is_edge(tokens[piece[-1]], Kind.OPEN):
        piece.pop()
    lines = [line for line in _lines(piece, tokens, by_newline=not in_paragraph) if line.counts]
    found = [(line, _ref(line, tokens)) for line in lines]
    if in_paragraph and not all(ref for _, ref in found):
        return
    for line, ref in found:
        if ref is not None:
            for number, (index, begin, end) in enumerate(line.stretches):
                edits.setdefault(index, []).append((begin, end, None if number else ref))
            for index in line.link or ():
                edits[index] = [(0, 0, None)]


def _lines(piece: list[int], tokens: list[Token], *, by_newline: bool) -> list[_Line]:
    lines = [_Line()]
    for index in piece:
        token, line = tokens[index], lines[-1]
        if token.kind is Kind.TEXT:
            begin = 0
            for part in token.text.split("\n") if by_newline else (token.text,):
                if begin:
                    lines.append(_Line())
                if not is_blank(part):
                    lines[-1].stretches.append((index, begin, begin + len(part)))
                begin += len(part) + 1
        elif token.kind is Kind.BREAK:
            lines.append(_Line())
        elif token.name == "a" and token.kind is Kind.OPEN:
            line.mixed = line.counts
            line.link = (index, index)
        elif token.name == "a" and token.kind is Kind.CLOSE and line.link:
            line.link = (line.link[0], index)
        elif token.kind is not Kind.DROP and token.name not in _TRANSPARENT:
            line.mixed = True
    return lines


def _ref(line: _Line, tokens: list[Token]) -> EmbedRef | None:
    if line.mixed or not line.stretches:
        return None
    text = "".join(tokens[index].text[begin:end] for index, begin, end in line.stretches)
    if line.link is None:
        return match_text(text) if "//" in text else None
    first, last = line.link
    if not all(first < index < last for index, _, _ in line.stretches):
        return None
    ref = match_text(tokens[first].href)
    # Link texts often leave the scheme out.
    named = match_text(text) or match_text(f"https://{text.strip(BLANK)}")
    return ref if ref and named and ref.identity == named.identity else None


def _edited(token: Token, edits: list[tuple[int, int, EmbedRef | None]]) -> list[Token]:
    """A TEXT token with embeds in place of some of its text; a self-link's tags go."""
    if token.kind is not Kind.TEXT:
        return []
    parts: list[Token] = []
    done = 0
    for begin, end, ref in edits:
        parts.append(Token(Kind.TEXT, text=token.text[done:begin]))
        if ref is not None:
            parts.append(embed_token(ref))
        done = end
    parts.append(Token(Kind.TEXT, text=token.text[done:]))
    return [part for part in parts if part.text or part.ref]
