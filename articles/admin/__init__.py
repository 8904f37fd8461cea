"""The desk: the stock admin, one file per noun, thin; the verbs are in articles.actions."""

from articles.admin import (
    agency,
    article,
    board_panels,
    board_photos,
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
    "agency",
    "article",
    "board_panels",
    "board_photos",
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
