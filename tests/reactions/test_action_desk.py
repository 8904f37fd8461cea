"""The audit and the blocks: lists that say all of it, and one click to take back."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from reactions import blocks, moderation
from reactions.insight import history
from reactions.insight.names import name_of
from reactions.models import Action, Block, Board
from reactions.voting import cast_vote
from tests.builders import make_article
from tests.reactions.conftest import new_visitor

pytestmark = [pytest.mark.django_db, pytest.mark.services]
ACTIONS = reverse("admin:reactions_action_changelist")
BLOCKS = reverse("admin:reactions_block_changelist")
NET = 2**62 + 99


@pytest.fixture
def desk(moderator: User) -> Client:
    client = Client()
    client.force_login(moderator)
    return client


@pytest.fixture
def voided(story: Article, moderator: User, heart: int) -> Action:
    for _ in range(3):
        cast_vote(story.pk, new_visitor(), heart)
    votes = moderation.VoteFilter((story.pk,))
    case = moderation.look_into(story.pk, moderator, reason="x")
    return moderation.void(votes, moderator, reason="A farm.", case=case)


def undo_of(action: Action) -> str:
    return reverse("admin:reactions_action_undo", args=[action.pk])


def test_a_line_says_who_what_how_much_and_why(
    desk: Client, voided: Action, story: Article
) -> None:
    page = desk.get(ACTIONS).content.decode()
    for words in ("moderator", "voided votes", "3 votes", "Heart", "A farm.", story.headline):
        assert words in page
    assert undo_of(voided) in page
    desk.post(undo_of(voided), {"reason": "Readers.", "next": ACTIONS})
    page = desk.get(ACTIONS).content.decode()
    assert "Taken back by moderator" in page
    assert "An undo stands" in page
    assert undo_of(voided) not in page


def test_a_line_without_a_case_leads_to_the_story_s_bar(
    desk: Client, story: Article, moderator: User
) -> None:
    moderation.freeze([Board.objects.for_article(story.pk)], moderator, reason="Too hot.")
    moderation.undo(Action.objects.get(), moderator, reason="x")
    page = desk.get(ACTIONS).content.decode()
    link = (
        f'<a href="{reverse("admin:reactions_board_change", args=[story.pk])}">{story.headline}</a>'
    )
    assert page.count(link) == 2  # the freeze and its undo
    assert "took back “froze the bar”" in page


def test_a_closed_case_says_what_became_of_it_and_leads_to_another_look(
    desk: Client, voided: Action, story: Article
) -> None:
    assert voided.case is not None
    page_of, again = (
        reverse(f"admin:reactions_case_{name}", args=[number])
        for name, number in (("change", voided.case.pk), ("look", story.pk))
    )
    assert again not in desk.get(page_of).content.decode()
    refused = desk.post(page_of, {"do": "close"}).content.decode()
    assert refused.index("autofocus") > refused.index("Close the case")
    sent = {"do": "close", "close-verdict": "clean", "close-reason": "Looked at it."}
    page = desk.post(page_of, sent, follow=True).content.decode()
    assert "Closed. No vote waited." in page
    assert again in page


def test_the_answer_to_a_look_without_a_script_is_read_first(desk: Client, voided: Action) -> None:
    assert voided.case is not None
    page_of = reverse("admin:reactions_case_change", args=[voided.case.pk])
    page = desk.post(page_of, {"do": "preview"}).content.decode()
    assert page.count("autofocus") == 1
    assert '<p class="case-would" data-words tabindex="-1" autofocus>' in page
    typed = desk.post(reverse("admin:reactions_case_preview", args=[voided.case.pk]), {})
    assert "autofocus" not in typed.content.decode()  # it comes while somebody chooses


def test_the_list_is_narrowed_by_verb_person_and_story(
    desk: Client, voided: Action, moderator: User, heart: int
) -> None:
    other = make_article(headline="A choir")
    moderation.freeze([Board.objects.for_article(other.pk)], moderator, reason="Too hot.")
    moderation.quarantine(moderation.VoteFilter((other.pk,)), None, reason="An alarm.")
    story = voided.filter["articles"][0]
    for query, there in (
        ("verb__exact=freeze", {"Too hot."}),
        (f"by={moderator.pk}", {"A farm.", "Too hot."}),
        ("by=0", {"An alarm."}),
        (f"story={story}", {"A farm."}),
        (f"story={other.pk}", {"Too hot.", "An alarm."}),
        ("q=farm", {"A farm."}),
        (f"story={story}&by=nonsense", {"A farm."}),
        (f"story={story}&by={'9' * 5_000}", {"A farm."}),
        (f"story={'9' * 30}", {"A farm.", "Too hot.", "An alarm."}),
    ):
        page = desk.get(f"{ACTIONS}?{query}").content.decode()
        found = {words for words in ("A farm.", "Too hot.", "An alarm.") if f"“{words}”" in page}
        assert found == there, query


def test_who_did_it_is_said_when_their_login_is_gone(
    desk: Client, voided: Action, moderator: User
) -> None:
    net = {"net": NET, "until": timezone.now() + timedelta(hours=1)}
    moderation.ban(moderator, reason="A farm.", **net)  # type: ignore[arg-type]
    chief = User.objects.create_superuser("chief")
    moderator.delete()
    desk.force_login(chief)
    assert "<strong>moderator</strong> voided votes" in desk.get(ACTIONS).content.decode()
    assert "The system" not in desk.get(BLOCKS).content.decode()
    assert "A farm." not in desk.get(f"{ACTIONS}?by=0").content.decode()


def test_a_story_s_actions_are_found_by_one_look_through_them(story: Article) -> None:
    sql = str(Action.objects.filter(history.about(story.pk)).query)
    assert sql.count('FROM "reactions_action"') == 1


def test_an_undo_is_a_post_with_a_reason_and_leads_back(desk: Client, voided: Action) -> None:
    assert desk.get(undo_of(voided)).status_code == 405
    refused = desk.post(undo_of(voided), {"reason": " "}, follow=True).content.decode()
    assert "Nothing was taken back. Say why" in refused
    elsewhere = {"reason": "x", "next": "https://elsewhere.example/"}
    assert desk.post(undo_of(voided), elsewhere).url == ACTIONS  # type: ignore[attr-defined]
    again = desk.post(undo_of(voided), {"reason": "x"}, follow=True).content.decode()
    assert "undone already" in again


def test_nothing_done_is_changed_added_or_deleted_by_hand(desk: Client, voided: Action) -> None:
    page = reverse("admin:reactions_action_change", args=[voided.pk])
    assert desk.get(page).url == ACTIONS  # type: ignore[attr-defined]
    desk.post(page, {"reason": "Rewritten."})
    assert Action.objects.get().reason == "A farm."
    for name, args in (("add", []), ("delete", [voided.pk])):
        path = reverse(f"admin:reactions_action_{name}", args=args)
        assert desk.post(path, {"post": "yes"}).status_code == 403


def test_a_block_is_listed_by_a_random_name_and_lifted(desk: Client, moderator: User) -> None:
    day = timezone.now() + timedelta(hours=24)
    action = moderation.shadow(moderator, until=day, reason="The same host.", net=NET)
    moderation.ban(moderator, until=day, reason="A loop.", visitor=77)
    page = desk.get(BLOCKS).content.decode()
    for words in (name_of(NET), "The same host.", "banned", "to go"):
        assert words in page
    assert str(NET) not in page
    lifted = desk.post(undo_of(action), {"reason": "Lifted.", "next": BLOCKS}, follow=True)
    assert "Taken back." in lifted.content.decode()
    assert undo_of(action) not in lifted.content.decode()
    assert blocks.mode_of(1, (NET,)) is None
    for query, there in (("end=over", True), ("end=ahead", False)):
        assert (name_of(NET) in desk.get(f"{BLOCKS}?{query}").content.decode()) == there
    one = reverse("admin:reactions_block_change", args=[Block.objects.first().pk])  # type: ignore[union-attr]
    assert desk.get(one).url == BLOCKS  # type: ignore[attr-defined]


def test_whom_the_lists_are_not_for(writer: User, voided: Action) -> None:
    client = Client()
    client.force_login(writer)
    for path in (ACTIONS, BLOCKS, undo_of(voided)):
        assert client.get(path).status_code == 403


def test_the_page_of_a_bar_says_its_cases_and_what_was_done(
    desk: Client, voided: Action, story: Article, moderator: User
) -> None:
    page_of = reverse("admin:reactions_board_change", args=[story.pk])
    page = desk.get(page_of).content.decode()
    for words in ("Opened by moderator: x", "voided votes", "A farm.", undo_of(voided)):
        assert words in page
    assert "Look into this story" not in page  # there is a case
    assert f"?q={story.slug}" in page  # to freeze it
    case = voided.case
    assert case is not None
    moderation.close_case(case, moderator, verdict="clean", reason="Fine.")
    look = reverse("admin:reactions_case_look", args=[story.pk])
    assert look in desk.get(page_of).content.decode()
    deputy = User.objects.create_user("deputy", is_staff=True)
    deputy.user_permissions.set(Permission.objects.filter(codename="view_board"))
    client = Client()
    client.force_login(deputy)
    page = client.get(page_of).content.decode()
    for words in ("voided votes", look, "Cases</h2>", undo_of(voided)):
        assert words not in page
