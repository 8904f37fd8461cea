"""A story under attack, made by the product's own votes and its own watch; and its case's page, sent
as a browser sends it.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from reactions import tallies, watch
from reactions.models import Case, Pulse, Vote
from reactions.voting import How, cast_vote
from tests.reactions.conftest import new_visitor

FARM = 2**62 + 17  # a network
MARK = re.compile(r'name="mark" value="([^"]+)"')


@dataclass
class Attacked:
    story: Article
    case: Case
    before: dict[str, int]  # counts as readers saw them without the attack
    after: dict[str, int]


def counts(story: Article) -> dict[str, int]:
    board = tallies.read_board(story.pk)
    return {} if board is None else board.counts()


def attack(
    story: Article,
    honest: int,
    theirs: int,
    *,
    readers: int = 20,
    votes: int = 80,
    waiting: int = 5,
) -> Attacked:
    """Readers vote for one kind; then one network with fresh cookies for another, the last
    `waiting` of them held by the quota's state.
    """
    for _ in range(readers):
        cast_vote(story.pk, new_visitor(), honest, How(net=5))
    before = counts(story)
    usual = {str(honest): 200.0, str(theirs): 20.0}
    at = timezone.now() - timedelta(minutes=1)
    Pulse.objects.create(article=story, at=at, windows=30, mean=20, weight=1.0, kinds=usual)
    for number in range(votes):
        state = Vote.State.QUARANTINED if number >= votes - waiting else Vote.State.COUNTED
        cast_vote(story.pk, new_visitor(age_seconds=9), theirs, How(net=FARM, state=state))
    (case,) = watch.run(timezone.now() + timedelta(seconds=1))
    return Attacked(story, case, before, counts(story))


def page_of(case: Case) -> str:
    return reverse("admin:reactions_case_change", args=[case.pk])


def look(client: Client, case: Case, **choice: object) -> str:
    return client.post(page_of(case), {"do": "preview", **choice}).content.decode()


def mark_in(html: str) -> str:
    found = MARK.search(html)
    assert found is not None
    return found[1]


def do(client: Client, case: Case, verb: str, **fields: object) -> HttpResponse:
    return client.post(page_of(case), {"do": verb, **fields}, follow=True)  # type: ignore[return-value]
