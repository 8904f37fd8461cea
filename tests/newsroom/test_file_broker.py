"""Messages whole or not at all, bindings one at a time: what kombu's own broker of files is not."""

import fcntl
import json
import os
from collections.abc import Iterator
from pathlib import Path
from queue import Empty
from threading import Thread

import pytest
from kombu import Connection
from kombu.exceptions import ChannelError

from newsroom.file_broker import LOCK, Channel, Transport


@pytest.fixture
def channel(tmp_path: Path) -> Iterator[Channel]:
    (tmp_path / "queue").mkdir()
    folders = {
        "data_folder_in": str(tmp_path / "queue"),
        "data_folder_out": str(tmp_path / "queue"),
        "control_folder": str(tmp_path / "control"),
    }
    with Connection("filesystem://", transport=Transport, transport_options=folders) as connection:
        yield connection.channel()


def left(channel: Channel) -> list[Path]:
    return list(Path(channel.data_folder_in).iterdir())


def test_messages_come_once_in_their_order(channel: Channel) -> None:
    for number in range(3):
        channel._put("celery", {"number": number, "text": "Ærø"})
    channel._put("background", {"number": 9})
    assert [channel._get("celery")["number"] for _ in range(3)] == [0, 1, 2]
    with pytest.raises(Empty):
        channel._get("celery")
    assert channel._get("background") == {"number": 9}
    assert not left(channel)


def test_nobody_finds_a_message_before_it_is_whole(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def rename(part: Path, path: Path) -> None:
        seen.append((channel._size("celery"), json.loads(part.read_text())))
        part.rename(path)

    monkeypatch.setattr(Path, "replace", rename)
    channel._put("celery", {"number": 1})
    assert seen == [(0, {"number": 1})]
    assert channel._size("celery") == 1


def test_a_message_that_can_not_be_written_leaves_nothing(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(part: Path, path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ChannelError, match="No space left"):
        channel._put("celery", {"number": 1})
    assert not left(channel)


def test_a_broken_message_ends_no_worker(
    channel: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    Path(channel.data_folder_in, "0_half.celery.msg").write_text('{"number": ')
    channel._put("celery", {"number": 2})
    assert channel._get("celery") == {"number": 2}
    assert "0_half.celery.msg" in caplog.text
    assert not left(channel)


def test_what_another_took_is_left_to_it(channel: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    channel._put("celery", {"number": 1})
    paths = left(channel)
    assert channel._get("celery") == {"number": 1}
    monkeypatch.setattr(Path, "iterdir", lambda folder: iter(paths))
    with pytest.raises(Empty):
        channel._get("celery")


def test_bindings_are_read_when_who_writes_them_is_done(channel: Channel) -> None:
    channel._queue_bind("news", "key", "", "celery")
    found: list[object] = []
    lock = os.open(channel.control_folder / LOCK, os.O_RDWR)
    fcntl.flock(lock, fcntl.LOCK_EX)
    file = channel._exchange_file("news")
    bindings = file.read_text()
    file.write_text("")  # as another process has it for a moment
    readers = [
        Thread(target=lambda: found.append(channel.get_table("news"))),
        Thread(target=channel._queue_bind, args=("news", "other", "", "background")),
    ]
    for reader in readers:
        reader.start()
        reader.join(0.2)
    assert all(reader.is_alive() for reader in readers)
    file.write_text(bindings)
    os.close(lock)
    for reader in readers:
        reader.join(60)
    assert found
    assert {each[2] for each in channel.get_table("news")} == {"celery", "background"}
    channel._delete("celery", "news", "key", "")
    assert {each[2] for each in channel.get_table("news")} == {"background"}
