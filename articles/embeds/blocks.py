"""What WordPress puts around an embed: block delimiters in comments, figures with a caption.

Delimiters: https://developer.wordpress.org/block-editor/explanations/architecture/key-concepts/
"""

import json
import re
from dataclasses import dataclass, field

from articles.embeds.tokens import INLINE, Kind, Token, is_blank, open_token

_DELIMITER = re.compile(
    r"\s*(?P<closing>/?)wp:(?:core/)?(?:embed|core-embed/[a-z0-9-]+)(?=[\s/]|\Z)(?P<rest>.*)",
    re.DOTALL,
)
_MEDIA = frozenset({"img", "amp-img", "picture", "video", "audio", "table", "svg"})


@dataclass(frozen=True, slots=True)
class Delimiter:
    """An embed block's comment; `url` is what its JSON names, or ""."""

    opens: bool
    closes: bool
    url: str


def block_delimiter(comment: str) -> Delimiter | None:
    """Read a comment; None for every comment that doesn't delimit an embed block."""
    found = _DELIMITER.match(comment)
    if found is None:
        return None
    if found["closing"]:
        return Delimiter(opens=False, closes=True, url="")
    rest = found["rest"].strip()
    return Delimiter(opens=True, closes=rest.endswith("/"), url=_url(rest.removesuffix("/")))


def _url(attributes: str) -> str:
    try:
        values = json.loads(attributes)
    except (ValueError, RecursionError):
        return ""
    url = values.get("url") if isinstance(values, dict) else None
    return url if isinstance(url, str) else ""


@dataclass(frozen=True, slots=True)
class Block:
    """An embed block that is open: the address its delimiter names, and where its tokens begin."""

    url: str
    begins: int

    def is_empty(self, tokens: list[Token]) -> bool:
        """Whether nothing but tags and blanks was saved in it."""
        return all(
            token.kind in {Kind.OPEN, Kind.CLOSE}
            or (token.kind is Kind.TEXT and is_blank(token.text))
            or (token.kind is Kind.RAW and not token.html)
            for token in tokens[self.begins :]
        )


@dataclass(slots=True)
class _Figure:
    """A figure that is open: where it begins, what is in it, its captions' first and last token.

    `depth` counts captions in captions, of which only the outermost is one.
    """

    begins: int
    has_post: bool = False
    has_media: bool = False
    depth: int = 0
    captions: list[tuple[int, int]] = field(default_factory=list)


def unwrap_figures(tokens: list[Token]) -> bool:
    """Take the tags off figures that hold embeds and no picture of ours; their captions become
    paragraphs. In place; True where there were any."""
    figures: list[_Figure] = []
    changed = False
    for index, token in enumerate(tokens):
        if token.kind is Kind.OPEN and token.name == "figure":
            figures.append(_Figure(index))
        elif not figures:
            continue
        elif token.kind is Kind.CLOSE and token.name == "figure":
            figure = figures.pop()
            if figures:
                figures[-1].has_post |= figure.has_post
                figures[-1].has_media |= figure.has_media
            if figure.has_post and not figure.has_media:
                _unwrap(figure, tokens, index)
                changed = True
        else:
            _look_into(figures[-1], token, index)
    return changed


def _look_into(figure: _Figure, token: Token, index: int) -> None:
    if token.kind in {Kind.EMBED, Kind.LINK}:
        figure.has_post = True
    elif token.name in _MEDIA:
        figure.has_media = True
    elif token.name == "figcaption" and token.kind is Kind.OPEN:
        figure.depth += 1
        if figure.depth == 1:
            figure.captions.append((index, index))
    elif token.name == "figcaption":
        figure.depth -= 1
        if figure.depth == 0:
            figure.captions[-1] = (figure.captions[-1][0], index)


def _unwrap(figure: _Figure, tokens: list[Token], ends: int) -> None:
    tokens[figure.begins] = tokens[ends] = Token(Kind.RAW, name="figure")
    for first, last in figure.captions:
        inside = tokens[first + 1 : last]
        has_words = any(part.kind is Kind.TEXT and not is_blank(part.text) for part in inside)
        has_blocks = any(part.kind is Kind.OPEN and part.name not in INLINE for part in inside)
        if has_words and not has_blocks:
            tokens[first], tokens[last] = open_token("p", {}), Token(Kind.CLOSE, name="p")
        else:
            tokens[first] = tokens[last] = Token(Kind.RAW, name="figcaption")
