"""The crowd's desk in the stock admin. Votes are not here: their key has two columns."""

from reactions.admin import action, base, block, board, case, kind, panel, reaction_set

__all__ = ["action", "base", "block", "board", "case", "kind", "panel", "reaction_set"]
