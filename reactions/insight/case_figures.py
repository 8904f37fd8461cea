"""What the ledger and the votes say of one case: three queries, each from an index of the article.

The ledger is read once between two moments, by minute, kind and cookie's age; what shares the
networks have, from the newest NET_SAMPLE votes of that time.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from reactions.models import Case, Vote

STEPS_MINUTES = (1, 2, 5, 10, 15, 30, 60, 120, 240, 720, 1_440)
COLUMNS = 60
BEFORE, AFTER = timedelta(hours=1), timedelta(minutes=15)
AT_MOST = timedelta(days=30)  # the ledger's own
NET_SAMPLE = 20_000
NETS_SHOWN = 8
AGES = ((60, "<1 min"), (600, "<10 min"), (3_600, "<1 h"), (86_400, "<1 day"))
OLDER = "older"

AGE = f"""
    CASE {" ".join(f"WHEN cookie_age_s < {age} THEN {place}" for place, (age, _) in enumerate(AGES))}
         ELSE {len(AGES)} END
"""
IN_SPAN = "reactions_event WHERE article_id = %s AND at >= %s AND at < %s AND kind > 0"
# To the minute, by what each database does fast: text there, arithmetic here.
MINUTE = {
    "sqlite": "substr(at, 1, 16)",
    "postgresql": "date_bin('1 minute', at, TIMESTAMPTZ '2000-01-01 00:00+00')",
}
CUBE = f"SELECT {{minute}} AS minute, kind, {AGE} AS age, COUNT(*) FROM {IN_SPAN} GROUP BY 1, 2, 3"  # noqa: S608
NETS = f"""
    SELECT net, COUNT(*), SUM(CASE WHEN cookie_age_s < 60 THEN 1 ELSE 0 END), COUNT(*) OVER (),
           SUM(COUNT(*)) OVER ()
      FROM (SELECT net, cookie_age_s FROM {IN_SPAN} ORDER BY at DESC LIMIT {NET_SAMPLE}) newest
     GROUP BY net ORDER BY 2 DESC, 1 LIMIT {NETS_SHOWN}
"""  # noqa: S608
STANDING = """
    SELECT kind, state, COUNT(*) FROM reactions_vote WHERE article_id = %s AND kind > 0
     GROUP BY kind, state
"""


@dataclass(frozen=True, slots=True)
class Span:
    """From `since`, in columns of `step`, to `until`."""

    since: datetime
    until: datetime
    step: timedelta

    @property
    def columns(self) -> list[datetime]:
        many = -(-(self.until - self.since) // self.step)
        return [self.since + place * self.step for place in range(many)]

    def place(self, moment: datetime) -> float:
        """Where a moment lies, as a share of the columns' width."""
        return (moment - self.since) / (len(self.columns) * self.step)


@dataclass(frozen=True, slots=True)
class Net:
    """A network by its random name; `fresh`: votes from cookies of less than a minute."""

    net: int
    votes: int
    fresh: int


@dataclass(frozen=True, slots=True)
class Figures:
    """`cube`: votes by (column, kind, place in AGES). Of `sampled` votes the `nets` are the
    largest of `networks`.
    """

    span: Span
    cube: Counter[tuple[int, int, int]]
    nets: tuple[Net, ...]
    networks: int
    sampled: int

    @property
    def votes(self) -> int:
        return self.cube.total()

    def by_age(self) -> list[tuple[str, int]]:
        names = [*(name for _, name in AGES), OLDER]
        return [
            (name, sum(n for (_, _, age), n in self.cube.items() if age == place))
            for place, name in enumerate(names)
        ]

    def young_share(self, kind: int, since: datetime) -> float:
        """What share of a kind's votes since then came from cookies of under ten minutes."""
        first = int(self.span.place(since) * len(self.span.columns))
        ages: Counter[bool] = Counter()
        for (column, of_kind, age), n in self.cube.items():
            if of_kind == kind and column >= first:
                ages[age < 2] += n
        return ages[True] / (ages.total() or 1)


def span_of(case: Case, now: datetime) -> Span:
    """An hour before what the case is about, to a while after its last alarm."""
    until = min(case.last_alarm_at + AFTER, now)
    since = max(case.since - BEFORE, until - AT_MOST)
    minutes = max((until - since) / timedelta(minutes=COLUMNS), 0)
    step = timedelta(minutes=next((s for s in STEPS_MINUTES if s >= minutes), STEPS_MINUTES[-1]))
    whole = (since.timestamp() // step.total_seconds()) * step.total_seconds()
    since = datetime.fromtimestamp(whole, since.tzinfo)
    return Span(since, max(until, since + step), step)


def read(article_id: int, span: Span) -> Figures:
    """The figures between the span's ends. 2 queries."""
    adapt = connection.ops.adapt_datetimefield_value
    where = [article_id, adapt(span.since), adapt(span.until)]
    cube: Counter[tuple[int, int, int]] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(CUBE.format(minute=MINUTE[connection.vendor]), where)
        for minute, kind, age, n in cursor.fetchall():
            cube[(_moment(minute) - span.since) // span.step, kind, age] += n
        cursor.execute(NETS, where)
        rows = cursor.fetchall()
    nets = tuple(Net(net, votes, int(fresh)) for net, votes, fresh, _, _ in rows)
    networks, sampled = (rows[0][3], int(rows[0][4])) if rows else (0, 0)
    return Figures(span, cube, nets, networks, sampled)


def standing(article_id: int) -> dict[int, dict[int, int]]:
    """The article's votes now: by kind and state, what is withdrawn apart. 1 query."""
    found: dict[int, dict[int, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [article_id])
        for kind, state, n in cursor.fetchall():
            found.setdefault(kind, dict.fromkeys(Vote.State.values, 0))[state] = n
    return found


def _moment(minute: str | datetime) -> datetime:
    """SQLite's text is in UTC."""
    return minute if isinstance(minute, datetime) else datetime.fromisoformat(f"{minute}+00:00")
