"""What every page shows around its own: the menu and the banner.

Every page asks, they change twice a year: each process reads them once a moment.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from articles.models import Article, Banner, Section
from articles.site_clock import ForAMoment


def _sections() -> list[Section]:
    return list(Section.objects.filter(nav=True, parent__isnull=True))


def _banner() -> Banner | None:
    return Banner.objects.filter(starts__lte=Now(), ends__gt=Now()).first()


_kept_sections = ForAMoment(_sections)
_kept_banner = ForAMoment(_banner)


def site_nav() -> list[Section]:
    """The top sections in the menu, in order."""
    return list(_kept_sections())


def offered_sections() -> QuerySet[Section]:
    """Those in the menu, and those with a story that readers may see: of a section that is being
    prepared they learn nothing.
    """
    stories = Article.objects.published().filter(section=OuterRef("pk"))
    return Section.objects.filter(Q(nav=True) | Exists(stories))


def current_banner() -> Banner | None:
    """The newest banner whose time it is, by the database's clock."""
    return _kept_banner()
