"""The crowd's common ground: kinds and a default set (a transactional test wipes the migrated
ones), visitors, and requests as a browser on our own page sends them."""

import time
from collections.abc import Iterator
from importlib import import_module
from itertools import count
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from articles.models import Article
from reactions import blocks, networks, quotas, recent, tokens, visitors
from reactions.models import ReactionKind
from reactions.visitors import Visitor
from tests.builders import make_article

OWN_PAGE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
SCRIPT = {**OWN_PAGE, "HTTP_ACCEPT": "application/json"}

_visitor_numbers = count(1)


@pytest.fixture
def kinds(db: None) -> dict[str, ReactionKind]:
    """Every kind by its slug, as the migrations leave them."""
    import_module("reactions.migrations.0002_default_kinds").add_defaults(apps, None)
    import_module("reactions.migrations.0007_kind_list_title").add_titles(apps, None)
    return {kind.slug: kind for kind in ReactionKind.objects.all()}


@pytest.fixture
def heart(kinds: dict[str, ReactionKind]) -> int:
    return kinds["heart"].pk


@pytest.fixture
def wow(kinds: dict[str, ReactionKind]) -> int:
    return kinds["wow"].pk


@pytest.fixture
def story(kinds: dict[str, ReactionKind]) -> Article:
    return make_article()


@pytest.fixture(autouse=True)
def _own_process() -> Iterator[None]:
    """No test goes on with what a process remembers of another one's rows."""
    for kept in (blocks, networks, quotas, recent):
        kept.forget()
    yield
    for kept in (blocks, networks, quotas, recent):
        kept.forget()


def new_visitor(*, age_seconds: int = 86_400) -> Visitor:
    """A reader of yesterday: nothing that is for young cookies alone meets them."""
    number = 1_000_000 + next(_visitor_numbers)
    return Visitor(id=number, issued_at=int(time.time()) - age_seconds)


def good_token(article_id: int, visitor: Visitor, net: int = networks.UNKNOWN) -> str:
    """As if the page had been before the visitor for a second."""
    return tokens.mint(article_id, visitor, net, now=time.time() - 1)


class Looking(Client):
    """A browser that fetched the page's token a second before it votes, as our script does."""

    def __init__(self, visitor: Visitor, **defaults: Any) -> None:
        super().__init__(**defaults)
        self.visitor = visitor
        self.cookies[visitors.cookie_name()] = visitors.sign(visitor)

    def post(self, path: str, data: Any = None, **extra: Any) -> Any:  # type: ignore[override]
        if path.endswith("/vote") and data and "kind" in data:
            article_id = int(path.split("/")[-2])
            data = {"token": good_token(article_id, self.visitor), **data}
        return super().post(path, data, **extra)


@pytest.fixture
def visitor() -> Visitor:
    return new_visitor()


@pytest.fixture
def returning(visitor: Visitor) -> Client:
    """A browser on our own page, with the visitor's cookie."""
    return Looking(visitor, **OWN_PAGE)
