"""Access logs as lines: files, gzipped ones, and what is piped in. A log of any size takes the
memory of one line.
"""

import gzip
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

GZIP = b"\x1f\x8b"
MAX_LINE_BYTES = 65_536
STDIN = "-"


class LogUnreadableError(Exception):
    """A log that can't be opened, or is damaged; says so in words."""


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """The log unpacked, "-" for what is piped in. Raises LogUnreadableError, also for what goes
    wrong while it is read.
    """
    try:
        if name == STDIN:
            yield _unpacked(sys.stdin.buffer)
        else:
            with Path(name).open("rb") as file:
                yield _unpacked(file)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise LogUnreadableError(
            f"The gzip file is damaged, cut off or still being written ({error})"
        ) from error
    except OSError as error:
        raise LogUnreadableError(error.strerror or str(error)) from error


def _unpacked(raw: BinaryIO) -> BinaryIO:
    """Told by its bytes: logs are rotated under many names."""
    peek = getattr(raw, "peek", None)
    is_packed = peek is not None and peek(len(GZIP))[: len(GZIP)] == GZIP
    return cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if is_packed else raw


def lines(stream: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Each line and the byte at which it ends. A last line without its end is still being written
    and left for the next time; of one longer than MAX_LINE_BYTES only its end comes.
    """
    end = 0
    is_cut = False
    for line in iter(partial(stream.readline, MAX_LINE_BYTES), b""):
        end += len(line)
        if line.endswith(b"\n"):
            yield (b"\n" if is_cut else line), end
        is_cut = not line.endswith(b"\n")
