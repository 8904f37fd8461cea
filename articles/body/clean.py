"""Any HTML of an article → house HTML: the whole way, for every way into the database.

Pure: no models, no network. Each step is a small function in a module beside this one;
newsroom.lib.html has the last word.
"""

from collections import Counter
from dataclasses import dataclass, replace

from articles.body import legacy, shortcodes, source
from articles.body.characters import tidy_characters
from articles.body.legacy import Context, OldSite
from articles.body.paragraphs import arrange
from articles.body.tidy import tidy
from articles.body.tree import parse, serialise
from articles.embeds.detect import rewrite_embeds
from articles.embeds.provider import EmbedRef
from newsroom.lib.html import BodyRefused, guard, refuse_too_big, sanitise

# A pass over a body brings up, now and then, what the next one mends. Two are the rule: the second
# finds nothing.
MAX_PASSES = 8


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know: what was lost, mended or not understood.

    `code` is one of damaged-html (subject: the words saved), unknown-shortcode, dropped-shortcode
    (name), dynamic-block (name), unknown-frame (host), dropped-element (tag), dropped-picture,
    embed (what the embeds' detection says).
    """

    code: str
    subject: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class CleanBody:
    """House HTML, the embeds in it in their order (again for each use), and the notes."""

    html: str
    embeds: tuple[EmbedRef, ...]
    notes: tuple[Note, ...]


def clean(html: str, *, old_site: OldSite | None = None) -> CleanBody:
    """House HTML of whatever an old site, an editor or a clipboard holds.

    In: any text; `old_site` makes links to it paths of ours. Out: a fixed point of this function
    and of `sanitise`. Raises newsroom.lib.html.BodyRefused for text that is too big, too deep, or
    never comes to rest.
    """
    notes: Counter[tuple[str, str]] = Counter()
    found: dict[tuple[str, str], EmbedRef] = {}
    cleaned = ""
    for _ in range(MAX_PASSES):
        written, refs, seen = _one_pass(html, old_site=old_site)
        # What the sanitiser wrote in the pass before, it would leave alone.
        cleaned = written if written == cleaned else sanitise(written)
        notes |= seen
        for ref in refs:
            found.setdefault(ref.identity, ref)
        if cleaned == html:
            # The first sight of an embed has its quote and author, which the body does not keep.
            embeds = tuple(_with_words_of(found[ref.identity], ref) for ref in refs)
            return CleanBody(cleaned, embeds, tuple(Note(*key, n) for key, n in notes.items()))
        html = cleaned
    raise BodyRefused("The HTML of this text can't be made sense of. Paste it as plain text.")


def _with_words_of(first: EmbedRef, ref: EmbedRef) -> EmbedRef:
    """A use as it stands in the body (its own start time), with the words that came along."""
    return replace(ref, quote=first.quote, author=first.author)


def _one_pass(
    html: str, *, old_site: OldSite | None
) -> tuple[str, tuple[EmbedRef, ...], Counter[tuple[str, str]]]:
    context = Context(old_site)
    refuse_too_big(html)
    html = tidy_characters(html)
    guard(html)
    html = source.mend_unclosed_quotes(html, context.notes)
    html = source.mend_unclosed_links(html, context.notes)
    html = source.mend_unclosed_frames(html, context.notes)
    source.note_blocks(html, context.notes)
    lines = not source.has_paragraphs(html)
    rewritten = rewrite_embeds(html)
    context.notes.update(("embed", note) for note in rewritten.notes)
    html = shortcodes.expand(rewritten.html, context.notes)
    guard(html)
    root = parse(html)
    legacy.apply(root, context)
    arrange(root, lines=lines)
    tidy(root)
    return serialise(root.children), rewritten.refs, context.notes
