"""Every address of the admin, as a moderator: the reactions' desk, and nothing of drafts."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from articles.models import Article
from reactions import moderation
from reactions.models import Base, Board, Tally, Vote
from tests.builders import make_article, make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.services]
SECRETS = {
    Article.Status.DRAFT: "Harbour sale kept secret",
    Article.Status.REVIEW: "Mayor resigns tomorrow",
    Article.Status.READY: "Bridge closes for years",
}
NUMBERS = {"object_id", "pk", "article", "article_id", "id"}
# What a login has for itself.
OWN = {"/admin/", "/admin/login/", "/admin/logout/", "/admin/password_change/",
       "/admin/password_change/done/", "/admin/jsi18n/"}  # fmt: skip


def addresses(patterns: Any, start: str = "/") -> Iterator[tuple[str, dict[str, Any]]]:
    """(address as it is written, its converters) of all that lies below."""
    for pattern in patterns:
        route = start + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.pattern.converters


def admin_paths(number: int) -> list[str]:
    found = []
    for route, converters in addresses(get_resolver().url_patterns):
        if not route.startswith("/admin/") or route.startswith("/admin/(?P"):
            continue
        path = route
        for name, converter in converters.items():
            kind = type(converter).__name__
            is_number = kind in {"IntConverter", "StringConverter"} or name in NUMBERS
            for text in (f"<{prefix}:{name}>" for prefix in ("int", "path", "str", "slug", "uuid")):
                path = path.replace(text, str(number) if is_number else "x")
        found.append(path.replace(f"<{'object_id'}>", str(number)))
    return found


@pytest.fixture
def desk(moderator: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(moderator)
    return client


def test_a_moderator_sees_nothing_of_drafts(desk: Client, moderator: User, heart: int) -> None:
    drafts = [make_draft(headline=words, status=status) for status, words in SECRETS.items()]
    later = timezone.now() + timezone.timedelta(days=1)
    drafts.append(make_draft(headline="Harbour sale kept secret, again", publish_at=later,
                             first_published_at=later, status=Article.Status.PUBLISHED))  # fmt: skip
    for draft in drafts:
        Board.objects.for_article(draft.pk)  # as a script that asks for any number makes one
        Base.objects.create(article=draft, kind_id=heart, n=1, source="x", imported_at=later)
    public = make_article(headline="Known to everybody")
    moderation.look_into(public.pk, moderator, reason="x")
    walked = 0
    for number in (drafts[0].pk, public.pk):
        for path in admin_paths(number):
            answer = desk.get(path)
            assert answer.status_code < 500, path
            walked += 1
            if answer.status_code != 200:
                continue
            page = answer.content.decode()
            leaked = [words for words in SECRETS.values() if words in page]
            assert not leaked, (path, leaked)
            assert path in OWN or path.startswith("/admin/reactions/"), path
    assert walked > 100


def test_names_are_not_guessed_by_the_fields_that_complete_them(desk: Client) -> None:
    make_draft(headline="Harbour sale kept secret")
    for model, field in (("board", "article"), ("base", "article"), ("case", "article")):
        asked = {"app_label": "reactions", "model_name": model, "field_name": field, "term": "harb"}
        answer = desk.get(reverse("admin:autocomplete"), asked)
        assert b"Harbour" not in answer.content


def test_a_moderator_lands_on_the_cases(desk: Client, moderator: User) -> None:
    story = make_article(headline="Known to everybody")
    moderation.look_into(story.pk, moderator, reason="A reader wrote.")
    page = desk.get("/admin/").content.decode()
    for words in (
        "Reaction cases",
        "Known to everybody",
        "A reader wrote.",
        "New stories, by reactions",
    ):
        assert words in page
    for words in ("New article", "Find a story", "My drafts"):
        assert words not in page


def test_large_numbers_can_be_read(desk: Client, heart: int) -> None:
    story = make_article(headline="Known to everybody")
    Tally.objects.create(article=story, kind_id=heart, n=12_345)
    Vote.objects.bulk_create(
        Vote(article=story, visitor=n, kind=heart, state=1, at=timezone.now())
        for n in range(1, 1_235)
    )
    assert "12,345 reactions" in desk.get("/admin/").content.decode()
    assert "1,234 wait" in desk.get("/admin/reactions/case/").content.decode()
    assert desk.get("/admin/reactions/live/").content.decode().count(">1,234<") == 2


def test_without_a_case_the_panel_says_so(desk: Client) -> None:
    assert "No open case." in desk.get("/admin/").content.decode()
