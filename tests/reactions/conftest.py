"""The crowd's common ground: kinds and a default set (a transactional test wipes the migrated
ones), visitors, and requests as a browser on our own page sends them."""

from importlib import import_module
from itertools import count

import pytest
from django.apps import apps
from django.test import Client

from articles.models import Article
from reactions import visitors
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


def new_visitor() -> Visitor:
    return Visitor(id=1_000_000 + next(_visitor_numbers), issued_at=visitors.mint().issued_at)


@pytest.fixture
def visitor() -> Visitor:
    return new_visitor()


@pytest.fixture
def returning(visitor: Visitor) -> Client:
    """A browser on our own page, with the visitor's cookie."""
    client = Client(**OWN_PAGE)
    client.cookies[visitors.cookie_name()] = visitors.sign(visitor)
    return client
