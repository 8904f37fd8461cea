"""Voting and counting over HTTP. With a script a vote answers JSON, without one a redirect.

No GET changes anything, sets a cookie, or (the reader's own pages apart) depends on who asks, and
nothing is minted before a click.
"""

from reactions.views.counts import counts, counts_of_many
from reactions.views.own_pages import confirm, mine
from reactions.views.privacy import privacy
from reactions.views.set_sheet import set_sheet
from reactions.views.voting import vote

__all__ = [
    "confirm",
    "counts",
    "counts_of_many",
    "mine",
    "privacy",
    "set_sheet",
    "vote",
]
