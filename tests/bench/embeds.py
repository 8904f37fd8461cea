"""How fast workers resolve embeds, how soon a story's cards are there, what 10,000 cards drawn anew
cost, how quick the editor's preview is, how fast embeds are found.

`embeds.py [PART …]`, of resolve, story, redraw, preview, reading; all of them by default. The
workers are Celery's, started as the Procfile does, on the folder broker and on Redis where
BENCH_REDIS (redis://127.0.0.1:6379/8) answers. A provider in this process answers after 50 ms.
"""

import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import Event

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

import celery
import django

from tests.bench.tools import environment_of, heading
from tests.provider_server import ProviderServer, Reply

LATENCY_SECONDS = 0.05
PACE = 10_000  # requests a second: the default of 5 would be all that is measured
ANSWER = b"""{"type": "video", "title": "The night of the long queue", "author_name": "Nola",
    "author_url": "https://www.youtube.com/@nola", "width": 480, "height": 270,
    "thumbnail_url": "https://i.ytimg.com/vi/x/hqdefault.jpg", "html": "<iframe></iframe>"}"""


def answer(stop: Event) -> Iterator[bytes]:
    stop.wait(LATENCY_SECONDS)
    yield Reply(200, {"Content-Type": "application/json"}, ANSWER).head("") + ANSWER


def measure(names: list[str], provider: ProviderServer, folder: str) -> None:
    os.environ |= environment_of(
        folder,
        DJANGO_SETTINGS_MODULE="tests.bench.embed_settings",
        EMBED_REQUESTS_PER_SECOND=str(PACE),
        CELERY_BROKER_URL="filesystem://localhost",
        LOG_LEVEL="ERROR",
        PLAYED_AT=provider.address,
        READY=folder,
    )
    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command

    from tests.bench.embed_parts import PARTS

    call_command("migrate", verbosity=0)
    User.objects.create_superuser("desk")
    for name in names or PARTS:
        PARTS[name](provider)


def main(names: list[str]) -> None:
    versions = (f"Django {django.__version__}", f"Celery {celery.__version__}")
    print(heading(*versions, f"SQLite {sqlite3.sqlite_version}"), flush=True)
    with tempfile.TemporaryDirectory() as folder, ProviderServer() as provider:
        provider.answer(Reply(raw=answer))
        measure(names, provider, folder)


if __name__ == "__main__":
    main(sys.argv[1:])
