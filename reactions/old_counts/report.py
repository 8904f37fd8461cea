"""What an import did, in words and as CSV, a line a story."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from articles.models import Article
from reactions.models import ReactionKind
from reactions.old_counts.folding import Gathered
from reactions.old_counts.run import Summary

COLUMNS = [
    "story", "address", "posts", "status", "rows", "duplicates", "left_out", "undated", "imported",
    "fake_found", "fake_kept",
]  # fmt: skip
MAX_LINES = 50


class Report:
    """Keeps no story: each is written where it goes at once."""

    def __init__(
        self, say: Callable[[str], None], table: TextIO | None, *, all_lines: bool
    ) -> None:
        self.say, self.all_lines, self.lines = say, all_lines, 0
        self.kinds = list(ReactionKind.objects.order_by("pk"))
        self.writer = csv.writer(table) if table else None
        if self.writer:
            self.writer.writerow([*COLUMNS, *(kind.slug for kind in self.kinds)])

    def tell(self, stories: list[Gathered], changed: set[int]) -> None:
        """A line of the table for each, and one in words for the first MAX_LINES. 1 query."""
        slugs = Article.objects.only("slug").in_bulk([story.article for story in stories])
        for story in stories:
            status = "imported" if story.article in changed else "unchanged"
            address = slugs[story.article].get_absolute_url()
            self.lines += 1
            if self.writer:
                self.writer.writerow([
                    story.article, address, " ".join(map(str, story.posts)), status, story.rows,
                    story.folded, story.left_out, story.undated, story.counts.total(),
                    story.fakes_found, story.fakes.total(),
                    *(story.counts[kind.pk] for kind in self.kinds),
                ])  # fmt: skip
            if self.all_lines or self.lines <= MAX_LINES:
                self.say(f"{address}: {status}: {self._words(story)}")

    def _words(self, story: Gathered) -> str:
        said = [f"{story.rows:,} rows"]
        for n, words in (
            (story.folded, "duplicates folded"),
            (story.left_out, "left out as you said"),
            (story.undated, "without a date"),
            (
                story.fakes_found,
                "made up by an editor: " + ("kept apart" if story.fakes else "dropped"),
            ),
        ):
            said += [f"{n:,} {words}"] if n else []
        kinds = [f"{kind.label} {n:,}" for kind in self.kinds if (n := story.counts[kind.pk])]
        return "; ".join([", ".join(said), ", ".join(kinds)] if kinds else [", ".join(said)])

    def sum_up(self, summary: Summary, *, keeps_fakes: bool) -> None:
        """The last words."""
        say = self.say
        if self.lines > MAX_LINES and not self.all_lines:
            say(
                f"… and {self.lines - MAX_LINES:,} more stories: --report FILE.csv lists them all.\n"
            )
        for name, n in summary.intake.skipped.most_common():
            say(f"Skipped: {n:,} rows of “{name}”, which is no post (a shortcode or a preview).")
        fakes = summary.site.fakes
        if fakes:
            total = sum(sum(counts.values()) for counts in fakes.values())
            what = (
                "kept apart, never shown"
                if keeps_fakes
                else "dropped (--keep-fake-counts keeps them apart)"
            )
            say(f"Made up by editors: {total:,} reactions to {len(fakes):,} posts, {what}.")
        if summary.site.fake_shares:
            say(
                f"Made up, too, and dropped: the share counts of {summary.site.fake_shares:,} posts.\n"
            )
        if left_out := len(summary.resolved.left_out_posts):
            say(f"Left out: {left_out:,} posts that are no story here.")
        if summary.set:
            say(f"Question and kinds of the old settings: the set “{summary.set}”.")
        for words in summary.refused_colours:
            say(f"A colour of the old badge was not taken over. {words}")
        if summary.pages:
            say(
                f"Bars of {summary.pages:,} saved pages. Their numbers may hold what editors made up.\n"
            )
        same = summary.stories - summary.changed
        say(f"{summary.changed:,} stories written, {same:,} unchanged.")
        if not summary.changed and not summary.pages:
            say("Nothing new: nothing was written.")


@contextmanager
def table_at(path: Path | None) -> Iterator[Any]:
    if path is None:
        yield None
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        yield file
