"""What moderators find in the demo: a section and a story with questions of their own, a closed bar, an
attack of yesterday that was judged, and one of this hour that was not.

The attacks are votes in the ledger. Cases come of them as on any site: reactions.watch looks at
those hours five minutes at a time, and the verbs of reactions.moderation do the rest.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from articles.models import Article, Section, public_changed
from reactions import moderation, watch
from reactions.alarms import is_over_quota
from reactions.demo import SEED
from reactions.demo.history import Ballot, write, write_hours
from reactions.limits import limits
from reactions.models import Action, Board, Case, ReactionKind, ReactionSet, SetKind, Vote
from reactions.moderation import VoteFilter
from reactions.tallies import read_board

MINUTE = timedelta(minutes=1)
WINDOW = 5 * MINUTE
CALM = timedelta(hours=2)  # looked at before an attack, so that the usual is known
# The sets beside the default one: slug, question, kinds; for a section, for a story.
OF_SECTION = ("screen", "would-you-watch-it", "Would you watch it?", "love wow laugh crying sleepy")
OF_STORY = (
    "your-coat-is-a-diary", "will-you-stop-washing-yours", "Will you stop washing yours?",
    "thumbs-up thumbs-down laugh",
)  # fmt: skip
CLOSED_BAR = "tollhouse-closes-upper-circle"
CLOSED_WORDS = "People’s jobs depend on this. We have asked the Tollhouse’s staff instead, and print what they say."


@dataclass(frozen=True, slots=True)
class Attack:
    """So many votes for one kind, from a few networks, in a stretch of time."""

    story: str
    kind: str
    votes: int
    began_ago: timedelta
    lasted: timedelta
    networks: int
    cookie_age_s: tuple[int, int]
    first_visitor: int

    @property
    def nets(self) -> tuple[int, ...]:
        """The networks' names."""
        dice = random.Random(SEED + self.first_visitor)  # noqa: S311  (a demo, not a secret)
        return tuple(dice.getrandbits(62) + 1 for _ in range(self.networks))


# A jar of cookies kept for an hour, and one that is emptied before each vote: the quota meets that.
JUDGED = Attack(
    "stop-clapping-the-furniture", "disappointed", 210, timedelta(hours=20), 7 * MINUTE, 2,
    (3_700, 5_200), 4_001,
)  # fmt: skip
OPEN = Attack("quayle-prize-shortlist", "heart", 260, 21 * MINUTE, 9 * MINUTE, 4, (2, 40), 4_301)


@transaction.atomic
def make_sets() -> None:
    """Unless an editor has chosen others."""
    section_slug, *of_section = OF_SECTION
    section = Section.objects.filter(slug=section_slug).first()
    if section and not ReactionSet.objects.filter(section=section).exists():
        made = _set(*of_section)
        made.section = section
        made.save(update_fields=["section"])
    story_slug, *of_story = OF_STORY
    story = Article.objects.filter(slug=story_slug).first()
    if story:
        board = Board.objects.for_article(story.pk)
        if board.set_id is None:
            board.set = _set(*of_story)
            board.save(update_fields=["set"])
    public_changed()


def _set(slug: str, question: str, kinds: str) -> ReactionSet:
    made, _new = ReactionSet.objects.get_or_create(slug=slug, defaults={"question": question})
    by_slug = {kind.slug: kind for kind in ReactionKind.objects.filter(slug__in=kinds.split())}
    SetKind.objects.bulk_create(
        (SetKind(set=made, kind=by_slug[name], order=n) for n, name in enumerate(kinds.split())),
        ignore_conflicts=True,
    )
    return made


def play(now: datetime) -> None:
    """The attacks, their cases, and the closed bar. Needs the demo's moderator for what people do."""
    moderator = User.objects.filter(username="moderator").first()
    judged = _attack(JUDGED, now)
    if judged and moderator:
        _judge(judged, JUDGED, moderator, now)
    _attack(OPEN, now)
    bars = Board.objects.filter(article__slug=CLOSED_BAR, state=Board.State.OPEN)
    if moderator and bars:
        moderation.freeze(bars, moderator, reason=CLOSED_WORDS)


def _attack(attack: Attack, now: datetime) -> Case | None:
    """Cast the votes and look at them as the watch would have; the case that it opened."""
    story = Article.objects.published().filter(slug=attack.story).first()
    board = read_board(story.pk) if story else None
    kind = next((each.id for each in board.kinds if each.slug == attack.kind), 0) if board else 0
    if story is None or not kind or Case.objects.filter(article=story).exists():
        return None
    began = now - attack.began_ago
    ballots = list(_ballots(attack, story.pk, kind, began))
    write(ballots, now)
    moment = began - CALM
    while moment < min(began + attack.lasted + WINDOW, now):
        watch.run(moment)
        moment += WINDOW if moment < began else MINUTE
    # Afterwards, as beat does: else the attack would be part of what is usual.
    write_hours(ballots, now)
    return Case.objects.filter(article=story).first()


def _ballots(attack: Attack, story: int, kind: int, began: datetime) -> Iterator[Ballot]:
    """As the vote's view would have taken them: over the quota they wait."""
    dice = random.Random(SEED)  # noqa: S311  (a demo, not a secret)
    rules, young = limits(), dict.fromkeys(attack.nets, 0)
    for number in range(attack.votes):
        net, age = dice.choice(attack.nets), dice.randint(*attack.cookie_age_s)
        state = Vote.State.COUNTED
        if age < rules.young_seconds:
            if is_over_quota(young[net], rules, is_busy=False):
                state = Vote.State.QUARANTINED
            young[net] += 1
        at = began + attack.lasted * (number / attack.votes)
        yield Ballot(story, attack.first_visitor + number, kind, at, net, age, state)


def _judge(case: Case, attack: Attack, moderator: User, now: datetime) -> None:
    """Too much is voided, undone, then the right votes are, and the case is closed."""
    began = now - attack.began_ago
    kind = ReactionKind.objects.get(slug=attack.kind).pk
    everything = VoteFilter((case.article_id,), kinds=(kind,), since=began - 60 * MINUTE)
    odd = VoteFilter(
        (case.article_id,), kinds=(kind,), nets=attack.nets, since=began,
        until=began + attack.lasted,
    )  # fmt: skip
    first = moderation.void(
        everything, moderator, case=case, reason="All of this kind since it began, while I look."
    )
    moderation.undo(
        first, moderator, reason="Took honest readers along: only the seven minutes are odd."
    )
    moderation.void(odd, moderator, case=case, reason="One kind, two networks, seven minutes.")
    moderation.close_case(
        case, moderator, verdict=Case.Verdict.ABUSE,
        reason="Two networks with jars of cookies; voided. Honest votes of that evening stand.",
    )  # fmt: skip
    _date(case, began + attack.lasted)


def _date(case: Case, over: datetime) -> None:
    """The demo's own rows tell of yesterday: no verb can choose its time."""
    for minutes, action in enumerate(Action.objects.filter(case=case).order_by("pk"), start=12):
        Action.objects.filter(pk=action.pk).update(at=over + minutes * MINUTE)
    Case.objects.filter(pk=case.pk).update(closed_at=over + 20 * MINUTE)
