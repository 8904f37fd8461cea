"""manage.py demo_reactions: made-up votes on the demo's stories, through the one way a vote takes.

The voters are the visitors 1 to 400. Real ones have random ids of 63 bits, so demo votes can
always be told from readers' votes; `--remove` takes them all back.
"""

import random
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from articles.models import Article, Section, public_changed
from reactions.models import WITHDRAWN, Board, ReactionKind, ReactionSet, SetKind, Vote
from reactions.tallies import read_board
from reactions.visitors import Visitor
from reactions.voting import cast_vote

DEMO_VISITORS = range(1, 401)
SEED = 20
# A second set, for one section: another question, other answers.
SECOND_SET = ("would-you-watch-it", "Would you watch it?", ("love", "wow", "laugh", "sleepy"))
SECOND_SET_SECTION = "screen"


class Command(BaseCommand):
    help = "Make demo reactions, or with --remove take them back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--remove", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["remove"]:
            self.stdout.write(f"{remove()} demo reactions taken back.")
        else:
            make_second_set()
            self.stdout.write(f"{react()} demo reactions made.")


@transaction.atomic
def make_second_set() -> None:
    """The section's own set, unless an editor has given it one."""
    slug, question, kinds = SECOND_SET
    section = Section.objects.filter(slug=SECOND_SET_SECTION).first()
    if section is None or ReactionSet.objects.filter(section=section).exists():
        return
    made, _new = ReactionSet.objects.get_or_create(slug=slug, defaults={"question": question})
    made.section = section
    made.save(update_fields=["section"])
    by_slug = {kind.slug: kind for kind in ReactionKind.objects.filter(slug__in=kinds)}
    SetKind.objects.bulk_create(
        (SetKind(set=made, kind=by_slug[name], order=order) for order, name in enumerate(kinds)),
        ignore_conflicts=True,
    )
    public_changed()


def react() -> int:
    """Votes on every published story: more on newer ones, with a favourite each. The same votes
    at every run.
    """
    votes = 0
    dice = random.Random(SEED)  # noqa: S311  (a demo, not a secret)
    for rank, article in enumerate(Article.objects.published().newest().only("pk")):
        Board.objects.for_article(article.pk)
        board = read_board(article.pk)
        kinds = [kind.id for kind in board.kinds] if board and board.is_open else []
        if not kinds:
            continue
        weights = [dice.random() ** 2 + 0.05 for _ in kinds]
        crowd = dice.sample(DEMO_VISITORS, k=max(4, int(dice.uniform(60, 160) / (1 + rank / 4))))
        with transaction.atomic():  # one commit a story: a demo need not survive halfway
            for number in crowd:
                kind = dice.choices(kinds, weights)[0]
                cast_vote(article.pk, Visitor(id=number, issued_at=0), kind)
                votes += 1
    return votes


def remove() -> int:
    """Withdraw every demo vote; how many there were."""
    mine = Vote.objects.filter(visitor__in=DEMO_VISITORS).exclude(kind=WITHDRAWN)
    votes = list(mine.values_list("article_id", "visitor"))
    for article_id, number in votes:
        cast_vote(article_id, Visitor(id=number, issued_at=0), WITHDRAWN)
    return len(votes)
