"""Strict readers of environment variables: a bad value stops the start, never surprises later.

Each reader takes a variable's NAME and a default. `NAME_FILE` may name a file that
holds the value instead (Docker and systemd credentials); both at once is an error.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
DATABASE_CONNECT_SECONDS = 2
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}
WEB_SCHEMES = frozenset({"http", "https"})
FALSE_WORDS = frozenset({"0", "false", "no", "off"})


def env_str(name: str, default: str = "") -> str:
    """The value of NAME, or of the file that NAME_FILE names, or the default."""
    value, file_name = os.environ.get(name), os.environ.get(f"{name}_FILE")
    if value is not None and file_name is not None:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set: choose one.")
    if file_name is not None:
        try:
            return Path(file_name).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE can't be read: {error}.") from error
    # Empty is how Compose and systemd write "not set".
    return (value or "").strip() or default


def env_bool(name: str, default: bool) -> bool:
    """1/true/yes/on or 0/false/no/off, in any case; anything else raises."""
    value = env_str(name).lower()
    if not value:
        return default
    if value in TRUE_WORDS:
        return True
    if value in FALSE_WORDS:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither true nor false.")


def env_int(name: str, default: int, *, minimum: int = 0) -> int:
    """A whole number ≥ minimum; anything else raises."""
    value = env_str(name)
    if not value:
        return default
    try:
        number = int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={value!r} is no whole number.") from error
    if number < minimum:
        raise ImproperlyConfigured(f"{name}={number} is below {minimum}.")
    return number


def env_list(name: str, default: list[str]) -> list[str]:
    """Values separated by commas; blanks are dropped."""
    value = env_str(name)
    if not value:
        return default
    return [part.strip() for part in value.split(",") if part.strip()]


def env_choice(name: str, default: str, *, choices: frozenset[str]) -> str:
    """One of a few words, in any case; anything else raises."""
    value = env_str(name, default).upper()
    if value not in choices:
        raise ImproperlyConfigured(f"{name}={value!r} is none of {', '.join(sorted(choices))}.")
    return value


def env_url(name: str, default: str, *, schemes: frozenset[str]) -> str:
    """A URL whose scheme is one of `schemes`; anything else raises."""
    value = env_str(name, default)
    scheme = urlsplit(value).scheme
    if scheme not in schemes:
        raise ImproperlyConfigured(
            f"{name} has the scheme {scheme!r}; known here: {', '.join(sorted(schemes))}."
        )
    if scheme in WEB_SCHEMES and not urlsplit(value).hostname:
        raise ImproperlyConfigured(f"{name}={value!r} names no host.")
    return value


def env_database(name: str, *, default_file: Path) -> dict[str, Any]:
    """A DATABASES entry from a URL (sqlite:///path or postgres://user:pw@host/name), or SQLite in
    `default_file`, whose path may hold what a URL may not.
    """
    if not env_str(name):
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(default_file)}
    url = env_url(name, "", schemes=frozenset({"sqlite", "postgres", "postgresql"}))
    config = dict(environ.Env.db_url_config(url))
    if not url.startswith("sqlite"):
        # A host that hangs must not hold a request: kept pages and a 503 stand in for it.
        options = {"connect_timeout": DATABASE_CONNECT_SECONDS, **config.get("OPTIONS", {})}
        config["OPTIONS"] = options
    return config


def env_email(name: str) -> dict[str, Any]:
    """Django's EMAIL_… settings from a URL: smtp://, smtp+tls:// (port 587) or smtp+ssl:// (465),
    with user:password@ where the server wants them. {} where NAME is not set.
    """
    if not env_str(name):
        return {}
    url = env_url(name, "", schemes=frozenset(MAIL_PORTS))
    config = dict(environ.Env.email_url_config(url))
    if not config["EMAIL_HOST"]:
        raise ImproperlyConfigured(f"{name} names no host.")
    config["EMAIL_PORT"] = config["EMAIL_PORT"] or MAIL_PORTS[urlsplit(url).scheme]
    return {key: value or "" for key, value in config.items()}


def env_secret(name: str, *, local_file: Path, required: bool) -> str:
    """A secret of ≥ 50 characters; for local use made once and kept in `local_file` (mode 600).

    Raises when `required` (production) and NAME is not set, or when the value is short.
    """
    value = env_str(name)
    if not value and required:
        raise ImproperlyConfigured(
            f"{name} must be set in production. "
            "Make one: python -c 'import secrets; print(secrets.token_urlsafe(64))'"
        )
    if not value:
        value = local_secret(local_file)
    if len(value) < 50:
        raise ImproperlyConfigured(f"{name} is shorter than 50 characters.")
    return value


def local_secret(path: Path) -> str:
    """The secret kept in `path`, made at the first call. Two processes may race: the first wins."""
    from secrets import token_urlsafe

    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="utf-8").strip()
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        secret = token_urlsafe(64)
        file.write(secret)
    return secret
