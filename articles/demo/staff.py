"""The demo's logins: made once, with passwords nobody knew before."""

import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import Group, User
from django.db import transaction

PASSWORD_BYTES = 12
GROUP_OF = {"writer": "Writers", "editor": "Editors", "moderator": "Moderators"}


@dataclass(frozen=True, slots=True)
class Login:
    username: str
    password: str

    def __str__(self) -> str:
        return f"{self.username}  {self.password}"


def make_staff(names: Iterable[str] = tuple(GROUP_OF)) -> tuple[Login, ...]:
    """Make the demo users that are missing; the logins of those made now, whose passwords are
    known at no other time. Users that exist keep everything they have."""
    made = []
    for name in names:
        if User.objects.filter(username=name).exists():
            continue
        login = Login(name, secrets.token_urlsafe(PASSWORD_BYTES))
        user = User.objects.create_user(name, password=login.password, is_staff=True)
        user.groups.add(Group.objects.get(name=GROUP_OF[name]))
        made.append(login)
    return tuple(made)


@transaction.atomic
def provide_logins(path: Path) -> tuple[Login, ...]:
    """Make the missing users and keep their logins in that file: both or neither, for a password
    that was not written down is lost."""
    logins = make_staff()
    write_logins(logins, path)
    return logins


def write_logins(logins: Iterable[Login], path: Path) -> None:
    """Add the logins to a file that only its owner may read."""
    lines = "".join(f"{login}\n" for login in logins)
    if not lines:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(lines)
