"""`celery -A tests.articles.embeds.working worker`: a worker that says when it is ready, by a file
in the folder READY with its name.
"""

import os
from pathlib import Path
from typing import Any

from celery.signals import worker_ready

from newsroom.celery import app

__all__ = ["app"]


@worker_ready.connect
def say(sender: Any, **about: Any) -> None:
    (Path(os.environ["READY"]) / sender.hostname).touch()
