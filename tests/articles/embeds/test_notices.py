"""The letter to the authors of a story whose post is gone."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import Settings

from articles.actions.embedding import mark_gone, restore
from articles.embeds.notices import tell_authors
from articles.embeds.states import State, change
from articles.models import Embed, EmbedEvent
from tests import builders

pytestmark = pytest.mark.django_db
Mailbox = list[EmailMessage]


@pytest.fixture(autouse=True)
def _mail_server(settings: Settings) -> None:
    settings.EMAIL_URL = "smtp://mail.example"


@pytest.fixture
def author(writer: User) -> User:
    writer.email = "writer@paper.example"
    writer.save()
    return writer


def die(embed: Embed, reason: str = "X answered with status 404") -> None:
    change(embed, State.GONE, reason=reason)
    embed.save()


def test_the_authors_of_public_stories_are_told_once(author: User, mailoutbox: Mailbox) -> None:
    embed = builders.make_embed(state=State.OK)
    story = builders.make_article(created_by=author, headline="The pier")
    builders.use_embed(story, embed)
    second = User.objects.create_user("second", email="second@paper.example")
    builders.add_byline(story, builders.make_contributor(user=second))
    die(embed)
    assert tell_authors() == 1
    assert tell_authors() == 0
    (letter,) = mailoutbox
    assert letter.subject == "A post in “The pier” is gone"
    assert (letter.to, letter.bcc) == ([], ["second@paper.example", "writer@paper.example"])
    assert embed.url in letter.body
    assert "X answered with status 404" in letter.body
    assert story.get_absolute_url() in letter.body
    assert f"/admin/articles/embed/{embed.pk}/change/" in letter.body
    assert "add them" in letter.body
    assert EmbedEvent.objects.get().told_at is not None


def test_it_says_that_the_words_are_kept(author: User, mailoutbox: Mailbox) -> None:
    embed = builders.make_embed(state=State.OK, quote="Kept")
    builders.use_embed(builders.make_article(created_by=author), embed)
    die(embed)
    tell_authors()
    assert "the newsroom kept" in mailoutbox[0].body


def test_nobody_is_told_of_a_draft_nor_of_what_they_did_themselves(
    author: User, mailoutbox: Mailbox
) -> None:
    embed, own = builders.make_embed(state=State.OK), builders.make_embed(state=State.OK)
    builders.use_embed(builders.make_draft(created_by=author), embed)
    builders.use_embed(builders.make_article(created_by=author), own)
    die(embed)
    mark_gone(Embed.objects.filter(pk=own.pk), by=author)
    assert tell_authors() == 0
    assert mailoutbox == []


def test_a_post_that_is_back_and_an_old_story_are_no_news(
    author: User, mailoutbox: Mailbox
) -> None:
    back, old = builders.make_embed(state=State.OK), builders.make_embed(state=State.OK)
    article = builders.make_article(created_by=author)
    builders.use_embed(article, back)
    builders.use_embed(article, old, position=1)
    die(back)
    die(old)
    restore(Embed.objects.filter(pk=back.pk), by=author)
    EmbedEvent.objects.filter(embed=old).update(at=timezone.now() - timedelta(days=8))
    assert tell_authors() == 0


def test_without_a_mail_server_the_board_alone_says_it(
    author: User, settings: Settings, mailoutbox: Mailbox
) -> None:
    settings.EMAIL_URL = ""
    embed = builders.make_embed(state=State.OK)
    builders.use_embed(builders.make_article(created_by=author), embed)
    die(embed)
    assert tell_authors() == 0
    assert EmbedEvent.objects.get().told_at is None


def test_a_mail_server_that_is_down_is_tried_again(
    author: User, monkeypatch: pytest.MonkeyPatch, mailoutbox: Mailbox
) -> None:
    embed = builders.make_embed(state=State.OK)
    builders.use_embed(builders.make_article(created_by=author), embed)
    die(embed)

    def refuse(*args: object, **named: object) -> int:
        raise SMTPServerDisconnected("gone away")

    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", refuse)
        assert tell_authors() == 0
    assert EmbedEvent.objects.get().told_at is None
    assert tell_authors() == 1


def test_two_workers_send_one_letter(
    author: User, monkeypatch: pytest.MonkeyPatch, mailoutbox: Mailbox
) -> None:
    embed = builders.make_embed(state=State.OK)
    builders.use_embed(builders.make_article(created_by=author), embed)
    die(embed)
    from articles.embeds import notices

    found = notices._untold()
    assert tell_authors() == 1
    monkeypatch.setattr(notices, "_untold", lambda: found)
    assert tell_authors() == 0
    assert len(mailoutbox) == 1
