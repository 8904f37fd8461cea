from django.urls import path
from django.views.generic.base import RedirectView

from articles import feeds, views

app_name = "articles"
urlpatterns = [
    path("", views.home, name="home"),
    path("story/<uslug:slug>/", views.article, name="article"),
    path("section/<uslug:slug>/", views.section, name="section"),
    path("section/<uslug:slug>/feed/", feeds.SectionFeed(), name="section_feed"),
    path("tag/<uslug:slug>/", views.tag, name="tag"),
    path("tag/<uslug:slug>/feed/", feeds.TagFeed(), name="tag_feed"),
    path("by/<uslug:slug>/", views.contributor, name="contributor"),
    path("by/<uslug:slug>/feed/", feeds.ContributorFeed(), name="contributor_feed"),
    path("series/<uslug:slug>/", views.series, name="series"),
    path("archive/", views.archive_index, name="archive"),
    path("<year:year>/", views.archive_year, name="archive_year"),
    path("<year:year>/<month:month>/", views.archive_month, name="archive_month"),
    path("<year:year>/<month:month>/<day:day>/", views.archive_day, name="archive_day"),
    path("feed/", feeds.SiteFeed(), name="feed"),
    path("rss/", RedirectView.as_view(pattern_name="articles:feed", permanent=True)),
    path("search/", views.search_page, name="search"),
    path("opensearch.xml", views.opensearch, name="opensearch"),
    path("embeds/preview/", views.embed_preview, name="embed_preview"),
    path("styleguide/", views.styleguide, name="styleguide"),
]
