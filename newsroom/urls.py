from django.conf import settings
from django.contrib import admin
from django.urls import include, path, register_converter

from articles import sitemaps
from articles.admin import board
from articles.views import old_address
from newsroom import views
from newsroom.converters import (
    DayConverter,
    MonthConverter,
    UnicodeSlugConverter,
    YearConverter,
)
from newsroom.media import media
from reactions.views import privacy
from reactions.views.ranking import addresses as rankings

admin.autodiscover()
register_converter(UnicodeSlugConverter, "uslug")
register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")
register_converter(DayConverter, "day")
admin.site.site_header = admin.site.site_title = settings.SITE_NAME
admin.site.index_template = "admin/board.html"
sitemaps.PARTS["most-reacted"] = rankings

urlpatterns = [
    path("admin/", admin.site.admin_view(board.index)),
    path("admin/reactions/", include("reactions.admin.urls")),
    path("admin/", admin.site.urls),
    path("r/", include("reactions.urls")),
    path("most-reacted/", include("reactions.ranking_urls")),
    path("privacy/reactions", privacy, name="reactions_privacy"),
    path("livez", views.livez, name="livez"),
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-news.xml", sitemaps.news, name="sitemap_news"),
    path("sitemap-<year:year>-<month:month>.xml", sitemaps.month, name="sitemap_month"),
    path("sitemap-<slug:part>.xml", sitemaps.part, name="sitemap_part"),
    path("media/<path:path>", media, name="media"),
    path("", include("articles.urls")),
    path("<path:path>", old_address, name="old_address"),
]

handler400 = "newsroom.views.bad_request"
handler403 = "newsroom.views.forbidden"
handler404 = "newsroom.views.not_found"
handler500 = "newsroom.views.server_error"
