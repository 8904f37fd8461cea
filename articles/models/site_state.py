"""The site's generation: one number that grows whenever something that readers see has changed.

Everything that is kept beside the database (pages, fragments of pages) is kept under this number,
so what is stale can't be found any more: nobody keeps lists of addresses to purge. Every verb that
changes public content ends in `public_changed()`.

The row also says which embed providers the newsroom switched off: every page reads it anyway.
"""

import logging
import time

from django.db import Error, models, transaction
from django.db.models import F

logger = logging.getLogger(__name__)

# How long another process may go on with the number it knows (performance.md: ≤ 1 s).
RECHECK_SECONDS = 0.9


class SiteState(models.Model):
    """One row, number 1."""

    generation = models.BigIntegerField(default=0)
    # The slugs of embed providers, each with when and by whom it was switched off.
    providers_off = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return f"Generation {self.generation}"


class _Known:
    """What this process knows of the row, and how often it changed something itself."""

    generation = 0
    providers_off: frozenset[str] = frozenset()
    read_at = float("-inf")
    own = 0


def generation() -> tuple[int, int]:
    """The row's number, at most RECHECK_SECONDS old, and this process's own changes since its
    start. Read it before what is to be kept under it: a change in between then makes it stale.
    """
    now = time.monotonic()
    if now - _Known.read_at > RECHECK_SECONDS:
        row = SiteState.objects.filter(pk=1)
        number, off = row.values_list("generation", "providers_off").first() or (0, {})
        _Known.generation, _Known.providers_off, _Known.read_at = number, frozenset(off), now
    return _Known.generation, _Known.own


def providers_off() -> frozenset[str]:
    """The slugs of the embed providers that the newsroom switched off, as `generation()` knows
    them: no query of their own.
    """
    generation()
    return _Known.providers_off


def known_generation() -> tuple[int, int]:
    """The newest that this process knows of, without asking the database."""
    return _Known.generation, _Known.own


def public_changed() -> None:
    """Say that readers see something else now, or will after the running transaction's commit."""
    forget_generation()
    transaction.on_commit(_advance, robust=True)


def forget_generation() -> None:
    """Ask the database at the next question."""
    _Known.own += 1
    _Known.read_at = float("-inf")


def _advance() -> None:
    # After the commit and not in it: a row that every verb writes would queue them all.
    try:
        if not SiteState.objects.filter(pk=1).update(generation=F("generation") + 1):
            SiteState.objects.bulk_create([SiteState(pk=1, generation=1)], ignore_conflicts=True)
    except Error:
        logger.exception("A change is committed, and other processes were not told of it.")
    finally:
        # This one knows, whatever it could say to the others.
        forget_generation()
