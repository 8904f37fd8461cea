"""manage.py reactions_replay: the ledger's votes again, under other thresholds. Changes nothing."""

from argparse import ArgumentParser
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reactions.limits import limits
from reactions.replay import Scorer, replay

DAYS = 30


class Command(BaseCommand):
    help = (
        "Says which votes of the last 30 days would have waited, and what would have been a case."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=float, default=DAYS)
        for name, value in _defaults().items():
            parser.add_argument(
                f"--{name.replace('_', '-')}", type=type(value), default=value,
                help=f"Now: {value}.",
            )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        if options["days"] <= 0:
            raise CommandError("--days is a number above 0.")
        rules = replace(limits(), **{name: options[name] for name in _defaults()})
        until = timezone.now()
        scorer = replay(rules, since=until - timedelta(days=options["days"]), until=until)
        for line in _report(scorer):
            self.stdout.write(line)


def _defaults() -> dict[str, Any]:
    rules = limits()
    return {field.name: getattr(rules, field.name) for field in fields(rules)}


def _report(scorer: Scorer) -> list[str]:
    articles = sorted(set(scorer.found) | {pk for pk, n in scorer.waiting.items() if n})
    summary = (
        f"{sum(scorer.votes.values()):,} first votes on {len(scorer.votes):,} stories: "
        f"{sum(scorer.waiting.values()):,} would have waited, "
        f"{len(scorer.found):,} stories would have been a case."
    )
    lines = [summary]
    for article in articles:
        lines.append(
            f"article {article}: {scorer.votes[article]:,} votes, "
            f"{scorer.waiting[article]:,} would have waited"
        )
        for at, alarm in scorer.found.get(article, []):
            moment = datetime.fromtimestamp(at, UTC)
            lines.append(f"  {moment:%F %H:%M:%S} {alarm.rule}: {alarm.words}")
    return lines
