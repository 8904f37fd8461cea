"""Settings of the test run: the product's own, with a test broker, a fast hasher and no network."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("LOCAL", "1")
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="newsroom-tests-"))

from newsroom.settings import *  # noqa: F403
from newsroom.settings import CACHES, DATABASES, STORAGES, TEMPLATES, VAR_DIR

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The templates' coverage plugin needs the nodes' positions.
TEMPLATES[0]["OPTIONS"]["debug"] = True  # type: ignore[index]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
STATIC_ROOT = Path(VAR_DIR) / "static"
Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)
EMBED_FETCH = False
# Off, so that no test sees what another made; those of the fragments turn them on.
FRAGMENT_BYTES = 0
WHITENOISE_USE_FINDERS = True
# A cache for each of pytest-xdist's workers: every test empties its own.
if CACHES["default"]["BACKEND"].endswith("RedisCache"):
    _server, _, _number = str(CACHES["default"]["LOCATION"]).rpartition("/")
    _worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    CACHES["default"]["LOCATION"] = f"{_server}/{int(_number) + int(_worker)}"
    # A fifth of a second, after which a page goes on without it, passes on a busy machine.
    CACHES["default"]["OPTIONS"] = {"socket_connect_timeout": 10, "socket_timeout": 10}
# A file, as in the embedded default: in memory SQLite has neither WAL nor a second connection.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
