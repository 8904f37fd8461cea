"""Loads the demo newsroom. A second run creates only what is missing."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from articles.demo.loader import load_demo
from articles.demo.reading import read_content
from articles.demo.staff import provide_logins
from articles.demo.toml_table import ContentError

LOGINS_FILE = "demo-logins.txt"


class Command(BaseCommand):
    help = "Create the demo newsroom (articles, people, pictures, logins) where it is missing."

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.VAR_DIR / LOGINS_FILE
        try:
            content = read_content()
            logins = provide_logins(path)
            report = load_demo(content)
        except ContentError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Demo: {report.articles} articles, {report.people} people, {report.photos} pictures made."
        )
        for login in logins:
            self.stdout.write(f"  {login}")
        if logins:
            self.stdout.write(f"These logins are kept in {path}.")
