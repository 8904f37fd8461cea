"""Kept pages: the same bytes from fewer renders, and never one that Django would not answer now."""

import gzip
from typing import Any

import brotli
import pytest
from django.db import transaction

from articles.caching.pages import PUBLIC_PAGE, canonical_query
from articles.models import Article, public_changed
from tests import builders
from tests.articles.caching.conftest import MEGABYTE, Front

pytestmark = pytest.mark.django_db


def test_the_second_reader_gets_the_kept_page(front: Front) -> None:
    builders.make_article(headline="The pier sings")
    first, second = front.get("/"), front.get("/")
    assert front.renders == 1
    assert first == second
    assert "The pier sings" in first.text
    assert first.headers["Cache-Control"] == PUBLIC_PAGE
    assert "newsroom" not in "".join(first.headers).lower()


def test_a_kept_page_costs_no_query(front: Front, django_assert_num_queries: Any) -> None:
    front.get("/")
    with django_assert_num_queries(0):
        front.get("/")


def test_cookies_make_no_difference(front: Front) -> None:
    assert front.get("/", cookie="session=one") == front.get("/", cookie="session=two")
    assert front.renders == 1


def test_head_is_answered_from_the_same_page_without_its_body(front: Front) -> None:
    head, page = front.get("/", "HEAD"), front.get("/")
    assert front.renders == 1
    assert head.headers == page.headers
    assert head.body == b""
    assert int(page.headers["Content-Length"]) == len(page.body)


def test_a_change_is_seen_at_once_in_the_process_that_made_it(front: Front) -> None:
    story = builders.make_article(headline="Before")
    front.get("/")
    Article.objects.filter(pk=story.pk).update(headline="After")
    public_changed()
    assert "After" in front.get("/").text
    assert front.renders == 2


def test_a_change_that_another_thread_commits_during_a_render_makes_it_stale(front: Front) -> None:
    story = builders.make_article(headline="Before")
    django = front.django.django

    def slow(environ: dict[str, Any], start_response: Any) -> Any:
        response = django(environ, start_response)
        Article.objects.filter(pk=story.pk).update(headline="After")
        public_changed()
        return response

    front.django.django = slow
    assert "Before" in front.get("/").text
    front.django.django = django
    assert "After" in front.get("/").text


def test_an_etag_is_answered_with_304_and_no_render(front: Front) -> None:
    page = front.get("/")
    for condition in (
        page.headers["ETag"],
        f"W/{page.headers['ETag']}",
        f'"x", {page.headers["ETag"]}',
        "*",
    ):
        answer = front.get("/", if_none_match=condition)
        assert (answer.status, answer.body) == (304, b"")
        for name in ("ETag", "Cache-Control", "Vary"):
            assert answer.headers[name] == page.headers[name]
    assert front.get("/", if_none_match='"other"').status == 200
    assert front.renders == 1


def test_a_condition_on_a_page_that_is_not_kept_yet_is_answered_too(front: Front) -> None:
    etag = front.get("/").headers["ETag"]
    assert Front().get("/", if_none_match=etag).status == 304, "the same bytes in every process"


def test_each_encoding_has_its_own_bytes_and_its_own_strong_etag(front: Front) -> None:
    plain = front.get("/")
    packed = front.get("/", accept_encoding="gzip")
    small = front.get("/", accept_encoding="gzip, deflate, br")
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.body) == brotli.decompress(small.body) == plain.body
    assert packed.headers["Content-Encoding"] == "gzip"
    assert small.headers["Content-Encoding"] == "br"
    etags = {answer.headers["ETag"] for answer in (plain, packed, small)}
    assert len(etags) == 3
    assert not any(etag.startswith("W/") for etag in etags)
    assert {answer.headers["Vary"] for answer in (plain, packed, small)} == {"Accept-Encoding"}
    assert front.renders == 1


@pytest.mark.parametrize("query", ["utm_source=x", "fbclid=1&gclid=2", "page", "s=pier"])
def test_parameters_that_no_page_reads_split_nothing(query: str, front: Front) -> None:
    builders.make_article()
    front.get("/")
    answer = front.get(f"/?{query}")
    assert answer == front.get("/") or query == "page"
    assert front.renders == 1 + (query == "page")


def test_pages_of_a_list_are_kept_apart(front: Front) -> None:
    section = builders.make_section(slug="music")
    for _ in range(25):
        builders.make_article(section=section)
    first, second = front.get("/section/music/"), front.get("/section/music/?page=2&utm_medium=x")
    assert first.body != second.body
    assert front.get("/section/music/?x=1&page=2") == second
    assert b"utm_medium" not in second.body
    assert front.renders == 2


