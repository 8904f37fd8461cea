"""The search page as a reader meets it."""

from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.models import Article
from articles.search import TooSlow, finding, index_article
from articles.views import search as search_view
from tests import builders

pytestmark = pytest.mark.django_db


def stories(count: int, **fields: object) -> list[Article]:
    made = [builders.make_article(headline=f"Pier {number}", **fields) for number in range(count)]
    for article in made:
        index_article(article)
    return made


def page(reader: Client, address: str) -> str:
    response = reader.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_empty_page_asks_and_suggests(reader: Client) -> None:
    section = builders.make_section(name="Music")
    tag = builders.make_tag("Brass")
    builders.add_tag(builders.make_article(section=section), tag)
    html = page(reader, "/search/")
    assert 'name="q"' in html
    assert section.get_absolute_url() in html
    assert tag.get_absolute_url() in html
    assert '<meta name="robots" content="noindex, follow">' in html


def test_answers_have_their_words_marked_and_escaped(reader: Client) -> None:
    stories(1, body_text="A <b>pier</b> & more")
    html = page(reader, "/search/?q=pier")
    assert "1 story for “pier”" in html
    assert "A &lt;b&gt;<mark>pier</mark>&lt;/b&gt; &amp; more" in html


def test_what_was_typed_is_shown_and_escaped(reader: Client) -> None:
    html = page(reader, '/search/?q="><script>alert(1)</script>')
    assert "<script>alert" not in html
    assert 'value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in html


def test_pages_lead_on_with_the_whole_question(reader: Client) -> None:
    stories(45, kind="review")
    html = page(reader, "/search/?q=pier&kind=review&page=2")
    assert 'rel="prev" href="/search/?q=pier&amp;kind=review"' in html
    assert 'rel="next" href="/search/?q=pier&amp;kind=review&amp;page=3"' in html
    assert "Page 2 of 3" in html


def test_a_page_behind_the_last_one_says_so(reader: Client) -> None:
    stories(2)
    html = page(reader, "/search/?q=pier&page=999999")
    assert "The stories end before this page." in html
    assert 'rel="prev" href="/search/?q=pier"' in html


def test_the_end_of_what_a_search_shows_is_said_in_words(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "CANDIDATES", 20)
    stories(23)
    assert "More than 20 stories" in page(reader, "/search/?q=pier")
    assert "A search shows its best 20 stories" in page(reader, "/search/?q=pier&page=2")


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 7, "²", ""])
def test_a_page_number_that_is_none_is_not_found(reader: Client, number: str) -> None:
    assert reader.get("/search/", {"q": "pier", "page": number}).status_code == 404


def test_a_filter_can_be_taken_away(reader: Client) -> None:
    builders.make_section(name="Music", slug="music")
    html = page(reader, "/search/?q=pier&section=music")
    assert 'href="/search/?q=pier"' in html
    assert "No story has “pier” with these filters." in html


def test_nothing_found_offers_a_name_in_another_spelling(reader: Client) -> None:
    tag = builders.make_tag("Zoë Marin")
    builders.add_tag(builders.make_article(), tag)
    html = page(reader, "/search/?q=zoe+marrin")
    assert "Did you mean" in html
    assert tag.get_absolute_url() in html


def test_a_question_without_a_word_is_told_so(reader: Client) -> None:
    assert "There is no word to look for" in page(reader, "/search/?q=%F0%9F%98%80")


def test_a_search_that_takes_too_long_is_told_so(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def give_up(*args: object, **options: object) -> None:
        raise TooSlow

    monkeypatch.setattr(search_view, "search", give_up)
    assert "This search took too long" in page(reader, "/search/?q=pier")


def test_a_dead_address_is_answered_even_where_its_search_takes_too_long(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def give_up(*args: object, **options: object) -> None:
        raise TooSlow

    monkeypatch.setattr(finding, "_candidates", give_up)
    assert reader.get("/no/such-pier/").status_code == 404


def test_answers_cost_the_same_number_of_queries_however_many(
    reader: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    stories(30, section=builders.make_section(slug="music"))
    page(reader, "/search/?q=pier")  # the menu and the banner are kept
    # section of the filter; candidates (PostgreSQL: a savepoint, its bounds, the ranks); articles,
    # bylines, texts; sections of the form; what the frame of the page asks
    with django_assert_max_num_queries(14):
        page(reader, "/search/?q=pier&section=music")


def test_a_browser_learns_how_to_search(reader: Client) -> None:
    response = reader.get("/opensearch.xml")
    assert response["Content-Type"].startswith("application/opensearchdescription+xml")
    url = ET.fromstring(response.content).find("{http://a9.com/-/spec/opensearch/1.1/}Url")
    assert url is not None
    assert url.attrib["template"] == "http://localhost:8000/search/?q={searchTerms}"
    assert 'href="/opensearch.xml"' in page(reader, "/search/")


def test_the_page_says_when_more_was_typed_than_a_search_has_room_for(reader: Client) -> None:
    stories(1)
    assert "left aside" in page(reader, "/search/?q=pier+-a+-b+-c+-d+-e+-f")
    assert "left aside" not in page(reader, "/search/?q=pier+-a+-b")


@pytest.mark.parametrize("name", ["from", "to"])
def test_a_date_that_is_none_is_said_and_stays_to_be_mended(name: str, reader: Client) -> None:
    stories(1)
    html = page(reader, f"/search/?q=pier&{name}=%3C31.5.2024%3E")
    assert "“&lt;31.5.2024&gt;” is no date" in html
    assert 'value="&lt;31.5.2024&gt;" aria-invalid="true" aria-describedby="search-odd"' in html
    assert '<details class="search__filters" open>' in html
    assert "1 story for" in html
    html = page(reader, f"/search/?q=pier&{name}=%202024%20")
    assert "is no date" not in html
    assert 'value="2024"' in html


def test_of_two_dates_that_are_none_both_are_said(reader: Client) -> None:
    stories(1)
    html = page(reader, "/search/?q=pier&from=may&to=june")
    assert "“may” and “june” are no dates" in html
    assert html.count('aria-describedby="search-odd"') == 2
