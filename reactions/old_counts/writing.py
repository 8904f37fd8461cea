"""Old reactions into the tables: as totals beside our votes (Base), or as votes of their readers.

A story's part is written in one transaction with an ImportRecord of what it was, so a run that was
cut off goes on where it stopped, and the same again writes nothing. Once a story's readers came in
as votes they are ours to change and to forget: a later import adds what is newer than the last, and
never puts back what a reader erased.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from articles.models import ImportRecord, public_changed
from reactions import visitors
from reactions.importing import SOURCE
from reactions.models import Base, Board, ReactionSet
from reactions.old_counts.folding import Gathered
from reactions.old_counts.hours import write_hours
from reactions.old_counts.record import HOST, KIND
from reactions.old_counts.spool import Spool
from reactions.old_counts.statements import insert_many
from reactions.tallies import ROLL_LOCK

FAKE_SOURCE = "wpreactions-fake"
HIDDEN_REASON = "Reactions to this story were switched off on the old site."

# Not `shown` of what is there: that is a moderator's choice.
PUT_BASES = """
    INSERT INTO reactions_base (article_id, kind_id, source, n, imported_at, shown) {rows}
    ON CONFLICT (article_id, kind_id, source)
    DO UPDATE SET n = EXCLUDED.n, imported_at = EXCLUDED.imported_at
"""
INSERT_VOTES = """
    INSERT INTO reactions_vote (article_id, visitor, kind, prev, state, at) {rows}
    ON CONFLICT (article_id, visitor) DO NOTHING RETURNING article_id, kind
"""
ADD_TO_TALLIES = """
    INSERT INTO reactions_tally (article_id, kind_id, n) {rows}
    ON CONFLICT (article_id, kind_id) DO UPDATE SET n = reactions_tally.n + EXCLUDED.n
