"""A name that many stories say has changed: they are marked in the verb's transaction, by one
statement, and indexed anew by the sweep, a few in each transaction.
"""

from django.db import connection, transaction

from articles.models import Article, Byline, Contributor, SearchStale, Tag, TaggedArticle
from articles.search.indexing import CHUNK, index_articles

CHUNKS_AT_ONCE = 25  # some ten seconds of a worker; the next sweep goes on
# DO UPDATE and not DO NOTHING: it locks a mark that is there already. A sweep that has taken it is
# waited for, and the mark made anew; one that has not waits for this transaction, and then reads
# the new name.
_MARK = """
    INSERT INTO {stale} (article_id) {articles}
    ON CONFLICT (article_id) DO UPDATE SET article_id = excluded.article_id
"""


def mark_stale(name: Tag | Contributor) -> None:
    """Each story that says this name is to be indexed anew. Call it in the transaction that changes
    the name, or deletes it: before the rows that tie it to its stories are gone.
    """
    uses, article = (
        (TaggedArticle.objects.filter(tag=name), "content_object_id")
        if isinstance(name, Tag)
        else (Byline.objects.filter(contributor=name), "article_id")
    )
    # In one order, so that two verbs at once don't wait for each other.
    rows = uses.order_by(article).distinct().values_list(article)
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_MARK.format(stale=SearchStale._meta.db_table, articles=sql), params)


def index_stale(chunks: int = CHUNKS_AT_ONCE) -> int:
    """Index stories that are marked, the newest first; how many. Several may do it at once."""
    done = 0
    for _ in range(chunks):
        taken = _index_some()
        done += taken
        if taken < CHUNK:
            break
    return done


@transaction.atomic
def _index_some() -> int:
    """The marks go first: one that is made from now on stays for the next sweep."""
    marked = SearchStale.objects.select_for_update(skip_locked=True).order_by("-article_id")
    ids = list(marked.values_list("article_id", flat=True)[:CHUNK])
    SearchStale.objects.filter(article_id__in=ids).delete()
    # A save that is under way has written its own entry, which must not be overwritten with what
    # the rows said before.
    locked = Article.objects.among(ids).select_for_update(no_key=True).order_by("pk")
    index_articles(locked.values_list("pk", flat=True))
    return len(ids)
