"""manage.py demo_reactions: made-up votes on the demo's stories, spread over the weeks before now, with
what moderators would see of them.

The voters are the visitors 1 to 5,000. Real ones have random ids of 63 bits, so demo votes can
always be told from readers' votes; `--remove` takes them all back.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from reactions.demo import VISITORS
from reactions.demo.history import react
from reactions.demo.removal import remove
from reactions.demo.scenes import make_sets, play
from reactions.models import Vote


class Command(BaseCommand):
    help = "Make demo reactions, or with --remove take them back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--remove", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["remove"]:
            self.stdout.write(f"{remove()} demo reactions taken back.")
            return
        now = timezone.now()
        first = not Vote.objects.filter(visitor__in=VISITORS).exists()
        make_sets()
        self.stdout.write(f"{react(now)} demo reactions made.")
        if first:
            play(now)
