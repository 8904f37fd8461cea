"""The desk: the stock admin, one file per noun, thin; the verbs are in articles.actions."""

from articles.admin import (
    article,
    board_panels,
    embed,
    front,
    history,
    imports,
    people,
    photo,
    redirect,
    series,
    taxonomy,
)

__all__ = [
    "article",
    "board_panels",
    "embed",
    "front",
    "history",
    "imports",
    "people",
    "photo",
    "redirect",
    "series",
    "taxonomy",
]
