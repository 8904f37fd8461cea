"""manage.py import_page: a saved page of the old site becomes an article with its reaction bar.

It lives in reactions because it writes both: the paper knows nothing of its crowd.
"""

import logging
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from articles.actions.nudge import flush
from articles.importers.base import ImportedArticle, PageRefused
from articles.importers.scraped import hosts_of, read_page
from articles.importers.wp_bar import WpBarUnreadable
from articles.importers.writer import Written, write
from newsroom.lib.html import BodyRefused
from reactions.importing import UnknownKinds, apply_wp_bar

logger = logging.getLogger(__name__)

MAX_FILE_BYTES = 10_000_000


class Command(BaseCommand):
    help = "Import saved pages of a WordPress site with WP Reactions bars."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--host",
            action="append",
            default=[],
            help="A host name of the old site; may be repeated. Default: the page's own.",
        )
        parser.add_argument("--publish", action="store_true", help="Publish what may be published.")

    def handle(self, *args: Any, **options: Any) -> None:
        refused = [
            path
            for path in options["files"]
            if not self.import_file(path, hosts=options["host"], publish=options["publish"])
        ]
        flush()
        done = len(options["files"]) - len(refused)
        self.stdout.write(f"{done} imported, {len(refused)} refused.")
        if refused:
            raise CommandError("Refused: " + ", ".join(str(path) for path in refused), returncode=1)

    def import_file(self, path: Path, *, hosts: list[str], publish: bool) -> bool:
        """One file, whole or not at all. What goes wrong with it stops no other."""
        try:
            page = read_page(read_text(path), default_host=hosts[0] if hosts else "")
            written = store(page, hosts=hosts, publish=publish)
        except (PageRefused, BodyRefused, UnknownKinds, WpBarUnreadable, OSError) as refusal:
            self.stderr.write(f"{path}: refused: {refusal}")
            return False
        except Exception:
            # Nobody thought of this one: say all there is to say, and go on with the next file.
            logger.exception("%s could not be imported", path)
            self.stderr.write(f"{path}: refused: an error of ours, see the log")
            return False
        self.report(path, written)
        return True

    def report(self, path: Path, written: Written) -> None:
        article = written.article
        self.stdout.write(
            f"{path}: {written.status}: {article.get_absolute_url()} ({article.get_status_display()})"
        )
        for warning in written.warnings:
            self.stdout.write(f"  note: {warning}")


def read_text(path: Path) -> str:
    """A file's text. Bytes that are no UTF-8 are read as Windows-1252, as old exports have them."""
    if path.stat().st_size > MAX_FILE_BYTES:
        raise PageRefused(f"it is larger than {MAX_FILE_BYTES // 1_000_000} MB")
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


@transaction.atomic
def store(page: ImportedArticle, *, hosts: list[str], publish: bool) -> Written:
    """The article and its bar in one transaction."""
    allowed = frozenset(host.lower() for host in (*hosts, *settings.OLD_SITE_HOSTS))
    own = frozenset[str]().union(*(hosts_of(host) for host in allowed | {page.host}))
    # With hosts named, a page of another one may come in, but not go live by itself.
    trusted = not allowed or page.host in frozenset[str]().union(*map(hosts_of, allowed))
    written = write(page, hosts=own, publish_it=publish and trusted)
    if page.bar:
        apply_wp_bar(written.article, page.bar)
    if publish and not trusted:
        why = (
            f"stays as it is: {page.host or 'its host'} is not one of {', '.join(sorted(allowed))}"
        )
        written = replace(written, warnings=(*written.warnings, why))
    return written
