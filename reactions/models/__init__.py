"""The crowd's nouns: one file each. Votes and tallies are written by voting.py and tallies.py."""

from reactions.models.base import Base
from reactions.models.board import Board
from reactions.models.delta import Delta
from reactions.models.kind import ReactionKind
from reactions.models.reaction_set import ReactionSet, SetKind
from reactions.models.tally import Tally
from reactions.models.vote import WITHDRAWN, Vote

__all__ = [
    "WITHDRAWN",
    "Base",
    "Board",
    "Delta",
    "ReactionKind",
    "ReactionSet",
    "SetKind",
    "Tally",
    "Vote",
]
