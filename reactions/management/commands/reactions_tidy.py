"""manage.py reactions_tidy: once, what Celery's beat does for the reactions. For cron."""

from typing import Any

from django.core.management.base import BaseCommand

from reactions import tasks


class Command(BaseCommand):
    help = "Folds deltas and hours, keeps the ledger, looks for the unusual, seals old bars."

    def handle(self, *args: Any, **options: Any) -> None:
        for work in (
            tasks.roll, tasks.keep_ledger, tasks.watch_votes, tasks.release, tasks.seal,
            tasks.tidy_pictures,
        ):  # fmt: skip
            work()
