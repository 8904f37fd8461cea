"""Settings of the embeds' benchmark: the provider on loopback plays YouTube.

The queues get names of their own on a broker that others use too.
"""

import os

from newsroom.settings import *  # noqa: F403

HTTP_TEST_ROUTES = {"www.youtube.com": os.environ["PLAYED_AT"]}
_SUFFIX = os.environ.get("QUEUE_SUFFIX", "")
CELERY_TASK_DEFAULT_QUEUE = f"celery{_SUFFIX}"
CELERY_TASK_QUEUES = {
    f"{name}{_SUFFIX}": {"auto_delete": True} if _SUFFIX else {}
    for name in ("celery", "background")
}
