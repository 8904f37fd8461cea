"""The shared test cases: read from beside the checkout, never copied into it.

On a user's machine the folder is absent and those tests are skipped with a reason; in CI
(CI=true) they must be there.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
MISSING = "the shared test cases are not beside this checkout"


def shared_path(name: str) -> Path:
    """The path of a file or folder in the shared folder; skips (fails in CI) without it."""
    path = SHARED / name
    if not path.exists():
        if os.environ.get("CI") == "true":
            raise FileNotFoundError(f"{MISSING}: {name}")
        pytest.skip(MISSING, allow_module_level=True)
    return path


def case_path(name: str) -> Path:
    return shared_path(f"cases/{name}")


def load_jsonl(name: str) -> list[dict[str, Any]]:
    """The rows of cases/<name>, one JSON object a line."""
    lines = case_path(name).read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]
