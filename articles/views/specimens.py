"""What the style guide shows: stories, photos, posts and states made up in memory, never saved.

Only pictures are real, where the site has some: the newest public photos stand in the frames.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.templatetags.static import static
from django.utils import timezone

from articles.fronts import FilledSlot, FrontPage
from articles.listing import ListPage
from articles.models import (
    Article,
    Banner,
    Byline,
    Contributor,
    Correction,
    Photo,
    PhotoUse,
    Section,
    Series,
    Tag,
)
from articles.page_body import Slide
from articles.photos.figure import FigureView, figure_view
from articles.photos.source_types import AI_MADE
from articles.related import Around, SeriesPlace

SECTIONS = [Section(pk=n, name=name, slug=f"s{n}", description="What can be heard from here.")
            for n, name in enumerate(("Music", "Screen", "Stage", "Books", "Style"), start=1)]  # fmt: skip
WRITERS = [Contributor(pk=n, name=name, slug=f"w{n}")
           for n, name in enumerate(("Ada Quill", "Ben Harrow"), start=1)]  # fmt: skip
HEADLINES = (
    "The night the pier sang",
    "A museum of unfinished songs opens in a boathouse nobody wanted",
    "Four hours, one chair: the longest monologue of the season ends in silence and a standing crowd",
    "Closed",
    "What the ferry’s jukebox knew",
)
DEK = "Nobody who stood there could say what had moved it, and everybody tried."


def photos() -> list[Photo]:
    """Pictures to show; without any the frames say that they are empty."""
    ready = Photo.objects.filter(rendition_state=Photo.RenditionState.OK).order_by("-pk")
    return list(ready.select_related("photographer", "agency", "via")[:6]) or [Photo(pk=1)]


def use(photo: Photo, **fields: Any) -> PhotoUse:
    said = {"caption": "The pier at a quarter to nine", "alt": "A pier at dusk", **fields}
    return PhotoUse(photo=photo, **said)


def story(number: int, photo: Photo | None = None, **fields: Any) -> Article:
    said = {
        "headline": HEADLINES[number % len(HEADLINES)],
        "dek": DEK,
        "slug": f"specimen-{number}",
        "section": SECTIONS[number % len(SECTIONS)],
        "publish_at": timezone.now() - timedelta(hours=5 * number + 1),
        "lead": use(photo) if photo else None,
        **fields,
    }
    article = Article(pk=number + 1, **said)
    names = [Byline(contributor=each) for each in WRITERS[: 1 + number % 2]]
    article._prefetched_objects_cache = {"bylines": names}  # type: ignore[attr-defined]
    return article


def cards(pictures: Sequence[Photo]) -> list[dict[str, Any]]:
    """Each variant of the card, with a photo and without."""
    found = []
    for variant in ("lead", "feature", "row", "text"):
        for photo in (pictures[0], None):
            words = "with a photo" if photo else "without a photo"
            found.append(
                {"title": f"{variant}, {words}", "variant": variant, "article": story(1, photo)}
            )
    labels = {"kind": Article.Kind.SPONSORED, "kicker": "Paid for by Harbour Ferries"}
    found.append({"title": "row, sponsored", "variant": "row", "article": story(3, None, **labels)})
    return found


def figures(pictures: Sequence[Photo]) -> list[dict[str, Any]]:
    ready = figure_view(use(pictures[0]))
    gone = Photo(pk=2, status=Photo.Status.REMOVED, photographer_text="Ines Lark")
    states = {
        "with caption and credit": ready,
        "upright": next(
            (figure_view(use(each)) for each in pictures if each.height > each.width), ready
        ),
        "without a caption": _without_caption(ready),
        "in a shape of its own": replace(ready, ratio="1:1") if ready else None,
        "made with AI": replace(ready, notice=AI_MADE) if ready else None,
        "no file": figure_view(use(Photo(pk=3, photographer_text="Ines Lark"))),
        "withdrawn": figure_view(use(gone)),
    }
    return [{"title": title, "figure": figure} for title, figure in states.items()]


def _without_caption(view: FigureView | None) -> FigureView | None:
    return replace(view, caption="") if view else None


def corrections() -> list[Correction]:
    return [
        Correction(
            kind=kind, text="An earlier version had the wrong pier.", published_at=timezone.now()
        )
        for kind in Correction.Kind
    ]


def banners() -> list[Banner]:
    return [Banner(text="The pier is on fire", url="/", level=level) for level in Banner.Level]


def tags() -> list[Tag]:
    names = ("Ada Quill", "Port Averil", "Harbour Trust", "Jazz", "Lowlight 2026", "The Salt Year")
    return [
        Tag(name=name, slug=f"t{number}", kind=kind)
        for number, (name, kind) in enumerate(zip(names, Tag.Kind, strict=True))
    ]


def boards() -> list[SimpleNamespace]:
    """The reaction bar open, frozen, and with counts from an old site; it is drawn from values."""
    names = (("1f44d", "Thumbs up"), ("2764", "Heart"), ("1f602", "Laugh"), ("1f62e", "Wow"))
    kinds = [
        SimpleNamespace(id=n, label=label, image=static(f"img/emoji/{code}.svg"), shown=n * 7, number=str(n * 7),
                        spoken=f"{label}, {n * 7} reactions")
        for n, (code, label) in enumerate(names, start=1)
    ]  # fmt: skip
    states = (
        (True, ""),
        (False, "Reactions to this story are closed: This story is about a child."),
    )
    return [
        SimpleNamespace(article_id=n, set_id=0, style_url="", question="What do you think?",
                        is_open=is_open, closed_words=words, kinds=kinds, version=0, imported=12 * is_open, imported_number="12")
        for n, (is_open, words) in enumerate(states, start=1)
    ]  # fmt: skip


def slides(pictures: Sequence[Photo]) -> list[Slide]:
    views = [view for photo in pictures[:3] if (view := figure_view(use(photo)))]
    return [Slide(number, len(views), view) for number, view in enumerate(views, start=1)]


def around(pictures: Sequence[Photo]) -> Around:
    return Around(
        series=(SeriesPlace(Series(title="The pier", slug="pier"), 2, 4, story(1), story(2)),),
        related=tuple(story(n, pictures[0] if n == 1 else None) for n in range(1, 5)),
        next_in_section=story(4, pictures[-1]),
    )


def fronts(pictures: Sequence[Photo]) -> list[dict[str, Any]]:
    top = [story(n, pictures[n % len(pictures)]) for n in range(1, 5)]
    with_photo, in_words = story(0, pictures[0]), story(0)
    return [
        {"title": title, "front": FrontPage((FilledSlot("lead", 1, articles=[lead]), FilledSlot("top", 4, articles=beside)))}
        for title, lead, beside in (
            ("lead with a photo", with_photo, top),
            ("lead in words", in_words, top),
            ("lead alone", with_photo, []),
        )
    ]  # fmt: skip


def focus(pictures: Sequence[Photo]) -> FilledSlot:
    articles = [story(n, pictures[n % len(pictures)]) for n in range(1, 4)]
    return FilledSlot("focus", 3, "Saturday reading", articles=articles)


def strips(pictures: Sequence[Photo]) -> list[dict[str, Any]]:
    articles = [story(n, pictures[n % len(pictures)]) for n in range(4)]
    return [
        {"pattern": pattern, "section": SECTIONS[n], "articles": articles}
        for n, pattern in enumerate(("wide", "even", "mirror"))
    ]


def pages() -> list[ListPage]:
    """The first, one in the middle, the last."""
    return [ListPage(1, (), True), ListPage(2, (), True), ListPage(3, (), False)]
