"""The editor's preview: CKEditor's JSONP, for staff, of our own origin, never fetching."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.actions.embedding import switch_provider
from articles.models.site_state import forget_generation
from newsroom.lib import http
from tests import builders

pytestmark = pytest.mark.django_db
CALLBACK = "CKEDITOR._.jsonpCallbacks[129]"
VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


@pytest.fixture
def desk(writer: User) -> Client:
    client = Client()
    client.force_login(writer)
    return client


@pytest.fixture(autouse=True)
def _no_door(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise AssertionError("the preview asked the network")

    monkeypatch.setattr(http, "get", refuse)


def ask(client: Client, url: str, callback: str = CALLBACK, **options: Any) -> Any:
    return client.get("/embeds/preview/", {"url": url, "callback": callback}, **options)


def answer(response: Any) -> dict[str, str]:
    text = response.content.decode()
    prefix, suffix = f"/**/{CALLBACK}(", ");"
    assert text.startswith(prefix)
    assert text.endswith(suffix)
    data: dict[str, str] = json.loads(text[len(prefix) : -len(suffix)])
    return data


def test_a_post_is_answered_with_its_card(desk: Client) -> None:
    response = ask(desk, VIDEO)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/javascript"
    assert response["Cache-Control"].startswith("private")
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    data = answer(response)
    assert data["type"] == "rich"
    assert "embed--youtube" in data["html"]


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ&amp;t=10",
        "https://www.youtube.com/watch?t=10&v=dQw4w9WgXcQ",
        "//youtu.be/dQw4w9WgXcQ",
        "https://www.instagram.com/p/Ch-W8bVuxXD/",
        "https://vm.tiktok.com/ZMabcdef/",
    ],
)
def test_an_address_is_read_with_its_entities_and_without_the_network(
    url: str, desk: Client
) -> None:
    assert answer(ask(desk, url))["type"] == "rich"


def test_a_post_that_is_known_is_shown_as_it_is_known(desk: Client, editor: User) -> None:
    post = builders.make_embed(
        provider="youtube", media_id="dQw4w9WgXcQ", url=VIDEO, state="gone", quote="It sang"
    )
    shown = answer(ask(desk, f"{VIDEO}&t=9s"))["html"]
    assert "It sang" in shown
    assert "embed--gone" in shown
    short = "https://youtube.com/shorts/aaaaaaaaaaa"
    builders.make_embed(provider="youtube", media_id="aaaaaaaaaaa", alias_of=post)
    assert "It sang" in answer(ask(desk, short))["html"]
    switch_provider("youtube", off=True, by=editor)
    assert "data-frame-src" not in answer(ask(desk, VIDEO))["html"]


def test_an_answer_costs_two_queries_whatever_is_known(desk: Client) -> None:
    def own(url: str) -> list[str]:
        forget_generation()
        with CaptureQueriesContext(connection) as queries:
            ask(desk, url)
        sql = [query["sql"] for query in queries]
        return [each for each in sql if "django_session" not in each and "auth_user" not in each]

    # The site's state, the post.
    new = own(VIDEO)
    post = builders.make_embed(
        provider="youtube", media_id="dQw4w9WgXcQ", poster=builders.make_photo()
    )
    builders.make_embed(provider="youtube", media_id="aaaaaaaaaaa", alias_of=post)
    known, alias = own(VIDEO), own("https://youtu.be/aaaaaaaaaaa")
    assert len(new) == len(known) == len(alias) == 2, alias


@pytest.mark.parametrize(
    "url",
    ["", "https://example.org/", "javascript:alert(1)", "x" * 5_000, "\u2028", "<script>alert(1)</script>", "http://127.0.0.1/", "😀", "a\x00b"],
)  # fmt: skip
def test_what_is_no_post_is_answered_as_not_supported(url: str, desk: Client) -> None:
    assert answer(ask(desk, url)) == {"type": "link"}


def test_no_character_of_an_answer_can_end_a_script(desk: Client) -> None:
    text = ask(desk, VIDEO).content.decode()
    body = text[text.index("(") :]
    assert not {"<", ">", "&", "\u2028", "\u2029"} & set(body)


@pytest.mark.parametrize(
    "callback",
    ["", "alert", "CKEDITOR._.jsonpCallbacks[1];alert(1)//", "CKEDITOR._.jsonpCallbacks[x]", "CKEDITOR._.jsonpCallbacks[1]\n", "XCKEDITOR._.jsonpCallbacks[1]", "CKEDITORx_.jsonpCallbacks[1]", "CKEDITOR._.jsonpCallbacks[١]"],
)  # fmt: skip
def test_only_the_editors_own_callbacks_are_called(callback: str, desk: Client) -> None:
    response = ask(desk, VIDEO, callback)
    assert response.status_code == 400
    assert callback not in response.content.decode() or not callback


@pytest.mark.parametrize(
    ("site", "status"), [("same-origin", 200), ("none", 200), ("cross-site", 403), ("same-site", 403), ("", 403)]
)  # fmt: skip
def test_another_site_gets_nothing(site: str, status: int, desk: Client) -> None:
    assert ask(desk, VIDEO, headers={"sec-fetch-site": site}).status_code == status


def test_only_the_desk_is_answered(reader: Client, stranger: User, desk: Client) -> None:
    assert ask(reader, VIDEO).status_code == 302
    reader.force_login(stranger)
    assert ask(reader, VIDEO).status_code == 302
    assert desk.post("/embeds/preview/").status_code == 405
