"""Querysets whose SQL is written once in a process and asked again and again.

Django writes a queryset's SQL anew each time it is asked, which takes several times as long as the
database takes to answer: a page that is made with nothing kept spent a third of its time on it. Here
it is written at the first call, with a `Given` in place of each value that differs from call to call.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, Generic

from django.db import connection
from django.db.models import Expression, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from articles.models.shape import Instance, Shape

Row = Sequence[Any]


class Given(Expression):
    """A value that comes with each call, by its name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        return "%s", (self,)


class _Written:
    """A queryset's SQL, and how the database's values become Python's."""

    def __init__(self, queryset: QuerySet[Any, Any]) -> None:
        # The connection of whichever thread asks, not of the one that came first.
        self._compiler = queryset.query.get_compiler(connection=connection)
        self.sql, self.params = self._compiler.as_sql()
        columns = [column for column, *_ in self._compiler.select]
        self._converters = self._compiler.get_converters(columns)

    def converted(self, rows: Iterable[Row]) -> list[Row]:
        return list(self._compiler.apply_converters(rows, self._converters))


def named_sql(queryset: QuerySet[Any, Any]) -> str:
    """Its SQL, to be a part of a statement with named parameters: a `Given` becomes `%(name)s`, and
    what the queryset says itself, which must be text, stands in it.
    """
    written = _Written(queryset)
    values = iter(written.params)

    def named(_: re.Match[str]) -> str:
        value = next(values)
        if isinstance(value, Given):
            return f"%({value.name})s"
        if not isinstance(value, str) or "%" in value:
            raise TypeError(f"Only text can stand in the statement, not {value!r}.")
        return "'{}'".format(value.replace("'", "''"))

    return re.sub(r"(?<!%)%s", named, written.sql)


def _asked(sql: str, params: Iterable[Any], given: dict[str, Any]) -> list[Row]:
    values = [given[each.name] if isinstance(each, Given) else each for each in params]
    with connection.cursor() as cursor:
        cursor.execute(sql, [connection.ops.adapt_unknown_value(value) for value in values])
        return list(cursor.fetchall())


class Prepared:
    """`names = Prepared(lambda: Tag.objects.filter(pk=Given("pk")).values_list("name"))`, then
    `names(pk=1)`: the rows of a `values_list()`. 1 query.
    """

    def __init__(self, make: Callable[[], QuerySet[Any, Any]]) -> None:
        self._make = make

    def __call__(self, **given: Any) -> list[Row]:
        written = self._written
        return written.converted(_asked(written.sql, written.params, given))

    def part(self, start: int, count: int, **given: Any) -> list[Row]:
        """At most `count` of these rows from `start` on; the queryset has an order and no limit."""
        written = self._written
        sql, params = f"{written.sql} LIMIT %s OFFSET %s", [*written.params, count, start]
        return written.converted(_asked(sql, params, given))

    @cached_property
    def _written(self) -> _Written:
        return _Written(self._make())


class PreparedInstances(Generic[Instance]):
    """The same with instances: those of the queryset, with these columns of them and of what they
    refer to (`"section__name"`). 1 query.
    """

    def __init__(
        self, make: Callable[[], QuerySet[Instance]], model: type[Instance], columns: Iterable[str]
    ) -> None:
        self._shape = Shape(model, columns)
        self._rows = Prepared(lambda: make().values_list(*self._shape.columns))

    def __call__(self, **given: Any) -> list[Instance]:
        return [self._shape.made(row) for row in self._rows(**given)]

    def part(self, start: int, count: int, **given: Any) -> list[Instance]:
        """At most `count` of them from `start` on; the queryset has an order and no limit."""
        return [self._shape.made(row) for row in self._rows.part(start, count, **given)]


class PreparedTogether:
    """Several of them in one query, each with an order and a LIMIT of its own: the rows of each
    part, in no order. All parts select columns of the same types.
    """

    def __init__(self, make: Callable[[], Sequence[QuerySet[Any, Any]]]) -> None:
        self._make = make

    def __call__(self, **given: Any) -> list[list[Row]]:
        _, _, parts = self._written
        found = self.as_stored(**given)
        return [part.converted(rows) for part, rows in zip(parts, found, strict=True)]

    def as_stored(self, **given: Any) -> list[list[Row]]:
        """The same with the database's values: on SQLite a time is text, which sorts as times do."""
        sql, params, parts = self._written
        found: list[list[Row]] = [[] for _ in parts]
        for number, *row in _asked(sql, params, given):
            found[number].append(row)
        return found

    @cached_property
    def _written(self) -> tuple[str, list[Any], list[_Written]]:
        parts = [_Written(queryset) for queryset in self._make()]
        sqls = [
            f"SELECT {number}, part{number}.* FROM ({part.sql}) part{number}"  # noqa: S608
            for number, part in enumerate(parts)
        ]
        params = [value for part in parts for value in part.params]
        return " UNION ALL ".join(sqls), params, parts
