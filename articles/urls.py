from django.urls import path
from django.views.generic.base import RedirectView

from articles import feeds, views

app_name = "articles"
urlpatterns = [
    path("", views.home, name="home"),
    path("story/<uslug:slug>/", views.article, name="article"),
    path("section/<uslug:slug>/", views.section, name="section"),
    path("tag/<uslug:slug>/", views.tag, name="tag"),
    path("by/<uslug:slug>/", views.contributor, name="contributor"),
    path("feed/", feeds.SiteFeed(), name="feed"),
    path("rss/", RedirectView.as_view(pattern_name="articles:feed", permanent=True)),
    path("embeds/preview/", views.embed_preview, name="embed_preview"),
]
