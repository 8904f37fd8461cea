"""Which photos look nearly like one: found by their difference hash (articles.photos.dhash)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.db.models import Case, F, Func, Q, QuerySet, When

from newsroom.lib.near_hashes import BAND_DIGITS, BANDS, NEAR, bands_near, distance

MAX_ALIKE = 20


def band(number: int) -> Func:
    """A quarter of the hash, in the same words as its index: SQLite takes no parameters for them."""
    start = number * BAND_DIGITS + 1
    template = f"SUBSTR(%(expressions)s, {start}, {BAND_DIGITS})"
    return Func(F("dhash"), template=template, output_field=models.CharField())


def in_bands(dhash: str) -> tuple[dict[str, Func], Q]:
    """The bands by name, and the condition that one of them is near that of a hash."""
    bands = {f"band_{number}": band(number) for number in range(BANDS)}
    has_one = Q()
    for name, values in zip(bands, bands_near(dhash), strict=True):
        has_one |= Q(**{f"{name}__in": values})
    return bands, has_one


def nearest(photos: QuerySet[Any], dhash: str) -> list[int]:
    """The ids of the photos within NEAR bits of a hash, the nearest and newest first."""
    bands, has_one = in_bands(dhash)
    rows = photos.alias(**bands).filter(has_one).order_by().values_list("dhash", "pk")
    near = sorted(
        (apart, -pk) for found, pk in rows.iterator() if (apart := distance(found, dhash)) <= NEAR
    )
    return [-pk for _apart, pk in near[:MAX_ALIKE]]


def alike_among(
    photos: QuerySet[Any], hashes: Mapping[int, str], *, at_a_glance: bool = False
) -> dict[int, list[int]]:
    """For each of these photos (id → hash) the ids of others within NEAR bits, the nearest and newest
    first. One query, whatever their number. `at_a_glance`: only those that have a band in common,
    which is all within three bits; a tenth of the rows is read for it.
    """
    wanted: dict[tuple[int, str], set[int]] = {}
    for pk, dhash in hashes.items():
        for key in _bands_of(dhash) if at_a_glance else _near_bands_of(dhash):
            wanted.setdefault(key, set()).add(pk)
    found: dict[int, list[tuple[int, int]]] = {pk: [] for pk in hashes}
    for other, pk in _candidates(photos, wanted):
        for each in {pk for key in _bands_of(other) for pk in wanted.get(key, ())} - {pk}:
            apart = distance(hashes[each], other)
            if apart <= NEAR:
                found[each].append((apart, -pk))
    return {
        pk: [-other for _apart, other in sorted(near)[:MAX_ALIKE]] for pk, near in found.items()
    }


def _candidates(
    photos: QuerySet[Any], wanted: Mapping[tuple[int, str], set[int]]
) -> Iterable[tuple[str, int]]:
    if not wanted:
        return
    bands = {f"band_{number}": band(number) for number in range(BANDS)}
    has_one = Q()
    for number in range(BANDS):
        values = [value for place, value in wanted if place == number]
        has_one |= Q(**{f"band_{number}__in": values})
    rows = photos.alias(**bands).filter(has_one).order_by().values_list("dhash", "pk")
    yield from rows.iterator()


def _bands_of(dhash: str) -> list[tuple[int, str]]:
    return [
        (at // BAND_DIGITS, dhash[at : at + BAND_DIGITS])
        for at in range(0, len(dhash), BAND_DIGITS)
    ]


def _near_bands_of(dhash: str) -> list[tuple[int, str]]:
    near = bands_near(dhash) if dhash else []
    return [(number, value) for number, values in enumerate(near) for value in values]


def in_order(ids: list[int]) -> Case:
    """For order_by: the rows as the list has them."""
    return Case(*(When(pk=pk, then=place) for place, pk in enumerate(ids)), default=len(ids))
