"""Hostile HTML in a real article page without its CSP: what is left must be the sanitiser's doing.

Each row of the shared cases is cleaned and rendered as a body is, and then parsed by Chromium
twice: as part of the page, and through innerHTML. Every element is then poked with the events
that a reader could cause.
"""

from collections.abc import Callable
from html import escape

import pytest
from playwright.sync_api import Page, Route

from articles.body.clean import clean
from articles.body.render import render_body
from newsroom.lib.html import BodyRefused
from tests import builders
from tests.cases import load_jsonl
from tests.e2e.conftest import Visit

pytestmark = pytest.mark.django_db(transaction=True)

ROWS_PER_PAGE = 100
MARK = "It happened on a Tuesday."

# Runs before anything of the page. Whatever a payload calls to show that it ran is a wire.
WIRES = """(() => {
  window.tripped = [];
  const here = () => document.currentScript?.outerHTML ?? "";
  for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
    window[name] = (...what) => { tripped.push(`${name}(${what}) ${here()}`); };
  }
  const ask = window.fetch;
  window.fetch = (url, ...more) => {
    if (!String(url).startsWith("/r/")) tripped.push(`fetch(${url})`);  // the reaction bar's own
    return ask(url, ...more);
  };
  addEventListener("error", (event) => {
    if (event instanceof ErrorEvent) tripped.push(`error: ${event.message}`);
  }, true);
  for (const property of ["write", "writeln"]) {
    document[property] = (...what) => { tripped.push(`document.${property}(${what})`); };
  }
})()"""
# The type of everything that document and window have by nature: named elements must not hide it.
TYPES = """() => {
  const types = {};
  for (const [owner, object] of [["document", document], ["window", window]]) {
    for (const key in object) types[`${owner}.${key}`] = typeof object[key];
  }
  for (const key of ["cookie", "title", "domain", "URL"]) types[key] = typeof document[key];
  types.body = document.body instanceof HTMLBodyElement;
  types.forms = document.forms.length + document.embeds.length + document.scripts.length;
  types.create = document.createElement("p") instanceof HTMLParagraphElement;
  return types;
}"""
# What the browser itself makes of the markup: elements, attributes and addresses that can act.
LEFT = """(root) => {
  const found = [];
  for (const e of root.querySelectorAll("*")) {
    if (!(e instanceof HTMLElement)) found.push(`foreign element <${e.tagName}>`);
    if (/^(script|style|link|meta|base|iframe|frame|frameset|object|embed|applet|form|input|button|select|textarea|template|noscript|portal|marquee|isindex|svg|math)$/i.test(e.tagName) || e.shadowRoot) found.push(`<${e.tagName}>`);
    for (const {name} of e.attributes) {
      if (/^on|^style$|^srcdoc$|^formaction$|^data-(?!embed|frame|photo)|:|^is$|^slot$|^name$/i.test(name)) found.push(`${e.tagName} ${name}`);
    }
    for (const key of ["href", "src", "action", "background", "cite", "data", "poster"]) {
      const value = e.getAttribute(key);
      if (value === null) continue;
      const {protocol} = new URL(value, document.baseURI);
      if (!["http:", "https:", "mailto:", "tel:"].includes(protocol)) found.push(`${key}=${value}`);
    }
  }
  return found;
}"""
POKE = """(root) => {
  for (const e of root.querySelectorAll("*")) {
    for (const type of ["mouseover", "mouseenter", "pointerenter", "focus", "focusin", "blur",
        "keydown", "input", "change", "toggle", "animationstart", "transitionend", "load", "error",
        "wheel", "scroll", "paste", "drop", "dragstart", "copy", "begin", "beforematch"]) {
      e.dispatchEvent(new Event(type, {bubbles: true}));
    }
    e.addEventListener("click", (event) => event.preventDefault());
    e.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
  }
}"""


def rendered(rows: list[dict[str, str]]) -> dict[str, str]:
    """Row id → what a reader's page would hold of it. A body that is refused is on no page."""
    shown = {}
    for row in rows:
        try:
            house = clean(row["html"]).html
        except BodyRefused:
            continue
        shown[row["id"]] = render_body(
            house, embed_card=lambda url: f"<p>{escape(url)}</p>", photo_figure=lambda use: ""
        )
    return shown


