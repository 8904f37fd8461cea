"""Taking numbers away: rows and columns, what is never in them, and who may."""

import csv
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from reactions import moderation
from reactions.insight import export
from reactions.models import Base, Hour, Views
from reactions.voting import cast_vote
from tests.builders import make_article, make_section
from tests.reactions.conftest import new_visitor
from tests.reactions.test_admin import desk, with_rights

pytestmark = [pytest.mark.django_db, pytest.mark.services]
EXPORT = reverse("reactions_desk:export")
HOUR = datetime(2026, 3, 4, 5, tzinfo=UTC)


def ask(user: User, what: str, **asked: str) -> tuple[int, str]:
    answer = desk(user).get(EXPORT, {"what": what, "format": "csv", **asked})
    streamed = getattr(answer, "streaming_content", None)
    body = b"".join(streamed) if streamed is not None else answer.content
    return answer.status_code, body.decode()


def table(user: User, what: str, **asked: str) -> list[dict[str, str]]:
    status, body = ask(user, what, **asked)
    assert status == 200
    assert body.startswith("\ufeff")
    return list(csv.DictReader(body.removeprefix("\ufeff").splitlines()))


def objects(user: User, what: str, **asked: str) -> list[dict[str, object]]:
    status, body = ask(user, what, format="ndjson", **asked)
    assert status == 200
    return [json.loads(line) for line in body.splitlines()]


def hour(article: Article, kind: int, n: int, at: datetime = HOUR) -> None:
    Hour.objects.create(article=article, kind_id=kind, hour=at, n=n, fresh=1)


def test_tallies_keep_votes_and_old_counts_apart(
    moderator: User, story: Article, heart: int, wow: int
) -> None:
    for kind in (heart, heart, wow):
        cast_vote(story.pk, new_visitor(), kind)
    for n, source, shown in ((5, "wpreactions", True), (7, "sealed", True), (9, "x", False)):
        Base.objects.create(
            article=story, kind_id=heart, n=n, source=source, shown=shown,
            imported_at=timezone.now(),
        )  # fmt: skip
    make_article()
    first, second = table(moderator, "tallies")
    assert (first["article"], first["slug"], first["kind"]) == (str(story.pk), story.slug, "heart")
    assert (first["votes"], first["imported"]) == ("9", "5")
    assert (second["kind"], second["votes"], second["imported"]) == ("wow", "1", "0")
    assert first["published_at"].endswith("+00:00")
    assert objects(moderator, "tallies")[0]["votes"] == 9


def test_rows_come_in_pieces(moderator: User, heart: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "AT_ONCE", 2)
    stories = [make_article() for _ in range(5)]
    for article in stories:
        cast_vote(article.pk, new_visitor(), heart)
        hour(article, heart, 3)
    with CaptureQueriesContext(connection) as captured:
        assert len(table(moderator, "tallies")) == 5
    pieces = [q for q in captured.captured_queries if "reactions_delta" in q["sql"]]
    assert len(pieces) == 3
    assert len(table(moderator, "hours")) == 5


def test_hours_are_as_they_were_counted(moderator: User, story: Article, heart: int) -> None:
    hour(story, heart, 12)
    (row,) = objects(moderator, "hours")
    assert row == {
        "hour": "2026-03-04T05:00:00+00:00", "article": story.pk, "slug": story.slug,
        "headline": story.headline, "section": None, "kind": "heart", "votes": 12, "fresh": 1,
    }  # fmt: skip


def test_views_are_a_table_of_their_own(moderator: User, story: Article, heart: int) -> None:
    hour(story, heart, 12)
    for hours in range(2):
        Views.objects.create(article=story, hour=HOUR + timedelta(hours=hours), n=340 + hours)
    first, _second = objects(moderator, "views")
    assert first == {
        "hour": "2026-03-04T05:00:00+00:00", "article": story.pk, "slug": story.slug,
        "headline": story.headline, "section": None, "views": 340,
    }  # fmt: skip
    assert [row["views"] for row in table(moderator, "views")] == ["340", "341"]
    assert objects(moderator, "views", since="2026-03-06") == []


