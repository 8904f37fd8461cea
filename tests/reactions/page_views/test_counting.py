"""Views from access logs: each line once, whatever becomes of the file."""

import gzip
import io
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, Redirect
from reactions.models import ViewLog, Views
from reactions.page_views import counting
from reactions.page_views.counting import Summary, count
from reactions.page_views.logs import MAX_LINE_BYTES
from tests.builders import make_article
from tests.reactions.page_views.log_lines import caddy, combined

pytestmark = [pytest.mark.django_db, pytest.mark.services]
FIVE = datetime(2026, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def a(kinds: object) -> Article:
    return make_article(slug="a")


def at(minute: int, target: str = "/story/a/", **said: str | int) -> str:
    hour, minute = divmod(minute, 60)
    when = f"04/Mar/2026:{5 + hour:02}:{minute:02}:07 +0000"
    return combined(target, when=when, **said)  # type: ignore[arg-type]


def run(*logs: Path | str, server: str = "") -> Summary:
    return count(map(str, logs), server=server, tell=lambda _said: None)


def known() -> dict[tuple[str, int], int]:
    rows = Views.objects.order_by("hour", "article")
    return {(row.article.slug, row.hour.hour): row.n for row in rows.select_related("article")}


def test_answers_to_readers_are_counted_by_hour(a: Article, tmp_path: Path) -> None:
    b = make_article(slug="zeit-für-tee")
    log = tmp_path / "access.log"
    counted = [at(0), at(59), at(60), at(1, status=304), at(2, "/story/a/?utm_source=x")]
    counted += [at(3, "/story/zeit-f%C3%BCr-tee/"), caddy("/story/a/")]
    others = [
        at(0, method="HEAD"), at(0, method="POST"), at(0, status=301), at(0, status=404),
        at(0, "/story/a"), at(0, "/story/a/feed/"), at(0, "/story/"), at(0, "/"), at(0, "/r/1.json"),
        at(0, "/section/a/"), at(0, agent="Googlebot/2.1"), at(0, rest=' "prefetch"'), "what\n",
        at(0, "/story/gone/"), at(0, "/story/%00/"), at(0, f"/story/{'x' * 900}/"),
    ]  # fmt: skip
    log.write_text("".join([*counted, *others]))
    found = run(log)
    assert known() == {("a", 5): 5, ("a", 6): 1, (b.slug, 5): 1}
    assert (found.lines, found.views, found.stories) == (23, 7, {a.pk, b.pk})
    assert (found.bots, found.ahead, found.bad, found.unknown) == (1, 1, 1, 3)
    assert (found.first, found.last) == (FIVE, FIVE.replace(hour=6))


def test_an_old_address_counts_for_its_story(a: Article, tmp_path: Path) -> None:
    Redirect.objects.create(old_path="/story/alt-ä/", target_article=a)
    Redirect.objects.create(old_path="/story/away/", target_path="/")
    log = tmp_path / "access.log"
    log.write_text(at(0, "/story/alt-%C3%A4/") + at(0) + at(0, "/story/away/"))
    assert (run(log).unknown, known()) == (1, {("a", 5): 2})


def test_the_same_log_again_changes_nothing(a: Article, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    log.write_text("".join(at(minute) for minute in range(3)))
    run(log)
    again = run(log, log)
    assert (again.lines, again.before, again.views, known()) == (0, 6, 0, {("a", 5): 3})


def test_a_log_that_grows_is_counted_from_there_on(a: Article, tmp_path: Path) -> None:
    """The server is in the middle of a line when the first run comes."""
    log = tmp_path / "access.log"
    whole = "".join(at(minute) for minute in range(4))
    cut = len(whole) - 30
    log.write_text(whole[:cut])
    assert (run(log).views, known()) == (3, {("a", 5): 3})
    log.write_text(whole + at(61))
    assert (run(log).views, known()) == (2, {("a", 5): 4, ("a", 6): 1})


def test_a_rotation_takes_nothing_and_adds_nothing(a: Article, tmp_path: Path) -> None:
    """An hour that it splits has all its views, and a copy is the log it was copied from."""
    log, first, packed = (tmp_path / name for name in ("access.log", "access.log.1", "x.gz"))
    log.write_text(at(0) + at(1))
    run(log)
    with log.open("a") as file:
        file.write(at(2))  # after the run, before the rotation
    log.rename(first)
    log.write_text(at(3))
    assert run(first, log).views == 2
    with first.open("rb") as plain, gzip.open(packed, "wb") as file:
        shutil.copyfileobj(plain, file)
    with log.open("a") as file:
        file.write(at(4))
    assert run(packed, first, log).views == 1
    assert known() == {("a", 5): 5}
    assert ViewLog.objects.count() == 2


def test_an_older_copy_has_nothing_new(a: Article, tmp_path: Path) -> None:
    log, copy = tmp_path / "access.log", tmp_path / "copy.log"
    log.write_text(at(0) + at(1))
    shutil.copy(log, copy)
    with log.open("a") as file:
        file.write(at(2))
    run(log)
    assert (run(copy).problems, run(log).lines) == ([], 0)
    assert known() == {("a", 5): 3}


def test_a_log_comes_by_a_pipe(a: Article, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "access.log"
    log.write_text(at(0) + at(1))
    for piped in (log.read_bytes(), gzip.compress(log.read_bytes())):
        stdin = io.TextIOWrapper(io.BufferedReader(io.BytesIO(piped)))  # type: ignore[arg-type]
        monkeypatch.setattr(sys, "stdin", stdin)
        run("-")
    run(log)
    assert known() == {("a", 5): 2}


def test_two_servers_that_begin_alike_are_told_apart(a: Article, tmp_path: Path) -> None:
    """A monitor asks both at the same second."""
    one, two = tmp_path / "one.log", tmp_path / "two.log"
    probe = at(0, "/livez")
    one.write_text(probe + at(1) + at(2))
    two.write_text(probe + at(1) + at(3) + at(4))
    found = run(one, two)
    assert "--server" in found.problems[0]
    assert (found.logs, known()) == (1, {("a", 5): 2})
    assert run(two, server="web2").views == 3
    assert run(two, server="web2").lines == 0


def test_what_cant_be_read_stops_nothing(a: Article, tmp_path: Path) -> None:
    good, broken, binary = (tmp_path / name for name in ("good.log", "broken.gz", "binary.log"))
    good.write_text(at(0))
    lines = "".join(at(minute % 60, size=minute) for minute in range(2_000))
    broken.write_bytes(gzip.compress(lines.encode())[:-400])
    long = b"x" * (2 * MAX_LINE_BYTES + 7) + b"\n"
    binary.write_bytes(b"\0\xff\xfe\n" + long + at(1).encode() + b"\n")
    found = run(tmp_path / "none.log", tmp_path, broken, binary, good)
    assert [problem.partition(": ")[0] for problem in found.problems] == [
        str(path) for path in (tmp_path / "none.log", tmp_path, broken)
    ]
    assert "cut off" in found.problems[2]
    assert (found.bad, known()) == (3, {("a", 5): 2})
    broken.write_bytes(gzip.compress(lines.encode()))  # it was still being written
    assert (run(broken).problems, known()) == ([], {("a", 5): 2_002})


def test_an_empty_log_is_none(tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    log.write_text("")
    assert (run(log).logs, ViewLog.objects.count()) == (1, 0)


def test_a_run_that_was_stopped_goes_on(
    a: Article, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Views and mark are one transaction: what the last one took is neither lost nor counted twice."""
    monkeypatch.setattr(counting, "LINES_AT_ONCE", 2)
    log = tmp_path / "access.log"
    log.write_text("".join(at(minute) for minute in range(5)))

    def stop(said: str) -> None:
        if "4 lines" in said:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        count([str(log)], tell=stop)
    assert known() == {("a", 5): 4}
    assert (run(log).views, known()) == (1, {("a", 5): 5})


def test_two_runs_at_once_count_once(
    a: Article, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second comes between the first one's reading of the mark and its writing."""
    log = tmp_path / "access.log"
    log.write_text(at(0) + at(1))
    resolve = counting._articles

    def late(asked: set[str]) -> dict[str, int]:
        monkeypatch.setattr(counting, "_articles", resolve)
        run(log)
        return resolve(asked)

    monkeypatch.setattr(counting, "_articles", late)
    assert "Another run" in run(log).problems[0]
    assert known() == {("a", 5): 2}


class Endless(io.RawIOBase):
    """A log of many lines that is nowhere as a whole."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self.lines = lines

    def readline(self, size: int | None = -1) -> bytes:
        return next(self.lines, b"")


def test_a_long_log_takes_the_memory_of_a_batch(
    a: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every address is another one, as a scanner asks: batches end before they are large."""
    largest = 0

    @contextmanager
    def opened(_name: str) -> Iterator[BinaryIO]:
        yield Endless(at(n % 600, f"/story/n{n}/").encode() for n in range(30_000))  # type: ignore[misc]

    def seen(slugs: set[str]) -> dict[str, int]:
        nonlocal largest
        largest = max(largest, len(slugs))
        return {}

    monkeypatch.setattr(counting, "opened", opened)
    monkeypatch.setattr(counting, "_articles", seen)
    monkeypatch.setattr(counting, "VIEWS_AT_ONCE", 1_000)
    found = run("access.log")
    assert (found.lines, found.unknown, largest) == (30_000, 30_000, 1_000)
    assert len(found.examples) == counting.EXAMPLES


def test_nothing_personal_is_kept(a: Article, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    log.write_text(at(0, address="203.0.113.77", agent="Mozilla/5.0 MyOwnBrowser"))
    run(log)
    kept = [*Views.objects.values_list(), *ViewLog.objects.values_list()]
    assert not [each for each in ("203.0.113", "MyOwn") if each in repr(kept)]


def test_a_deleted_story_leaves_its_sums(a: Article, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    log.write_text(at(0))
    run(log)
    a.delete()
    assert Views.objects.get().n == 1


def test_the_command_reports_in_words(
    a: Article, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "access.log"
    log.write_text(
        at(0) + at(61) + at(0, agent="-") + at(0, rest=' "prefetch"') + at(2, "/story/b/") + "x\n"
    )
    call_command("reactions_views", str(log))
    said = capsys.readouterr().out
    assert "6 new lines in 1 log, 2026-03-04 " in said
    assert "2 views of 1 story." in said
    assert "Left out: 1 by bots, 1 fetched ahead by browsers." in said
    assert "Of addresses that no story has: 1, like b." in said
    assert "1 line in no format that is known." in said
    call_command("reactions_views", str(log))
    assert "Counted before: 6 lines." in capsys.readouterr().out


def test_quiet_for_cron_it_says_problems_only(
    a: Article, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "access.log"
    log.write_text(at(0))
    with pytest.raises(CommandError, match=r"none\.log: No such file"):
        call_command("reactions_views", str(log), str(tmp_path / "none.log"), verbosity=0)
    assert capsys.readouterr().out == ""
    assert known() == {("a", 5): 1}
