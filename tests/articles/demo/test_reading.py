"""What a slip in a demo file says to the person who made it."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest

from articles.demo.reading import CONTENT_DIR, read_content
from articles.demo.reading_articles import read_article
from articles.demo.toml_table import ContentError, Table

STORY = """
headline = "A story"
kind = "news"
section = "music"
bylines = ["ada-quill", "bo-lens:photos"]
tags = ["topic:Harbours"]
days_ago = 2
body = '''<p>It happened.</p>'''
"""


def story(folder: Path, text: str) -> Path:
    path = folder / "a-story.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_story_takes_its_slug_from_its_file(tmp_path: Path) -> None:
    article = read_article(story(tmp_path, STORY))
    assert article.slug == "a-story"
    assert article.lead is None
    assert article.updated_ago is None
    assert [(b.contributor, b.role) for b in article.bylines] == [
        ("ada-quill", "author"),
        ("bo-lens", "photos"),
    ]
    assert [(t.kind, t.name) for t in article.tags] == [("topic", "Harbours")]


def test_times_count_back_from_the_load(tmp_path: Path) -> None:
    now = datetime(2031, 5, 4, 12, tzinfo=UTC)
    article = read_article(story(tmp_path, STORY.replace("days_ago = 2", "hours_ago = -3")))
    assert article.publish_at(now) == now + timedelta(hours=3)


@pytest.mark.parametrize(
    ("written", "instead", "message"),
    [
        ('headline = "A story"', "", "a-story.toml: “headline” is missing."),
        ('headline = "A story"', "headline = 7", "“headline” has the wrong type"),
        ("days_ago = 2", "days_ago = true", "“days_ago” has the wrong type"),
        ("days_ago = 2", "", "“days_ago” is missing"),
        ('"ada-quill"', "3", "“bylines” must be a list of texts"),
        ('"topic:Harbours"', '"Harbours"', "write a tag as kind:name"),
        ('"topic:Harbours"', '"boat:Harbours"', "write a tag as kind:name"),
        ('"topic:Harbours"', '"topic: "', "write a tag as kind:name"),
        ('kind = "news"', 'kind = "news"\ncolour = "red"', "unknown keys colour"),
        ('kind = "news"', "kind = news", "is not valid TOML"),
        ('kind = "news"', 'kind = "news"\ncorrections = ["oh"]', "write [[corrections]]"),
        ('kind = "news"', 'kind = "news"\ngallery = ["a-photo"]', "write [[gallery]]"),
        ('kind = "news"', 'kind = "news"\nrelated = [7]', "“related” must be a list of texts"),
        ("days_ago = 2", "days_ago = 2\n[[gallery]]\ncaption = 'A'", "“photo” is missing"),
        (
            "days_ago = 2",
            "days_ago = 2\n[lead]\nphoto = 'a'\nratio = '2:1'",
            "a ratio is one of 16:9, 4:3, 1:1.",
        ),
    ],
)
def test_a_slip_names_the_file_and_the_key(
    tmp_path: Path, written: str, instead: str, message: str
) -> None:
    assert written in STORY
    with pytest.raises(ContentError) as error:
        read_article(story(tmp_path, STORY.replace(written, instead, 1)))
    assert "a-story.toml" in str(error.value)
    assert message in str(error.value)


def changed(tmp_path: Path, name: str, *, before: str, after: str) -> Path:
    folder = tmp_path / "content"
    copytree(CONTENT_DIR, folder)
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "before", "after", "message"),
    [
        ("photos.toml", "size = [1800, 1012]", "size = [1800]", "write size = [width, height]"),
        ("photos.toml", "[photo.neon-teal]", "[photo.nothing]\n[photo.neon-teal]", "says nothing"),
        ("photos.toml", "[[agency]]", "[extra]\na = 1\n[[agency]]", "unknown keys extra"),
        ("people.toml", "portrait = {", "face = 1\nportrait = {", "unknown keys face"),
        ("sections.toml", 'name = "Music"', "", "“name” is missing"),
        ("series.toml", 'hero = "', 'face = "x"\nhero = "', "unknown keys face"),
        ("series.toml", 'title = "Made', 'name = "Made', "“title” is missing"),
        ("fronts.toml", "max = 1", "", "slot 1: “max” is missing"),
        ("fronts.toml", "pinned = true", "pinned = 1", "write pinned = true or false"),
        ("fronts.toml", 'headline = "What', 'title = "What', "unknown keys title"),
        ("fronts.toml", "hours = 5", "", "banner 1: “hours” is missing"),
        ("fronts.toml", "[[banner]]", "[[poster]]", "unknown keys poster"),
    ],
)
def test_a_slip_in_a_list_is_found_as_well(
    tmp_path: Path, name: str, before: str, after: str, message: str
) -> None:
    with pytest.raises(ContentError, match=re.escape(name)) as error:
        read_content(changed(tmp_path, name, before=before, after=after))
    assert name in str(error.value)
    assert message in str(error.value)


def test_photos_may_be_missing_altogether(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    copytree(CONTENT_DIR, folder)
    (folder / "photos.toml").write_text("", encoding="utf-8")
    assert read_content(folder).photos == {}


def test_a_number_may_be_whole_or_not() -> None:
    table = Table({"a": 2, "b": 2.5}, "x.toml")
    assert (table.number("a"), table.number("b")) == (2.0, 2.5)


def test_a_front_is_read_with_its_slots_and_entries() -> None:
    home = next(front for front in read_content().fronts if not front.section)
    lead, top, focus = home.slots
    assert (lead.key, lead.max, lead.backfill) == ("lead", 1, True)
    assert (focus.title, focus.backfill) == ("Weekend reading", False)
    assert focus.entries[0].pinned
    assert top.entries[0].lasts == timedelta(hours=30)
    assert top.entries[1].headline
