"""What templates ask of the paper: the menu, a figure."""

from django import template

from articles import navigation
from articles.models import Banner, PhotoUse, Section
from articles.photos.figure import FigureView, figure_view

register = template.Library()


@register.simple_tag
def site_nav() -> list[Section]:
    """{% site_nav as sections %}"""
    return navigation.site_nav()


@register.simple_tag
def site_banner() -> Banner | None:
    """{% site_banner as banner %}; None almost always."""
    return navigation.current_banner()


@register.simple_tag
def figure_of(use: PhotoUse | None, *, hero: bool = False, sizes: str = "") -> FigureView | None:
    """{% figure_of article.lead as figure %}; None where the article has no photo."""
    return figure_view(use, hero=hero, sizes=sizes)
