"""manage.py import_wp_reactions: what readers said on a site with WP Reactions. docs/importing.md."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reactions.old_counts.report import Report, table_at
from reactions.old_counts.run import ImportRefused, Options, run

NO_SEALING_DAYS = 36_500
MAP_FILE = "wp-reactions-map.csv"
FILES = "SQL dumps (.sql, .sql.gz), CSV exports (.csv) or saved pages (.html)."
MAP = "Which story a post became, which kind an emoji is; written for you to fill. Default: %(default)s"
EDITION = "Whose emoji numbers these are. Default: as the tables look."
REPORT = "Write a CSV file with a line a story."
TEXTS = {
    "--tz": ("ZONE", "The old site's time zone, for example America/New_York."),
    "--host": ("HOST", "The old site's host, if stories came from several sites."),
    "--prefix": ("PREFIX", "Prefix of the site's tables, if the dump is of several sites."),
}
SWITCHES = {
    "--no-dates": "Totals only, nothing by hour.",
    "--as-is": "Count every row, also several of one reader.",
    "--with-voters": "Bring reactions in as their readers' votes: who comes back counts once.",
    "--keep-fake-counts": "Keep what editors made up, apart and never shown.",
    "--with-settings": "Make a reaction set of the plugin's question and kinds.",
    "--skip-unknown-posts": "Leave out posts that are no story here.",
}


class Command(BaseCommand):
    help = "Import the reactions of a WordPress site with WP Reactions (Lite or Pro)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=FILES)
        for name, what in SWITCHES.items():
            parser.add_argument(name, action="store_true", help=what)
        for name, (metavar, what) in TEXTS.items():
            parser.add_argument(name, metavar=metavar, default="", help=what)
        parser.add_argument("--edition", choices=["lite", "pro"], default="", help=EDITION)
        parser.add_argument("--map", type=Path, default=Path(MAP_FILE), metavar="FILE", help=MAP)
        parser.add_argument("--report", type=Path, metavar="FILE", help=REPORT)

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = self.wanted(options)
        try:
            with table_at(options["report"]) as table:
                report = Report(self.stdout.write, table, all_lines=options["verbosity"] > 1)
                summary = run(wanted, report.tell)
                report.sum_up(summary, keeps_fakes=wanted.keep_fakes)
        except (
            ImportRefused,
            OSError,
        ) as refusal:  # OSError: a list or report that can't be written
            raise CommandError(str(refusal)) from refusal

    def wanted(self, options: dict[str, Any]) -> Options:
        """The options, checked against each other."""
        if options["with_voters"] and (options["as_is"] or options["no_dates"]):
            raise CommandError(
                "A reader has one vote, with a date: --with-voters goes neither with --as-is nor with --no-dates."
            )
        try:
            tz = ZoneInfo(options["tz"]) if options["tz"] else None
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise CommandError(
                f"There is no time zone “{options['tz']}”. Say it as Europe/Berlin or UTC."
            ) from error
        days = settings.REACTIONS_SEAL_DAYS or NO_SEALING_DAYS
        return Options(
            paths=tuple(options["files"]),
            map_path=options["map"],
            tz=tz,
            has_dates=not options["no_dates"],
            host=options["host"],
            prefix=options["prefix"],
            edition=options["edition"],
            as_is=options["as_is"],
            voters_days=days if options["with_voters"] else None,
            keep_fakes=options["keep_fake_counts"],
            with_settings=options["with_settings"],
            skip_unknown_posts=options["skip_unknown_posts"],
        )
