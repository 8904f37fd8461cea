"""All rows of an import on disk, in a temporary SQLite file: sorted there, memory stays flat."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType

CACHE_KIB = 32_000
SCHEMA = """
    CREATE TABLE reaction (post INTEGER, voter TEXT, at TEXT, n INTEGER PRIMARY KEY, emoji TEXT);
    CREATE TABLE target (article INTEGER, post INTEGER, PRIMARY KEY (article, post)) WITHOUT ROWID;
    CREATE TABLE vote (n INTEGER PRIMARY KEY, voter TEXT, kind INTEGER, at TEXT);
"""
# In the order of the article, then post and voter, each voter's latest last.
BY_ARTICLE = """
    SELECT target.article, target.post, reaction.voter, reaction.at, reaction.emoji
      FROM target LEFT JOIN reaction ON reaction.post = target.post
     ORDER BY target.article, target.post, reaction.voter, reaction.at, reaction.n
"""
Reaction = tuple[int, int, str | None, str | None, str | None]


class Spool:
    """A context manager; its file is gone at the end, also after a crash."""

    def __enter__(self) -> "Spool":
        self.db = sqlite3.connect("", isolation_level=None)
        self.db.executescript(
            f"PRAGMA journal_mode=OFF; PRAGMA cache_size=-{CACHE_KIB}; {SCHEMA} BEGIN"
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.db.close()

    def add(self, rows: Iterable[tuple[int, str, str, str]]) -> None:
        """Rows of (post, voter, date, emoji)."""
        self.db.executemany(
            "INSERT INTO reaction (post, voter, at, emoji) VALUES (?, ?, ?, ?)", rows
        )

    def close(self) -> None:
        """No more rows: they are put in order."""
        self.db.execute("CREATE INDEX sorted ON reaction (post, voter, at)")

    def posts(self) -> dict[int, int]:
        """How many rows each post has."""
        return dict(self.db.execute("SELECT post, COUNT(*) FROM reaction GROUP BY post"))

    def emojis(self) -> dict[str, int]:
        return dict(self.db.execute("SELECT emoji, COUNT(*) FROM reaction GROUP BY emoji"))

    def has_dates(self) -> bool:
        return bool(
            self.db.execute("SELECT EXISTS (SELECT 1 FROM reaction WHERE at <> '')").fetchone()[0]
        )

    def aim(self, article_of: Mapping[int, int]) -> None:
        """Which article each post became. Rows of posts without one are left out from here on."""
        pairs = ((article, post) for post, article in article_of.items())
        self.db.executemany("INSERT INTO target VALUES (?, ?)", pairs)

    def reactions(self) -> Iterator[Reaction]:
        return iter(self.db.execute(BY_ARTICLE))

    def add_vote(self, voter: str, kind: int, at: str) -> int:
        """Keep one folded vote for later; its number."""
        sql = "INSERT INTO vote (voter, kind, at) VALUES (?, ?, ?)"
        return self.db.execute(sql, (voter, kind, at)).lastrowid or 0

    def votes(self, first: int, last: int) -> Iterator[tuple[str, int, str]]:
        """(voter, kind, date) of the votes with these numbers."""
        sql = "SELECT voter, kind, at FROM vote WHERE n BETWEEN ? AND ? ORDER BY n"
        return iter(self.db.execute(sql, (first, last)))
