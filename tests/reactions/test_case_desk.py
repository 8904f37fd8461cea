"""The case desk through its forms: what was looked at is what is done, and who may not is refused."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from reactions import moderation, tallies, watch
from reactions.insight import case_figures
from reactions.models import Action, Block, Board, Case, Vote
from reactions.voting import How, cast_vote
from tests.builders import make_article, make_draft
from tests.reactions.case_rows import FARM, Attacked, attack, counts, do, look, mark_in, page_of
from tests.reactions.conftest import new_visitor

pytestmark = [pytest.mark.django_db, pytest.mark.services]
CASES = reverse("admin:reactions_case_changelist")


@pytest.fixture
def attacked(story: Article, heart: int, wow: int) -> Attacked:
    return attack(story, heart, wow)


@pytest.fixture
def desk(moderator: User) -> Client:
    client = Client()
    client.force_login(moderator)
    return client


def test_two_clicks_from_an_alarm_to_what_it_would_do(desk: Client, attacked: Attacked) -> None:
    page = desk.get(page_of(attacked.case)).content.decode()
    links = re.findall(r'href="([^"]+look=1[^"]+)"', page)
    assert len(links) == len(attacked.case.alarms)
    for link in links:
        seen = desk.get(link.replace("&amp;", "&")).content.decode()
        assert "Would remove 75 of 95" in seen or "Would remove 95 of 95" in seen
    share = next(link for link in links if "kinds=" in link)
    assert "younger_than=600" in share
    assert "Would remove 75 of 95" in desk.get(share.replace("&amp;", "&")).content.decode()


def test_a_void_is_what_was_looked_at_and_its_undo_is_exact(
    desk: Client, attacked: Attacked, wow: int
) -> None:
    case, choice = attacked.case, {"kinds": [wow], "nets": [FARM], "younger_than": "600"}
    seen = look(desk, case, **choice)
    assert "Would remove 75 of 95" in seen
    assert "5 that wait" in seen
    assert "Void 80 votes" in seen
    assert counts(attacked.story) == attacked.after
    done = do(desk, case, "void", **choice, mark=mark_in(seen), reason="A farm.")
    assert "80 votes void now." in done.content.decode()
    assert "voted meanwhile" not in done.content.decode()
    assert counts(attacked.story) == attacked.before
    action = Action.objects.get()
    assert (action.case, action.reason, action.filter["nets"]) == (case, "A farm.", [str(FARM)])
    undo = reverse("admin:reactions_action_undo", args=[action.pk])
    page = desk.post(undo, {"reason": "Readers.", "next": page_of(case)}, follow=True)
    assert "80 votes are as they were" in page.content.decode()
    assert counts(attacked.story) == attacked.after
    assert tallies.differences() == []


@pytest.mark.parametrize("mark", ["", "made:up", "other choice", "other case"])
def test_a_verb_does_nothing_that_was_not_looked_at(
    desk: Client, attacked: Attacked, moderator: User, wow: int, mark: str
) -> None:
    case, choice = attacked.case, {"kinds": [wow], "reason": "A farm I saw."}
    if mark == "other choice":
        mark = mark_in(look(desk, case, nets=[FARM]))
    elif mark == "other case":
        other = make_article()
        cast_vote(other.pk, new_visitor(), wow)
        mark = mark_in(look(desk, moderation.look_into(other.pk, moderator, reason="x")))
    page = do(desk, case, "void", **choice, mark=mark).content.decode()
    assert "Nothing was done" in page
    assert "A farm I saw." in page
    assert "Void 80 votes" in page
    assert counts(attacked.story) == attacked.after
    assert not Action.objects.exists()


def test_numbers_that_changed_meanwhile_are_said(
    desk: Client, attacked: Attacked, wow: int
) -> None:
    seen = look(desk, attacked.case, kinds=[wow])
    for _ in range(3):
        cast_vote(attacked.story.pk, new_visitor(), wow)
    done = do(desk, attacked.case, "void", kinds=[wow], mark=mark_in(seen), reason="x")
    page = done.content.decode()
    assert "83 votes void now. When you looked it would have been 80" in page
    again = do(desk, attacked.case, "void", kinds=[wow], mark=mark_in(seen), reason="x")
    assert "no vote fits any more" in again.content.decode()
    assert Action.objects.count() == 1


@pytest.mark.parametrize(
    ("verb", "state", "moved"),
    [("quarantine", 1, 75), ("release", 0, 5), ("shadow_votes", 3, 80), ("void", 2, 80)],
)
def test_each_verb_on_votes(
    desk: Client, attacked: Attacked, wow: int, verb: str, state: int, moved: int
) -> None:
    mark = mark_in(look(desk, attacked.case, kinds=[wow]))
    do(desk, attacked.case, verb, kinds=[wow], mark=mark, reason="x")
    assert Action.objects.get().effect["total"] == moved
    assert set(Vote.objects.filter(kind=wow).values_list("state", flat=True)) == {state}
    assert tallies.differences() == []


def test_bad_input_is_said_in_words_and_nothing_typed_is_lost(
    desk: Client, attacked: Attacked, wow: int
) -> None:
    typed = {
        "since": "yesterday-ish",
        "until": "2026-11-29T10:00",
        "block-reason": "Half a thought",
    }
    page = look(desk, attacked.case, **typed)
    assert "Write a day and a time" in page
    assert "yesterday-ish" in page
    assert "Half a thought" in page
    assert "would end before it begins" in look(
        desk, attacked.case, since="2026-11-29T10:00", until="2026-11-29T09:00"
    )
    mark = mark_in(look(desk, attacked.case, kinds=[wow]))
    page = do(desk, attacked.case, "void", kinds=[wow], mark=mark, reason=" ").content.decode()
    assert "Say why: it stays in the history." in page
    assert "Void 80 votes" in page
    for verb in ("freeze", "close", "block"):
        page = do(desk, attacked.case, verb).content.decode()
        assert "Say why" in page or "Say what it was" in page
    assert do(desk, attacked.case, "nonsense").status_code == 200
    assert not Action.objects.exists()


def test_odd_input_is_no_error(desk: Client, attacked: Attacked, wow: int) -> None:
    mark = mark_in(look(desk, attacked.case, kinds=[wow]))
    many = {"reason": "x" * 301, "block-reason": "x"}
    page = do(desk, attacked.case, "void", kinds=[wow], mark=mark, **many).content.decode()
    assert "Say why in 300 characters: these are 301." in page
    assert "x" * 301 in page
    nothing = do(desk, attacked.case, "void", kinds=[wow], mark=mark, reason="\0\u200b")
    assert "Say why" in nothing.content.decode()
    assert not Action.objects.exists()
    for odd in ("9" * 5_000, "9" * 30, "-1", "0", "٣"):
        assert "Select a valid choice" in look(desk, attacked.case, nets=[odd])
        sent = {"block-who": f"net:{odd}", "block-mode": "ban", "block-hours": "24"}
        page = do(desk, attacked.case, "block", **sent, **many).content.decode()
        assert "Select a valid choice" in page
    for year in ("0001", "9999"):
        assert "Write a year" in look(desk, attacked.case, since=f"{year}-12-31T10:00")


def test_the_bar_is_frozen_thawed_hidden_and_shown(desk: Client, attacked: Attacked) -> None:
    for verb, state in (
        ("freeze", "frozen"), ("thaw", "open"), ("hide", "hidden"), ("show", "open"),
    ):  # fmt: skip
        do(desk, attacked.case, verb, **{"bar-reason": "Cool down."})
        assert Board.objects.get(pk=attacked.story.pk).state == state
    assert attacked.case.actions.count() == 4
    page = do(desk, attacked.case, "thaw", **{"bar-reason": "x"}).content.decode()
    assert "Nothing was done" in page


@pytest.mark.parametrize(("mode", "hours", "is_done"), [("ban", 24, True), ("shadow", 168, False)])
def test_a_network_is_blocked_and_not_for_long(
    desk: Client, attacked: Attacked, mode: str, hours: int, is_done: bool
) -> None:
    fields = {"who": f"net:{FARM}", "mode": mode, "hours": hours, "reason": "The same host."}
    sent = {f"block-{name}": value for name, value in fields.items()}
    page = do(desk, attacked.case, "block", **sent).content.decode()
    assert Block.objects.exists() == is_done
    assert ("at most 48 hours" in page) != is_done
    assert str(FARM) not in re.sub(r"<[^>]+>", "", page)
    visitor = {**sent, "block-who": "visitor:77", "block-hours": 168}
    do(desk, attacked.case, "block", **visitor)
    assert Block.objects.filter(visitor=77).exists()
    assert (
        "Choose"
        in do(desk, attacked.case, "block", **{**sent, "block-who": "net:0"}).content.decode()
    )


@pytest.mark.parametrize(
    ("verdict", "words"), [("clean", "5 that waited: counted"), ("abuse", "void")]
)
def test_a_case_is_closed(desk: Client, attacked: Attacked, verdict: str, words: str) -> None:
    sent = {"close-verdict": verdict, "close-reason": "Looked at it."}
    page = do(desk, attacked.case, "close", **sent).content.decode()
    assert words in page
    attacked.case.refresh_from_db()
    assert attacked.case.verdict == verdict
    assert 'value="close"' not in page
    assert "closed already" in do(desk, attacked.case, "close", **sent).content.decode()


def test_a_story_is_looked_into_without_an_alarm(desk: Client, story: Article, heart: int) -> None:
    cast_vote(story.pk, new_visitor(), heart, How())
    path = reverse("admin:reactions_case_look", args=[story.pk])
    assert story.headline in desk.get(path).content.decode()
    assert "Say why" in desk.post(path, {"reason": ""}).content.decode()
    page = desk.post(path, {"reason": "A reader wrote."}, follow=True).content.decode()
    assert "Opened by moderator: A reader wrote." in page
    case = Case.objects.get()
    assert desk.get(path).url == page_of(case)  # type: ignore[attr-defined]
    assert "Would remove 1 of 1" in look(desk, case, kinds=[heart])
    draft = reverse("admin:reactions_case_look", args=[make_draft(headline="Secret").pk])
    assert desk.get(draft).status_code == 404


def test_the_case_is_on_the_board_within_a_minute(desk: Client, story: Article, heart: int) -> None:
    """Beat looks every 15 s; votes come in one a second."""
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        found: list[Case] = []
        for second in range(120):
            for _ in range(5):
                cast_vote(story.pk, new_visitor(), heart, How(net=FARM))
            clock.shift(timedelta(seconds=1))
            if second % 15 == 14 and not found:
                found = watch.run()
                opened = timezone.now()
        assert found
        assert opened - start <= timedelta(seconds=60)
        page = desk.get("/admin/").content.decode()
    assert "Reaction cases" in page
    assert page_of(found[0]) in page


def test_the_list_has_open_cases_first_and_finds_them(
    desk: Client, moderator: User, attacked: Attacked
) -> None:
    closed = moderation.look_into(make_article(headline="A choir").pk, moderator, reason="x")
    moderation.close_case(closed, moderator, verdict="clean", reason="Fine.")
    page = desk.get(CASES).content.decode()
    assert page.index(attacked.story.headline) < page.index("A choir")
    assert "are of one kind" in page
    assert "95 votes count" in page
    for query, there in (
        ("state=open", False), ("state=closed", True), ("state=clean", True),
        ("state=abuse", False), ("q=choir", True), ("q=nothing", False),
    ):  # fmt: skip
        assert ("A choir" in desk.get(f"{CASES}?{query}").content.decode()) == there, query


def test_pages_take_the_same_queries_whatever_there_is(
    desk: Client, attacked: Attacked, moderator: User, wow: int
) -> None:
    urls = [page_of(attacked.case), CASES, reverse("admin:reactions_action_changelist")]

    def queries(url: str) -> int:
        cache.clear()  # the figures are kept for a moment
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(url).status_code == 200
        return len(captured)

    def grow() -> None:
        cast_vote(attacked.story.pk, new_visitor(), wow, How(net=9))
        voter = new_visitor()
        cast_vote(attacked.story.pk, voter, wow)
        one = moderation.VoteFilter((attacked.story.pk,), visitors=(voter.id,))
        moderation.void(one, moderator, reason="x", case=attacked.case)
        moderation.look_into(make_article().pk, moderator, reason="x")

    grow()
    before = {url: queries(url) for url in urls}
    for _ in range(3):
        grow()
    assert {url: queries(url) for url in urls} == before
    assert before[urls[0]] <= 20


def test_the_ledger_is_read_from_its_index(story: Article, heart: int, attacked: Attacked) -> None:
    adapt = connection.ops.adapt_datetimefield_value
    now = timezone.now()
    where = [story.pk, adapt(now - timedelta(hours=1)), adapt(now)]
    cube = case_figures.CUBE.format(minute=case_figures.MINUTE[connection.vendor])
    for sql in (cube, case_figures.NETS):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL enable_seqscan = off")  # few rows are read faster without
                cursor.execute(f"EXPLAIN {sql}", where)
            else:
                cursor.execute(f"EXPLAIN QUERY PLAN {sql}", where)
            plan = " ".join(str(row) for row in cursor.fetchall())
        assert "article" in plan
        assert re.search(r"event_article_at|article_id_at_idx", plan), plan
