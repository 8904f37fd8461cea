import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from articles.models import Article
from reactions import recent, visitors
from reactions.models import Board, ReactionKind, Vote
from reactions.visitors import Visitor
from tests.builders import make_article
from tests.reactions.conftest import OWN_PAGE, SCRIPT

pytestmark = [pytest.mark.django_db, pytest.mark.services]
JSON = {"HTTP_ACCEPT": "application/json"}


def token_in(page: str) -> str:
    return LexborHTMLParser(page).css_first('[name="token"]').attributes["value"] or ""


def url(article: Article) -> str:
    return reverse("reactions:vote", args=[article.pk])


def test_a_scripts_vote_is_answered_with_the_counts(
    returning: Client, story: Article, heart: int
) -> None:
    response = returning.post(url(story), {"kind": heart}, **JSON)
    assert response.status_code == 200
    answer = response.json()
    assert (answer["kind"], answer["counted"]) == (heart, True)
    assert answer["state"] == "open"
    assert "words" not in answer
    assert answer["counts"][str(heart)] == 1
    assert sum(answer["counts"].values()) == 1
    assert answer["v"] > 0
    assert response["Cache-Control"] == "private, no-store"


def test_the_version_grows_with_every_change(
    returning: Client, story: Article, heart: int, wow: int
) -> None:
    versions = [
        returning.post(url(story), {"kind": kind}, **JSON).json()["v"] for kind in (heart, wow, 0)
    ]
    assert versions == sorted(set(versions))


def test_a_forms_vote_leads_back_to_the_bar(returning: Client, story: Article, heart: int) -> None:
    response = returning.post(url(story), {"kind": heart})
    assert response.status_code == 303
    assert response["Location"] == story.get_absolute_url() + "#reactions"
    assert Vote.objects.get().kind == heart


def test_a_form_changes_and_undoes(returning: Client, story: Article, heart: int, wow: int) -> None:
    for kind in (heart, wow, 0):
        assert returning.post(url(story), {"kind": kind}).status_code == 303
        assert Vote.objects.get().kind == kind


def test_without_a_cookie_a_form_is_led_to_one_more_click(
    story: Article, heart: int, settings: LazySettings
) -> None:
    settings.REACTIONS_TOKEN_MIN_MS = 0
    browser = Client(**OWN_PAGE)
    first = browser.post(url(story), {"kind": heart})
    assert first.status_code == 303
    assert first["Location"] == reverse("reactions:confirm", args=[story.pk]) + f"?kind={heart}"
    assert not Vote.objects.exists()

    page = browser.get(first["Location"]).content.decode()
    assert "once a year" in page
    assert not Vote.objects.exists()

    second = browser.post(url(story), {"kind": heart, "token": token_in(page)})
    assert second["Location"] == story.get_absolute_url() + "#reactions"
    assert not second.cookies
    assert Vote.objects.get().kind == heart


def test_without_a_cookie_a_script_gets_one_and_is_asked_to_retry(
    story: Article, heart: int, settings: LazySettings
) -> None:
    settings.REACTIONS_TOKEN_MIN_MS = 0
    browser = Client(**SCRIPT)
    first = browser.post(url(story), {"kind": heart})
    assert first.status_code == 428
    answer = first.json()
    assert (answer["retry"], answer["wait"]) == (True, 0)
    assert first.cookies["visitor"]["httponly"]
    assert first["Cache-Control"] == "private, no-store"
    assert not Vote.objects.exists()
    again = browser.post(url(story), {"kind": heart, "token": answer["token"]})
    assert again.status_code == 200
    assert not again.cookies
    assert Vote.objects.get().kind == heart


def test_the_first_click_brings_cookie_and_token(
    story: Article, heart: int, settings: LazySettings
) -> None:
    settings.REACTIONS_TOKEN_MIN_MS = 0
    browser = Client(**SCRIPT)
    started = browser.post(url(story), {"start": 1})
    assert started.status_code == 200
    assert started.cookies["visitor"]["httponly"]
    assert started["Cache-Control"] == "private, no-store"
    assert not browser.post(url(story), {"start": 1}).cookies  # it has one
    token = started.json()["token"]
    assert browser.post(url(story), {"kind": heart, "token": token}).status_code == 200
    assert Vote.objects.get().kind == heart


def test_nothing_is_minted_before_a_click(story: Article) -> None:
    asked = Client(**SCRIPT).post(url(story))
    assert asked.status_code == 204
    assert not asked.cookies
    assert asked["Cache-Control"] == "private, no-store"
    assert not Board.objects.exists()


def test_a_browser_that_keeps_no_cookie_counts_nothing(story: Article, heart: int) -> None:
    for _ in range(3):
        assert Client(**SCRIPT).post(url(story), {"kind": heart}).status_code == 428
    assert not Vote.objects.exists()


def test_a_forged_cookie_is_replaced(story: Article, heart: int) -> None:
    browser = Client(**SCRIPT)
    browser.cookies["visitor"] = "a.b.c"
    response = browser.post(url(story), {"kind": heart})
    assert response.status_code == 428
    assert visitors.read(response.cookies["visitor"].value) is not None


