"""Celery's part, thin: folding deltas every few seconds, and keeping house. No vote ever starts a
task, and `manage.py reactions_tidy` does the same without Celery.
"""

from celery import shared_task

from reactions import kind_files, ledger, moderation, networks, sealing, tallies, watch

MAX_ROUNDS = 20  # a million deltas; the next beat takes the rest


@shared_task(name="reactions.roll")
def roll() -> None:
    for _ in range(MAX_ROUNDS):
        if tallies.roll() < tallies.ROLL_LIMIT:
            return


@shared_task(name="reactions.keep_ledger")
def keep_ledger() -> None:
    """Count the hours that are over, make the days ahead, drop what is too old: lines and keys."""
    networks.forget_keys()
    ledger.keep()


@shared_task(name="reactions.seal")
def seal() -> int:
    """Fold boards untouched for half a year into sums; how many."""
    return sealing.seal()


@shared_task(name="reactions.watch")
def watch_votes() -> int:
    """Look for what is unusual; how many cases got alarms."""
    return len(watch.run())


@shared_task(name="reactions.release")
def release() -> int:
    """Count what waited for a day without a case; how many votes."""
    return moderation.release_waiting()


@shared_task(name="reactions.tidy_pictures")
def tidy_pictures() -> int:
    """Delete pictures of kinds that no page asks for any more; how many."""
    return kind_files.remove_old()
