"""From the embeds a body names to rows, and what the desk decides about them: one Embed per post,
one EmbedUse per place.
"""

from collections.abc import Iterable, Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from articles.actions.nudge import nudge_on_commit
from articles.embeds.provider import EmbedRef
from articles.embeds.providers import by_slug
from articles.embeds.rows import known_or_new
from articles.embeds.states import STATE_FIELDS, change
from articles.models import Article, Embed, EmbedUse, SiteState, public_changed

RESOLVE_TASK = "articles.resolve_embed"
State = Embed.State


def sync_embeds(article: Article, refs: Sequence[EmbedRef], *, urgent: bool = True) -> None:
    """Make the article's embed uses equal `refs`, in order. Must run inside the save's transaction.

    A row that is new starts pending: it is the record that a worker has to look at it. A post
    that other articles use already is not touched, and not fetched again. Unless it is `urgent`
    (somebody at the desk waits), the sweep asks for new rows when it has nothing better to do.
    """
    wanted = [
        (position, ref, upsert_embed(ref, urgent=urgent)) for position, ref in enumerate(refs)
    ]
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
    if urgent:
        ask_for(embed for _, _, embed in wanted)


def ask_for(embeds: Iterable[Embed]) -> None:
    """After the commit, have a worker look at those of them that nobody has looked at yet."""
    fresh = {embed.pk for embed in embeds if embed.state == State.PENDING}
    nudge_on_commit(RESOLVE_TASK, sorted(fresh))


def upsert_embed(ref: EmbedRef, *, urgent: bool = True) -> Embed:
    """The row of this post, made if it is new; of a short link, what it is known to lead to. The
    old page's quote is kept where none is yet.
    """
    priority = Embed.Priority.DESK if urgent else Embed.Priority.IMPORT
    embed, made = known_or_new(ref, priority)
    if not made and ref.quote and not embed.quote:
        embed.quote, embed.quote_author = ref.quote, embed.quote_author or ref.author
        embed.render_version = 0  # the stored card lacks the quote
        embed.save(update_fields=["quote", "quote_author", "render_version"])
        public_changed()  # other stories may show it
    if urgent and embed.state == State.PENDING and embed.priority != Embed.Priority.DESK:
        # An import brought it and its turn has not come: somebody waits for it now.
        embed.priority = Embed.Priority.DESK
        embed.save(update_fields=["priority"])
    return embed


@transaction.atomic
def ask_again(embeds: QuerySet[Embed]) -> int:
    """Make these rows due now, with their tries counted anew; how many there were. What the desk
    called gone may come back by the answer; what it blocked is left alone.
    """
    rows = embeds.exclude(state=State.BLOCKED)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    Embed.objects.filter(pk__in=ids).update(
        held=False,
        next_check_at=timezone.now(),
        priority=Embed.Priority.DESK,
        attempts=0,
        failures=0,
        lease_until=None,
    )
    nudge_on_commit(RESOLVE_TASK, ids)
    return len(ids)


def mark_gone(embeds: QuerySet[Embed], *, by: AbstractBaseUser, reason: str = "") -> int:
    """Say that these posts are gone, whatever their providers answer; how many that changed.
    Readers see what the newsroom kept of them.
    """
    return _decide(embeds, State.GONE, by=by, reason=reason)


def block(embeds: QuerySet[Embed], *, by: AbstractBaseUser, reason: str = "") -> int:
    """Show these posts no more, and ask nobody about them; how many that changed."""
    return _decide(embeds, State.BLOCKED, by=by, reason=reason)


@transaction.atomic
def restore(embeds: QuerySet[Embed], *, by: AbstractBaseUser, reason: str = "") -> int:
    """Show posts again that are blocked or gone, and ask about them; how many that changed."""
    # They are due in this transaction too: nothing shows them and then never asks.
    ids = list(embeds.filter(state__in=[State.BLOCKED, State.GONE]).values_list("pk", flat=True))
    rows = Embed.objects.filter(pk__in=ids)
    changed = _decide(rows, State.PENDING, by=by, reason=reason)
    ask_again(rows)
    return changed


@transaction.atomic
def _decide(embeds: QuerySet[Embed], to: Embed.State, *, by: AbstractBaseUser, reason: str) -> int:
    """Bring each row into the state by the desk's word, with its record, where that is allowed."""
    ids = embeds.order_by("pk").values_list("pk", flat=True)
    changed = 0
    for embed in Embed.objects.select_for_update().filter(pk__in=list(ids)).order_by("pk"):
        if change(embed, to, by=by, reason=reason):
            embed.render_version = 0  # the stored card says otherwise
            # A worker that is asking about it meanwhile must not save over the decision.
            embed.lease_until = None
            embed.next_check_at = None
            embed.save(
                update_fields=[*STATE_FIELDS, "render_version", "lease_until", "next_check_at"]
            )
            changed += 1
    if changed:
        public_changed()
    return changed


@transaction.atomic
def switch_provider(slug: str, *, off: bool, by: AbstractBaseUser | None) -> bool:
    """Switch a provider off for the whole site, or on again: while it is off, readers get links in
    place of its posts and nobody asks it anything. True if that is a change. Raises ValueError for
    a provider that is not in the registry.
    """
    if by_slug(slug) is None:
        raise ValueError(f"No provider is called “{slug}”.")
    SiteState.objects.get_or_create(pk=1)
    state = SiteState.objects.select_for_update().get(pk=1)
    if (slug in state.providers_off) == off:
        return False
    if off:
        now = timezone.now().isoformat(timespec="seconds")
        state.providers_off[slug] = {"at": now, "by": by.get_username() if by else ""}
    else:
        del state.providers_off[slug]
    # No other column: the generation may be growing in this moment.
    state.save(update_fields=["providers_off"])
    public_changed()
    return True
