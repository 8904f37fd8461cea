"""What stops an import of old reactions, and the file that asks what it can't know."""

import gzip
from pathlib import Path

import pytest
from django.core.management import CommandError

from articles.models import Article, ImportRecord
from tests.builders import make_article
from tests.reactions.old_counts.conftest import POST, Run, refusal_of, row, shown
from tests.reactions.old_counts.wp_dump import dump, reacted

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def test_unknown_posts_and_emojis_stop_it_and_are_listed(
    run: Run, story: Article, tmp_path: Path
) -> None:
    rows = reacted(row(), row(5), row(5), row(6, 77), row(7, 10))
    said = refusal_of(run, rows)
    assert "3 posts and 1 emojis" in said
    path = tmp_path / "map.csv"
    assert path.read_text().splitlines()[1:] == [
        "emoji,77,1,,",
        "post,5,2,,",
        "post,6,1,,",
        "post,7,1,,",
    ]
    answers = {
        "emoji,77,1,": "-",
        "post,5,2,": "a-story",
        "post,6,1,": str(story.pk),
        "post,7,1,": "-",
    }
    text = path.read_text()
    for asked, ours in answers.items():
        text = text.replace(f"{asked},", f"{asked}{ours},")
    path.write_text(text)
    said = run(rows)
    assert shown(story) == {"thumbs-up": 3}
    assert "1 left out as you said" in said
    assert "Left out: 1 posts" in said


def test_an_answer_that_leads_nowhere_is_asked_again(
    run: Run, story: Article, tmp_path: Path
) -> None:
    (tmp_path / "map.csv").write_text(
        "what,old,rows,ours,hint\npost,5,1,no-such-story,\nemoji,8,1,no-such-kind,\n"
    )
    assert "1 posts and 1 emojis" in refusal_of(run, reacted(row(5)))


def test_posts_that_are_no_story_here_can_all_be_left_out(run: Run, story: Article) -> None:
    said = run(reacted(row(), row(5), row(6)), skip_unknown_posts=True)
    assert "Left out: 2 posts" in said
    assert shown(story) == {"thumbs-up": 1}


def test_two_sites_with_the_same_numbers(run: Run, story: Article) -> None:
    twin = make_article()
    ImportRecord.objects.create(
        host="other.example", external_id=str(POST), article=twin, raw_sha="x"
    )
    assert "--host" in refusal_of(run, reacted(row()))
    run(reacted(row()), host="dev.other.example")
    assert shown(twin) == {"thumbs-up": 1}
    assert shown(story) == {}


def test_several_sites_in_one_dump(run: Run, story: Article) -> None:
    parts = [reacted(row()), reacted(row(emoji=10), row(emoji=10), prefix="wp_2_")]
    assert "--prefix" in refusal_of(run, *parts)
    run(*parts, prefix="wp_2_")
    assert shown(story) == {"heart": 2}


@pytest.mark.parametrize(("name", "data", "words"), [
    ("x.sql", b"\xff\xfeI\0N\0S\0", "UTF-16"), ("x.sql", b"PK\x03\x04....", "zip"), ("x.sql", b"SQL\0\1\2", "zero bytes"),
    ("x.sql", b"\x89PNG garbage", "no SQL statement, at byte 0"), ("x.sql", b"", "None of these files"),
    ("x.sql.gz", gzip.compress(b"-- x\n" * 10_000, mtime=0)[:-20], "damaged or was cut off"),
    ("x.csv", b"a,b\n1,2\n", "names the columns"), ("x.csv", b"bind_id,react_id\n1,2\n3\n", "Line 3"),
    ("x.csv", b'bind_id,react_id\n1,"2', "can't be read"), ("x.csv", b"bind_id,react_id\n1," + b"x" * 200_000, "Line 2"),
    ("x.html", b"<p>hello</p>", "no reaction bar"), ("x.sql", b"SELECT 1;", "None of these files"),
], ids=lambda value: value if isinstance(value, str) else "")  # fmt: skip
def test_what_can_not_be_read_is_refused_in_words(
    name: str, data: bytes, words: str, run: Run, story: Article, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert words in refusal_of(run, path)


def test_a_dump_that_breaks_off_writes_nothing(run: Run, story: Article, tmp_path: Path) -> None:
    path = dump(tmp_path / "cut.sql", reacted(*[row() for _ in range(50)]))
    path.write_bytes(path.read_bytes()[:-300])
    assert "at byte" in refusal_of(run, path)


def test_a_missing_file_is_named(run: Run, story: Article, tmp_path: Path) -> None:
    assert "nowhere.sql" in refusal_of(run, tmp_path / "nowhere.sql")


def test_a_report_that_can_not_be_written_is_named(
    run: Run, story: Article, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match="no-such-folder"):
        run(reacted(row()), report=tmp_path / "no-such-folder" / "report.csv")
