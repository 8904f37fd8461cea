"""The reaction bars of WP Reactions in a saved page. Pure: HTML in, WpBar out.

Source: the markup of WP Reactions Lite 1.x (`data-post_id`, `data-share_url`) and of 2.x
(`data-bind_id`, no share URL). `data-count` is exact and empty for zero; the visible
`.count-num` is rounded above 999 and is never read.
"""

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

BAR = ".wpra-reactions-container"
QUESTION = ".wpra-call-to-action"
KIND = ".wpra-reaction[data-emoji_id]"
COUNT_DIGITS_MAX = 15
EMOJI_ID_DIGITS_MAX = 4


class WpBarUnreadable(ValueError):
    """A bar with a number that is none; its text says which."""


@dataclass(frozen=True, slots=True)
class WpBar:
    """One bar as the plugin printed it.

    `post_id` is a string as in the plugin's tables, where a shortcode's name may stand instead
    of a number. `counts` are pairs (emoji id, n) in the order of `kind_ids`.
    """

    version: str
    post_id: str
    question: str
    kind_ids: tuple[int, ...]
    counts: tuple[tuple[int, int], ...]
    share_url: str  # the permalink, on the host the page was served from; 2.x: empty
    show_count: bool

    @property
    def total(self) -> int:
        return sum(n for _, n in self.counts)


def read_wp_bars(html: str, *, unread: list[str] | None = None) -> tuple[WpBar, ...]:
    """The page's bars that have kinds, one for each post id (a bar above and below is one bar).

    Raises WpBarUnreadable for an emoji id that is no number and for such a count; with `unread` a
    count like that is 0 and said there, for who wants the story whatever its bar says.
    """
    bars: dict[str, WpBar] = {}
    for node in LexborHTMLParser(html).css(BAR):
        bar = _read(node, unread)
        if bar.kind_ids:
            bars.setdefault(bar.post_id, bar)
    return tuple(bars.values())


def _read(node: LexborNode, unread: list[str] | None) -> WpBar:
    post_id = _attribute(node, "data-post_id") or _attribute(node, "data-bind_id")
    question = node.css_first(QUESTION)
    counts: dict[int, int] = {}
    for kind in node.css(KIND):
        emoji_id = _number(kind, "data-emoji_id", digits=EMOJI_ID_DIGITS_MAX, post_id=post_id)
        try:
            count = _number(kind, "data-count", digits=COUNT_DIGITS_MAX, post_id=post_id)
        except WpBarUnreadable as error:
            if unread is None:
                raise
            count = 0
            unread.append(f"{error} 0 stands in its place.")
        counts.setdefault(emoji_id, count)
    return WpBar(
        version=_attribute(node, "data-ver"),
        post_id=post_id,
        question=" ".join(question.text().split()) if question else "",
        kind_ids=tuple(counts),
        counts=tuple(counts.items()),
        share_url=_attribute(node, "data-share_url"),
        show_count=_attribute(node, "data-show_count") != "false",
    )


def _attribute(node: LexborNode, name: str) -> str:
    return (node.attributes.get(name) or "").strip()


def _number(node: LexborNode, name: str, *, digits: int, post_id: str) -> int:
    text = _attribute(node, name)
    if not text and name == "data-count":
        return 0
    if not (text.isascii() and text.isdigit() and len(text) <= digits):
        raise WpBarUnreadable(
            f"The reaction bar of post {post_id or '(no id)'} has {name}=“{text[:40]}”, no number."
        )
    return int(text)
