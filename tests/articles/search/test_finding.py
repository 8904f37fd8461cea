"""Finding stories, on whichever database the run has: the answers are the same on both."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article
from articles.search import SearchQuery, finding, for_path, index_article, search
from articles.search.entry import filter_key
from tests import builders

pytestmark = pytest.mark.django_db


def story(headline: str = "", body: str = "", **fields: Any) -> Article:
    """An article that is in the index, with its tags and bylines."""
    tags, people = fields.pop("tags", []), fields.pop("people", [])
    values = {"headline": headline or "A story", "body_text": body, "dek": "", **fields}
    article = builders.make_article(**values)
    for tag in tags:
        builders.add_tag(article, tag)
    for person in people:
        builders.add_byline(article, person)
    index_article(article)
    return article


def found(text: str = "", **fields: Any) -> list[str]:
    return [hit.article.headline for hit in search(SearchQuery(text=text, **fields)).hits]


# --- Words ---------------------------------------------------------------------------------------
def test_a_story_is_found_by_headline_summary_names_and_body() -> None:
    story(
        "The pier sang",
        "It went on until dawn.",
        dek="A night of brass",
        tags=[builders.make_tag("Zoë Marin")],
        people=[builders.make_contributor(name="Ada Quill")],
    )
    for text in ("pier", "brass", "zoe marin", "quill", "dawn", "PIERS", "Quïll"):
        assert found(text) == ["The pier sang"], text


def test_all_words_must_be_there_and_or_asks_for_one() -> None:
    story("Both", "pier and jazz")
    story("Pier", "pier")
    assert found("jazz pier") == ["Both"]
    assert set(found("jazz OR pier")) == {"Both", "Pier"}
    assert found("pier -jazz") == ["Pier"]


def test_a_phrase_is_found_in_its_order_and_never_across_two_texts() -> None:
    story("Right", "the night pier")
    story("Wrong", "the pier at night")
    story("Across night", "pier")
    two = [builders.make_tag("Old Night"), builders.make_tag("Pier Street")]
    story("Tags", "nothing", tags=two)
    assert found('"night pier"') == ["Right"]
    assert found('night pier -"night pier"') != []
    assert "Right" not in found('night pier -"night pier"')


def test_the_beginning_of_a_word_is_enough_with_a_star() -> None:
    story("Harbour")
    assert found("harb*") == ["Harbour"]


def test_a_last_word_that_nothing_has_is_opened_and_the_page_says_so() -> None:
    story("Harbour lights")
    page = search(SearchQuery(text="lights harb"))
    assert [hit.article.headline for hit in page.hits] == ["Harbour lights"]
    assert page.opened
    assert not search(SearchQuery(text="harbour")).opened


@pytest.mark.parametrize("text", ["手机", "手", "机", "的手机好", "สวัส", "ดี", "서울"])
def test_scripts_without_spaces_are_found_by_any_letters_in_a_row(text: str) -> None:
    story("Dense", "我的手机好 สวัสดีชาวโลก 서울에서 만나요")
    assert found(text) == ["Dense"]


def test_letters_in_another_order_are_not_found() -> None:
    story("Dense", "我的手机好")
    assert found("机手") == []


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\0", '"', '""', "'", "\\", "*", "-", "--", "(", ")))", "OR", "OR OR", "AND", "NOT",
        "NEAR(a b)", "headline:", "^a", "a:*", "<->", "&|!", "%", "_", "😀", "-a", '-"', "\ue000",
        "x" * 5_000, '"' * 5_000, "a\0b", "\ud800", "'; DROP TABLE articles_search; --",
    ],
)  # fmt: skip
def test_no_text_is_an_error(text: str) -> None:
    story("A pier")
    search(SearchQuery(text=text))
    search(SearchQuery(text=f"pier {text}"))
    for_path(f"/{text}/")


@given(st.text(max_size=80) | st.text(alphabet="ab \"-*|()OR手'\\:!&<>\0é", max_size=60))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_both_databases_take_whatever_the_parser_makes(text: str) -> None:
    search(SearchQuery(text=text))


# --- Order ---------------------------------------------------------------------------------------
def test_a_word_in_the_headline_weighs_more_than_one_in_the_summary_or_the_body() -> None:
    filler = "water " * 20
    story("Body", f"{filler} pier")
    story("Summary", filler, dek="The pier")
    story("The pier", filler)
    assert found("pier") == ["The pier", "Summary", "Body"]


def test_of_two_equal_stories_the_newer_comes_first() -> None:
    old = timezone.now() - timedelta(days=1_000)
    story("Old pier", publish_at=old)
    story("New pier")
    assert found("pier") == ["New pier", "Old pier"]


def test_an_old_story_about_it_comes_before_a_new_one_that_mentions_it() -> None:
    old = timezone.now() - timedelta(days=4_000)
    story("The pier", "pier pier", publish_at=old)
    story("New", "water " * 200 + "pier")
    assert found("pier") == ["The pier", "New"]


def test_a_word_far_down_in_a_long_story_is_found_behind_one_of_its_beginning() -> None:
    far = "water " * 2_000
    story("At the end", f"{far} the night pier")
    story(
        "At the beginning", f"the night pier {far}", publish_at=timezone.now() - timedelta(days=9)
    )
    for text in ("pier", '"night pier"', "pie*"):
        assert found(text) == ["At the beginning", "At the end"], text


def test_by_date_the_newest_comes_first() -> None:
    story("The pier", publish_at=timezone.now() - timedelta(days=2))
    story("Other", "a pier", publish_at=timezone.now() - timedelta(days=1))
    assert found("pier", by_date=True) == ["Other", "The pier"]


# --- Filters -------------------------------------------------------------------------------------
def test_filters_narrow_by_section_tag_person_and_kind() -> None:
    section, tag = builders.make_section(), builders.make_tag()
    person = builders.make_contributor()
    story("Plain pier")
    story("Section pier", section=section)
    story("Tag pier", tags=[tag])
    story("Person pier", people=[person])
    story("Review pier", kind="review")
    assert found("pier", filters=(filter_key("section", section.pk),)) == ["Section pier"]
    assert found("pier", filters=(filter_key("tag", tag.pk),)) == ["Tag pier"]
    assert found("pier", filters=(filter_key("by", person.pk),)) == ["Person pier"]
    assert found("pier", filters=(filter_key("kind", "review"),)) == ["Review pier"]
    both = (filter_key("tag", tag.pk), filter_key("kind", "review"))
    assert found("pier", filters=both) == []
    assert found(filters=(filter_key("kind", "review"),)) == ["Review pier"]


def test_a_span_has_its_beginning_and_not_its_end() -> None:
    start = timezone.now().replace(microsecond=0) - timedelta(days=10)
    day = timedelta(days=1)
    for name, moment in (("Before", start - day), ("First", start), ("End", start + day)):
        story(f"{name} pier", publish_at=moment)
    assert found("pier", since=start, until=start + day) == ["First pier"]
    assert set(found("pier", since=start)) == {"First pier", "End pier"}
    assert found("pier", until=start) == ["Before pier"]


# --- Pages ---------------------------------------------------------------------------------------
def test_twenty_a_page_and_a_total(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(23):
        story(f"Pier {number}")
    first, second = (search(SearchQuery(text="pier"), page=page) for page in (1, 2))
    assert (len(first.hits), len(second.hits)) == (20, 3)
    assert (first.total, first.num_pages, first.has_more) == (23, 2, False)
    assert not {hit.article.pk for hit in first.hits} & {hit.article.pk for hit in second.hits}
    beyond = search(SearchQuery(text="pier"), page=3)
    assert beyond.is_beyond
    assert beyond.hits == ()


def test_beyond_the_candidates_there_is_more_and_no_exact_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(finding, "CANDIDATES", 4)
    old = timezone.now() - timedelta(days=900)
    story("The pier", publish_at=old)
    for number in range(8):
        story(f"Other {number}", "a pier")
    page = search(SearchQuery(text="pier"))
    assert (page.total, page.has_more) == (4, True)
    # It is none of the newest, and is found all the same: the word stands in its headline.
    assert page.hits[0].article.headline == "The pier"


def test_a_passage_shows_the_words_in_the_body_or_else_the_beginning() -> None:
    story("In the body", "It rained. Then the pier sang.")
    story("The pier", "It rained. Nobody came.")
    passages = {
        hit.article.headline: [(piece.text, piece.marked) for piece in hit.passage]
        for hit in search(SearchQuery(text="pier")).hits
    }
    assert ("pier", True) in passages["In the body"]
    assert passages["The pier"] == [("It rained. Nobody came.", False)]


# --- Who may see it ------------------------------------------------------------------------------
def test_only_what_readers_may_see_is_found() -> None:
    hour = timedelta(hours=1)
    now = timezone.now()
    story("Public pier")
    story("Scheduled pier", publish_at=now + hour)
    story("Expired pier", expire_at=now - hour)
    draft = builders.make_draft(headline="Draft pier")
    index_article(draft)
    withdrawn = story("Withdrawn pier")
    Article.objects.filter(pk=withdrawn.pk).update(status=Article.Status.WITHDRAWN)
    for text in ("pier", "scheduled", "expired", "draft", "withdrawn", "pie*"):
        assert found(text) in (["Public pier"], []), text
        assert found(text, by_date=True) in (["Public pier"], []), text
        assert {article.headline for article in for_path(f"/{text}/")} <= {"Public pier"}
    assert found("pier") == ["Public pier"]


def test_time_alone_brings_a_story_in_and_takes_it_out() -> None:
    """Nothing runs in between: the rows' times move instead of the clock, which is the database's."""
    hour = timedelta(hours=1)
    article = story("Timely pier", publish_at=timezone.now() + hour)
    row = Article.objects.filter(pk=article.pk)
    assert found("timely") == []
    row.update(publish_at=timezone.now() - hour)
    assert found("timely") == ["Timely pier"]
    row.update(expire_at=timezone.now() - hour / 2)
    assert found("timely") == []


def test_what_is_hidden_takes_no_place_among_the_candidates(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(finding, "CANDIDATES", 2)
    story("The pier", publish_at=timezone.now() - timedelta(days=1))
    for number in range(4):
        story(f"Hidden pier {number}", expire_at=timezone.now() - timedelta(minutes=1))
    assert found("pier") == ["The pier"]


# --- Dead addresses ------------------------------------------------------------------------------
def test_a_dead_address_finds_the_stories_with_its_words() -> None:
    wanted = story("The night the pier sang")
    story("Another pier", "at night")
    story("Unrelated")
    assert for_path("/2019/05/the-night-the-pier-sang.html")[0] == wanted
    assert "Unrelated" not in {a.headline for a in for_path("/old/night-pier/")}
    assert for_path("/") == []
    assert for_path("/2019/05/12/") == []


def test_a_dead_address_gets_five_stories_at_most() -> None:
    for number in range(7):
        story(f"Pier {number}")
    assert len(for_path("/pier-story/")) == 5
