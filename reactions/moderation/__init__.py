"""What moderators do, each with a reason, each kept as an Action that can be undone.

boards: freeze, thaw, hide, show. votes: preview, void, release, quarantine, shadow_votes.
blocking: ban, shadow. cases: open_case, look_into, close_case, release_waiting. undoing: undo, why_not.
Who may do what is asked by the desk (Meta.permissions of the models).
"""

from reactions.moderation.blocking import BlockTooLong, ban, shadow
from reactions.moderation.boards import freeze, hide, show, thaw
from reactions.moderation.cases import (
    CaseClosed,
    close_case,
    look_into,
    open_case,
    release_waiting,
)
from reactions.moderation.filters import VoteFilter
from reactions.moderation.log import ReasonMissing
from reactions.moderation.undoing import CannotUndo, undo, why_not
from reactions.moderation.votes import (
    Preview,
    preview,
    quarantine,
    release,
    shadow_votes,
    void,
)

__all__ = [
    "BlockTooLong",
    "CannotUndo",
    "CaseClosed",
    "Preview",
    "ReasonMissing",
    "VoteFilter",
    "ban",
    "close_case",
    "freeze",
    "hide",
    "look_into",
    "open_case",
    "preview",
    "quarantine",
    "release",
    "release_waiting",
    "shadow",
    "shadow_votes",
    "show",
    "thaw",
    "undo",
    "void",
    "why_not",
]
