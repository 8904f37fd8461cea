"""The crowd's desk in the stock admin. Votes are not here: their key has two columns."""

from reactions.admin import base, board, kind, panel, reaction_set

__all__ = ["base", "board", "kind", "panel", "reaction_set"]
