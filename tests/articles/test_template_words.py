"""What the templates' own tags and filters write, without a page around it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import defaultfilters
from django.urls import reverse, set_script_prefix

from articles.card_words import machine_time, names_of
from articles.models import Article, Byline, Contributor


def story_by(*names: str, role: str = Byline.Role.AUTHOR) -> Article:
    article = Article(pk=1)
    bylines = [Byline(contributor=Contributor(name=name), role=role) for name in names]
    article._prefetched_objects_cache = {"bylines": bylines}  # type: ignore[attr-defined]
    return article


@pytest.mark.parametrize(
    ("names", "line"),
    [
        ((), ""),
        (("Ada",), "By Ada"),
        (("Ada", "Ben"), "By Ada and Ben"),
        (("Ada", "Ben", "Cleo", "Dee"), "By Ada, Ben, Cleo and Dee"),
    ],
)
def test_authors_stand_in_a_sentence(names: tuple[str, ...], line: str) -> None:
    assert "".join(before + name for before, name in names_of(story_by(*names))) == line


def test_who_took_the_photographs_is_no_author() -> None:
    assert names_of(story_by("Ines", role=Byline.Role.PHOTOS)) == []


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 3, 9, 5, 59, 123, tzinfo=ZoneInfo("UTC")),
        datetime(2026, 7, 3, 21, 5, tzinfo=ZoneInfo("America/St_Johns")),
        datetime(1870, 1, 1, tzinfo=ZoneInfo("Europe/Berlin")),  # 53 minutes and 28 seconds
        datetime(202, 1, 1, tzinfo=ZoneInfo("UTC")),
    ],
    ids=str,
)
def test_a_machines_time_is_written_as_django_writes_it(moment: datetime) -> None:
    assert machine_time(moment) == defaultfilters.date(moment, "Y-m-d\\TH:iO")


def test_no_time_is_no_words() -> None:
    assert machine_time(None) == ""


def test_an_address_stands_under_the_prefix_of_the_request() -> None:
    story = Article(slug="pier")
    assert story.get_absolute_url() == reverse("articles:article", args=["pier"])
    set_script_prefix("/paper/")
    try:
        assert story.get_absolute_url() == "/paper/story/pier/"
    finally:
        set_script_prefix("/")
