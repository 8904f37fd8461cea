"""Settings of Celery, a part of newsroom.settings: the broker is a nudge, rows are the record of
work (docs/architecture.md, "Nothing lost").
"""

from newsroom import env
from newsroom.paths import VAR_DIR

CELERY_BROKER_URL = env.env_url(
    "CELERY_BROKER_URL",
    "filesystem://localhost",
    schemes=frozenset({"filesystem", "memory", "redis", "rediss", "amqp", "amqps"}),
)
BROKER_DIR = VAR_DIR / "broker"
if CELERY_BROKER_URL.startswith("filesystem"):
    for folder in ("queue", "control"):
        (BROKER_DIR / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT = "newsroom.file_broker:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "control_folder": str(BROKER_DIR / "control"),
        # How often the folder is looked into. A worker takes one message at a time, so Celery's own
        # second would also be the time between two messages. Costs 3 ms of CPU a second.
        "polling_interval": 0.1,
    }
elif CELERY_BROKER_URL.startswith(("redis", "rediss")):
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "socket_connect_timeout": 1,
        "socket_timeout": 1,
        "visibility_timeout": 300,
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {}
# A save must not wait for a broker that hangs: one try of at most a second, then the sweep does it.
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False
# What somebody waits for, and what nobody does (articles/tasks.py). A worker without -Q takes from
# both in turn.
CELERY_TASK_DEFAULT_QUEUE = "celery"
CELERY_TASK_QUEUES = dict[str, dict[str, str]](celery={}, background={})
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False  # True would run a task that kills its worker for ever
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 60
CELERY_TASK_TIME_LIMIT = 90
# Whatever a task leaves behind goes with its process, which is replaced after that task.
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 200_000  # KB
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
# How often rows whose message was lost are looked for: the longest a lost message can cost.
SWEEP_SECONDS = env.env_int("SWEEP_SECONDS", 15, minimum=1)
SWEEP = {"schedule": float(SWEEP_SECONDS), "options": {"expires": SWEEP_SECONDS}}
HOURLY = {"schedule": 3_600.0, "options": {"expires": 3_600, "queue": "background"}}
CELERY_BEAT_SCHEDULE = {
    "sweep-embeds": {"task": "articles.sweep_embeds", **SWEEP},
    "recheck-embeds": {"task": "articles.recheck_embeds", **HOURLY},
    "tell-of-gone-embeds": {
        "task": "articles.tell_of_gone_embeds",
        "schedule": 300.0,
        "options": {"expires": 300, "queue": "background"},
    },
    "sweep-photos": {"task": "articles.sweep_photos", **SWEEP},
    "index-stale": {
        "task": "articles.index_stale",
        "schedule": float(SWEEP_SECONDS),
        "options": {"expires": SWEEP_SECONDS, "queue": "background"},
    },
    "roll-reactions": {"task": "reactions.roll", "schedule": 5.0, "options": {"expires": 5}},
    "watch-reactions": {"task": "reactions.watch", "schedule": 15.0, "options": {"expires": 15}},
    "release-reactions": {
        "task": "reactions.release",
        "schedule": 600.0,
        "options": {"expires": 600, "queue": "background"},
    },
    "keep-reactions-ledger": {"task": "reactions.keep_ledger", **HOURLY},
    "seal-reactions": {"task": "reactions.seal", **HOURLY},
    "tidy-reaction-pictures": {"task": "reactions.tidy_pictures", **HOURLY},
}