def test_period_and_section_narrow_it(moderator: User, heart: int) -> None:
    stage = make_section(name="Stage")
    inside, outside = make_article(section=stage), make_article()
    for article in (inside, outside):
        for days in range(3):
            hour(article, heart, 1, HOUR + timedelta(days=days))
    asked = {"since": "2026-03-05", "until": "2026-03-05"}
    assert len(objects(moderator, "hours", **asked)) == 2
    (row,) = objects(moderator, "hours", section=str(stage.pk), **asked)
    assert row["article"] == inside.pk
    assert objects(moderator, "tallies", until="2020-01-01") == []


def test_actions_come_without_anybodys_trace(moderator: User, story: Article, heart: int) -> None:
    voter = new_visitor()
    cast_vote(story.pk, voter, heart)
    net = 2**61 + 12_345
    until = timezone.now() + timedelta(hours=1)
    votes = moderation.VoteFilter((story.pk,), kinds=(heart,), visitors=(voter.id,))
    void = moderation.void(votes, moderator, reason="One hand.")
    moderation.shadow(moderator, net=net, until=until, reason="A farm.")
    moderation.undo(void, moderator, reason="Two hands.")
    _, body = ask(moderator, "actions", format="ndjson")
    assert str(voter.id) not in body
    assert str(net) not in body
    first, second, third = map(json.loads, body.splitlines())
    assert (first["verb"], first["by"], first["moved"]) == ("void", "moderator", 1)
    assert (first["articles"], first["kinds"]) == ([story.pk], ["heart"])
    assert first["by_kind"] == {"heart": 1}
    assert second["reason"] == "A farm."
    assert third["undo_of"] == first["action"]
    assert table(moderator, "actions")[0]["by_kind"] == "heart=1"


def test_no_cell_is_a_formula(moderator: User, heart: int) -> None:
    hour(make_article(headline="=HYPERLINK(1)"), heart, 1)
    assert table(moderator, "hours")[0]["headline"] == "'=HYPERLINK(1)"
    assert objects(moderator, "hours")[0]["headline"] == "=HYPERLINK(1)"


@pytest.mark.parametrize("what", ["tallies", "hours", "views"])
def test_what_one_may_not_read_is_not_in_it(
    moderator: User, editor: User, heart: int, story: Article, what: str
) -> None:
    pulled = make_article(headline="Pulled")
    for article in (story, pulled):
        cast_vote(article.pk, new_visitor(), heart)
        hour(article, heart, 1)
        Views.objects.create(article=article, hour=HOUR, n=3)
    Article.objects.filter(pk=pulled.pk).update(status="withdrawn")
    assert [row["article"] for row in objects(moderator, what)] == [story.pk]
    assert {row["article"] for row in objects(editor, what)} == {story.pk, pulled.pk}


def test_each_part_asks_for_its_own_right(writer: User, kinds: object) -> None:
    assert desk(writer).get(EXPORT).status_code == 403
    looker = with_rights("view_hour")
    page = desk(looker).get(EXPORT).content.decode()
    assert "Hours: " in page
    assert "Tallies: " not in page
    assert ask(looker, "hours")[0] == ask(looker, "views")[0] == 200
    assert ask(looker, "actions")[0] == 403


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"since": "2026-03-05", "until": "2026-03-04"}, "The last day is before the first."),
        ({"until": "9999-12-31"}, "Write a year from 1970 to 2199."),
        ({"since": "soon"}, "Enter a valid date."),
        ({"section": "99999"}, "Select a valid choice"),
        ({"what": "everything"}, "Choose one of these."),
        ({"format": "xls"}, "Select a valid choice"),
    ],
    ids=["backwards", "never", "no date", "no section", "no such part", "no such format"],
)
def test_a_question_that_cant_be_answered_comes_back(
    moderator: User, asked: dict[str, str], words: str
) -> None:
    asked = {"what": "hours", **asked}
    status, page = ask(moderator, asked.pop("what"), **asked)
    assert status == 422
    assert words in page
    assert asked.get("since", "") in page


def test_a_file_has_a_name_and_stays_with_who_asked(moderator: User) -> None:
    answer = desk(moderator).get(EXPORT, {"what": "hours", "format": "csv"})
    day = timezone.localdate().isoformat()
    assert answer["Content-Disposition"] == f'attachment; filename="reactions-hours-{day}.csv"'
    assert "no-store" in answer["Cache-Control"]
