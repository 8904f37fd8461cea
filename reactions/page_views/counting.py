"""Counts the views of stories in access logs, each line once.

A log is known by its first line, whatever its file is called by now: ViewLog says up to which byte it
was counted, and moves in the transaction that adds the views. So a log that grew since the last run
is counted from there on; one that was renamed, copied or packed is the same log; a run that was
killed goes on where its last transaction ended. The line that ends at that byte has to be the one
that ended there; if it isn't, two servers' logs began with the same line, and the run says so.
Going by time ("what is younger than the last run") would lose lines, since servers write a
request when it is over; going by the larger figure for an hour would lose those of an hour that
a rotation splits.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from urllib.parse import unquote

from django.db import connection, transaction

from articles.models import Article, Redirect
from articles.models.addresses import path_of
from reactions.hours import hour_of
from reactions.models import ViewLog
from reactions.page_views import lines as log_lines
from reactions.page_views.logs import LogUnreadableError, lines, opened

LINES_AT_ONCE = 200_000
VIEWS_AT_ONCE = 20_000  # different (address, hour) in memory at most
SLUGS_AT_ONCE = 500
ANSWERED = {200, 304}
EXAMPLES = 3
ADD = """
    INSERT INTO reactions_views (article_id, hour, n) VALUES (%s, %s, %s)
    ON CONFLICT (article_id, hour) DO UPDATE SET n = reactions_views.n + EXCLUDED.n
"""
Keys = Counter[tuple[str, datetime]]  # views by (slug, hour)


@dataclass(slots=True)
class Summary:
    """What a run found in lines that were not counted before."""

    logs: int = 0
    lines: int = 0
    before: int = 0  # lines that an earlier run counted
    views: int = 0
    stories: set[int] = field(default_factory=set)
    bots: int = 0
    ahead: int = 0
    unknown: int = 0  # views of addresses that no story has
    examples: list[str] = field(default_factory=list)
    bad: int = 0
    first: datetime | None = None
    last: datetime | None = None
    problems: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Batch:
    """What is counted in one transaction."""

    views: Keys = field(default_factory=Counter)
    lines: int = 0
    bots: int = 0
    ahead: int = 0
    bad: int = 0
    first: datetime | None = None
    last: datetime | None = None

    @property
    def is_full(self) -> bool:
        return self.lines >= LINES_AT_ONCE or len(self.views) >= VIEWS_AT_ONCE


def count(names: Iterable[str], *, server: str = "", tell: Callable[[str], None]) -> Summary:
    """Count these logs into Views. `server` tells apart servers whose logs may begin with the same
    line. What is wrong with a log is in the summary's problems, and the others are counted.
    """
    summary = Summary()
    for name in names:
        try:
            with opened(name) as stream:
                _count_log(lines(stream), server, summary, partial(_tell, tell, name))
        except LogUnreadableError as problem:
            summary.problems.append(f"{name}: {problem}")
        else:
            summary.logs += 1
    return summary


def _tell(tell: Callable[[str], None], name: str, said: str) -> None:
    tell(f"{name}: {said}")


def _count_log(
    log: Iterator[tuple[bytes, int]], server: str, summary: Summary, tell: Callable[[str], None]
) -> None:
    first = next(log, None)
    if first is None:
        return
    head = log_lines.digest(first[0], server)
    mark, _ = ViewLog.objects.get_or_create(head=head)
    rest = _after(mark, first, log, summary)
    prefix = story_prefix()
    batch = _Batch()
    line, end = first
    for line, end in rest:
        _take(batch, line, prefix)
        if batch.is_full:
            _write(batch, mark, line, end, summary)
            if batch.last:
                tell(f"{summary.lines:,} lines, up to {batch.last:%F %H:%M} UTC")
            batch = _Batch()
    if batch.lines:
        _write(batch, mark, line, end, summary)


def story_prefix() -> str:
    """What a story's path begins with."""
    return path_of("articles:article", "x").removesuffix("x/")


