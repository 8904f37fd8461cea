"""What the plugin's tables mean, and small readers: settings, made-up counts, dates, the mapping file."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from reactions.old_counts.folding import hour_of, quarter_of
from reactions.old_counts.mapping import Answers, MappingRefused, read_answers, write_questions
from reactions.old_counts.php import NotSerialized, numbers_of
from reactions.old_counts.plugin import (
    SettingsUnreadable,
    Site,
    date_of,
    emoji_of,
    post_of,
    voter_of,
)


@pytest.mark.parametrize(("text", "numbers"), [
    ("a:2:{i:8;i:120;i:10;i:7;}", {"8": 120, "10": 7}),
    ('a:2:{s:9:"reaction1";i:3;s:9:"reaction7";s:2:"12";}', {"reaction1": 3, "reaction7": 12}),
    ('a:3:{i:1;d:4.9;i:2;N;i:3;s:0:"";}', {"1": 4, "2": 0, "3": 0}),
    ('a:2:{s:5:"né";x";i:1;i:2;b:1;}'.replace('né";x', 'né";'), {'né";': 1, "2": 1}),
    ('s:13:"a:1:{i:8;i:5;}";'.replace("13", "14"), {"8": 5}),
    ("a:0:{}", {}),
])  # fmt: skip
def test_serialized_numbers(text: str, numbers: dict[str, int]) -> None:
    assert numbers_of(text) == numbers


@pytest.mark.parametrize("text", ["", "8", "a:1:{i:8;", "a:1:{i:8;i:5;", 'a:1:{s:99:"x";i:1;}', "O:8:\"stdClass\":0:{}", "a:1:{i:1;a:0:{}}"])  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NotSerialized):
        numbers_of(text)


@pytest.mark.parametrize(("emoji_id", "reacted_to", "emoji"), [
    ("8", None, "8"), ("008", None, "8"), (None, "reaction4", "reaction4"), ("0", "reaction4", "reaction4"),
    ("4", "reaction2", "4"), (None, "emoji-4", "4"), ("", "", "(none)"), (None, None, "(none)"), (None, "joy", "joy"),
])  # fmt: skip
def test_which_emoji(emoji_id: str | None, reacted_to: str | None, emoji: str) -> None:
    assert emoji_of(emoji_id, reacted_to) == emoji


@pytest.mark.parametrize(("bind_id", "post"), [
    ("97592", 97592), (" 97592 ", 97592), ("preview", None), ("ajax_preview_lite", None), ("0", None),
    ("", None), (None, None), ("12a", None), ("1" * 19, None), ("-5", None), ("٤", None),
])  # fmt: skip
def test_which_post(bind_id: str | None, post: int | None) -> None:
    assert post_of(bind_id) == post


def test_who() -> None:
    assert voter_of("5f1a2b3c4d5e6", "3") == "5f1a2b3c4d5e6"
    assert voter_of("", "3") == "user:3"
    assert voter_of(None, "0") == ""


@pytest.mark.parametrize(("text", "date"), [
    ("2021-03-04 05:06:07", "2021-03-04 05:06:07"), ("2021-03-04T05:06:07.123", "2021-03-04 05:06:07"),
    ("0000-00-00 00:00:00", ""), (None, ""), ("yesterday", ""),
])  # fmt: skip
def test_dates(text: str | None, date: str) -> None:
    assert date_of(text) == date


@pytest.mark.parametrize(("minute", "hour"), [
    ("2021-07-01 12:59", datetime(2021, 7, 1, 16, tzinfo=UTC)),
    ("2021-11-07 01:30", datetime(2021, 11, 7, 5, tzinfo=UTC)),  # an hour that came twice
    ("2021-02-30 12:00", None),
    ("", None),
])  # fmt: skip
def test_hours_by_the_old_clock(minute: str, hour: datetime | None) -> None:
    assert hour_of(quarter_of(minute), ZoneInfo("America/New_York")) == hour


def test_an_hour_of_india_lies_in_two_of_ours() -> None:
    tz = ZoneInfo("Asia/Kolkata")
    assert [hour_of(quarter_of(f"2021-07-01 12:{m}"), tz) for m in ("29", "30")] == [
        datetime(2021, 7, 1, 6, tzinfo=UTC),
        datetime(2021, 7, 1, 7, tzinfo=UTC),
    ]


@pytest.mark.parametrize("emojis", [
    '{"reaction1": "4", "reaction2": 8}', '{"1": 4, "2": "emoji-8"}', "[4, 8]", '["4", "8", -1, ""]',
])  # fmt: skip
def test_slots_of_the_settings(emojis: str) -> None:
    site = Site()
    site.learn_option("wpra_lite_options", f'{{"title_text": "How?", "emojis": {emojis}}}')
    settings = site.settings()
    assert settings is not None
    assert (settings.question, settings.slots) == ("How?", {1: "4", 2: "8"})
    assert not site.is_pro


def test_settings_of_pro_are_those_of_its_layout() -> None:
    site = Site()
    site.learn_option("wpra_options_bimber", '{"title_text": "Other"}')
    site.learn_option("wpra_options_regular", '{"title_text": "This"}')
    site.learn_option("wpra_layout", "regular")
    settings = site.settings()
    assert settings is not None
    assert settings.question == "This"
    assert site.is_pro


@pytest.mark.parametrize("value", ["{", "[]", "5", '{"emojis": 5}', "[" * 100_000])
def test_broken_settings_are_named(value: str) -> None:
    site = Site()
    site.learn_option("wpra_lite_options", value)
    with pytest.raises(SettingsUnreadable, match="wpra_lite_options"):
        site.settings()


def test_broken_made_up_counts_are_named() -> None:
    with pytest.raises(SettingsUnreadable, match="post 7"):
        Site().learn_meta("7", "_wpra_start_counts", "a:1:{i:8;")


def test_made_up_counts_of_nothing_are_none() -> None:
    site = Site()
    site.learn_meta("7", "_wpra_start_counts", "a:2:{i:8;i:0;i:9;i:-4;}")
    site.learn_meta("8", "_wpra_start_counts", '{"8": "5"}')
    assert site.fakes == {8: {"8": 5}}


def test_the_mapping_file_keeps_answers_and_asks_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "map.csv"
    write_questions(path, Answers(), posts={5: 2, 6: 9}, emojis={"77": 3}, hints={"77": "Party"})
    lines = path.read_text().splitlines()
    assert lines == ["what,old,rows,ours,hint", "emoji,77,3,,Party", "post,6,9,,", "post,5,2,,"]
    path.write_text("\ufeff" + "\n".join(lines).replace("post,6,9,,", "post,6,9,a-story,"))
    answers = read_answers(path)
    assert (answers.of_post(6), answers.of_post(5), answers.of_emoji("77")) == ("a-story", "", "")
    write_questions(path, answers, posts={5: 2, 6: 9}, emojis={}, hints={})
    assert path.read_text().splitlines()[1:] == ["post,6,9,a-story,", "post,5,2,,"]
    write_questions(path, answers, posts={5: 2}, emojis={}, hints={})
    assert "post,6,,a-story," in path.read_text()


def test_a_mapping_file_saved_by_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "map.csv"
    path.write_text("what;old;rows;ours;hint\r\nemoji;77;3;heart;\r\n", encoding="utf-8-sig")
    assert read_answers(path).of_emoji("77") == "heart"


@pytest.mark.parametrize(
    "text", ["a,b\n1,2\n", "what,old,rows,ours\nstory,5,1,x\n", "what,old\npost,\n"]
)
def test_another_file_is_no_mapping_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "map.csv"
    path.write_text(text)
    with pytest.raises(MappingRefused, match=r"map\.csv"):
        read_answers(path)
