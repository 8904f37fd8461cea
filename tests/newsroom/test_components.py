"""The shared parts of pages, each state that they are drawn in."""

from dataclasses import replace

import pytest
from django.template.loader import render_to_string

from articles.card_words import kicker_of
from articles.listing import ListPage
from articles.models import Article, Section
from articles.photos.figure import FigureView

FIGURE = FigureView(
    caption="The queue on the quay",
    credit="Photo: Ana Reyes/Northlight Images",
    alt="People with umbrellas",
    src="/media/a-960.jpg",
    src_size=(960, 600),
    width=1600,
    height=1000,
    sources=(("image/webp", "/media/a-640.webp 640w, /media/a-960.webp 960w"),),
    sizes="100vw",
    hero=False,
    missing=False,
)


def figure(view: FigureView) -> str:
    return render_to_string("components/_figure.html", {"figure": view})


def pagination(number: int, *, last: int = 3) -> str:
    page = ListPage(number, (), has_next=number < last)
    return render_to_string(
        "components/_pagination.html", {"page": page, "first_page": "/section/music/"}
    )


def test_a_figure_says_where_its_picture_comes_from() -> None:
    html = figure(FIGURE)
    assert "The queue on the quay" in html
    assert (
        '<span class="visually-hidden">Image source, </span>Photo: Ana Reyes/Northlight Images'
        in html
    )


def test_a_figure_keeps_its_place_and_waits_until_it_is_near() -> None:
    html = figure(FIGURE)
    assert 'width="1600" height="1000"' in html
    assert 'loading="lazy"' in html
    assert "fetchpriority" not in html
    assert (
        '<source type="image/webp" srcset="/media/a-640.webp 640w, /media/a-960.webp 960w"' in html
    )


def test_the_hero_is_asked_for_first() -> None:
    html = figure(replace(FIGURE, hero=True))
    assert 'fetchpriority="high"' in html
    assert "lazy" not in html


def test_a_photo_without_a_file_still_shows_caption_and_credit() -> None:
    html = figure(replace(FIGURE, missing=True, src="", sources=()))
    assert "<img" not in html
    assert "People with umbrellas" in html
    assert "The queue on the quay" in html
    assert "Ana Reyes" in html


def test_a_withdrawn_photo_leaves_one_line() -> None:
    html = figure(replace(FIGURE, missing=True, withdrawn="was withdrawn", src="", sources=()))
    assert "People with umbrellas – this photo was withdrawn." in html
    assert "<figure" not in html
    assert "Ana Reyes" not in html


def test_a_photo_without_a_file_or_a_description_says_so() -> None:
    assert "This photo is not available." in figure(replace(FIGURE, missing=True, alt=""))


def test_a_figure_without_words_has_no_empty_caption() -> None:
    assert "figcaption" not in figure(replace(FIGURE, caption="", credit=""))


def test_a_figure_escapes_what_people_wrote() -> None:
    html = figure(replace(FIGURE, caption="<b>", alt='"><script>', credit="A & B"))
    assert "<b>" not in html
    assert "<script>" not in html
    assert "A &amp; B" in html


def test_an_upright_photo_is_told_apart() -> None:
    assert "figure--tall" in figure(replace(FIGURE, width=1000, height=1600))
    assert "figure--tall" not in figure(FIGURE)


def test_the_second_page_leads_back_to_the_plain_address() -> None:
    html = pagination(2)
    assert '<a rel="prev" href="/section/music/">' in html
    assert '<a rel="next" href="?page=3">' in html
    assert "Page 2" in html


def test_the_last_page_has_no_next() -> None:
    html = pagination(3)
    assert '<a rel="prev" href="?page=2">' in html
    assert 'rel="next"' not in html


def test_a_single_page_has_no_pagination() -> None:
    assert "<nav" not in pagination(1, last=1)


def kicker(*, in_section: bool = False, **fields: object) -> str:
    said = {"section": Section(name="Music", slug="music"), "kind": Article.Kind.NEWS, **fields}
    shown = kicker_of(Article(**said), in_section=in_section)
    return render_to_string("components/_kicker.html", {"kicker": shown})


def test_news_needs_no_label_but_its_section() -> None:
    html = kicker()
    assert '<a href="/section/music/">Music</a>' in html
    assert "News" not in html


@pytest.mark.parametrize("own", ["", "Partner story"])
@pytest.mark.parametrize("in_section", [True, False])
def test_sponsored_is_never_left_out(own: str, in_section: bool) -> None:
    html = kicker(kind=Article.Kind.SPONSORED, kicker=own, in_section=in_section)
    assert "Sponsored" in html
    assert own in html


def test_a_writers_kicker_stands_for_the_kind() -> None:
    html = kicker(kind=Article.Kind.REVIEW, kicker="Album review")
    assert "Album review" in html
    assert html.count("eview") == 1
    assert "Review" in kicker(kind=Article.Kind.REVIEW)


def test_a_story_without_section_kicker_or_kind_has_no_empty_line() -> None:
    assert "<p" not in kicker(section=None)
    assert "<p" not in kicker(in_section=True)


def test_a_page_that_broke_needs_nothing_that_may_be_broken() -> None:
    for status in (400, 500):
        html = render_to_string(f"errors/{status}.html", {"site_name": "The Paper"})
        assert html.count("<h1") == 1
        assert "The Paper" in html
