"""The desk: the stock admin, one file per noun, thin; the verbs are in articles.actions."""

from articles.admin import article, embed, front, imports, people, photo, redirect, taxonomy

__all__ = ["article", "embed", "front", "imports", "people", "photo", "redirect", "taxonomy"]
