"""Who may do what at the case desk: without the right there is no button, and a POST is refused."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from articles.models import Article
from reactions import moderation
from reactions.models import Action
from tests.reactions.case_rows import Attacked, attack, counts, do, look, mark_in, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]
CASES = reverse("admin:reactions_case_changelist")


@pytest.fixture
def attacked(story: Article, heart: int, wow: int) -> Attacked:
    return attack(story, heart, wow)


def deputy(*rights: str) -> Client:
    user = User.objects.create_user("deputy", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client = Client()
    client.force_login(user)
    return client


VERBS = {
    "void_votes": ("void", "release", "quarantine", "shadow_votes"),
    "freeze_board": ("freeze", "thaw"),
    "hide_board": ("hide", "show"),
    "ban_visitor": ("block",),
    "close_case": ("close",),
}


@pytest.mark.parametrize("right", VERBS)
def test_without_its_right_a_verb_has_no_button_and_is_refused(
    attacked: Attacked, wow: int, right: str
) -> None:
    others = [name for name in VERBS if name != right]
    client = deputy("view_case", *others)
    page = look(client, attacked.case, kinds=[wow])
    mark = mark_in(page)
    before = counts(attacked.story)
    for verb in VERBS[right]:
        assert f'value="{verb}"' not in page
        sent = {"mark": mark, "kinds": [wow], "reason": "x", "bar-reason": "x", "close-reason": "x"}
        assert do(client, attacked.case, verb, **sent).status_code == 403
    assert counts(attacked.story) == before
    assert not Action.objects.exists()


def test_who_may_not_view_cases_sees_none(attacked: Attacked, writer: User) -> None:
    client = deputy("void_votes", "close_case", "view_board")
    preview = reverse("admin:reactions_case_preview", args=[attacked.case.pk])
    look_into = reverse("admin:reactions_case_look", args=[attacked.story.pk])
    for path in (CASES, page_of(attacked.case), preview, look_into):
        assert client.get(path).status_code == 403
        assert client.post(path, {"do": "void"}).status_code == 403
    assert "Reaction cases" not in client.get("/admin/").content.decode()


def test_undoing_asks_for_its_right(attacked: Attacked, moderator: User, wow: int) -> None:
    votes = moderation.VoteFilter((attacked.story.pk,), kinds=(wow,))
    action = moderation.void(votes, moderator, reason="x", case=attacked.case)
    client = deputy("view_case", "view_action", "void_votes")
    undo = reverse("admin:reactions_action_undo", args=[action.pk])
    for path in (page_of(attacked.case), reverse("admin:reactions_action_changelist")):
        page = client.get(path).content.decode()
        assert "voided votes" in page
        assert undo not in page
    assert client.post(undo, {"reason": "x"}).status_code == 403
    assert not Action.objects.filter(undo_of=action).exists()
