"""What every page shows around its own: the menu and the banner."""

from django.core.cache import cache
from django.utils import timezone

from articles.models import Banner, Section

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


BANNER_CACHE_KEY = "articles:banners"


def current_banner() -> Banner | None:
    """The newest banner whose time it is. Its end is kept to the second: only the rows are cached."""
    now = timezone.now()
    banners = cache.get(BANNER_CACHE_KEY)
    if banners is None:
        banners = list(Banner.objects.filter(ends__gt=now))
        cache.set(BANNER_CACHE_KEY, banners, NAV_CACHE_SECONDS)
    return next((banner for banner in banners if banner.starts <= now < banner.ends), None)


def forget_banners() -> None:
    """Call after a banner was saved or removed."""
    cache.delete(BANNER_CACHE_KEY)
