"""Who may do what on the desk: every page by every role, against one table."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from articles.actions.editing import record_revision
from articles.actions.publishing import publish
from articles.models import Article, Correction, Photo, PhotoUse, Related, Revision
from tests import builders
from tests.articles.admin.filled import data_of
from tests.articles.admin.rows import paper_models, row_of
from tests.conftest import staff

pytestmark = pytest.mark.django_db

# model: the answers to its list, its form for a new row, a row. What is not named is refused.
ALL, READ, EDIT = (200, 200, 200), (200, 403, 200), (200, 403, 200)
NO, LOGIN = (403, 403, 403), (302, 302, 302)
MODELS = [str(model._meta.model_name) for model in paper_models()]
TABLE: dict[str, dict[str, tuple[int, int, int]]] = {
    "anonymous": dict.fromkeys(MODELS, LOGIN),
    "stranger": dict.fromkeys(MODELS, LOGIN),
    "writer": {
        "article": ALL, "photo": ALL, "tag": ALL, "agency": READ, "contributor": READ,
        "correction": READ, "embed": READ, "revision": READ, "section": READ,
    },
    "editor": {
        **dict.fromkeys(MODELS, ALL), "embed": EDIT, "importrecord": READ, "revision": READ,
    },
    "moderator": {},
    "photo desk": {
        "photo": ALL, "agency": ALL, "article": READ, "contributor": READ, "tag": READ,
    },
}  # fmt: skip
PUBLISHERS = {"editor"}
every_role = pytest.mark.parametrize("role", TABLE)


@pytest.fixture
def log_in(db: None) -> Callable[[str], tuple[Client, User | None]]:
    groups = {
        "writer": "Writers", "editor": "Editors", "moderator": "Moderators", "photo desk": "Photo desk",
    }  # fmt: skip

    def client_of(role: str) -> tuple[Client, User | None]:
        client = Client()
        if role == "anonymous":
            return client, None
        if role == "stranger":
            user = User.objects.create_user("stranger", password="x")
        else:
            user = staff(role, groups[role])
        client.force_login(user)
        return client, user

    return client_of


LogIn = Callable[[str], tuple[Client, User | None]]


def address(model: type[Model], page: str, *args: object) -> str:
    return reverse(f"admin:articles_{model._meta.model_name}_{page}", args=args)


def row_for(model: type[Model], user: User | None) -> Model:
    """A row that this login could see if its role allows it: published, and its own."""
    row = row_of(model)
    article = row if isinstance(row, Article) else getattr(row, "article", None)
    if isinstance(article, Article):
        article.created_by = user
        article.save()
        publish(article)
    return row


@every_role
@pytest.mark.parametrize("model", paper_models(), ids=lambda model: model._meta.model_name)
def test_every_page_answers_every_role_as_the_table_says(
    role: str, model: type[Model], log_in: LogIn
) -> None:
    client, user = log_in(role)
    row = row_for(model, user)
    paths = [address(model, "changelist"), address(model, "add"), address(model, "change", row.pk)]
    expected = TABLE[role].get(str(model._meta.model_name), NO)
    assert tuple(client.get(path).status_code for path in paths) == expected
    history = client.get(address(model, "history", row.pk)).status_code
    assert history == expected[2]
    remove = client.get(address(model, "delete", row.pk)).status_code
    may = bool(user and user.has_perm(f"articles.delete_{model._meta.model_name}"))
    kept = model in {Article, Revision}  # what was published is withdrawn
    assert remove == (200 if may and not kept else 302 if expected == LOGIN else 403)


@every_role
def test_only_who_may_publishes_and_withdraws(role: str, log_in: LogIn) -> None:
    client, user = log_in(role)
    draft = builders.make_story(created_by=user)
    live = builders.make_article(created_by=user)
    for article, action in ((draft, "publish_selected"), (live, "withdraw_selected")):
        client.post(
            address(Article, "changelist"), {"action": action, "_selected_action": [article.pk]}
        )
        article.refresh_from_db()
    statuses = ("published", "withdrawn") if role in PUBLISHERS else ("draft", "published")
    assert (draft.status, live.status) == statuses


@pytest.mark.parametrize("button", ["_publish", "_withdraw"])
def test_a_writer_who_sends_the_button_anyway_is_refused(
    button: str, writer: User, reader: Client
) -> None:
    reader.force_login(writer)
    article = builders.make_draft(created_by=writer)
    path = address(Article, "change", article.pk)
    shown = reader.get(path)
    assert b'name="_publish"' not in shown.content
    response = reader.post(path, data_of(shown, **{button: "1"}), follow=True)
    assert "You may not publish or withdraw." in response.content.decode()
    article.refresh_from_db()
    assert article.status == "draft"


def test_a_writer_changes_own_drafts_only(writer: User, reader: Client) -> None:
    reader.force_login(writer)
    own = {
        status: builders.make_article(status=status, created_by=writer) for status in Article.Status
    }
    for status, article in own.items():
        path = address(Article, "change", article.pk)
        open_form = b'name="_save"' in reader.get(path).content
        assert open_form == (status in {"draft", "review"}), status
        assert (reader.post(path, {}).status_code == 403) != open_form


def test_a_writer_reads_nothing_of_anothers_draft(writer: User, reader: Client) -> None:
    other = staff("other", "Writers")
    secret = builders.make_draft(headline="Not for colleagues", created_by=other)
    photo = builders.make_photo()
    secret.photo_uses.create(photo=photo, slot="body")
    embed = builders.make_embed()
    builders.use_embed(secret, embed)
    revision = record_revision(secret, kind=Revision.Kind.SAVE)
    correction = secret.corrections.create(text="Not for colleagues")
    scheduled = builders.make_article(
        headline="Not for colleagues", publish_at="2999-01-01T00:00Z", created_by=other
    )
    reader.force_login(writer)
    hidden = [
        address(Article, "change", secret.pk),
        address(Article, "history", secret.pk),
        address(Article, "change", scheduled.pk),
        address(Revision, "change", revision.pk),
        address(Correction, "change", correction.pk),
    ]
    for path in hidden:
        assert reader.get(path).status_code == 404, path
    lists = [
        *(address(model, "changelist") for model in (Article, Revision, Correction)),
        address(Photo, "change", photo.pk),
        reverse("admin:articles_embed_change", args=[embed.pk]),
        reverse("admin:index"),
    ]
    for path in lists:
        response = reader.get(path)
        assert response.status_code == 200, path
        assert "Not for colleagues" not in response.content.decode(), path
    assert reader.post(hidden[0], {"headline": "Mine"}).status_code == 404


def test_a_writer_finds_no_draft_of_others_by_search(writer: User, reader: Client) -> None:
    builders.make_draft(headline="Not for colleagues")
    published = builders.make_article(headline="For all colleagues")
    reader.force_login(writer)
    html = reader.get(address(Article, "changelist"), {"q": "colleagues"}).content.decode()
    assert "Not for" not in html
    assert published.headline in html


def test_a_writer_sends_only_own_drafts_for_review(writer: User, reader: Client) -> None:
    reader.force_login(writer)
    own = builders.make_draft(created_by=writer)
    foreign = builders.make_article()
    response = reader.post(
        address(Article, "changelist"),
        {"action": "review_selected", "_selected_action": [own.pk, foreign.pk]},
        follow=True,
    )
    own.refresh_from_db()
    foreign.refresh_from_db()
    assert (own.status, foreign.status) == ("review", "published")
    assert "you may not change this article" in response.content.decode()
    assert not foreign.revisions.exists()


def test_a_moderator_sees_no_article_anywhere(moderator: User, reader: Client) -> None:
    article = builders.make_draft(headline="Not for moderators")
    reader.force_login(moderator)
    index = reader.get(reverse("admin:index")).content.decode()
    assert "/admin/articles/" not in index
    assert "/admin/reactions/board/" in index
    assert reader.get(reverse("admin:reactions_board_changelist")).status_code == 200
    choice = {"app_label": "reactions", "model_name": "board", "field_name": "article", "term": ""}
    assert reader.get(reverse("admin:autocomplete"), choice).status_code == 403
    assert reader.get(address(Article, "change", article.pk)).status_code in {403, 404}


def test_nothing_changes_without_the_forms_token(editor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    article = builders.make_draft()
    use = PhotoUse.objects.create(article=article, photo=builders.make_photo())
    for path in (address(Article, "add"), address(Article, "change", article.pk),
                 address(Article, "changelist"), address(Photo, "delete", use.photo.pk)):  # fmt: skip
        assert client.post(path, {"post": "yes"}).status_code == 403


def test_history_is_rewritten_by_nobody(admin_client: Client) -> None:
    record_revision(builders.make_draft(), kind=Revision.Kind.SAVE)
    path = address(Revision, "change", Revision.objects.get().pk)
    assert 'name="note"' not in admin_client.get(path).content.decode()
    assert admin_client.post(path, {"note": "Never happened"}).status_code == 403


def test_a_storys_number_tells_a_writer_nothing_of_others_drafts(
    reader: Client, writer: User
) -> None:
    secret = builders.make_draft(slug="what-nobody-may-know")
    own = builders.make_draft(created_by=writer)
    reader.force_login(writer)
    data = data_of(reader.get(address(Article, "change", own.pk)), related=str(secret.pk))
    page = reader.post(address(Article, "change", own.pk), data, follow=True).content.decode()
    assert "There is no story at" in page
    assert "nobody-may-know" not in page
    Related.objects.create(article=own, to=secret)  # an editor's choice stays
    kept = data_of(reader.get(address(Article, "change", own.pk)), headline="Next")
    reader.post(address(Article, "change", own.pk), kept)
    assert Article.objects.get(pk=own.pk).headline == "Next"
