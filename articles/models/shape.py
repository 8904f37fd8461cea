"""From flat rows to instances: what `only()` and `select_related()` do, for rows of any source."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from operator import itemgetter
from typing import Any, Generic, TypeAlias, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS
from django.db.models import BooleanField, DateField, DateTimeField, Field, JSONField, Model
from django.db.models.base import ModelState

Instance = TypeVar("Instance", bound=Model)
AnyField: TypeAlias = "Field[Any, Any]"


class Shape(Generic[Instance]):
    """`Shape(Byline, ("role", "contributor__name"))` makes bylines with their contributors of rows
    that hold its `columns`, in that order. Primary keys are among them without being asked for;
    what else was not asked for is deferred.
    """

    def __init__(self, model: type[Instance], columns: Iterable[str]) -> None:
        self.columns: list[str] = []
        self._part = _Part(model, columns, row=self.columns)
        readers = ((place, _json_reader(field)) for field, place in self._part.all_places())
        self._readers = [(place, read) for place, read in readers if read]

    def made(self, row: Sequence[Any]) -> Instance:
        return cast(Instance, self._part.made(row))

    def made_of_json(self, row: list[Any]) -> Instance:
        """The same of a row that came as JSON, where times are text."""
        for place, read in self._readers:
            if row[place] is not None:
                row[place] = read(row[place])
        return self.made(row)


class _Part:
    """One model's part of a row, and those of what it refers to."""

    def __init__(
        self, model: type[Model], columns: Iterable[str], *, row: list[str], path: str = ""
    ) -> None:
        self.model = model
        self._related: list[tuple[str, _Part]] = []  # the foreign key's cache, its part
        # A related row's primary key is its referrer's foreign key: nothing is joined for it.
        self._places = {model._meta.pk: _place(row, path or "pk")}
        beyond: dict[str, list[str]] = defaultdict(list)
        for column in columns:
            name, _, rest = column.partition("__")
            if rest:
                beyond[name].append(rest)
            else:
                self._places[_field(model, name)] = _place(row, _joined(path, name))
        for name, rests in beyond.items():
            field = _field(model, name)
            at = _joined(path, name)
            self._places[field] = _place(row, at)
            part = _Part(field.related_model, rests, row=row, path=at)
            self._related.append((field.cache_name, part))
        self._key = self._places[model._meta.pk]
        self._names = [field.attname for field in self._places]
        # The key once more: itemgetter makes no tuple of a single place.
        self._read = itemgetter(*self._places.values(), self._key)

    def made(self, row: Sequence[Any]) -> Model | None:
        if row[self._key] is None:
            return None
        # What from_db() makes, without its walk over each field that was not read: a photo has 43,
        # and a front page made 200 instances.
        instance = self.model.__new__(self.model)
        instance._state = state = ModelState()
        state.adding, state.db = False, DEFAULT_DB_ALIAS
        instance.__dict__.update(zip(self._names, self._read(row), strict=False))
        state.fields_cache = {name: part.made(row) for name, part in self._related}
        return instance

    def all_places(self) -> Iterator[tuple[AnyField, int]]:
        yield from self._places.items()
        for _, part in self._related:
            yield from part.all_places()


def _field(model: type[Model], name: str) -> Any:
    return model._meta.get_field(name)


def _joined(path: str, name: str) -> str:
    return f"{path}__{name}" if path else name


def _place(row: list[str], column: str) -> int:
    if column not in row:
        row.append(column)
    return row.index(column)


def _json_reader(field: AnyField) -> Callable[[Any], Any] | None:
    """How a value of this field is read from JSON; None where it is what it should be."""
    if isinstance(field, DateTimeField):
        return _moment
    if isinstance(field, DateField):
        return date.fromisoformat
    if isinstance(field, JSONField):  # SQLite keeps it as text
        return lambda value: json.loads(value) if isinstance(value, str) else value
    return bool if isinstance(field, BooleanField) else None


def _moment(text: str) -> datetime:
    """SQLite writes UTC and doesn't say so."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
