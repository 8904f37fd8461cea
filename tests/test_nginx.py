"""deploy/nginx.conf, by nginx itself: what it keeps, what it never keeps, how soon a change shows."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.client import HTTPConnection
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from articles import site_clock
from articles.models import Article, Photo, public_changed
from tests import builders, nginx
from tests.live import environment, eventually, free_port, process
from tests.wsgi_client import Answer

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        nginx.NGINX is None and os.environ.get("CI") != "true",
        reason="nginx is not installed (apt-get install nginx-light)",
    ),
]
FRESH_SECONDS = 2.0


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """nginx before granian with two workers, which know of each other by the database alone."""
    upstream, port = free_port(), free_port()
    var_dir = tmp_path / "var"
    (var_dir / "media/public").mkdir(parents=True)
    (var_dir / "static").mkdir()
    env = environment(
        var_dir, BEHIND_PROXY="1", NGINX_SENDS_MEDIA="1", SITE_URL="https://localhost"
    )
    server = [
        "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "1",
        "--port", str(upstream), "--log-level", "warning", "newsroom.wsgi:application",
    ]  # fmt: skip
    with (
        process(*server, env=env) as running,
        nginx.nginx(tmp_path / "nginx", upstream=upstream, port=port, var_dir=var_dir),
    ):
        eventually(lambda: get(port, "/livez").status == 200, "the web server's first answer")
        port_and_server[port] = running
        yield port


port_and_server: dict[int, subprocess.Popen[bytes]] = {}


def get(port: int, path: str, **headers: str) -> Answer:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers={"Host": "localhost", **named})
        response = connection.getresponse()
        said = {name.title(): value for name, value in response.getheaders()}
        return Answer(response.status, said, response.read())
    finally:
        connection.close()


def test_the_configuration_is_one_that_nginx_takes(tmp_path: Path) -> None:
    """As it lies in deploy/, TLS and all; only the certificate's place is the test's."""
    site = (nginx.ROOT / "deploy/nginx.conf").read_text()
    live = "/etc/letsencrypt/live/news.example.org"
    site = site.replace(f"{live}/fullchain.pem", str(nginx.TLS / "good.pem"))
    site = site.replace(f"{live}/privkey.pem", str(nginx.TLS / "key.pem"))
    site = site.replace("/var/cache/nginx/newsroom", f"{tmp_path}/cache")
    config = tmp_path / "nginx.conf"
    config.write_text(nginx.FRAME.format(folder=tmp_path, workers=1, site=site, more=""))
    command = [str(nginx.NGINX), "-t", "-q", "-e", f"{tmp_path}/error.log", "-c", str(config)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr


def test_a_change_shows_within_two_seconds(port: int) -> None:
    story = builders.make_article(headline="Before the change")
    path = story.get_absolute_url()
    for number in range(3):
        headline = f"After change {number}"
        for _ in range(20):  # warm in nginx and in both workers
            get(port, path)
        Article.objects.filter(pk=story.pk).update(headline=headline)
        public_changed()
        shows_in_time(port, path, lambda answer, words=headline: words in answer.text)
    Article.objects.filter(pk=story.pk).update(status=Article.Status.DRAFT)
    public_changed()
    shows_in_time(port, path, lambda answer: answer.status == 404)


def shows_in_time(port: int, path: str, is_new: Callable[[Answer], bool]) -> None:
    """Who asks when the two seconds are over gets what is new, however long the answer takes."""
    until = time.monotonic() + FRESH_SECONDS
    while True:
        must_be_new = time.monotonic() >= until
        if is_new(get(port, path)):
            return
        assert not must_be_new, f"readers behind nginx still get the old {path}"
        time.sleep(0.02)


def test_pages_come_from_nginx_in_three_encodings_and_are_asked_for_by_etag(port: int) -> None:
    path = builders.make_article(headline="The pier sings").get_absolute_url()
    answers = {}
    for accepted in ("", "gzip, deflate", "gzip, deflate, br, zstd"):
        eventually(
            lambda accepted=accepted: get(port, path, accept_encoding=accepted).headers["X-Cache"] == "HIT",
            "a page from nginx's cache",
        )  # fmt: skip
        answers[accepted] = get(port, path, accept_encoding=accepted)
    encodings = [answer.headers.get("Content-Encoding") for answer in answers.values()]
    assert encodings == [None, "gzip", "br"]
    refused = get(port, path, accept_encoding="br;q=0, gzip;q=0")
    assert "Content-Encoding" not in refused.headers
    for accepted, answer in answers.items():
        etag = answer.headers["Etag"]
        assert get(port, path, accept_encoding=accepted, if_none_match=etag).status == 304
    assert "X-Accel-Expires" not in refused.headers
    eventually(lambda: get(port, path).headers["X-Cache"] == "REVALIDATED", "an answer of 304")


def test_what_belongs_to_one_person_is_never_kept(port: int) -> None:
    story = builders.make_article()
    for path in ("/admin/login/", "/healthz", f"/r/{story.pk}/mine/", "/embeds/preview/"):
        for _ in range(3):
            assert get(port, path).headers.get("X-Cache", "MISS") == "MISS"


def test_counts_of_reactions_are_asked_for_once_for_all_readers(port: int) -> None:
    import_module("reactions.migrations.0002_default_kinds").add_defaults(apps, None)
    story = builders.make_article()
    first, second = (get(port, f"/r/{story.pk}.json") for _ in range(2))
    assert (first.headers["X-Cache"], second.headers["X-Cache"]) == ("MISS", "HIT")
    assert first.body == second.body
    assert "X-Cache" not in get(port, f"/r/{story.pk}/mine").headers


def test_pages_outlive_their_server(port: int) -> None:
    story = builders.make_article(headline="Still here")
    path = story.get_absolute_url()
    assert get(port, path).status == 200
    server = port_and_server[port]
    server.terminate()
    server.wait(timeout=20)
    time.sleep(1.1)  # nginx counts whole seconds: what it has is old now
    answer = get(port, path)
    assert (answer.status, answer.headers["X-Cache"]) == (200, "STALE")
    assert "Still here" in answer.text
    assert get(port, "/never-asked-for/").status == 502


def picture_of(photo: Photo, var_dir: Path, name: str = "0a1b2c-320.jpg") -> str:
    file = var_dir / f"media/public/photo/{photo.pk}/{name}"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"bytes")
    return f"/media/photo/{photo.pk}/{name}"


def test_pictures_come_from_the_disk_and_nothing_else_does(port: int, tmp_path: Path) -> None:
    photo = builders.make_photo()
    url = picture_of(photo, tmp_path / "var")
    for name in ("a.html", "a.svg"):
        picture_of(photo, tmp_path / "var", name)
    (tmp_path / "var/media/secret.jpg").write_bytes(b"bytes")
    picture = get(port, url)
    assert picture.body == b"bytes"
    said = picture.headers
    assert said["Cache-Control"] == "public, max-age=31536000, immutable, s-maxage=60"
    assert said["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert (said["Content-Type"], said["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    again = get(port, url, if_none_match=said["Etag"])
    assert (again.status, again.body) == (304, b"")
    part = get(port, url, range="bytes=1-2")
    assert (part.status, part.body) == (206, b"yt")
    inside = url.replace("/media/", "/media-files/")
    folder = url.rpartition("/")[0]
    for path in (f"{folder}/a.html", f"{folder}/a.svg", "/media/../secret.jpg", "/media../secret.jpg",
                 "/media/%2e%2e/secret.jpg", inside, "/media-files/../secret.jpg", f"{folder}/"):  # fmt: skip
        answer = get(port, path)
        assert answer.status in {400, 404}, path
        assert answer.body != b"bytes"


def test_a_picture_goes_on_time_and_by_a_click(port: int, tmp_path: Path) -> None:
    """With nobody there to do it: no worker, no purge, and nginx in front."""
    ending, kept, taken = (builders.make_photo() for _ in range(3))
    urls = {photo.pk: picture_of(photo, tmp_path / "var") for photo in (ending, kept, taken)}
    for url in urls.values():
        for _ in range(4):  # both workers
            assert get(port, url).status == 200
    end = site_clock.database_now() + timedelta(seconds=3)
    Photo.objects.filter(pk=ending.pk).update(rights_until=end)
    public_changed()
    eventually(
        lambda: "immutable" not in get(port, urls[ending.pk]).headers["Cache-Control"], "the end"
    )
    Photo.objects.filter(pk=taken.pk).update(status="removed")
    public_changed()
    eventually(lambda: get(port, urls[taken.pk]).status == 410, "the taking down")
    eventually(lambda: site_clock.database_now() > end + timedelta(milliseconds=50), "the moment")
    for _ in range(6):
        gone = get(port, urls[ending.pk])
        assert (gone.status, gone.headers["Cache-Control"]) == (410, "no-store")
        assert get(port, urls[kept.pk]).status == 200


def test_static_files_come_from_the_disk_compressed(port: int, tmp_path: Path) -> None:
    import gzip

    static = tmp_path / "var/static/css"
    static.mkdir()
    (static / "site.0123456789ab.css").write_text("a{}")
    (static / "site.0123456789ab.css.gz").write_bytes(gzip.compress(b"a{}"))
    sheet = get(port, "/static/css/site.0123456789ab.css", accept_encoding="gzip")
    assert sheet.headers["Content-Encoding"] == "gzip"
    assert "immutable" in sheet.headers["Cache-Control"]
