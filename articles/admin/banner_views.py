"""Taking the banner down in one click, from the board and from its own form."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from articles.actions.curating import end_banner
from articles.models import Banner


def banner_urls() -> list[URLPattern]:
    """The address, for `BannerAdmin.get_urls`."""
    return [path("<int:pk>/end/", admin.site.admin_view(end), name="articles_banner_end")]


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm("articles.change_banner"):
        raise PermissionDenied
    banner = get_object_or_404(Banner, pk=pk)
    end_banner(banner)
    messages.success(request, f"“{banner}” is down.")
    return redirect("admin:index")
