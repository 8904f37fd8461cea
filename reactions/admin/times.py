"""Days and minutes as the desk's forms take them: the newsroom's clock, and years that there were."""

from datetime import UTC, date, datetime, timedelta
from datetime import timezone as offset
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"]
# Beyond these a sum of times may leave the calendar.
FIRST, LAST = date(1970, 1, 1), date(2199, 12, 31)
NO_YEAR = "Write a year from 1970 to 2199."
_WALL = offset(timedelta(0), "the newsroom's")


class Day(forms.DateField):
    def __init__(self, label: str) -> None:
        within = [MinValueValidator(FIRST, NO_YEAR), MaxValueValidator(LAST, NO_YEAR)]
        widget = forms.DateInput({"type": "date"})
        super().__init__(required=False, label=label, widget=widget, validators=within)


class Moment(forms.DateTimeField):
    """A minute of the newsroom's clock, as a browser's own field writes it. Of a minute that an
    autumn night has twice the first, or the `later` one.
    """

    def __init__(self, label: str, *, later: bool = False) -> None:
        self.fold = int(later)
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=FORMATS[0])
        super().__init__(
            required=False, label=label, widget=widget, input_formats=FORMATS,
            error_messages={"invalid": "Write a day and a time, like 2026-11-29 14:05."},
        )  # fmt: skip

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(_WALL):  # Django refuses the hours that summer time moves
            moment: datetime | None = super().to_python(value)
        if moment is not None and not FIRST <= moment.date() <= LAST:
            raise ValidationError(NO_YEAR, code="year")
        if moment is None or moment.tzinfo is not _WALL:
            return moment
        local = moment.replace(tzinfo=timezone.get_current_timezone(), fold=self.fold)
        return local.astimezone(UTC)  # two of one zone would be compared without their offsets
