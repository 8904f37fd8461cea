"""The shape of a rule for old articles, and what rules share."""

from collections import Counter
from collections.abc import Callable, Set
from dataclasses import dataclass, field

from articles.body.tree import Element, Node


@dataclass(frozen=True, slots=True)
class OldSite:
    """The site that was moved from.

    `hosts` are its names in lower case; with and without "www." are one. `path_for` gets a path
    with its query ("/2016/05/story/?p=7") and returns the path of ours.
    """

    hosts: frozenset[str]
    path_for: Callable[[str], str]

    def owns(self, host: str) -> bool:
        bare = host.lower().removeprefix("www.")
        return bare in self.hosts or f"www.{bare}" in self.hosts


@dataclass(slots=True)
class Context:
    """What the rules of one run share. `notes` counts (code, subject)."""

    old_site: OldSite | None = None
    notes: Counter[tuple[str, str]] = field(default_factory=Counter)


Rule = Callable[[Element, Context], list[Node] | None]
# A rule and the tags it is about; None where it may be any.
RuleOf = tuple[Set[str] | None, Rule]
