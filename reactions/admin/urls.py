"""The desk's pages about reactions that are no list of rows: newsroom.urls puts them before the admin's
own, and behind its login.
"""

from collections.abc import Callable

from django.contrib import admin
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

import reactions.urls  # noqa: F401  (it knows <bigint:…>)
from reactions.admin import analytics, export, live


def _page(address: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    return path(address, admin.site.admin_view(view), name=name)


app_name = "reactions_desk"
urlpatterns = [
    _page("live/", live.live, "live"),
    _page("live/rows/", live.live_rows, "live_rows"),
    _page("live/<bigint:article_id>/freeze/", live.freeze, "live_freeze"),
    _page("analytics/", analytics.analytics, "analytics"),
    _page("export/", export.export, "export"),
]