@pytest.fixture
def bare(visit: Callable[..., Visit]) -> Callable[[str], Visit]:
    """bare(body) opens an article page with this body as it is, without any CSP."""
    path = builders.make_article(body_html=f"<p>{MARK}</p>").get_absolute_url()
    seen = visit("/")
    body = ""

    def without_policy(route: Route) -> None:
        response = route.fetch()
        headers = {
            name: value
            for name, value in response.headers.items()
            if name not in {"content-security-policy", "content-length", "etag"}
        }
        html = response.text()
        assert f"<p>{MARK}</p>" in html
        route.fulfill(response=response, headers=headers, body=html.replace(f"<p>{MARK}</p>", body))

    seen.page.route(f"**{path}", without_policy)
    seen.page.add_init_script(WIRES)
    seen.page.on("dialog", lambda dialog: (seen.errors.append("dialog"), dialog.dismiss()))

    def open_bare(new_body: str) -> Visit:
        nonlocal body
        body = new_body
        seen.errors.clear()
        seen.page.goto(path)
        return seen

    return open_bare


def tripped(page: Page) -> list[str]:
    """The wires touched so far, after all that was put off has run."""
    page.evaluate("new Promise((done) => setTimeout(done, 30))")
    return list(page.evaluate("tripped"))


def test_the_wires_are_live(bare: Callable[[str], Visit]) -> None:
    """The control: the same page and the same pokes do see a payload that runs."""
    payload = (
        '<img src=x onerror="alert(1)"><p onclick="confirm(2)">x</p><script>prompt(3)</script>'
    )
    page = bare(payload).page
    page.evaluate(f"({POKE})(document)")
    words = " ".join(tripped(page))
    assert "alert(1)" in words
    assert "confirm(2)" in words
    assert "prompt(3)" in words
    assert page.evaluate(f"({LEFT})(document.querySelector('.prose'))") != []
    native = page.evaluate(TYPES)
    page.evaluate("document.body.innerHTML = '<img name=cookie>'")
    assert page.evaluate(TYPES) != native


def test_no_row_runs_clobbers_or_asks_for_anything(bare: Callable[[str], Visit]) -> None:
    rows = load_jsonl("html/hostile.jsonl")
    bodies = rendered(rows)
    assert len(bodies) > 0.98 * len(rows)
    native = bare("").page.evaluate(TYPES)
    ids = list(bodies)
    for start in range(0, len(ids), ROWS_PER_PAGE):
        batch = ids[start : start + ROWS_PER_PAGE]
        seen = bare("".join(f'<section id="{row}">{bodies[row]}</section>' for row in batch))
        check(seen, batch)
        seen.page.evaluate("for (const e of document.querySelectorAll('.prose > *')) e.remove()")
        parse_again(seen.page, {row: bodies[row] for row in batch})
        check(seen, batch)
        types = seen.page.evaluate(TYPES)
        assert {key: types.get(key) for key in native} == native, batch


def parse_again(page: Page, bodies: dict[str, str]) -> None:
    page.evaluate(
        """(bodies) => {
          const prose = document.querySelector(".prose");
          for (const [id, html] of Object.entries(bodies)) {
            const section = prose.appendChild(document.createElement("section"));
            section.id = id;
            section.innerHTML = html;
          }
        }""",
        bodies,
    )


def check(seen: Visit, batch: list[str]) -> None:
    page = seen.page
    path = page.url
    # Each row stands in its own section, and nothing got out of it.
    assert page.locator(".prose > *").evaluate_all("all => all.map((e) => e.id)") == batch
    left = page.locator(".prose > section").evaluate_all(
        f"all => all.flatMap((e) => ({LEFT})(e).map((what) => `${{e.id}}: ${{what}}`))"
    )
    assert left == []
    page.evaluate(f"({POKE})(document.querySelector('.prose'))")
    assert tripped(page) == [], batch
    assert page.url == path, batch
    assert len(page.frames) == 1, batch
    assert len(page.context.pages) == 1, batch
    assert seen.foreign == [], batch
    # A picture of our own host that is not there is no fault of the sanitiser's.
    assert [error for error in seen.errors if "status of 404" not in error] == [], batch
