"""Prove that every tally (with its waiting deltas) equals the counted votes; repair on demand."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reactions import tallies


class Command(BaseCommand):
    help = "Compares the tallies of reactions with the votes. Exit code 1 if any differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--repair",
            action="store_true",
            help="Set the tallies right; votes may go on meanwhile.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        repair = options["repair"]
        wrong = tallies.repair() if repair else tallies.differences()
        for each in wrong:
            self.stdout.write(
                f"article {each.article_id}, kind {each.kind}: "
                f"{each.votes} votes, tallied {each.tallied}"
            )
        if not wrong:
            self.stdout.write("Every tally equals its votes.")
        elif repair:
            self.stdout.write(f"Repaired {len(wrong)}.")
        else:
            raise CommandError(f"{len(wrong)} differ from the votes. Run with --repair.")
