"""The crowd's nouns: one file each. Votes and tallies are written by voting.py and tallies.py."""

from reactions.models.action import ActedVote, Action
from reactions.models.base import Base
from reactions.models.block import Block
from reactions.models.board import Board
from reactions.models.case import Case
from reactions.models.delta import Delta
from reactions.models.event import Event
from reactions.models.hour import Hour
from reactions.models.kind import ReactionKind
from reactions.models.net_key import NetKey
from reactions.models.pulse import Pulse
from reactions.models.reaction_set import ReactionSet, SetKind
from reactions.models.tally import Tally
from reactions.models.views import ViewLog, Views
from reactions.models.vote import WITHDRAWN, Vote

__all__ = [
    "WITHDRAWN",
    "ActedVote",
    "Action",
    "Base",
    "Block",
    "Board",
    "Case",
    "Delta",
    "Event",
    "Hour",
    "NetKey",
    "Pulse",
    "ReactionKind",
    "ReactionSet",
    "SetKind",
    "Tally",
    "ViewLog",
    "Views",
    "Vote",
]
