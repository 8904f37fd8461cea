"""Two stories that were imported before their reactions, and running the import on dumps."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, ImportRecord
from reactions import tallies
from reactions.models import Base, Board, Hour, ReactionSet, Vote
from tests.builders import make_article
from tests.reactions.old_counts.wp_dump import dump

POST, OTHER = 97592, 97600
Run = Callable[..., str]


@pytest.fixture
def stories(kinds: object) -> tuple[Article, Article]:
    made = make_article(slug="a-story"), make_article(slug="other-story")
    for post, article in zip((POST, OTHER), made, strict=True):
        ImportRecord.objects.create(
            host="www.old.example", external_id=str(post), article=article, raw_sha="x"
        )
    return made


@pytest.fixture
def story(stories: tuple[Article, Article]) -> Article:
    return stories[0]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Import dumps made of these parts (or files as they are); returns what was said."""

    def call(*parts: str | Path, tz: str | None = "UTC", **more: Any) -> str:
        files = [part for part in parts if isinstance(part, Path)]
        texts = [part for part in parts if isinstance(part, str)]
        if texts:
            files.append(dump(tmp_path / "old.sql", *texts))
        out = io.StringIO()
        more = {"map": tmp_path / "map.csv", **more}
        call_command("import_wp_reactions", *files, tz=tz, stdout=out, **more)
        return out.getvalue()

    return call


def refusal_of(run: Run, *parts: str | Path, **more: Any) -> str:
    with pytest.raises(CommandError) as refused:
        run(*parts, **more)
    assert "Nothing was written" in str(refused.value)
    assert not Base.objects.exists()
    assert not Board.objects.exists()
    return str(refused.value)


def shown(article: Article) -> dict[str, int]:
    board = tallies.read_board(article.pk)
    assert board is not None
    return {kind.slug: kind.shown for kind in board.kinds if kind.shown}


def everything() -> list[list[dict[str, Any]]]:
    models = (Base, Board, Vote, Hour, ReactionSet, ImportRecord)
    return [list(model.objects.order_by("pk").values()) for model in models]


def row(post: object = POST, emoji: object = 8, **more: Any) -> dict[str, Any]:
    return {"bind_id": str(post), "emoji_id": emoji, **more}
