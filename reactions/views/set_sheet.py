"""A set's stylesheet, for any cache."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from reactions import set_sheets
from reactions.models import ReactionSet

FOR_EVER = "public, max-age=31536000, immutable"
# A page older than the style asks for it by the old name: it gets today's, and not for long.
FOR_A_MINUTE = "public, max-age=60"


@require_safe
def set_sheet(request: HttpRequest, set_id: int, digest: str) -> HttpResponse:
    found = get_object_or_404(ReactionSet.objects.only("style"), pk=set_id)
    css, current = set_sheets.sheet_of(set_id, found.style)
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = FOR_EVER if digest == current else FOR_A_MINUTE
    return response