"""
BASE = ("bigint", "smallint", "text", "bigint", "timestamptz", "boolean")
VOTE = ("bigint", "bigint", "smallint", "timestamptz")
TALLY = ("bigint", "smallint", "bigint")


@dataclass(frozen=True, slots=True)
class Choices:
    """What the operator chose. `voters_since`: stories without a newer reaction (as the old site's
    clock had it) come in as totals; None: all do.
    """

    tz: tzinfo | None
    voters_since: str | None = None
    set: ReactionSet | None = None


@dataclass
class Batch:
    """Some stories, and what is known of earlier imports of them."""

    stories: Sequence[Gathered]
    spool: Spool
    choices: Choices
    records: dict[int, ImportRecord] = field(default_factory=dict)
    sealed: set[int] = field(default_factory=set)  # take no votes, ours or others'

    def write(self) -> set[int]:
        """Write what changed, in one transaction; returns the numbers of those stories."""
        ids = [story.article for story in self.stories]
        records = ImportRecord.objects.filter(
            host=HOST, kind=KIND, external_id__in=[str(pk) for pk in ids]
        )
        self.records = {int(record.external_id): record for record in records}
        sealed = Board.objects.filter(article__in=ids, sealed_at__isnull=False)
        self.sealed = set(sealed.values_list("article", flat=True))
        changed = [story for story in self.stories if self._is_new(story)]
        with_set = self.choices.set
        lack_set = Board.objects.filter(article__in=ids, set=None)
        if not changed and not (with_set and lack_set.exists()):
            return set()
        with transaction.atomic():
            Board.objects.bulk_create((Board(article_id=pk) for pk in ids), ignore_conflicts=True)
            if with_set:
                lack_set.update(set=with_set, version=F("version") + 1)
            if changed:
                self._write(changed)
            public_changed()
        return {story.article for story in changed}

    def _write(self, stories: list[Gathered]) -> None:
        self._write_bases(stories)
        self._write_votes([story for story in stories if self._has_voters(story)])
        hidden = [s.article for s in stories if s.is_hidden and not self._extra(s).get("hidden")]
        Board.objects.filter(article__in=hidden, state=Board.State.OPEN).update(
            state=Board.State.HIDDEN, frozen_reason=HIDDEN_REASON, frozen_at=timezone.now()
        )
        Board.objects.filter(article__in=[story.article for story in stories]).update(
            version=F("version") + 1
        )
        extras = [(story.article, self._extra(story).get("hours_end")) for story in stories]
        known = {article: datetime.fromisoformat(end) for article, end in extras if end}
        self._remember(stories, write_hours(stories, known))

    # What was imported before

    def _extra(self, story: Gathered) -> dict[str, Any]:
        record = self.records.get(story.article)
        return dict(record.extra) if record else {}

    def _has_voters(self, story: Gathered) -> bool:
        """Once as votes, always as votes: totals beside them would count readers twice."""
        since = self.choices.voters_since
        may_have = since is not None and story.newest > since and story.article not in self.sealed
        return bool(self._extra(story).get("voters")) or may_have

    def _signature(self, story: Gathered) -> str:
        said = [story.digest, sorted(story.fakes.items()), story.is_hidden, self._has_voters(story)]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    def _is_new(self, story: Gathered) -> bool:
        record = self.records.get(story.article)
        return record is None or record.raw_sha != self._signature(story)

    def _remember(self, stories: Iterable[Gathered], ends: dict[int, datetime]) -> None:
        now = timezone.now()
        ImportRecord.objects.bulk_create(
            (
                ImportRecord(
                    host=HOST,
                    kind=KIND,
                    external_id=str(story.article),
                    article_id=story.article,
                    raw_sha=self._signature(story),
                    extra={
                        "voters": self._has_voters(story),
                        "until": max(story.newest, self._extra(story).get("until", "")),
                        "hidden": story.is_hidden,
                        "posts": story.posts,
                        "hours_end": ends[story.article].isoformat(),
                    },
                    imported_at=now,
                )
                for story in stories
            ),
            update_conflicts=True,
            unique_fields=["host", "kind", "external_id"],
            update_fields=["article", "raw_sha", "extra", "imported_at"],
        )

    # Totals

    def _write_bases(self, stories: Iterable[Gathered]) -> None:
        wanted: dict[tuple[int, int, str], int] = {}
        for story in stories:
            totals = {} if self._has_voters(story) else story.counts
            for source, counts in ((SOURCE, totals), (FAKE_SOURCE, story.fakes)):
                wanted |= {(story.article, kind, source): n for kind, n in counts.items() if n}
        mine = Base.objects.filter(
            article__in=[story.article for story in stories], source__in=[SOURCE, FAKE_SOURCE]
        )
        there = {(b.article_id, b.kind_id, b.source): b for b in mine}
        gone = [base.pk for key, base in there.items() if key not in wanted]
        if gone:
            Base.objects.filter(pk__in=gone).delete()
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        differ = (
            (*key, n, now, key[2] == SOURCE)
            for key, n in wanted.items()
            if key not in there or there[key].n != n
        )
        with connection.cursor() as cursor:
            insert_many(cursor, PUT_BASES, "(%s, %s, %s, %s, %s, %s)", BASE, differ)

    # Votes

    def _write_votes(self, stories: list[Gathered]) -> None:
        with connection.cursor() as cursor:
            if stories and connection.vendor == "postgresql":
                # The roller writes tallies, too, in an order of its own.
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ROLL_LOCK])
            votes = (vote for story in stories for vote in self._votes_of(story))
            added = Counter(
                insert_many(cursor, INSERT_VOTES, "(%s, %s, %s, NULL, 0, %s)", VOTE, votes)
            )
            sums = ((article, kind, n) for (article, kind), n in sorted(added.items()))
            insert_many(cursor, ADD_TO_TALLIES, "(%s, %s, %s)", TALLY, sums)

    def _votes_of(self, story: Gathered) -> Iterator[tuple[int, int, int, Any]]:
        """Votes that are not here yet: all, or after an earlier import what is newer than it."""
        extra = self._extra(story)
        until = extra.get("until", "") if extra.get("voters") else None
        if story.article in self.sealed:
            return
        adapt = connection.ops.adapt_datetimefield_value
        for voter, kind, at in self.spool.votes(*story.votes):
            if until is None or at > until:
                moment = moment_of(at, self.choices.tz)
                yield story.article, visitors.of_old_reader(voter), kind, adapt(moment)


def moment_of(at: str, tz: tzinfo | None) -> datetime:
    """The old site's time in UTC; for one without, or that no clock ever showed, now."""
    if tz is None:
        return timezone.now()
    try:
        return datetime.fromisoformat(at).replace(tzinfo=tz).astimezone(UTC)
    except (ValueError, OverflowError):
        return timezone.now()
