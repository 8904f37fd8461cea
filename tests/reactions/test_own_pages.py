"""The two pages for readers without a script: one more click, and their own reaction."""

from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from articles.models import Article
from reactions.models import Board, ReactionKind, Vote
from reactions.visitors import Visitor
from reactions.voting import How, cast_vote
from tests.builders import make_article
from tests.reactions.conftest import new_visitor

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def mine(article: Article) -> str:
    return reverse("reactions:mine", args=[article.pk])


def confirm(article: Article, kind: object) -> str:
    return reverse("reactions:confirm", args=[article.pk]) + f"?kind={kind}"


def text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    return response.content.decode()


def test_it_says_what_i_chose(
    returning: Client, story: Article, visitor: Visitor, heart: int
) -> None:
    cast_vote(story.pk, visitor, heart)
    page = LexborHTMLParser(text(returning, mine(story)))
    assert "You chose Heart" in page.body.text()
    assert [b.attributes["value"] for b in page.css('[aria-pressed="true"]')] == [str(heart)]
    assert page.css_first('button[value="0"]') is not None


def test_my_vote_that_waits_is_in_my_numbers_alone(
    returning: Client, reader: Client, story: Article, visitor: Visitor, heart: int
) -> None:
    cast_vote(story.pk, visitor, heart, How(state=Vote.State.QUARANTINED))
    cast_vote(story.pk, new_visitor(), heart)
    assert 'aria-label="Heart, 2 reactions"' in text(returning, mine(story))
    assert 'aria-label="Heart, 1 reaction"' in text(reader, mine(story))


def test_sharing_is_offered_to_who_has_reacted(
    returning: Client, story: Article, visitor: Visitor, heart: int
) -> None:
    assert "reactions__share" not in text(returning, mine(story))
    cast_vote(story.pk, visitor, heart)
    page = LexborHTMLParser(text(returning, mine(story)))
    links = page.css(".reactions__share a")
    assert [link.text() for link in links] == ["E-mail", "WhatsApp", "Facebook", "X"]
    address = quote(f"{settings.SITE_URL}{story.get_absolute_url()}", safe="")
    assert all(address in (link.attributes["href"] or "") for link in links)


def test_it_says_so_when_i_chose_nothing(
    returning: Client, reader: Client, story: Article, heart: int
) -> None:
    cast_vote(story.pk, new_visitor(), heart)
    for client in (returning, reader):
        page = text(client, mine(story))
        assert "You have not reacted" in page
        assert 'value="0"' not in page


def test_a_withdrawn_vote_is_none(
    returning: Client, story: Article, visitor: Visitor, heart: int
) -> None:
    cast_vote(story.pk, visitor, heart)
    cast_vote(story.pk, visitor, 0)
    assert "You have not reacted" in text(returning, mine(story))


def test_a_retired_kind_can_be_undone(
    returning: Client, story: Article, visitor: Visitor, heart: int
) -> None:
    cast_vote(story.pk, visitor, heart)
    ReactionKind.objects.filter(pk=heart).update(retired_at=story.publish_at)
    page = text(returning, mine(story))
    assert "no longer offers" in page
    assert 'value="0"' in page


def test_a_frozen_board_shows_and_lets_nothing_change(
    returning: Client, story: Article, visitor: Visitor, heart: int
) -> None:
    cast_vote(story.pk, visitor, heart)
    Board.objects.update(state="frozen", frozen_reason="Cool down.")
    page = LexborHTMLParser(text(returning, mine(story)))
    assert "Cool down." in page.body.text()
    assert all("disabled" in button.attributes for button in page.css("button.reaction"))
    assert page.css_first('button[value="0"]') is None


def test_confirming_offers_the_same_kind(returning: Client, story: Article, heart: int) -> None:
    page = LexborHTMLParser(text(returning, confirm(story, heart)))
    button = page.css_first(".reactions__kinds > button.reaction")  # as wide as in a bar
    assert button.attributes["value"] == str(heart)
    assert page.css_first("main form").attributes["action"] == reverse(
        "reactions:vote", args=[story.pk]
    )
    assert not Vote.objects.exists()


def test_confirming_without_a_cookie_says_what_to_do(
    reader: Client, story: Article, heart: int
) -> None:
    page = text(reader, confirm(story, heart))
    assert "Allow cookies" in page
    assert "reactions__form" not in page


@pytest.mark.parametrize("kind", ["", "0", "99", "x"])
def test_there_is_nothing_to_confirm_about_an_unknown_kind(
    reader: Client, story: Article, kind: str
) -> None:
    assert reader.get(confirm(story, kind)).status_code == 404


def test_articles_that_are_not_public_have_no_such_pages(
    reader: Client, kinds: object, heart: int
) -> None:
    draft = make_article(status=Article.Status.DRAFT)
    assert reader.get(mine(draft)).status_code == 404
    assert reader.get(confirm(draft, heart)).status_code == 404


def test_a_hidden_board_has_no_such_pages(reader: Client, story: Article, heart: int) -> None:
    Board.objects.create(article=story, state="hidden", frozen_reason="x")
    assert reader.get(mine(story)).status_code == 404
    assert reader.get(confirm(story, heart)).status_code == 404