def test_an_old_short_address_never_meets_the_kept_home_page(front: Front) -> None:
    from articles.actions.moving import add_redirect
    from articles.models import Redirect

    story = builders.make_article()
    add_redirect("/?p=97", story, source=Redirect.Source.IMPORT)
    front.get("/")
    moved = front.get("/?p=97")
    assert (moved.status, moved.headers["Location"]) == (301, story.get_absolute_url())
    assert front.get("/?p=98").status == 200
    assert front.get("/").status == 200


def test_a_missing_page_is_kept_but_not_for_another_query(front: Front) -> None:
    from articles.actions.moving import add_redirect
    from articles.models import Redirect

    assert front.get("/index.php").status == 404
    assert front.get("/index.php").status == 404
    assert front.renders == 1
    story = builders.make_article()
    add_redirect("/index.php?id=7", story, source=Redirect.Source.IMPORT)
    assert front.get("/index.php?id=7").status == 301
    assert front.get("/index.php?id=8").status == 404


def test_an_invented_host_gets_no_page_and_leaves_none(front: Front) -> None:
    front.get("/")
    assert front.get("/", host="evil.example").status == 400
    assert front.get("/").status == 200
    assert len(front.cache.pages) == 1


def test_what_belongs_to_one_reader_is_not_kept(front: Front) -> None:
    for path in ("/admin/login/", "/livez", "/healthz"):
        front.get(path)
        front.get(path)
    assert front.renders == 6
    assert not len(front.cache.pages)
    assert not len(front.cache.made_up)


def test_a_page_that_sets_a_cookie_is_not_kept(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    django = front.django.django

    def with_cookie(environ: dict[str, Any], start_response: Any) -> Any:
        def add(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [*headers, ("Set-Cookie", "session=mine")], *rest)

        return django(environ, add)

    front.django.django = with_cookie
    monkeypatch.setattr("articles.caching.wsgi.logger.error", lambda *_: None)
    assert "Set-Cookie" in front.get("/").headers
    front.get("/")
    assert front.renders == 2


def test_posts_go_to_django(front: Front) -> None:
    front.get("/")
    assert front.get("/", "POST").status == 403


def test_https_and_http_are_kept_apart_where_a_proxy_tells(db: None) -> None:
    behind = Front(proxy_header=("HTTP_X_FORWARDED_PROTO", "https"))
    behind.get("/", x_forwarded_proto="https")
    answer = behind.get("/", x_forwarded_proto="http")
    assert behind.renders == 2
    assert answer.headers["X-Accel-Expires"].startswith("@")


def test_invented_addresses_push_no_page_out(db: None) -> None:
    front = Front(limit=MEGABYTE)
    story = builders.make_article()
    front.get(story.get_absolute_url())
    for number in range(60):
        front.get(f"/nothing-{number}/")
    before = front.renders
    front.get(story.get_absolute_url())
    assert front.renders == before
    assert front.cache.made_up.bytes <= MEGABYTE / 8


def test_without_room_pages_are_made_anew_and_still_compressed(db: None) -> None:
    front = Front(limit=0)
    builders.make_article()
    answers = [front.get("/", accept_encoding="gzip") for _ in range(2)]
    assert front.renders == 2
    assert answers[0].headers["Content-Encoding"] == "gzip"
    assert answers[0].headers["ETag"] == answers[1].headers["ETag"]


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_loses_no_page_for_long() -> None:
    front = Front()
    builders.make_article(headline="As it was")
    front.get("/")
    with transaction.atomic():
        Article.objects.update(headline="Never")
        public_changed()
        transaction.set_rollback(True)
    assert "As it was" in front.get("/").text
    front.get("/")
    assert front.renders == 2


def test_what_is_not_kept_is_compressed_all_the_same(front: Front) -> None:
    builders.make_article(headline="The pier sings")
    answers = [front.get("/search/?q=pier", accept_encoding="br") for _ in range(2)]
    assert front.renders == 2
    assert all(answer.headers["Content-Encoding"] == "br" for answer in answers)
    assert front.get("/search/?q=pier", if_none_match="*").status == 304


def test_a_query_in_raw_bytes_is_answered_and_not_kept(front: Front) -> None:
    assert canonical_query("page=\xc3\xa9") is None
    assert canonical_query("page=%C3%A9") == "page=%C3%A9"
