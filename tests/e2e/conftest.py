"""A real browser against the live server: Debian's Chromium, and only our own host for it to ask."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Route,
    expect,
    sync_playwright,
)
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from articles.admin import article_verbs
from articles.models import Photo
from newsroom.storage import WholeFileStorage

# Debian's chromium-headless-shell, where it is installed, is the same Chromium without its windows:
# a page costs a quarter of the time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]  # fmt: skip
AXE = Path(__file__).resolve().parents[2] / ".ci/node_modules/axe-core/axe.min.js"
# A wait ends when what it waits for is there: a busy machine may take its time, and only a test that
# fails takes so long. For actions and for expect(), whose own default is five seconds.
PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)


# Resolves once a click has come, false where none came in time.
CLICKED = """(element, patience) => { window.clicked = new Promise((done) => {
    addEventListener("click", () => done(true), { once: true, capture: true });
    setTimeout(done, patience, false);
}); }"""


def tap(target: Locator) -> None:
    """Touch it, and go on when the browser has made a click of that, which it does in its own time:
    whatever comes next would come before it. Not for what leads to another page.
    """
    target.evaluate(CLICKED, PATIENCE_MS)
    target.tap()
    assert target.page.evaluate("window.clicked")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("e2e")


@pytest.fixture(autouse=True)
def no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """A click on Undo may come after the ten seconds that a writer is given for it."""
    monkeypatch.setattr(article_verbs, "UNDO_OFFERED_SECONDS", 10 * PATIENCE_MS // 1000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI needs Chromium")
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """One reader: a context, its first page, all it asked of other hosts, all it complained of."""

    context: BrowserContext
    page: Page
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        # Intercepted from the start: asked for at the moment of the click, it can come too late.
        page.on("filechooser", lambda chooser: None)
        page.on("console", lambda message: self._hear(page, message))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _hear(self, page: Page, message: ConsoleMessage) -> None:
        # An error page is an answer, not a fault: Chromium reports its status all the same.
        answered = message.text.startswith("Failed to load resource") and (
            message.location.get("url") == page.url
        )
        if message.type == "error" and not answered:
            self.errors.append(f"{message.text} {message.location.get('url', '')}")

    def tab(self, path: str) -> Page:
        """Another page of the same reader."""
        page = self.context.new_page()
        page.goto(path)
        return page


@pytest.fixture
def visit(browser: Browser, live_server: object) -> Iterator[Callable[..., Visit]]:
    """visit(path="/", width=1280, scheme="light", javascript=True, stub="", **context) opens a page.

    Requests to any other host are recorded in `foreign` and refused, or answered with the HTML
    of `stub`; console errors (CSP violations among them) and exceptions are recorded in `errors`.
    """
    base = str(getattr(live_server, "url", live_server))
    elsewhere = re.compile(rf"^(?!{re.escape(base)}/)(?:https?|wss?|ftp):", re.IGNORECASE)
    contexts: list[BrowserContext] = []

    def open_page(
        path: str = "/", *, width: int = 1280, scheme: str = "light", javascript: bool = True,
        stub: str = "", **options: Any,
    ) -> Visit:  # fmt: skip
        context = browser.new_context(
            base_url=base,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=javascript,
            **options,
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        seen = Visit(context, context.new_page())

        def on_request(request: Request) -> None:
            if elsewhere.match(request.url):
                seen.foreign.append(request.url)

        context.on("request", on_request)
        if stub:  # else not: routing switches the browser's cache off
            context.route(elsewhere, lambda route: _answer(route, stub))
        seen.watch(seen.page)
        context.on("page", seen.watch)
        seen.page.goto(path)
        return seen

    yield open_page
    for context in contexts:
        context.close()


def _answer(route: Route, html: str) -> None:
    route.fulfill(body=html, content_type="text/html")


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """axe(page) → the accessibility violations of the page, in words. Needs a page with scripts."""
    if not AXE.exists():
        if os.environ.get("CI") == "true":
            pytest.fail("CI needs axe-core: npm install --prefix .ci")
        pytest.skip("axe-core is not installed (npm install --prefix .ci)")
    source = AXE.read_text(encoding="utf-8")

    def run(page: Page) -> list[str]:
        # Through the debugger: the page's CSP stays as it is.
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        result = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{violation['id']}: {node['html'][:120]} {node.get('failureSummary', '')[:200]}"
            for violation in result["violations"]
            for node in violation["nodes"]
        ]

    return run


@pytest.fixture
def sign_in(live_server: LiveServer) -> Callable[[Page, User], None]:
    """sign_in(page, user): from its next page on, the page's browser is the user's. The login's own
    form is filled in by test_desk.py; going through it cost every other test three pages.
    """

    def give_session(page: Page, user: User) -> None:
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": live_server.url, "httpOnly": True}]
        )

    return give_session


@pytest.fixture
def files(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files of this test's own, served at /media/."""
    storages = {name: dict(config) for name, config in settings.STORAGES.items()}
    storages["default"]["OPTIONS"] = {"location": tmp_path / "public", "base_url": "/media/"}
    settings.STORAGES, settings.MEDIA_ROOT = storages, tmp_path
    private = WholeFileStorage(location=tmp_path / "private")
    monkeypatch.setattr(Photo._meta.get_field("original"), "storage", private)
    return tmp_path
