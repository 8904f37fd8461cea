"""The product as a user gets it: the demo in a folder of its own, served by the Procfile's server."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep

from tests.live import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 90
LINK = re.compile(r'href="(/[^"#?]*)')
# One page of each of these is looked at; what else is linked is a kind of its own.
KINDS = ("section", "tag", "by", "series", "archive", "story")
NO_PAGES = ("/static/", "/media/", "/feed", "/admin/", "/rss", "/sitemap", "/r/", "/favicon")
NO_PAGES_AT_THE_END = (".xml", "/feed/")
CRAWLED_PAGES = 200


# What the worker does in the minutes after the start, for the story that is measured.
MAKE_RENDITIONS = """
import django; django.setup()
from articles.models import Article
from articles.photos.work import make_renditions
story = Article.objects.get(slug="{slug}")
shown = story.photo_uses.values_list("photo_id", flat=True)
faces = story.bylines.values_list("contributor__portrait", flat=True)
for photo_id in {{*shown, *faces}} - {{None}}:
    make_renditions(photo_id)
"""


@contextmanager
def demo_site(var_dir: Path, *, story: str) -> Iterator[str]:
    """Set up like `make run` and serve; yields the site's URL. `story`: the slug of the one whose
    photos are ready; the others are still waiting for the worker.
    """
    port = free_port()
    url = f"http://localhost:{port}"
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("COVERAGE")},
        "LOCAL": "1", "VAR_DIR": str(var_dir), "SITE_URL": url, "SITE_NAME": "Tidelamp",
        "SITE_TAGLINE": "Culture on the tide line", "EMBED_FETCH": "0", "LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "newsroom.settings", "CACHE_URL": "locmem://",
        "DATABASE_URL": f"sqlite:///{var_dir}/db.sqlite3",
        "CELERY_BROKER_URL": "filesystem://localhost",
    }  # fmt: skip
    for command in (
        ["migrate"], ["collectstatic", "--no-input"], ["demo_articles"], ["demo_reactions"],
    ):  # fmt: skip
        subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
    subprocess.run(
        [sys.executable, "-c", MAKE_RENDITIONS.format(slug=story)],
        cwd=ROOT, env=environment, check=True,
    )  # fmt: skip
    server = subprocess.Popen(
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port),
            "--blocking-threads", "1", "--log-level", "warning", "newsroom.wsgi:application",
        ],
        cwd=ROOT, env=environment,
    )  # fmt: skip
    try:
        wait_for(port)
        yield url
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int) -> None:
    deadline = monotonic() + START_SECONDS
    while monotonic() < deadline:
        try:
            if get(f"http://localhost:{port}", "/livez")[0] == 200:
                return
        except OSError:
            sleep(0.1)
    raise AssertionError("The server did not start.")


def get(site: str, path: str) -> tuple[int, str]:
    """Status and text of a page."""
    host = site.removeprefix("http://")
    connection = HTTPConnection("127.0.0.1", int(host.rpartition(":")[2]), timeout=30)
    try:
        connection.request("GET", path, headers={"Host": host})
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def one_page_of_each_kind(site: str) -> dict[str, str]:
    """Kind → path, found by following links from the home page: a new kind of page that is linked
    from anywhere is looked at without a list to add it to. Errors and search results are added.
    """
    found = {"home": "/", "missing": "/no/such/page/", "search": "/search/?q=light"}
    queue, seen = ["/"], {"/"}
    for path in queue:
        for link in LINK.findall(get(site, path)[1]):
            if link in seen or link.startswith(NO_PAGES) or link.endswith(NO_PAGES_AT_THE_END):
                continue
            if len(seen) > CRAWLED_PAGES:
                continue
            seen.add(link)
            queue.append(link)
            found.setdefault(kind_of(link), link)
    return found


def kind_of(path: str) -> str:
    parts = path.strip("/").split("/")
    if parts[0].isdigit():
        return f"archive of {len(parts)}"
    return parts[0] if parts[0] in KINDS else path
