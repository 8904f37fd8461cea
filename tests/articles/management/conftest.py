import json
import sys
from io import BytesIO, StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command

Rows = list[dict[str, Any]]


@pytest.fixture
def explain(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs the command on lines (or files) and gives its answers in order."""

    def run(subject: str, *lines: Any, files: tuple[Path, ...] = (), **options: Any) -> Rows:
        data = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
        stdin = SimpleNamespace(buffer=BytesIO(b"\n".join(data)))
        monkeypatch.setattr(sys, "stdin", stdin)
        out = StringIO()
        call_command("explain", subject, *map(str, files), stdout=out, **options)
        return [json.loads(line) for line in out.getvalue().split("\n") if line]

    return run
