"""The menu: the sections every page shows."""

from django.core.cache import cache

from articles.models import Section

NAV_CACHE_KEY = "articles:nav"
NAV_CACHE_SECONDS = 60


def site_nav() -> list[Section]:
    """The top sections in the menu, in order. Cached: every page asks, it changes twice a year."""
    sections = cache.get(NAV_CACHE_KEY)
    if sections is None:
        sections = list(Section.objects.filter(nav=True, parent__isnull=True))
        cache.set(NAV_CACHE_KEY, sections, NAV_CACHE_SECONDS)
    return list(sections)


def forget_nav() -> None:
    """Call after a section was saved or removed."""
    cache.delete(NAV_CACHE_KEY)
