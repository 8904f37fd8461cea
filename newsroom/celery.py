"""The Celery app: the nudge, never the record of work to do (that is a row; see tasks.sweep)."""

import gc
import os
from typing import Any

from celery import Celery
from celery.signals import worker_before_create_process

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
# `migrate`, `manage.py check` and the web server make Django's checks; here they would bring every
# view and form into the worker's memory.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

app = Celery("newsroom")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def share_memory(**about: Any) -> None:
    """What is loaded by now is never collected: the worker's processes share its pages for ever,
    where a collection would write to all of them.
    """
    gc.collect()
    gc.freeze()


worker_before_create_process.connect(share_memory)
