"""Old reactions of WP Reactions, as read from a saved page, onto an article of ours."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.importers.wp_bar import WpBar
from articles.models import Article, public_changed
from newsroom.lib.text import excerpt, slugify, unique_slug
from reactions.models import Base, Board, ReactionKind, ReactionSet, SetKind
from reactions.old_counts.record import came_from_tables
from reactions.set_style import Style

SOURCE = "wpreactions"
QUESTION_MAX_CHARS = 200
SLUG_MAX_CHARS = 60
DEFAULT_QUESTION = "What do you think?"


class UnknownKinds(ValueError):
    """The bar uses ids of the plugin that no kind of ours stands for."""


def apply_wp_bar(
    article: Article, bar: WpBar, *, slug_of: Mapping[int, str] | None = None
) -> Board:
    """Give the article the bar's set (question, kinds, order) and its old counts.

    The same bar again writes nothing; changed counts replace the old ones, unless these came from
    the plugin's tables. A set that the board
    has already, from an earlier import or an editor, stays. `slug_of` maps the plugin's ids to
    slugs of kinds for sites whose ids are not WP Reactions Lite's. Raises UnknownKinds, naming
    them, before anything is written.
    """
    kinds = _kinds(bar, slug_of=slug_of)
    with transaction.atomic():
        board = Board.objects.for_article(article.pk)
        if board.set_id is None:
            board.set = set_like(bar.question, kinds.values())
            board.save(update_fields=["set"])
        counts = {kind.pk: dict(bar.counts)[wp_id] for wp_id, kind in kinds.items()}
        # The plugin's tables are exact, and their readers may be votes here: a page adds nothing.
        if not came_from_tables(article.pk) and _write_bases(article, counts):
            Board.objects.filter(pk=board.pk).update(version=F("version") + 1)
        public_changed()
    return board


def _kinds(bar: WpBar, *, slug_of: Mapping[int, str] | None) -> dict[int, ReactionKind]:
    """Our kind of each of the bar's ids, in the bar's order."""
    if slug_of is None:
        found = {kind.legacy_wp_id: kind for kind in _having(legacy_wp_id__in=bar.kind_ids)}
    else:
        by_slug = {kind.slug: kind for kind in _having(slug__in=slug_of.values())}
        found = {wp_id: by_slug[slug] for wp_id, slug in slug_of.items() if slug in by_slug}
    missing = [str(wp_id) for wp_id in bar.kind_ids if wp_id not in found]
    if missing:
        raise UnknownKinds(
            f"The reaction bar of post {bar.post_id} uses emoji ids that no reaction kind stands "
            f"for: {', '.join(missing)}. Give a kind this id in the admin (reaction kinds)."
        )
    return {wp_id: found[wp_id] for wp_id in bar.kind_ids}


def _having(**lookup: object) -> Sequence[ReactionKind]:
    return list(ReactionKind.objects.filter(**lookup))


def set_like(
    question: str, kinds: Iterable[ReactionKind], style: Style | None = None
) -> ReactionSet:
    """The set with this question and these kinds in this order, made if there is none. `style`: of
    one that is made; what an editor chose since stays.
    """
    question = excerpt(question, max_chars=QUESTION_MAX_CHARS) or DEFAULT_QUESTION
    wanted = [kind.pk for kind in kinds]
    for each in ReactionSet.objects.filter(question=question).prefetch_related("members"):
        if [member.kind_id for member in each.members.all()] == wanted:
            return each
    slug = unique_slug(
        slugify(question, max_length=SLUG_MAX_CHARS, fallback="set"),
        lambda taken: ReactionSet.objects.filter(slug=taken).exists(),
        max_length=SLUG_MAX_CHARS,
    )
    made = ReactionSet.objects.create(slug=slug, question=question, style=style or {})
    SetKind.objects.bulk_create(
        SetKind(set=made, kind_id=kind, order=order) for order, kind in enumerate(wanted)
    )
    return made


def _write_bases(article: Article, counts: Mapping[int, int]) -> bool:
    """Make the article's old counts these, zeros left out; True if anything changed."""
    wanted = {kind: n for kind, n in counts.items() if n}
    mine = Base.objects.filter(article=article, source=SOURCE)
    if dict(mine.values_list("kind_id", "n")) == wanted:
        return False
    mine.exclude(kind_id__in=wanted).delete()
    now = timezone.now()
    Base.objects.bulk_create(
        (
            Base(article=article, kind_id=kind, n=n, source=SOURCE, imported_at=now)
            for kind, n in wanted.items()
        ),
        update_conflicts=True,
        unique_fields=["article", "kind", "source"],
        update_fields=["n", "imported_at"],  # not `shown`: that is a moderator's choice
    )
    return True
