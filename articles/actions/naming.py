"""A tag or a contributor has another name, or will be gone: so has each story that says it."""

from articles.actions.nudge import nudge_on_commit
from articles.models import Contributor, Tag
from articles.search import mark_stale

INDEX_TASK = "articles.index_stale"


def name_changed(name: Tag | Contributor) -> None:
    """Have the search learn it after the commit, by a worker: a name may stand in 5,000 stories.

    Call it in the transaction that changes the name, before a row is deleted.
    """
    mark_stale(name)
    nudge_on_commit(INDEX_TASK, [name.pk])