def _after(
    mark: ViewLog, first: tuple[bytes, int], log: Iterator[tuple[bytes, int]], summary: Summary
) -> Iterator[tuple[bytes, int]]:
    """The lines that were not counted. Raises LogUnreadableError where another log goes on here."""
    if not mark.end:
        yield first
        yield from log
        return
    line, end = first
    summary.before += 1
    while end < mark.end:
        line, end = next(log, (b"", 0))
        if not end:
            return  # an older copy: all of it was counted
        summary.before += 1
    if end > mark.end or log_lines.digest(line) != mark.tail:
        raise LogUnreadableError(
            "It begins like a log that was counted before and goes on differently. Logs of several "
            "servers need a name each, as in --server web2; a log that was edited can't be counted"
        )
    yield from log


def _take(batch: _Batch, line: bytes, prefix: str) -> None:
    batch.lines += 1
    said = log_lines.read(line)
    if said is None:
        batch.bad += 1
        return
    batch.first = min(batch.first or said.at, said.at)
    batch.last = max(batch.last or said.at, said.at)
    if said.method != "GET" or said.status not in ANSWERED or not said.target.startswith(prefix):
        return
    slug, slash, rest = said.target.partition("?")[0][len(prefix) :].partition("/")
    if not slug or not slash or rest:
        return
    if log_lines.is_bot(said.agent):
        batch.bots += 1
    elif said.is_ahead:
        batch.ahead += 1
    else:
        batch.views[slug, said.at.replace(minute=0)] += 1


def _write(batch: _Batch, mark: ViewLog, line: bytes, end: int, summary: Summary) -> None:
    """The views and the mark, in one transaction. Raises LogUnreadableError if another run was faster."""
    was, mark.end, mark.tail = mark.end, end, log_lines.digest(line)
    found = _articles({slug for slug, _hour in batch.views})
    sums: Counter[tuple[int, datetime]] = Counter()
    for (slug, hour), n in batch.views.items():
        if slug in found:
            sums[found[slug], hour_of(hour)] += n
        else:
            summary.unknown += n
            if len(summary.examples) < EXAMPLES and slug not in summary.examples:
                summary.examples.append(slug)
    adapt = connection.ops.adapt_datetimefield_value
    rows = [(article, adapt(hour), n) for (article, hour), n in sorted(sums.items())]
    with transaction.atomic(), connection.cursor() as cursor:
        moved = ViewLog.objects.filter(head=mark.head, end=was).update(end=end, tail=mark.tail)
        if not moved:
            raise LogUnreadableError("Another run counts it just now")
        cursor.executemany(ADD, rows)
    _sum_up(batch, sums, summary)


def _sum_up(batch: _Batch, sums: Counter[tuple[int, datetime]], summary: Summary) -> None:
    summary.lines += batch.lines
    summary.views += sums.total()
    summary.stories |= {article for article, _hour in sums}
    summary.bots += batch.bots
    summary.ahead += batch.ahead
    summary.bad += batch.bad
    moments = [summary.first, summary.last, batch.first, batch.last]
    known = [moment for moment in moments if moment is not None]
    summary.first, summary.last = min(known, default=None), max(known, default=None)


def _articles(asked: Iterable[str]) -> dict[str, int]:
    """{slug as it was asked for: article}, old slugs by their redirects; others are left out."""
    slugs = {quoted: unquote(quoted) for quoted in asked}
    names = sorted({slug for slug in slugs.values() if "\0" not in slug})  # PostgreSQL takes none
    prefix = story_prefix()
    found: dict[str, int] = {}
    for start in range(0, len(names), SLUGS_AT_ONCE):
        some = names[start : start + SLUGS_AT_ONCE]
        found |= dict(Article.objects.filter(slug__in=some).values_list("slug", "pk"))
        old = {f"{prefix}{slug}/": slug for slug in some if slug not in found}
        moved = Redirect.objects.filter(old_path__in=old, target_article__isnull=False)
        for path, article in moved.values_list("old_path", "target_article"):
            found[old[path]] = article
    return {quoted: found[slug] for quoted, slug in slugs.items() if slug in found}
