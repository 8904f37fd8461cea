import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from reactions.models import Base, Board, ReactionKind, ReactionSet
from tests.builders import make_article

pytestmark = [pytest.mark.django_db, pytest.mark.services]
BOARDS = reverse("admin:reactions_board_changelist")


def desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def act(client: Client, verb: str, board: Board, reason: str = "Cool down.") -> str:
    data = {"action": verb, "_selected_action": [board.pk], "reason": reason}
    return client.post(BOARDS, data, follow=True).content.decode()


@pytest.fixture
def board(story: Article) -> Board:
    return Board.objects.for_article(story.pk)


@pytest.mark.parametrize(
    ("before", "verb", "after"),
    [
        ("open", "freeze", "frozen"),
        ("frozen", "thaw", "open"),
        ("open", "hide", "hidden"),
        ("hidden", "show", "open"),
    ],
)
def test_a_moderator_has_the_verbs(
    moderator: User, board: Board, before: str, verb: str, after: str
) -> None:
    Board.objects.update(state=before, frozen_reason="x")
    assert "changed on 1 of 1" in act(desk(moderator), verb, board)
    board.refresh_from_db()
    assert board.state == after


def test_a_verb_without_a_reason_is_refused_in_words(moderator: User, board: Board) -> None:
    assert "Say why" in act(desk(moderator), "freeze", board, reason="")
    board.refresh_from_db()
    assert board.state == "open"


def with_rights(*codenames: str) -> User:
    user = User.objects.create_user("deputy", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


@pytest.mark.parametrize("verb", ["freeze", "hide"])
def test_choosing_sets_is_not_moderating(board: Board, verb: str) -> None:
    deputy = with_rights("view_board", "change_board")
    act(desk(deputy), verb, board)
    board.refresh_from_db()
    assert board.state == "open"
    own = ReactionSet.objects.create(slug="own", question="Roomies?")
    change = reverse("admin:reactions_board_change", args=[board.pk])
    assert desk(deputy).post(change, {"set": own.pk, "state": "hidden"}).status_code == 302
    board.refresh_from_db()
    assert (board.set, board.state) == (own, "open")


def test_moderating_is_not_choosing_sets(board: Board) -> None:
    deputy = with_rights("view_board", "freeze_board")
    act(desk(deputy), "freeze", board)
    board.refresh_from_db()
    assert board.state == "frozen"
    change = reverse("admin:reactions_board_change", args=[board.pk])
    assert desk(deputy).post(change, {"set": ""}).status_code == 403


def test_an_article_gets_its_set_before_its_first_vote(
    admin_client: Client, story: Article
) -> None:
    default = ReactionSet.objects.get(is_default=True)
    data = {"article": story.pk, "set": default.pk}
    assert admin_client.post(reverse("admin:reactions_board_add"), data).status_code == 302
    assert Board.objects.get().article == story


def test_a_writer_has_no_desk_here(writer: User, board: Board) -> None:
    assert desk(writer).get(BOARDS).status_code == 403


@pytest.mark.parametrize("name", ["board", "reactionkind", "reactionset", "base"])
def test_lists_take_the_same_queries_whatever_their_length(
    admin_client: Client, kinds: object, heart: int, name: str
) -> None:
    url = reverse(f"admin:reactions_{name}_changelist")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert admin_client.get(url).status_code == 200
        return len(captured)

    def grow() -> None:
        article = make_article()
        Board.objects.for_article(article.pk)
        ReactionSet.objects.create(slug=f"s{article.pk}", question="Q?")
        ReactionKind.objects.create(slug=f"k{article.pk}", label="K", emoji="K")
        Base.objects.create(
            article=article, kind_id=heart, n=1, source="x", imported_at=timezone.now()
        )

    grow()
    before = queries()
    for _ in range(4):
        grow()
    assert queries() == before


@pytest.mark.parametrize("name", ["board", "reactionkind", "base"])
def test_counts_and_what_explains_them_are_not_deleted(
    admin_client: Client, board: Board, heart: int, name: str
) -> None:
    base = Base.objects.create(
        article=board.article, kind_id=heart, n=1, source="x", imported_at=timezone.now()
    )
    pk = {"board": board.pk, "reactionkind": heart, "base": base.pk}[name]
    url = reverse(f"admin:reactions_{name}_delete", args=[pk])
    assert admin_client.post(url, {"post": "yes"}).status_code == 403


def test_old_counts_are_not_made_by_hand(admin_client: Client) -> None:
    assert admin_client.get(reverse("admin:reactions_base_add")).status_code == 403


def test_a_set_is_edited_with_its_kinds(admin_client: Client, kinds: object) -> None:
    default = ReactionSet.objects.get(is_default=True)
    url = reverse("admin:reactions_reactionset_change", args=[default.pk])
    page = admin_client.get(url).content.decode()
    assert "members-0-kind" in page


def test_a_second_default_set_is_refused_in_words(admin_client: Client, kinds: object) -> None:
    data = {
        "question": "Q?", "slug": "q", "is_default": "on",
        "members-TOTAL_FORMS": 0, "members-INITIAL_FORMS": 0,
    }  # fmt: skip
    url = reverse("admin:reactions_reactionset_add")
    assert "default set already" in admin_client.post(url, data).content.decode()
