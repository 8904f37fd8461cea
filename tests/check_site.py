"""`make check`, the part that needs Django: system checks as deployed, and no pending migration."""

import os
import secrets
import subprocess
import sys
import tempfile

PRODUCTION = {
    "LOCAL": "0",
    "DEBUG": "0",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "SITE_URL": "https://news.example.org",
    "ALLOWED_HOSTS": "news.example.org",
    "CELERY_BROKER_URL": "amqp://broker.example.org//",
}
COMMANDS = [
    ["check", "--deploy", "--fail-level", "WARNING"],
    ["makemigrations", "--check", "--dry-run"],
]


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="newsroom-check-") as var_dir:
        environment = {**os.environ, **PRODUCTION, "VAR_DIR": var_dir}
        return max(
            subprocess.call([sys.executable, "manage.py", *command], env=environment)
            for command in COMMANDS
        )


if __name__ == "__main__":
    sys.exit(main())
