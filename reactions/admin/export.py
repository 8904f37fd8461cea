"""Taking numbers away: a page that asks what, of when and as what, and the file."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from articles.models import Section
from newsroom.lib.spreadsheet import as_csv
from reactions.admin.times import Day
from reactions.insight import export as rows_of
from reactions.insight.export import Row, Wanted

# key → (label, what it holds, the right it asks for, its columns, its rows)
Part = tuple[str, str, str, tuple[str, ...], Callable[[Wanted], Iterator[Row]]]
PARTS: dict[str, Part] = {
    "tallies": (
        "Tallies", "Reactions of each story and kind as they stand; the days are of publication.",
        "view_board", rows_of.TALLIES, rows_of.tallies,
    ),
    "hours": (
        "Hours", "Votes by story, kind and hour, and how many came from fresh cookies.",
        "view_hour", rows_of.HOURS, rows_of.hours,
    ),
    "views": (
        "Views", "How often stories were read, by hour; as far as access logs were counted.",
        "view_hour", rows_of.VIEWS, rows_of.views,
    ),
    "actions": (
        "Actions", "What moderators and the system did, and why; of all sections.",
        "view_action", rows_of.ACTIONS, rows_of.actions,
    ),
}  # fmt: skip
FORMATS = (
    ("csv", "CSV, for a spreadsheet"),
    ("ndjson", "NDJSON, for a program: a JSON object a line"),
)
TYPES = {"csv": "text/csv; charset=utf-8", "ndjson": "application/x-ndjson; charset=utf-8"}


class ExportForm(forms.Form):
    what = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what to take away.",
            "invalid_choice": "Choose one of these.",
        },
    )
    since, until = Day("From"), Day("To, that day included")
    section = forms.ModelChoiceField(
        Section.objects.all(), required=False, empty_label="All sections"
    )
    format = forms.ChoiceField(choices=FORMATS, widget=forms.RadioSelect, initial="csv")

    def __init__(self, *args: Any, allowed: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            (key, f"{PARTS[key][0]}: {PARTS[key][1]}") for key in allowed
        ]
        self.fields["what"].initial = allowed[0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "The last day is before the first.")
        return cleaned


@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    """The page; with ?what=… the file. A question that can't be answered comes back as it was."""
    allowed = [key for key, part in PARTS.items() if request.user.has_perm(f"reactions.{part[2]}")]
    if not allowed:
        raise PermissionDenied
    asked = "format" in request.GET
    form = ExportForm(request.GET if asked else None, allowed=allowed)
    if asked and request.GET.get("what") in set(PARTS) - set(allowed):
        raise PermissionDenied
    if asked and form.is_valid():
        return _file(request, form.cleaned_data)
    context = {
        **admin.site.each_context(request),
        "title": "Export",
        "form": form,
        "columns": [(PARTS[key][0], PARTS[key][3]) for key in allowed],
    }
    status = 422 if asked else 200
    return TemplateResponse(request, "admin/reactions/export.html", context, status=status)


def _file(request: HttpRequest, asked: dict[str, Any]) -> StreamingHttpResponse:
    what, kind = asked["what"], asked["format"]
    columns, read = PARTS[what][3:]
    rows = read(
        Wanted(
            stories=rows_of.readable(request.user),
            since=_midnight(asked["since"]),
            until=_midnight(asked["until"] and asked["until"] + timedelta(days=1)),
            section=asked["section"].pk if asked["section"] else None,
        )
    )
    if kind == "csv":
        lines = as_csv([columns], rows_of.as_cells(rows))
    else:
        lines = rows_of.as_ndjson(columns, rows)
    response = StreamingHttpResponse(lines, content_type=TYPES[kind])
    name = f"reactions-{what}-{timezone.localdate():%Y-%m-%d}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _midnight(day: date | None) -> datetime | None:
    """When the newsroom's day begins."""
    return timezone.make_aware(datetime.combine(day, time())) if day else None
