"""Opens photo files as an upload does, each in a process of its own, and says what it took.

`python -m tests.photo_child FILE …` prints a JSON object a line: file, verdict ("accepted" or the
reason), code, seconds of CPU, megabytes at the peak above the process when it is idle.
"""

import json
import os
import signal
import sys
from pathlib import Path

from articles.photos.metadata import PhotoRefused, inspect_photo
from articles.photos.renditions import RightsInfo, quick_rendition

HANGS_SECONDS = 60


def verdict_on(path: str) -> dict[str, str]:
    try:
        with Path(path).open("rb") as file:
            inspect_photo(file, name=path)
            quick_rendition(file, credit=RightsInfo())
    except PhotoRefused as refusal:
        return {"code": refusal.code, "verdict": str(refusal)}
    return {"code": "", "verdict": "accepted"}


def measure(path: str) -> dict[str, object]:
    """`path` may be "", which opens nothing."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        signal.alarm(HANGS_SECONDS)
        os.write(writer, json.dumps(verdict_on(path) if path else {}).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as said:
        found = said.read()
    _, status, used = os.wait4(child, 0)
    if status:
        return {"code": "died", "verdict": f"ended with status {status}", "megabytes": 0.0}
    seconds = round(used.ru_utime + used.ru_stime, 3)
    return {**json.loads(found), "seconds": seconds, "megabytes": used.ru_maxrss / 1024}


def main(paths: list[str]) -> None:
    idle = measure("")["megabytes"]
    for path in paths:
        found = measure(path)
        above = round(float(str(found["megabytes"])) - float(str(idle)), 1)
        print(json.dumps({"file": Path(path).name, **found, "megabytes": above}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
