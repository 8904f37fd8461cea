"""manage.py reactions_views: how often stories were read, from access logs. docs/operations.md."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reactions.page_views.counting import Summary, count

LOGS = 'nginx\'s or Apache\'s "combined" or Caddy\'s JSON, plain or .gz; "-" is what is piped in.'
SERVER = "Name of the server these logs are of, where several write logs."


class Command(BaseCommand):
    help = "Counts the views of stories in access logs, each line once. -v 0 says problems only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("logs", nargs="+", metavar="LOG", help=LOGS)
        parser.add_argument("--server", default="", metavar="NAME", help=SERVER)

    def handle(self, *args: Any, **options: Any) -> None:
        tell = self.stdout.write if options["verbosity"] else _silence
        summary = count(options["logs"], server=options["server"], tell=tell)
        for said in in_words(summary):
            tell(said)
        if summary.problems:
            raise CommandError("\n".join(["Not counted:", *summary.problems]))


def _silence(_said: str) -> None:
    pass


def in_words(found: Summary) -> list[str]:
    """The summary, a sentence a line."""
    span = _span(found.first, found.last)
    said = [f"{_n(found.lines, 'new line')} in {_n(found.logs, 'log')}{span}."]
    if found.before:
        said.append(f"Counted before: {_n(found.before, 'line')}.")
    said.append(f"{_n(found.views, 'view')} of {_n(len(found.stories), 'story', 'stories')}.")
    if found.bots or found.ahead:
        said.append(f"Left out: {found.bots:,} by bots, {found.ahead:,} fetched ahead by browsers.")
    if found.unknown:
        examples = ", ".join(found.examples)
        said.append(f"Of addresses that no story has: {found.unknown:,}, like {examples}.")
    if found.bad:
        said.append(f"{_n(found.bad, 'line')} in no format that is known.")
    return said


def _n(n: int, one: str, many: str = "") -> str:
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def _span(first: datetime | None, last: datetime | None) -> str:
    if first is None or last is None:
        return ""
    start, end = timezone.localtime(first), timezone.localtime(last)
    return f", {start:%F %H:%M} to {end:%F %H:%M} ({end:%Z})"
