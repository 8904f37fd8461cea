import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from articles.models import Article
from reactions.models import Base, Board
from reactions.views.counts import COUNTS_CACHING
from reactions.visitors import Visitor
from reactions.voting import cast_vote
from tests.builders import make_article

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def url(article: Article) -> str:
    return reverse("reactions:counts", args=[article.pk])


def many(*ids: object) -> str:
    return reverse("reactions:counts_of_many") + "?ids=" + ",".join(map(str, ids))


def test_counts_are_public_and_for_any_cache(
    reader: Client, story: Article, visitor: Visitor, heart: int
) -> None:
    cast_vote(story.pk, visitor, heart)
    response = reader.get(url(story))
    assert response.json()["counts"][str(heart)] == 1
    assert response["Cache-Control"] == COUNTS_CACHING
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_old_counts_are_added_where_they_are_shown(
    reader: Client, story: Article, heart: int, wow: int
) -> None:
    for kind, shown in ((heart, True), (wow, False)):
        Base.objects.create(
            article=story, kind_id=kind, n=5, source="x", imported_at=story.publish_at, shown=shown
        )
    counts = reader.get(url(story)).json()["counts"]
    assert (counts[str(heart)], counts[str(wow)]) == (5, 0)


def test_the_readers_own_choice_is_in_no_shared_answer(
    returning: Client, reader: Client, story: Article, visitor: Visitor, heart: int
) -> None:
    cast_vote(story.pk, visitor, heart)
    assert returning.get(url(story)).content == reader.get(url(story)).content


def test_an_unchanged_count_is_not_sent_again(
    reader: Client, story: Article, visitor: Visitor, heart: int
) -> None:
    etag = reader.get(url(story))["ETag"]
    again = reader.get(url(story), HTTP_IF_NONE_MATCH=etag)
    assert again.status_code == 304
    assert again["Cache-Control"] == COUNTS_CACHING
    cast_vote(story.pk, visitor, heart)
    cache.clear()
    assert reader.get(url(story), HTTP_IF_NONE_MATCH=etag).status_code == 200


def test_a_crowd_asks_the_database_once_a_second(
    reader: Client, story: Article, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):  # is it published; set, kinds and counts
        reader.get(url(story))
    with django_assert_num_queries(0):
        reader.get(url(story))


@pytest.mark.parametrize(
    "fields", [{"status": Article.Status.DRAFT}, {"publish_at": "2999-01-01T00:00Z"}]
)
def test_what_is_not_public_has_no_counts(
    reader: Client, kinds: object, fields: dict[str, str]
) -> None:
    article = make_article(**fields)
    response = reader.get(url(article))
    assert response.status_code == 404
    assert response.json() == {"error": "This story takes no reactions."}
    assert reader.get(many(article.pk)).json() == {}


def test_a_hidden_board_shows_no_counts(reader: Client, story: Article) -> None:
    Board.objects.create(article=story, state="hidden", frozen_reason="x")
    response = reader.get(url(story))
    assert response.status_code == 404
    assert response.json() == {"error": "This story takes no reactions."}  # as for a draft
    # The bars that were open when it was hidden go on asking: one look at the origin for all.
    assert response["Cache-Control"] == COUNTS_CACHING


def test_a_frozen_board_keeps_its_counts(
    reader: Client, story: Article, visitor: Visitor, heart: int
) -> None:
    cast_vote(story.pk, visitor, heart)
    Board.objects.update(state="frozen", frozen_reason="x")
    answer = reader.get(url(story)).json()
    assert (answer["state"], answer["counts"][str(heart)]) == ("frozen", 1)
    assert answer["words"] == "Reactions to this story are closed: x"


def test_many_are_counted_in_the_same_two_queries(
    reader: Client, kinds: object, heart: int, visitor: Visitor,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    stories = [make_article() for _ in range(50)]
    cast_vote(stories[7].pk, visitor, heart)
    with django_assert_num_queries(2):
        response = reader.get(many(*(story.pk for story in stories)))
    answer = response.json()
    assert len(answer) == 50
    assert answer[str(stories[7].pk)]["counts"][str(heart)] == 1
    assert response["Cache-Control"] == COUNTS_CACHING


def test_known_and_new_are_answered_together(reader: Client, kinds: object) -> None:
    first, second = make_article(), make_article()
    reader.get(url(first))
    assert set(reader.get(many(first.pk, second.pk)).json()) == {str(first.pk), str(second.pk)}


@pytest.mark.parametrize(
    "ids", ["", ",", "x", "1,x", "-1", "9" * 19, ",".join(map(str, range(51)))]
)
def test_a_bad_list_is_refused_in_words(reader: Client, ids: str) -> None:
    response = reader.get(reverse("reactions:counts_of_many"), {"ids": ids})
    assert response.status_code == 400
    assert "?ids=1,2,3" in response.json()["error"]


def test_absurd_numbers_are_not_found(reader: Client) -> None:
    for number in (0, 2**63, 10**40):
        assert reader.get(f"/r/{number}.json").status_code == 404
    assert reader.get(many(10**18 - 1)).json() == {}


def test_only_safe_methods(returning: Client, story: Article) -> None:
    assert returning.post(url(story)).status_code == 405
    assert returning.head(url(story)).status_code == 200
