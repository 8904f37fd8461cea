"""manage.py import_wp_reactions, from a dump to what readers see; the same again; what stops it."""

import csv
import gzip
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, ImportRecord
from reactions import tallies
from reactions.models import Base, Board, Hour, ReactionKind, ReactionSet, Vote
from reactions.old_counts import writing
from tests.builders import make_article
from tests.reactions.old_counts.conftest import OTHER, POST, Run, everything, refusal_of, row, shown
from tests.reactions.old_counts.wp_dump import insert, meta, options, reacted

pytestmark = [pytest.mark.django_db, pytest.mark.services]

ROWS = [
    row(), row(emoji=10), row(emoji=10),
    row(react_id="twice", reacted_date="2024-04-01 09:00:00", emoji=8),
    row(react_id="twice", reacted_date="2024-04-02 09:30:00", emoji=5),
    row(OTHER, 12), row("preview"), row("ajax_preview_lite"), row("my-shortcode"),
]  # fmt: skip


def test_totals_come_in_by_kind_with_the_latest_of_each_reader(
    run: Run, stories: tuple[Article, Article]
) -> None:
    said = run(reacted(*ROWS))
    assert shown(stories[0]) == {"thumbs-up": 1, "heart": 2, "wow": 1}
    assert shown(stories[1]) == {"crying": 1}
    assert set(Base.objects.values_list("source", "shown")) == {("wpreactions", True)}
    assert not Vote.objects.exists()
    assert (
        "/story/a-story/: imported: 5 rows, 1 duplicates folded; Thumbs up 1, Heart 2, Wow 1"
        in said
    )
    assert "1 rows of “preview”" in said
    assert "2 stories written, 0 unchanged." in said


