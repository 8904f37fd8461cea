"""Statements are planned once a connection, and answered whatever becomes of their plan."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import (
    DEFAULT_DB_ALIAS,
    DataError,
    OperationalError,
    ProgrammingError,
    connection,
    connections,
    transaction,
)
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from reactions import statements, tallies
from reactions.models import Vote
from reactions.statements import Statement, rows_of_each
from reactions.visitors import Visitor
from reactions.voting import cast_vote

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]
TWICE = Statement("twice", "SELECT %(n)s * 2, %(n)s", n="integer")


@pytest.fixture(autouse=True)
def on_postgres() -> Iterator[None]:
    if connection.vendor != "postgresql":
        pytest.skip("PREPARE is for PostgreSQL; SQLite keeps what it compiled by itself")
    statements._pooled.clear()
    yield
    statements._pooled.clear()
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    statements._prepared.clear()


def asked(action: Any) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        action()
    return [each["sql"].split()[0] for each in queries]


def twice(n: int) -> tuple[Any, ...]:
    return TWICE.rows({"n": n})[0]


def test_it_is_prepared_at_the_first_call_alone() -> None:
    assert asked(lambda: twice(4)) == ["PREPARE", "EXECUTE"]
    assert asked(lambda: twice(5)) == ["EXECUTE"]
    assert twice(6) == (12, 6)


def test_within_a_transaction_it_is_sent_as_it_is() -> None:
    with transaction.atomic():
        assert asked(lambda: twice(4)) == ["SELECT"]
        assert twice(4) == (8, 4)


def test_a_session_that_lost_it_answers_and_is_taken_for_a_poolers() -> None:
    twice(1)
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    assert twice(4) == (8, 4)
    assert asked(lambda: twice(5)) == ["SELECT"]


def test_so_is_a_session_that_has_it_from_another() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PREPARE {TWICE.name} (integer) AS SELECT 0, 0")
    assert twice(4) == (8, 4)
    assert asked(lambda: twice(5)) == ["SELECT"]


def test_an_older_release_s_in_the_same_session_is_another() -> None:
    old = Statement("twice", "SELECT 0, %(n)s", n="integer")
    assert old.rows({"n": 4}) == [(0, 4)]
    assert asked(lambda: twice(4)) == ["PREPARE", "EXECUTE"]
    assert twice(4) == (8, 4)
    assert Statement("twice", TWICE.sql, n="bigint").name != TWICE.name


def test_a_plan_that_is_old_is_made_anew() -> None:
    whole = Statement("whole", "SELECT * FROM changing WHERE n = %(n)s", n="integer")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE changing (n integer)")
        cursor.execute("INSERT INTO changing VALUES (1)")
        assert whole.rows({"n": 1}) == [(1,)]
        cursor.execute("ALTER TABLE changing ADD COLUMN m integer DEFAULT 7")
        assert whole.rows({"n": 1}) == [(1, 7)]
        assert asked(lambda: whole.rows({"n": 1})) == ["PREPARE", "EXECUTE"]
        assert not statements._pooled
        cursor.execute("DROP TABLE changing")


def test_a_mistake_stays_a_mistake() -> None:
    with pytest.raises(ProgrammingError, match="no_such_table"):
        Statement("wrong", "SELECT %(n)s FROM no_such_table", n="integer").rows({"n": 1})
    assert twice(2) == (4, 2)
    assert not statements._pooled


def test_a_new_connection_prepares_for_itself() -> None:
    twice(1)
    connection.close()
    assert asked(lambda: twice(4))[-2:] == ["PREPARE", "EXECUTE"]


def end_this_session() -> None:
    number = connection.connection.info.backend_pid
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
    other.close()


def test_where_the_session_died_a_new_one_answers() -> None:
    twice(1)
    end_this_session()
    assert twice(4) == (8, 4)
    assert not statements._pooled


def test_in_a_transaction_it_does_not() -> None:
    def in_one() -> None:
        with transaction.atomic():
            twice(1)
            end_this_session()
            twice(4)

    with pytest.raises(OperationalError):
        in_one()
    assert twice(4) == (8, 4)


def test_nobody_asks_first_whether_the_session_is_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    twice(1)
    session = connections[DEFAULT_DB_ALIAS]
    monkeypatch.setattr(session, "health_check_enabled", True)
    monkeypatch.setattr(session, "health_check_done", False)
    monkeypatch.setattr(session, "is_usable", lambda: pytest.fail("asked"))
    assert twice(4) == (8, 4)


def test_several_are_asked_at_once() -> None:
    thrice = Statement("thrice", "SELECT %(n)s * 3", n="integer")

    def both() -> None:
        assert rows_of_each((TWICE, thrice), {"n": 4}) == [[(8, 4)], [(12,)]]

    assert asked(both) == ["PREPARE", "PREPARE", "EXECUTE"]
    assert asked(both) == ["EXECUTE"]
    with connection.cursor() as cursor:
        cursor.execute(f"DEALLOCATE {thrice.name}")
    both()
    assert asked(both) == ["SELECT"]


def test_of_several_all_are_carried_out_or_none(story: Article) -> None:
    said = "UPDATE articles_article SET headline = 'New' WHERE id = %(n)s RETURNING id"
    said_first = Statement("renamed", said, n="bigint")
    wrong = Statement("divided", "SELECT 1 / (%(n)s - %(n)s)", n="bigint")
    with pytest.raises(DataError):
        rows_of_each((said_first, wrong), {"n": story.pk})
    story.refresh_from_db()
    assert story.headline != "New"


def test_votes_and_counts_are_prepared(story: Article, heart: int) -> None:
    cast_vote(story.pk, Visitor(id=1, issued_at=0), heart)
    tallies.read_board(story.pk)
    assert asked(lambda: cast_vote(story.pk, Visitor(id=2, issued_at=0), heart)) == ["EXECUTE"]
    assert asked(lambda: tallies.read_board(story.pk)) == ["EXECUTE"]
    assert Vote.objects.count() == 2
