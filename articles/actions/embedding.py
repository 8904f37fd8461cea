"""From the embeds a body names to rows: one Embed per post, one EmbedUse per place."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils import timezone

from articles.actions.nudge import nudge_on_commit
from articles.embeds.provider import EmbedRef
from articles.embeds.rows import embed_key
from articles.models import Article, Embed, EmbedUse, public_changed

RESOLVE_TASK = "articles.resolve_embed"


def sync_embeds(article: Article, refs: Sequence[EmbedRef]) -> None:
    """Make the article's embed uses equal `refs`, in order. Must run inside the save's transaction.

    A row that is new starts pending: it is the record that a worker has to look at it. A post
    that other articles use already is not touched, and not fetched again.
    """
    wanted = [(position, ref, upsert_embed(ref)) for position, ref in enumerate(refs)]
    existing = {
        use.position: (use.embed_id, use.url, use.start) for use in article.embed_uses.all()
    }
    target = {position: (embed.pk, ref.url, ref.start) for position, ref, embed in wanted}
    if existing != target:
        article.embed_uses.all().delete()
        EmbedUse.objects.bulk_create(
            EmbedUse(article=article, embed=embed, position=position, url=ref.url, start=ref.start)
            for position, ref, embed in wanted
        )
    fresh = {e.pk for _, _, e in wanted if e.state == Embed.State.PENDING}
    nudge_on_commit(RESOLVE_TASK, sorted(fresh))


def upsert_embed(ref: EmbedRef) -> Embed:
    """The row of this post, made if it is new. The old page's quote is kept where none is yet."""
    embed, made = Embed.objects.get_or_create(
        provider=ref.provider,
        key=embed_key(ref),
        defaults={
            "media_id": ref.media_id or "",
            "url": ref.canonical_url or ref.url,
            "canonical_url": ref.canonical_url or "",
            "kind": ref.kind,
            "quote": ref.quote,
            "quote_author": ref.author,
        },
    )
    if not made and ref.quote and not embed.quote:
        embed.quote, embed.quote_author = ref.quote, embed.quote_author or ref.author
        embed.render_version = 0  # the stored card lacks the quote
        embed.save(update_fields=["quote", "quote_author", "render_version"])
        public_changed()  # other stories may show it
    return embed


def ask_again(embeds: QuerySet[Embed]) -> int:
    """Make these rows due now, with their tries counted anew; how many there were."""
    ids = list(embeds.values_list("pk", flat=True))
    Embed.objects.filter(pk__in=ids).update(
        next_check_at=timezone.now(), attempts=0, lease_until=None
    )
    nudge_on_commit(RESOLVE_TASK, ids)
    return len(ids)
