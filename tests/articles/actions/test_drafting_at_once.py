"""A thousand saves on one story, by several writers at once: none of their words is lost."""

from dataclasses import replace
from threading import Barrier, Thread

import pytest
from django.db import connection

from articles.actions.drafting import save_draft
from articles.actions.editing import EditConflict
from articles.drafts import Draft, draft_of
from articles.models import Article
from tests import builders

WRITERS, ATTEMPTS = 4, 125  # for each of the two kinds of story: a thousand saves


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("status", ["draft", "published"])
def test_a_thousand_interleaved_saves_lose_no_update(status: str) -> None:
    """Each writer has a number in the text and adds one to it with each save that wins, to what is
    stored by then: at the end each number says how often, and the version has counted them all.
    """
    article = builders.make_article(status=status, body_html="", dek=" ".join("0" * WRITERS))
    together, errors, won = Barrier(WRITERS), [], [0] * WRITERS

    def write(name: int) -> None:
        together.wait()
        try:
            for _ in range(ATTEMPTS):
                won[name] += add_one(name)
            while not won[name]:
                won[name] += add_one(name)
        except Exception as error:  # noqa: BLE001  (a thread's error must reach the test)
            errors.append(error)
        connection.close()

    def add_one(name: int) -> bool:
        mine = Article.objects.select_related("current_draft").get(pk=article.pk)
        draft = draft_of(mine)
        numbers = numbers_in(draft)
        numbers[name] += 1
        fields = {**draft.fields, "dek": " ".join(map(str, numbers))}
        try:
            save_draft(mine, replace(draft, fields=fields), by=None, expected_version=mine.version)
        except EditConflict:
            return False
        return True

    threads = [Thread(target=write, args=[name]) for name in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    stored = Article.objects.select_related("current_draft").get(pk=article.pk)
    assert numbers_in(draft_of(stored)) == won
    assert stored.version == 1 + sum(won)
    revisions = list(stored.revisions.values_list("number", flat=True))
    assert sorted(revisions) == list(range(1, len(revisions) + 1))


def numbers_in(draft: Draft) -> list[int]:
    return [int(number) for number in draft.fields["dek"].split()]
