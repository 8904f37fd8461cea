"""A real browser against the live server: Debian's Chromium, and only our own host for it to ask."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE = Path(__file__).resolve().parents[2] / ".ci/node_modules/axe-core/axe.min.js"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("e2e")


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
    """One page in one context, with all it asked for and all it complained of."""

    context: BrowserContext
    page: Page
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture
def visit(browser: Browser, live_server: object) -> Iterator[Callable[..., Visit]]:
    """visit(path="/", width=1280, scheme="light", javascript=True) opens a page.

    Requests to any other host are recorded in `foreign` and refused; console errors and
    CSP violations are recorded in `errors`.
    """
    base = str(getattr(live_server, "url", live_server))
    contexts: list[BrowserContext] = []

    def open_page(
        path: str = "/", *, width: int = 1280, scheme: str = "light", javascript: bool = True
    ) -> Visit:
        context = browser.new_context(
            base_url=base,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=javascript,
        )
        contexts.append(context)
        page = context.new_page()
        seen = Visit(context, page)

        def on_route(route: Route, request: Request) -> None:
            if request.url.startswith((base, "about:", "blob:")):
                route.continue_()
            else:
                seen.foreign.append(request.url)
                route.abort()

        context.route("**/*", on_route)
        page.on("console", lambda m: seen.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: seen.errors.append(str(error)))
        page.goto(path)
        return seen

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """axe(page) → the accessibility violations of the page, in words."""
    if not AXE.exists():
        if os.environ.get("CI") == "true":
            pytest.fail("CI needs axe-core: npm install --prefix .ci")
        pytest.skip("axe-core is not installed (npm install --prefix .ci)")
    source = AXE.read_text(encoding="utf-8")

    def run(page: Page) -> list[str]:
        # In Playwright's own world: the page's CSP stays as it is.
        page.evaluate(source)
        result = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{violation['id']}: {node['html'][:120]} {node.get('failureSummary', '')[:200]}"
            for violation in result["violations"]
            for node in violation["nodes"]
        ]

    return run
