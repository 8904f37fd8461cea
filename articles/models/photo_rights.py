"""Which photos may be shown, by the database's clock: the rule of articles.photos.rights in SQL."""

from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

# Whatever the dates say.
HIDDEN = ("expired", "removed")
Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)
Times = models.QuerySet[Any, Any]


class RightsQuerySet(models.QuerySet[Row_co]):
    def usable(self) -> Self:
        """Photos that may be put into a story today: shown now, or from a day to come."""
        return self.filter(
            Q(rights_until__isnull=True) | Q(rights_until__gt=Now()),
            status__in=["active", "restricted"],
        )

    def shown(self) -> Self:
        """Photos that readers may see now, by the database's clock (articles.photos.rights)."""
        return self.usable().filter(Q(rights_from__isnull=True) | Q(rights_from__lte=Now()))

    def with_files_to_drop(self) -> "models.QuerySet[Row_co, int]":
        """The numbers of photos whose public files a bucket would hand out though they may not be
        shown. Each part from its index: as one filter every photo would be looked at.
        """
        ready = self.filter(rendition_state="ok")
        parts = (Q(status__in=HIDDEN), Q(rights_until__lte=Now()), Q(rights_from__gt=Now()))
        first, *others = (
            ready.filter(part).order_by().values_list("pk", flat=True) for part in parts
        )
        return first.union(*others)

    def without_files(self) -> Self:
        """Photos that may be shown, and whose files were dropped while they might not."""
        dropped = self.filter(rendition_state="none").exclude(original="")
        return dropped.filter(Exists(self.shown().filter(pk=OuterRef("pk"))))

    def changes_ahead(self) -> tuple[Times, Times]:
        """When time alone will next bring a photo before readers, and when take one away: rights_from
        and rights_until after the database's now, the next one first.
        """
        shows = self.filter(rights_from__gt=Now()).order_by("rights_from")
        hides = self.filter(rights_until__gt=Now()).order_by("rights_until")
        return shows.values("rights_from"), hides.values("rights_until")
