"""Addresses of sections, tags, contributors and series: with another slug the old one leads on."""

from typing import Any

import pytest
from django.test import Client

from articles.models import Article, Redirect, Series, SeriesItem
from tests import builders
from tests.articles.admin.filled import change, save

pytestmark = pytest.mark.django_db


def section() -> Any:
    return builders.make_section(slug="old")


def tag() -> Any:
    made = builders.make_tag("Tides", slug="old")
    builders.make_article().tags.add(made)
    return made


def contributor() -> Any:
    made = builders.make_contributor(name="Ada Quill", slug="old")
    builders.make_article().bylines.create(contributor=made)
    return made


def series() -> Any:
    made = Series.objects.create(title="Tides", slug="old")
    SeriesItem.objects.create(series=made, article=builders.make_article())
    return made


PAGES = [section, tag, contributor, series]
every_page = pytest.mark.parametrize("make", PAGES, ids=lambda make: str(make.__name__))


@every_page
def test_an_old_address_leads_to_the_page_in_one_hop(
    make: Any, desk: Client, reader: Client
) -> None:
    page = make()
    old = page.get_absolute_url()
    for slug in ("newer", "newest"):
        save(desk, change(page), slug=slug)
    new = old.replace("old", "newest")
    for path in (old, old.replace("old", "newer")):
        answer = reader.get(path)
        assert (answer.status_code, answer["Location"]) == (301, new)
    assert reader.get(new).status_code == 200
    save(desk, change(page), slug="old")
    assert reader.get(old).status_code == 200
    assert reader.get(new)["Location"] == old


@pytest.mark.parametrize("make", PAGES[:3], ids=lambda make: str(make.__name__))
def test_its_feed_moves_along(make: Any, desk: Client, reader: Client) -> None:
    page = make()
    old = page.get_absolute_url()
    save(desk, change(page), slug="fresh")
    assert reader.get(f"{old}feed/")["Location"] == f"{old.replace('old', 'fresh')}feed/"
    assert reader.get(f"{old.replace('old', 'never')}feed/").status_code == 404


@pytest.mark.parametrize("make", PAGES[1:], ids=lambda make: str(make.__name__))
def test_a_page_that_no_reader_saw_leaves_no_address(make: Any, desk: Client) -> None:
    page = make()
    Article.objects.update(status=Article.Status.DRAFT)
    save(desk, change(page), slug="fresh")
    assert not Redirect.objects.exists()


def test_another_name_moves_nothing(desk: Client) -> None:
    save(desk, change(section()), name="Sea and music")
    assert not Redirect.objects.exists()
