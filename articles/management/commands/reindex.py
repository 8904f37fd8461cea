"""manage.py reindex: make the search index anew. Needed after LANGUAGE_CODE or a table changed by
hand; the verbs of the desk and the importers keep the index exact by themselves.
"""

from typing import Any

from django.core.management.base import BaseCommand

from articles.search import rebuild


class Command(BaseCommand):
    help = "Make the search index anew from the published articles, the newest first."

    def handle(self, *args: Any, **options: Any) -> None:
        done = rebuild(progress=self.say)
        self.stdout.write(f"\rArticles in the index: {done:,}.")

    def say(self, done: int) -> None:
        self.stdout.write(f"\r{done:,} indexed …", ending="")
        self.stdout.flush()