def test_the_same_again_writes_nothing_and_says_so(run: Run, story: Article) -> None:
    run(reacted(*ROWS), meta((POST, "_wpra_show_emojis", "false")))
    before = everything()
    with CaptureQueriesContext(connection) as queries:
        said = run(reacted(*ROWS), meta((POST, "_wpra_show_emojis", "false")))
    assert not [q for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert everything() == before
    assert "0 stories written, 2 unchanged." in said
    assert "nothing was written" in said


def test_as_is_every_row_counts(run: Run, story: Article) -> None:
    run(reacted(*ROWS), as_is=True)
    assert shown(story) == {"thumbs-up": 2, "heart": 2, "wow": 1}
    run(reacted(*ROWS))
    assert shown(story) == {"thumbs-up": 1, "heart": 2, "wow": 1}


def test_rows_that_name_nobody_are_nobody_s_duplicates(run: Run, story: Article) -> None:
    run(reacted(row(react_id=""), row(react_id=None), row(react_id="", user_id=7), row(react_id="", user_id=7)))  # fmt: skip
    assert shown(story) == {"thumbs-up": 3}


@pytest.mark.parametrize("version", ["1.3.0", "1.3.10"])
def test_every_version_with_ids(version: str, run: Run, story: Article) -> None:
    run(reacted(row(), row(emoji=4), version=version))
    assert shown(story) == {"thumbs-up": 1, "laugh": 1}


def test_slots_of_old_versions_go_by_the_settings_of_their_time(run: Run, story: Article) -> None:
    rows = reacted(row(reacted_to="reaction1"), row(reacted_to="reaction2"), version="1.2")
    settings = options(wpra_lite_options={"emojis": {"reaction1": 12, "reaction2": "10"}})
    run(settings, rows)
    assert shown(story) == {"crying": 1, "heart": 1}


def test_slots_without_settings_are_asked_for(run: Run, story: Article, tmp_path: Path) -> None:
    rows = reacted(row(reacted_to="reaction1"), version="1.2")
    assert "1 emojis" in refusal_of(run, rows)
    path = tmp_path / "map.csv"
    path.write_text(path.read_text().replace("emoji,reaction1,1,,", "emoji,reaction1,1,wow,"))
    run(rows)
    assert shown(story) == {"wow": 1}


def test_pro_has_ids_of_its_own_and_each_is_asked_for(
    run: Run, story: Article, tmp_path: Path
) -> None:
    names = "CREATE TABLE `wp_wpreactions_emojis` (`id` int, `name` text);\n" + insert(
        "wp_wpreactions_emojis", [(8, "party")]
    )
    said = refusal_of(run, names, reacted(row(), row(), version="pro"))
    assert "in its own way" in said
    path = tmp_path / "map.csv"
    assert "emoji,8,2,,party" in path.read_text()
    path.write_text(path.read_text().replace("emoji,8,2,,", "emoji,8,2,cool,"))
    run(names, reacted(row(), row(), version="pro"))
    assert Base.objects.get().kind.slug == "cool"


def test_dates_need_a_zone_and_are_counted_by_hour(run: Run, story: Article) -> None:
    rows = reacted(
        row(reacted_date="2024-04-01 12:10:00"), row(reacted_date="2024-04-01 12:59:59"),
        row(reacted_date="2024-04-01 13:00:00"), row(reacted_date="0000-00-00 00:00:00"),
    )  # fmt: skip
    assert "--tz" in refusal_of(run, rows, tz=None)
    said = run(rows, tz="America/New_York")
    assert "1 without a date" in said
    hours = list(Hour.objects.order_by("hour").values_list("hour", "n", "fresh"))
    assert hours == [(datetime(2024, 4, 1, h, tzinfo=UTC), n, 0) for h, n in ((16, 2), (17, 1))]
    run(rows, tz="UTC")
    assert [hour.hour for hour in Hour.objects.order_by("hour")] == [
        datetime(2024, 4, 1, h, tzinfo=UTC) for h in (12, 13)
    ]
    run(rows, tz=None, no_dates=True)
    assert not Hour.objects.exists()


def test_hours_of_our_own_stay_as_they_are(run: Run, story: Article, heart: int) -> None:
    own = datetime(2024, 4, 1, 12, tzinfo=UTC)
    Hour.objects.create(article=story, kind_id=heart, hour=own, n=5, fresh=1)
    rows = [row(emoji=10, reacted_date=f"2024-04-01 {h}:30:00") for h in (11, 12, 13)]
    for more in ([], [row(emoji=10, reacted_date="2024-04-01 10:30:00")]):
        run(reacted(*rows, *more))
        assert Hour.objects.filter(hour__gte=own).values_list("n", "fresh").get() == (5, 1)
        assert Hour.objects.filter(hour__lt=own).count() == 1 + len(more)
    assert shown(story) == {"heart": 4}


def test_an_unknown_zone_is_named(run: Run, story: Article) -> None:
    with pytest.raises(CommandError, match="“Mars/Base”"):
        run(reacted(row()), tz="Mars/Base")


def test_what_editors_made_up_is_dropped_or_kept_apart_and_never_shown(
    run: Run, story: Article
) -> None:
    parts = [meta((POST, "_wpra_start_counts", "a:2:{i:8;i:500;i:10;i:40;}"), (OTHER, "_wpra_fake_share_count", "9")), reacted(row())]  # fmt: skip
    said = run(*parts)
    assert "540 made up by an editor: dropped" in said
    assert "540 reactions to 1 posts, dropped" in said
    assert Base.objects.get().n == 1
    said = run(*parts, keep_fake_counts=True)
    assert "kept apart" in said
    fake = Base.objects.filter(source="wpreactions-fake")
    assert sorted(fake.values_list("n", "shown")) == [(40, False), (500, False)]
    assert shown(story) == {"thumbs-up": 1}
    run(*parts)
    assert not fake.exists()


def test_a_bar_that_was_off_is_hidden_once(run: Run, story: Article) -> None:
    parts = [reacted(row()), meta((POST, "_wpra_show_emojis", "false"), (OTHER, "_wpra_show_emojis", "true"), (5, "_wpra_show_emojis", "false"))]  # fmt: skip
    run(*parts)
    assert Board.objects.get(article=story).state == "hidden"
    Board.objects.filter(article=story).update(state="open", frozen_reason="")
    run(*parts, as_is=True)
    run(reacted(row(), row()), parts[1])
    assert Board.objects.get(article=story).state == "open"  # a moderator's choice


def test_the_old_settings_become_a_set_when_asked_for(run: Run, story: Article) -> None:
    parts = [options(wpra_lite_options={"title_text": "What Do You Think Roomies?", "emojis": [10, 8]}), reacted(row())]  # fmt: skip
    run(*parts)
    assert not Board.objects.get().set
    run(*parts, with_settings=True)
    board = tallies.read_board(story.pk)
    assert board is not None
    assert board.question == "What Do You Think Roomies?"
    assert [kind.slug for kind in board.kinds] == ["heart", "thumbs-up"]
    before = everything()
    run(*parts, with_settings=True)
    assert everything() == before


@pytest.mark.parametrize(
    ("colours", "badge", "words"),
    [
        (("#b00010", "#ffffff"), {"badge": "#b00010", "badge_text": "#ffffff"}, ""),
        (("#ff0015", "#ffffff"), None, "#ffffff on #ff0015 has a contrast of"),
        (("crimson", ""), None, "“crimson” is no colour"),
    ],
    ids=["passes", "fails", "none"],
)
def test_the_old_badges_colours_come_along_where_they_can_be_read(
    run: Run, story: Article, colours: tuple[str, str], badge: dict[str, str] | None, words: str
) -> None:
    given = {"count_color": colours[0], "count_text_color": colours[1]}
    settings = options(wpra_lite_options={"title_text": "Roomies?", "emojis": [10], **given})
    said = run(settings, reacted(row()), with_settings=True)
    made = ReactionSet.objects.get(question="Roomies?")
    assert made.style == ({"light": badge, "dark": badge} if badge else {})
    assert ("was not taken over" in said) == bool(words)
    assert words in said
    ReactionSet.objects.filter(pk=made.pk).update(style={"size": "large"})
    run(settings, reacted(row()), with_settings=True)
    made.refresh_from_db()
    assert made.style == {"size": "large"}  # an editor's choice


def test_settings_that_are_not_there_are_missed(run: Run, story: Article) -> None:
    with pytest.raises(CommandError, match="no settings"):
        run(reacted(row()), with_settings=True)


def test_csv_exports_gzipped_or_not(run: Run, story: Article, tmp_path: Path) -> None:
    text = "id;bind_id;react_id;reacted_date;emoji_id\n" + "".join(
        f'{n};"{POST}";"r{n}";"2024-04-01 12:00:00";{emoji}\n' for n, emoji in enumerate((8, 8, 10))
    )
    plain, packed = tmp_path / "r.csv", tmp_path / "r.csv.gz"
    plain.write_text(text, encoding="utf-8-sig")
    packed.write_bytes(gzip.compress(text.encode()))
    run(plain)
    assert shown(story) == {"thumbs-up": 2, "heart": 1}
    assert "unchanged" in run(packed)
    made_up = tmp_path / "meta.csv"
    with made_up.open("w", newline="") as file:
        csv.writer(file).writerows([["post_id", "meta_key", "meta_value"], [POST, "_wpra_start_counts", "a:1:{i:8;i:5;}"]])  # fmt: skip
    assert "5 made up" in run(plain, made_up)


def test_saved_pages(run: Run, story: Article, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    reactions = "".join(f'<div class="wpra-reaction" data-emoji_id="{e}" data-count="{n}"></div>' for e, n in ((8, 12), (10, "")))  # fmt: skip
    page.write_text(f'<div class="wpra-reactions-container" data-post_id="{POST}"><div class="wpra-call-to-action">Well?</div>{reactions}</div>')  # fmt: skip
    said = run(page, tz=None)
    assert shown(story) == {"thumbs-up": 12}
    assert "may hold what editors made up" in said
    run(reacted(row()))
    run(page, tz=None)
    assert shown(story) == {"thumbs-up": 1}  # the tables are exact


def test_the_report_has_a_line_a_story(run: Run, story: Article, tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    run(reacted(*ROWS), report=path)
    with path.open(newline="") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == 2
    first = lines[0]
    assert (first["posts"], first["rows"], first["duplicates"], first["imported"]) == (str(POST), "5", "1", "4")  # fmt: skip
    assert (first["heart"], first["status"], first["address"]) == (
        "2",
        "imported",
        "/story/a-story/",
    )


def test_a_run_that_was_cut_off_goes_on_where_it_stopped(
    run: Run, stories: tuple[Article, Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reactions.old_counts.run.STORIES_AT_ONCE", 1)
    written, write_hours = [], writing.write_hours

    def fail_second(*arguments: Any) -> Any:
        written.append(1)
        if len(written) == 2:
            raise RuntimeError("the machine went down")
        return write_hours(*arguments)

    monkeypatch.setattr(writing, "write_hours", fail_second)
    with pytest.raises(RuntimeError):
        run(reacted(*ROWS), with_voters=False)
    assert (shown(stories[0]), shown(stories[1])) == ({"thumbs-up": 1, "heart": 2, "wow": 1}, {})
    assert "1 stories written, 1 unchanged" in run(reacted(*ROWS))
    assert shown(stories[1]) == {"crying": 1}


def test_few_queries_for_many_rows(run: Run, kinds: dict[str, ReactionKind]) -> None:
    posts = range(1, 121)
    for post in posts:
        ImportRecord.objects.create(
            host="h", external_id=str(post), article=make_article(), raw_sha="x"
        )
    rows = reacted(*[row(post, emoji) for post in posts for emoji in (8, 8, 10, 5)])
    with CaptureQueriesContext(connection) as queries:
        run(rows)
    assert Base.objects.count() == 360
    assert len(queries) < 60
