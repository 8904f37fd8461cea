"""Files on the disk of this machine, whole or not at all: a full disk leaves no half of one."""

import os
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import FileSystemStorage
from django.utils.crypto import get_random_string


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
