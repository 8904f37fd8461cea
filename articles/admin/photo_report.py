"""The usage report: what was used of whom in a month, on a page and as CSV."""

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from articles.admin.photo_rights import may_take_down
from articles.models import Agency, Photo
from articles.photos.usage import HEADER, by_agency, rows_of, span, uses_in
from newsroom.lib.spreadsheet import as_csv

if TYPE_CHECKING:
    from articles.admin.photo import PhotoAdmin

MAX_DIGITS = 18


@require_GET
def report(request: HttpRequest, admin_: "PhotoAdmin") -> HttpResponseBase:
    """?month=2026-11&agency=ID shows the month; with &format=csv its file, every use a row."""
    if not may_take_down(request):  # what it costs is the same people's
        raise PermissionDenied
    month, agency = _month(request), _agency(request)
    if request.GET.get("format") == "csv":
        return _file(month, agency)
    context = {
        **admin_.admin_site.each_context(request),
        "title": "Usage report",
        "opts": Photo._meta,
        "month": month,
        "agency": agency,
        "agencies": Agency.objects.filter(pk__in=Photo.objects.exclude(agency=None).values("agency")),
        "counts": by_agency(month),
        "uses": uses_in(month, agency).count(),
    }  # fmt: skip
    return TemplateResponse(request, "admin/articles/photo/report.html", context)


def _file(month: date, agency: Agency | None) -> StreamingHttpResponse:
    rows = rows_of(uses_in(month, agency), site_url=settings.SITE_URL)
    response = StreamingHttpResponse(as_csv([HEADER], rows), content_type="text/csv; charset=utf-8")
    name = f"photos-{month:%Y-%m}{f'-agency-{agency.pk}' if agency else ''}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _month(request: HttpRequest) -> date:
    """The month asked for, or the one before this: what has been billed by now."""
    try:
        return span(date.fromisoformat(f"{request.GET.get('month', '')}-01"))[0]
    except ValueError:
        this = span(timezone.localdate())[0]
        return date(this.year - (this.month == 1), (this.month - 2) % 12 + 1, 1)


def _agency(request: HttpRequest) -> Agency | None:
    number = request.GET.get("agency", "")
    known = number.isascii() and number.isdecimal() and len(number) <= MAX_DIGITS
    return Agency.objects.filter(pk=number).first() if known else None