def test_withdrawing_without_a_cookie_needs_none(story: Article) -> None:
    response = Client(**SCRIPT).post(url(story), {"kind": 0})
    assert response.status_code == 200
    assert not response.cookies
    assert Client(**OWN_PAGE).post(url(story), {"kind": 0}).status_code == 303


@pytest.mark.parametrize("kind", ["", "x", "-1", "1.0", "٣", "99", "9" * 30, "1 or 1=1", "\x00"])
def test_an_unknown_kind_is_refused_in_words(returning: Client, story: Article, kind: str) -> None:
    as_script = returning.post(url(story), {"kind": kind}, **JSON)
    assert as_script.status_code == 400
    assert "reaction" in as_script.json()["error"]
    as_form = returning.post(url(story), {"kind": kind})
    assert as_form.status_code == 400
    assert as_script.json()["error"] in as_form.content.decode()
    assert story.get_absolute_url() in as_form.content.decode()
    assert not Vote.objects.exists()


def test_a_form_without_a_kind_is_refused_in_words(returning: Client, story: Article) -> None:
    response = returning.post(url(story), {"other": "1"})
    assert response.status_code == 400
    assert "Say which reaction" in response.content.decode()


def test_an_unknown_kind_gets_no_cookie(story: Article, kinds: dict[str, ReactionKind]) -> None:
    response = Client(**SCRIPT).post(url(story), {"kind": kinds["poo"].pk})
    assert response.status_code == 400
    assert not response.cookies


@pytest.mark.parametrize(("state", "words"), [("frozen", "Cool down."), ("hidden", "switched off")])
def test_a_closed_board_refuses_in_words(
    returning: Client, story: Article, heart: int, state: str, words: str
) -> None:
    Board.objects.create(article=story, state=state, frozen_reason="Cool down.")
    for client in (returning, Client(**OWN_PAGE)):
        as_script = client.post(url(story), {"kind": heart}, **JSON)
        assert as_script.status_code == 409
        assert words in as_script.json()["error"]
        assert words in as_script.json()["words"]  # what the bar shows from now on
        assert as_script.json()["state"] == state
        assert not as_script.cookies
        as_form = client.post(url(story), {"kind": heart})
        assert as_form.status_code == 409
        assert words in as_form.content.decode()
    assert not Vote.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_REFERER": "https://evil.example/"},
        {},
    ],
)
def test_another_sites_form_is_refused(
    story: Article, heart: int, visitor: Visitor, headers: dict[str, str]
) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["visitor"] = visitors.sign(visitor)
    response = browser.post(url(story), {"kind": heart}, **headers)
    assert response.status_code == 403
    assert "another site" in response.content.decode()
    assert browser.post(url(story), {"kind": heart}, **headers, **JSON).json()["error"]
    assert not Vote.objects.exists()


def test_our_own_form_needs_no_token(story: Article, heart: int, visitor: Visitor) -> None:
    browser = Client(enforce_csrf_checks=True, **OWN_PAGE)
    browser.cookies["visitor"] = visitors.sign(visitor)
    assert browser.post(url(story), {"kind": heart}).status_code == 303


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_only_post_votes(returning: Client, story: Article, heart: int, method: str) -> None:
    response = getattr(returning, method)(url(story) + f"?kind={heart}")
    assert response.status_code == 405
    assert not Vote.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"status": Article.Status.DRAFT},
        {"status": Article.Status.WITHDRAWN},
        {"publish_at": "2999-01-01T00:00Z"},
        {"expire_at": "2001-01-01T00:00Z"},
    ],
)
def test_an_article_that_is_not_public_takes_no_vote(
    returning: Client, heart: int, fields: dict[str, str]
) -> None:
    article = make_article(**fields)
    assert returning.post(url(article), {"kind": heart}, **JSON).status_code == 404
    assert not Vote.objects.exists()


def test_absurd_article_numbers_are_not_found(returning: Client) -> None:
    for number in (0, 2**63, 10**40):
        assert returning.post(f"/r/{number}/vote", {"kind": 1}).status_code in {404, 405}


def test_a_set_emptied_meanwhile_still_lets_a_vote_go(
    returning: Client, story: Article, heart: int
) -> None:
    returning.post(url(story), {"kind": heart})
    ReactionKind.objects.update(retired_at=story.publish_at)
    response = returning.post(url(story), {"kind": 0}, **JSON)
    answer = response.json()
    assert (answer["kind"], answer["state"], answer["counts"]) == (0, "hidden", {})
    assert "switched off" in answer["words"]


def test_a_vote_takes_few_statements(
    returning: Client, story: Article, heart: int, wow: int
) -> None:
    returning.post(url(story), {"kind": heart}, **JSON)
    recent.forget()
    with CaptureQueriesContext(connection) as queries:
        returning.post(url(story), {"kind": wow}, **JSON)
    frame = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    statements = [each["sql"] for each in queries if not each["sql"].startswith(frame)]
    # PostgreSQL: the vote with deltas and ledger, and the counts, at once.
    # SQLite: the vote, two tallies, the version, the ledger, the counts.
    assert len(statements) == (1 if connection.vendor == "postgresql" else 6)
