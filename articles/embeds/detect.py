"""Embeds in an article, in whatever form they came: found, and rewritten to `<oembed>URL</oembed>`.

HTML in, HTML out; no network, no database. The forms: an address alone in a paragraph or on a line,
AMP tags, providers' blockquotes, iframes, WordPress shortcodes, Gutenberg blocks, `<oembed>` and
`<embed>` tags, CKEditor's widgets.
"""

from dataclasses import dataclass, replace

from articles.embeds.blocks import unwrap_figures
from articles.embeds.findings import Findings
from articles.embeds.lines import embed_lines
from articles.embeds.provider import EmbedRef
from articles.embeds.reading import Reader
from articles.embeds.shortcodes import expand_all
from articles.embeds.tokens import Writer
from newsroom.lib.html_guard import guard

MAX_PASSES = 6


@dataclass(frozen=True, slots=True)
class Rewritten:
    """`refs` in the order of the text, one for each `<oembed>` in `html`; `notes` are sentences
    for the import report: what became a link or went."""

    html: str
    refs: tuple[EmbedRef, ...]
    notes: tuple[str, ...]


def rewrite_embeds(html: str) -> Rewritten:
    """Make every embed in `html` (or plain text) an `<oembed>` of its own, outside paragraphs.

    A paragraph around an embed is split, loader scripts go, frames nobody knows become links.
    Rewriting the result again changes nothing; a text without embeds comes back as it was.
    Raises BodyRefused for a text too big or too deep to parse, or of too many embeds.
    """
    done = first = _one_pass(html)
    # What was written may be parsed into another tree, and where something went, an address may
    # now stand alone. One more pass finds nothing for all but broken HTML.
    for _ in range(MAX_PASSES):
        if done.html == html:
            break
        html = done.html
        again = _one_pass(html)
        done = Rewritten(again.html, again.refs, done.notes + again.notes)
    # Only the first pass has read what came along with the embeds.
    same = [ref.identity for ref in first.refs] == [ref.identity for ref in done.refs]
    return replace(done, refs=first.refs) if same else done


def find_embeds(html: str) -> tuple[EmbedRef, ...]:
    """The embeds of a text in their order, as rewrite_embeds finds them."""
    return rewrite_embeds(html).refs


def _one_pass(html: str) -> Rewritten:
    if not any(mark in html for mark in ("<", "//", "[")):
        return Rewritten(html, (), ())
    guard(html)
    findings = Findings()
    reader = Reader(findings)
    reader.read(html)
    tokens, has_shortcodes = expand_all(reader.tokens, findings)
    has_figures = unwrap_figures(tokens)
    has_lines = embed_lines(tokens, findings)
    changed = reader.changed or has_shortcodes or has_figures or has_lines
    refs = tuple(token.ref for token in tokens if token.ref is not None)
    return Rewritten(Writer().write(tokens) if changed else html, refs, tuple(findings.notes))
