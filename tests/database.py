"""The run's database: migrated once for all workers, and as migrated again after every test that
commits.
"""

import fcntl
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

KEPT = "kept_"


def migrated_once(folder: Path) -> bool:
    """Give this worker a copy of the database that the first worker to come here migrates, instead of
    migrations of its own. `folder` is one for all workers of a run. True: the copy is at its place;
    False: Django copies it (PostgreSQL's TEMPLATE). On PostgreSQL it stays until the next run.
    """
    test = connection.settings_dict["TEST"]
    own = test["NAME"]
    sqlite = connection.vendor == "sqlite"
    template = str(folder / "migrated.sqlite3") if sqlite else f"{own.rpartition('_')[0]}_migrated"
    made = folder / "migrated"
    with (folder / "migrating").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            _migrate(test, template)
            made.touch()
    if sqlite:
        shutil.copyfile(template, own)
    else:
        test["TEMPLATE"] = template
    return sqlite


def _migrate(test: dict[str, Any], template: str) -> None:
    before, own = connection.settings_dict["NAME"], test["NAME"]
    test["NAME"] = template
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    if connection.vendor == "sqlite":  # one file, to be copied
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    test["NAME"] = own
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = before


def commits(item: pytest.Item) -> bool:
    """Whether Django empties the database after the test: what the migrations put there goes too."""
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or bool(
        {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    )


def keep() -> None:
    """Note the rows that the migrations made, in tables that Django does not know and so leaves."""
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')
            if cursor.fetchone():
                cursor.execute(f'CREATE TABLE "{KEPT}{table}" AS SELECT * FROM "{table}"')


def restore() -> None:
    """Put them back, exactly: the next test may be one that counts on them, since a worker that is
    done takes over whatever another still has.
    """
    names = connection.introspection.table_names()
    # The index is no model of Django's: it would go on knowing the stories that are gone.
    index = "articles_search_entry" if connection.vendor == "sqlite" else "articles_search"
    tables = [name.removeprefix(KEPT) for name in names if name.startswith(KEPT)]
    with transaction.atomic(), connection.cursor() as cursor:
        for table in [index, *tables]:
            cursor.execute(f'DELETE FROM "{table}"')
        for table in tables:
            cursor.execute(f'INSERT INTO "{table}" SELECT * FROM "{KEPT}{table}"')
