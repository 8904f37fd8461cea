"""Keeping the index exact: the verbs that change an article say so here, in their transaction."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from django.db import connection, transaction

from articles.models import Article, Byline, TaggedArticle
from articles.search.engine import engine_for, is_english
from articles.search.entry import Sources, read_entries

CHUNK = 200
LIVE = Sources(article=Article, tagged=TaggedArticle, byline=Byline)


def index_article(article: Article) -> None:
    """Make the index say what the live row says now; nothing, where no editor has released it.

    Call it in the transaction that changed the article, after its tags and bylines were written.
    """
    index_articles([article.pk])


def forget_article(article: Article) -> None:
    """Call it before an article is deleted."""
    engine_for().forget(connection, [article.pk])


@transaction.atomic
def index_articles(ids: Iterable[int]) -> None:
    """The same for several; the caller keeps them few."""
    ids = list(ids)
    released = list(Article.objects.released().among(ids).values_list("pk", flat=True))
    engine = engine_for()
    if gone := set(ids) - set(released):
        engine.forget(connection, gone)
    if released:
        engine.write(connection, read_entries(released, sources=LIVE, english=is_english()))


def index_in_chunks(ids: Iterable[int], *, progress: Callable[[int], None] | None = None) -> int:
    """Index many articles, a transaction for each few: others can write in between."""
    done = 0
    for chunk in _chunks(ids):
        index_articles(chunk)
        done += len(chunk)
        if progress:
            progress(done)
    return done


def rebuild(*, progress: Callable[[int], None] | None = None) -> int:
    """Make the whole index anew, newest articles first; returns how many it holds."""
    engine = engine_for()
    with transaction.atomic():
        engine.drop(connection)
        engine.create(connection)
    newest = Article.objects.released().order_by("-publish_at").values_list("pk", flat=True)
    done = index_in_chunks(list(newest), progress=progress)
    engine.finish(connection)
    return done


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
