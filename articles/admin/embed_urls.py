"""The embed desk's own pages beside list and form, behind the admin's log-in."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from articles.admin.embed_health import providers_page, switch_page
from articles.admin.embed_replace import replace_page

if TYPE_CHECKING:
    from articles.admin.embed import EmbedAdmin


def embed_urls(admin_: "EmbedAdmin") -> list[URLPattern]:
    """The addresses, for `EmbedAdmin.get_urls`."""

    def page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            return view(request, admin_, **kwargs)

        return admin_.admin_site.admin_view(wrapped)

    return [
        path("providers/", page(providers_page), name="articles_embed_providers"),
        path("providers/<slug:slug>/switch/", page(switch_page), name="articles_embed_switch"),
        path("<int:pk>/replace/", page(replace_page), name="articles_embed_replace"),
    ]
