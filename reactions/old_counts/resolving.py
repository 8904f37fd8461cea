"""Which story of ours an old post became, and which kind an old emoji is."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from articles.importers.scraped import hosts_of
from articles.models import Article, ImportRecord
from reactions.models import ReactionKind
from reactions.old_counts.mapping import LEAVE_OUT, Answers
from reactions.old_counts.plugin import slot_of

AT_ONCE = 1_000
T = TypeVar("T")


@dataclass
class Resolved:
    """`unknown` names what nobody knows; `left_out` what the operator said to leave out."""

    article_of: dict[int, int] = field(default_factory=dict)
    kind_of: dict[str, int] = field(default_factory=dict)
    unknown_posts: set[int] = field(default_factory=set)
    unknown_emojis: set[str] = field(default_factory=set)
    left_out_posts: set[int] = field(default_factory=set)
    left_out_emojis: set[str] = field(default_factory=set)
    ambiguous: set[int] = field(default_factory=set)  # posts that several sites' imports know

    def know_posts(self, posts: Collection[int], answers: Answers, *, host: str) -> None:
        """By the operator's answer, else by what an import of the stories remembered."""
        answered = {post: answers.of_post(post) for post in posts if answers.of_post(post)}
        self.left_out_posts = {post for post, ours in answered.items() if ours == LEAVE_OUT}
        stories = _stories(set(answered.values()) - {LEAVE_OUT})
        for post, ours in answered.items():
            if ours in stories:
                self.article_of[post] = stories[ours]
        for some in _parts(post for post in posts if post not in answered):
            self._look_up(some, host=host)
        self.unknown_posts = set(posts) - set(self.article_of) - self.left_out_posts

    def _look_up(self, posts: list[int], *, host: str) -> None:
        records = ImportRecord.objects.filter(
            kind="post", external_id__in=map(str, posts), article__isnull=False
        )
        if host:
            records = records.filter(host__in=hosts_of(host))
        for external_id, article in records.values_list("external_id", "article"):
            post = int(external_id)
            if self.article_of.setdefault(post, article) != article:
                self.ambiguous.add(post)

    def know_emojis(
        self, emojis: Collection[str], answers: Answers, *, slots: Mapping[int, str], is_pro: bool
    ) -> None:
        """By the answer, else a slot by the plugin's settings, an id by Lite's list (not Pro's)."""
        by_slug = dict(ReactionKind.objects.values_list("slug", "pk"))
        by_id = ReactionKind.objects.filter(legacy_wp_id__isnull=False)
        by_legacy = {str(old): pk for old, pk in by_id.values_list("legacy_wp_id", "pk")}
        for emoji in emojis:
            slot = slot_of(emoji)
            number = slots.get(slot, "") if slot else emoji
            ours = answers.of_emoji(emoji) or answers.of_emoji(number)
            kind = by_slug.get(ours) if ours or is_pro else by_legacy.get(number)
            if ours == LEAVE_OUT:
                self.left_out_emojis.add(emoji)
            elif kind is None:
                self.unknown_emojis.add(emoji)
            else:
                self.kind_of[emoji] = kind


def _stories(named: Collection[str]) -> dict[str, int]:
    """Stories by what an operator wrote: a number or a slug."""
    found: dict[str, int] = {}
    for some in _parts(named):
        numbers = [
            int(name) for name in some if name.isascii() and name.isdigit() and len(name) < 19
        ]
        for pk in Article.objects.filter(pk__in=numbers).values_list("pk", flat=True):
            found[str(pk)] = pk
        slugs = Article.objects.filter(slug__in=some).values_list("slug", "pk")
        found |= {slug: pk for slug, pk in slugs if slug not in found}
    return found


def _parts(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while part := list(islice(rest, AT_ONCE)):
        yield part
