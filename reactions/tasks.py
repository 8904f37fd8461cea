"""Celery's part: folding deltas, every few seconds. No vote ever starts a task."""

from celery import shared_task

from reactions import tallies

MAX_ROUNDS = 20  # a million deltas; the next beat takes the rest


@shared_task(name="reactions.roll")
def roll() -> None:
    for _ in range(MAX_ROUNDS):
        if tallies.roll() < tallies.ROLL_LIMIT:
            return
