"""Another address for an embedded post, in every story that has it: the post moved, or its
provider let it go and the newsroom found it elsewhere.
"""

import html as entities
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from articles.actions.drafting import with_fields
from articles.actions.editing import claim_version, keep_revision, show_readers, write_row
from articles.actions.embedding import ask_for, upsert_embed
from articles.actions.publishing import lock
from articles.drafts import draft_from, live_draft
from articles.embeds.provider import EmbedRef
from articles.embeds.providers import match_text
from articles.embeds.rows import embed_key
from articles.models import Article, Embed, EmbedUse, Revision

_EMBED = re.compile(r"<oembed>([^<]*)</oembed>")


class NotAPost(ValueError):
    """The new address is no provider's post, or is the one that it was to replace."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """`articles`: whose text changed. `live`: those of them that readers see or will see.
    `drafts`: those with a working draft that changed, too or alone.
    """

    articles: int = 0
    live: int = 0
    drafts: int = 0


def replace_url(embed: Embed, url: str, *, by: AbstractBaseUser | None) -> Replaced:
    """Put the post at `url` in the place of this one, wherever a live text or a working draft has
    it. Each article is one transaction, with a revision and the next version, so that nobody's
    open editor saves the old address back unseen; of one that fails, the ones before are done and
    the same call does the rest. Raises NotAPost, and then nothing has changed.
    """
    new = replacement(embed, url)
    is_it = _judge(embed)
    done = [_replace_in(pk, is_it, new=new, by=by) for pk in _articles_with(embed, is_it)]
    changed = [parts for parts in done if parts]
    return Replaced(
        articles=len(changed),
        live=sum("live" in parts for parts in changed),
        drafts=sum("draft" in parts for parts in changed),
    )


def replacement(embed: Embed, url: str) -> EmbedRef:
    """The post at `url`, to stand in the place of this one. Raises NotAPost."""
    new = match_text(url)
    if new is None:
        raise NotAPost("This is not the address of a post that can be embedded.")
    if (new.provider, embed_key(new)) in {(embed.provider, name) for name in _names(embed)}:
        raise NotAPost("This is the address of the same post.")
    return new


def would_change(embed: Embed) -> list[int]:
    """The articles whose text or working draft has the post now."""
    return _articles_with(embed, _judge(embed))


def embedded_addresses(body: str) -> list[str]:
    """The addresses in a body's `<oembed>`s, in their order."""
    return [entities.unescape(address) for address in _EMBED.findall(body)]


def swapped(body: str, is_it: Callable[[str], bool], new: EmbedRef) -> str:
    """House HTML with the new post's address in each embed whose address `is_it`."""

    def swap(found: re.Match[str]) -> str:
        if not is_it(entities.unescape(found[1])):
            return found[0]
        return f"<oembed>{entities.escape(new.url, quote=False)}</oembed>"

    return _EMBED.sub(swap, body)


def _names(embed: Embed) -> set[str]:
    """The keys under which its provider knows it: its own and those of its short links."""
    return {embed.key, *embed.aliases.values_list("key", flat=True)}


def _judge(embed: Embed) -> Callable[[str], bool]:
    """Whether an address is this post's."""
    names = _names(embed)

    def is_it(address: str) -> bool:
        ref = match_text(address)
        return ref is not None and ref.provider == embed.provider and embed_key(ref) in names

    return is_it


def _articles_with(embed: Embed, is_it: Callable[[str], bool]) -> list[int]:
    """Articles whose row has the post, and those whose working draft has it alone."""
    uses = EmbedUse.objects.filter(article=OuterRef("pk"), embed=embed)
    in_rows = set(Article.objects.filter(Exists(uses)).values_list("pk", flat=True))
    drafts = Article.objects.filter(Q(current_draft__isnull=False)).values_list(
        "pk", "current_draft__snapshot__body_html"
    )
    in_drafts = {
        pk
        for pk, body in drafts.iterator(chunk_size=100)
        if any(map(is_it, embedded_addresses(body or "")))
    }
    return sorted(in_rows | in_drafts)


@transaction.atomic
def _replace_in(
    pk: int, is_it: Callable[[str], bool], *, new: EmbedRef, by: AbstractBaseUser | None
) -> frozenset[str]:
    """Which parts of the article changed: "live", "draft" or both, "row" for one that is neither
    public nor apart from its draft.
    """
    article = Article.objects.get(pk=pk)
    lock(article)
    parts = set()
    body = swapped(article.body_html, is_it, new)
    draft = draft_from(article.current_draft.snapshot) if article.current_draft else None
    text = swapped(draft.fields["body_html"], is_it, new) if draft else ""
    in_row = body != article.body_html
    in_draft = draft is not None and text != draft.fields["body_html"]
    if not in_row and not in_draft:
        return frozenset()
    claim_version(article, None, by=by)
    note = f"Embed replaced by {new.url}"
    if in_row:
        article.body_html = body
        write_row(article, by=by)
        kept = keep_revision(
            article, live_draft(article), kind=Revision.Kind.SAVE, by=by, note=note
        )
        parts.add("row")
        if article.is_released:
            article.live = kept
            article.save(update_fields=["live"])
            show_readers(article)
            parts.add("live")
    if draft and in_draft:
        ask_for([upsert_embed(new)])
        changed = with_fields(draft, body_html=text)
        revision = keep_revision(article, changed, kind=Revision.Kind.SAVE, by=by, note=note)
        Article.objects.filter(pk=article.pk).update(current_draft=revision)
        parts.add("draft")
    return frozenset(parts)
