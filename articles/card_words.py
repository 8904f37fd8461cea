"""What a card says of a story, worked out once: its template asks for plain words alone."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from articles.models import Article, Byline
from articles.photos.figure import FigureView, figure_view

LONG_HEADLINE = 60
FIRST_SIZES = "(min-width: 64rem) 50rem, 100vw"


@dataclass(frozen=True, slots=True)
class Kicker:
    """The line above a headline. What is empty is left out."""

    section: str
    section_url: str
    kind: str  # a writer's own word or the kind of work
    sponsored: str  # is never left out


@dataclass(frozen=True)
class CardWords:
    """The context of components/_card.html and _card_river.html."""

    hue: str
    url: str
    headline: str
    is_long: bool
    dek: str
    kicker: Kicker | None
    by: bool
    names: list[tuple[str, str]]
    figure: FigureView | None
    machine_time: str
    day: str  # with its year where that is another one
    short_day: str
    clock: str


def words_of(
    article: Article, *, in_section: bool, picture: bool, eager: bool, by: bool
) -> CardWords:
    """`in_section`: the page says the section already. `picture`, `by`: whether it is shown, and
    who wrote it. `eager`: the page's first picture.
    """
    out = timezone.localtime(article.publish_at) if article.publish_at else None
    figure = _figure(article, eager=eager) if picture else None
    return CardWords(
        hue=str(article.section_id),
        url=article.get_absolute_url(),
        headline=article.headline_home or article.headline,
        is_long=len(article.headline) > LONG_HEADLINE,
        dek=article.dek,
        kicker=kicker_of(article, in_section=in_section),
        by=by,
        names=names_of(article) if by else [],
        figure=figure,
        machine_time=machine_time(out),
        day=_in_words(out, "j F" if out and out.year == timezone.localtime().year else "j F Y"),
        short_day=_in_words(out, "j M"),
        clock=f"{out:%H:%M}" if out else "",
    )


def kicker_of(article: Article, *, in_section: bool = False) -> Kicker | None:
    """None where there is nothing to say."""
    section = None if in_section else article.section
    sponsored = article.kind == Article.Kind.SPONSORED
    kind = article.kicker
    if not kind and not sponsored and article.kind != Article.Kind.NEWS:
        kind = article.get_kind_display()
    if not (section or kind or sponsored):
        return None
    return Kicker(
        section.name if section else "",
        section.get_absolute_url() if section else "",
        kind,
        article.get_kind_display() if sponsored else "",
    )


def names_of(article: Article) -> list[tuple[str, str]]:
    """Who wrote it, each with the words that stand before."""
    names = [str(each) for each in article.bylines.all() if each.role == Byline.Role.AUTHOR]
    joints = ["By ", *[", "] * (len(names) - 2), " and "]
    return list(zip(joints, names, strict=False))


def machine_time(moment: datetime | None) -> str:
    """For a <time>: "2026-11-23T20:45+0100"."""
    # Written out and not by Django's format, which took a tenth of a card's time.
    return f"{moment.isoformat()[:16]}{moment:%z}"[:21] if moment else ""


def _figure(article: Article, *, eager: bool) -> FigureView | None:
    figure = figure_view(article.lead, hero=eager, sizes=FIRST_SIZES if eager else "")
    return None if figure is None or figure.missing else figure


def _in_words(moment: datetime | None, form: str) -> str:
    return _day_in_words(moment.date(), form, get_language()) if moment else ""


@lru_cache(1_024)  # the stories of a list are of few days
def _day_in_words(day: date, form: str, language: str | None) -> str:
    return date_format(day, form)
