"""Settings of a real worker process of these tests: the provider on loopback plays YouTube.

The queues get names of their own: other tests, and other people's, use the same broker.
"""

import os

from tests.settings import *  # noqa: F403

EMBED_FETCH = True
EMBED_REQUESTS_PER_SECOND = 1_000
HTTP_TEST_ROUTES = {"www.youtube.com": os.environ["PLAYED_AT"]}
_SUFFIX = os.environ.get("QUEUE_SUFFIX", "")
CELERY_TASK_DEFAULT_QUEUE = f"celery{_SUFFIX}"
CELERY_TASK_QUEUES = {
    f"{name}{_SUFFIX}": {"auto_delete": True} if _SUFFIX else {}
    for name in ("celery", "background")
}
