"""What was done, in words: the lines of a case's, a story's and the whole desk's history."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.urls import reverse

from articles.models import Article
from reactions.charts import number
from reactions.insight.case_charts import kind_name
from reactions.insight.names import name_of
from reactions.insight.stories import headline_of
from reactions.models import Action, Case, ReactionKind
from reactions.moderation import why_not

SHOWN = 50
IN_WORDS = {
    "void": "voided votes",
    "release": "counted votes that waited",
    "quarantine": "let votes wait",
    "shadow_votes": "put votes in the shadow",
    "freeze": "froze the bar",
    "thaw": "thawed the bar",
    "hide": "hid the bar",
    "show": "showed the bar again",
    "ban": "banned",
    "shadow": "put in the shadow",
    "close": "closed the case",
}
# Of JSON: "is this article one of them?"
NAMES_ARTICLE = {
    "sqlite": "EXISTS (SELECT 1 FROM json_each(reactions_action.filter, '$.articles') WHERE value = %s)",
    "postgresql": "reactions_action.filter -> 'articles' @> to_jsonb(%s)",
}


@dataclass(frozen=True, slots=True)
class Done:
    """A line: what, to which story (`story_url` leads to its case or its bar; both are empty where it is
    about several), how much by kind; and whether it can be taken back (`refused` says why
    not, `taken_back` who did it).
    """

    action: Action
    who: str
    what: str
    story: str
    story_url: str
    effect: str
    kinds: tuple[tuple[str, str], ...]
    refused: str
    taken_back: Action | None
    suggestion: str


def about(article_id: int) -> Q:
    """Actions on an article: its votes, its bar, its cases."""
    sql = NAMES_ARTICLE[connection.vendor]
    names = RawSQL(sql, [article_id], output_field=BooleanField())  # noqa: S611 (constants only)
    return Q(names) | Q(case__article_id=article_id)


def rows(actions: "QuerySet[Action]") -> "QuerySet[Action]":
    """With all that `lines` reads, in one query."""
    return actions.select_related("undone_by", "undo_of", "case__article")


def lines(actions: Iterable[Action], kinds: Mapping[int, ReactionKind]) -> list[Done]:
    """The actions in words: one query for the stories of those without a case, and for each block
    one, whether it still holds.
    """
    found = list(actions)
    alone = {number for action in found if (number := _only_story(action)) is not None}
    stories = Article.objects.only("headline", "slug", "first_published_at").in_bulk(alone)
    return [line(action, kinds, stories) for action in found]


def _only_story(action: Action) -> int | None:
    """The article of an action that has no case and is about one; None of several, or of none."""
    articles = action.filter.get("articles", [])
    return int(articles[0]) if action.case is None and len(articles) == 1 else None


def line(action: Action, kinds: Mapping[int, ReactionKind], stories: Mapping[int, Article]) -> Done:
    back = getattr(action, "undone_by", None)
    story = action.case.article if action.case else stories.get(_only_story(action) or 0)
    return Done(
        action=action,
        who=action.by_name or "The system",
        what=_what(action),
        story=headline_of(story) if story else "",
        story_url=_address(action, story),
        effect=_effect(action),
        kinds=tuple(
            (kind_name(int(kind), kinds), number(n))
            for kind, n in action.effect.get("kinds", {}).items()
            if int(kind)
        ),
        refused=why_not(action),
        taken_back=back,
        suggestion="Not right, on a second look.",
    )


def _address(action: Action, story: Article | None) -> str:
    if action.case:
        return reverse("admin:reactions_case_change", args=[action.case.pk])
    return reverse("admin:reactions_board_change", args=[story.pk]) if story else ""


def _what(action: Action) -> str:
    if action.verb == Action.Verb.UNDO:
        undone = action.undo_of
        return f"took back “{_what(undone)}”" if undone else "took something back"
    words = IN_WORDS[action.verb]
    for key, whom in (("visitor", "visitor"), ("net", "network")):
        if key in action.filter:
            return f"{words}: {whom} {name_of(int(action.filter[key]))}"
    return words


def _effect(action: Action) -> str:
    effect = action.effect
    parts = []
    if "verdict" in effect:
        parts.append(str(Case.Verdict(effect["verdict"]).label))
    if "total" in effect and (effect["total"] or "verdict" not in effect):
        total = effect["total"]
        parts.append(f"{total:,} vote{'' if total == 1 else 's'}")
        if 0 < effect.get("counted", 0) < total:
            parts.append(f"{effect['counted']:,} of them were counted")
    if len(effect.get("boards", {})) > 1:
        parts.append(f"{len(effect['boards'])} stories")
    return "; ".join(parts)
