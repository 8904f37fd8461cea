"""Files on the disk of this machine, whole or not at all: a full disk leaves no half of one."""

import os
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import FileSystemStorage
from django.utils.crypto import get_random_string
from django.utils.encoding import filepath_to_uri


class WholeFileStorage(FileSystemStorage):
    """Writes beside the place, makes sure of the disk, then moves the file into its place."""

    def _save(self, name: str, content: IO[Any]) -> str:
        place = Path(self.path(name))
        half = Path(self.path(f"{name}.{get_random_string(8).lower()}.part"))
        try:
            super()._save(str(half.relative_to(self.location)), content)  # type: ignore[misc]
            with half.open("rb") as written:
                os.fsync(written.fileno())
            half.replace(place)
        except BaseException:
            half.unlink(missing_ok=True)
            raise
        return name

    def url(self, name: str | None) -> str:
        """As Django says it of our names, without its parsing: a front page names 400 files."""
        if self.base_url is None:
            raise ValueError("These files have no public address.")
        return f"{self.base_url}{_quoted(name or '')}"


@lru_cache(8_192)  # the same files stand in one list after the other
def _quoted(name: str) -> str:
    return filepath_to_uri(name).lstrip("/")
