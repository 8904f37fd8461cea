"""Analytics on the desk: a period, a section, and what the hours say of them."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from articles.models import Section
from reactions.admin.times import Day
from reactions.insight.analytics import report
from reactions.insight.analytics_period import PRESETS, Period, in_words, of_days, preset

DEFAULT = "7d"


class PeriodForm(forms.Form):
    period = forms.ChoiceField(choices=PRESETS, required=False, widget=forms.HiddenInput)
    since, until = Day("From"), Day("To")
    section = forms.ModelChoiceField(
        Section.objects.all(), required=False, empty_label="All sections"
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.now = now

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        zone = timezone.get_current_timezone()
        asked = cleaned.get("period") or DEFAULT
        cleaned["asked"] = preset(asked, self.now, zone)
        first = since or until
        if first:
            try:
                last = until or max(first, timezone.localdate(self.now))
                cleaned["asked"] = of_days(first, last, self.now, zone)
            except ValueError as wrong:
                self.add_error("until" if since and until else "since", str(wrong))
        return cleaned


@require_GET
def analytics(request: HttpRequest) -> HttpResponse:
    """?period=24h, 7d, 30d or all; or &since=2026-11-01&until=2026-11-30; &section=ID."""
    if not request.user.has_perm("reactions.view_hour"):
        raise PermissionDenied
    now = timezone.now()
    form = PeriodForm({"period": DEFAULT, **request.GET.dict()}, now=now)
    fits = form.is_valid()
    section = form.cleaned_data.get("section")
    asked: Period | None = form.cleaned_data.get("asked") if fits else None
    context = {
        **admin.site.each_context(request),
        "title": "Analytics",
        "form": form,
        "presets": [
            (label, _link(key, section), asked is not None and key == asked.key)
            for key, label in PRESETS
        ],
        "report": report(asked, section.pk if section else None) if asked else None,
        "period_words": in_words(asked, timezone.get_current_timezone()) if asked else "",
        "section": section,
    }
    status = 200 if fits else 422
    return TemplateResponse(request, "admin/reactions/analytics.html", context, status=status)


def _link(key: str, section: Section | None) -> str:
    return "?" + urlencode({"period": key} | ({"section": section.pk} if section else {}))
