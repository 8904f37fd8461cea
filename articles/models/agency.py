"""Picture agencies: whom a credit line names beside the photographer."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from articles.fields import LineField
from newsroom.lib.text import normalise_key


class Agency(models.Model):
    """A picture agency and the names it goes by in credit lines."""

    name = LineField(max_length=100)
    norm_key = models.CharField(max_length=120, unique=True, editable=False)
    aliases = models.JSONField(default=list, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="collections"
    )
    credit_template = LineField(max_length=200, blank=True)
    default_rights_class = models.CharField(max_length=30, blank=True)
    default_days = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.norm_key = normalise_key(self.name)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        key = normalise_key(self.name)
        if Agency.objects.exclude(pk=self.pk).filter(norm_key=key).exists():
            raise ValidationError({"name": "There is an agency of this name already."})
        if not (isinstance(self.aliases, list) and all(isinstance(a, str) for a in self.aliases)):
            raise ValidationError({"aliases": 'Give a list of names, like ["Getty"].'})
        self._check_names()
        self._check_parents()

    def _check_names(self) -> None:
        """A spelling means one agency: the one that was there first."""
        taken = {
            _spelling(name): other
            for other in Agency.objects.exclude(pk=self.pk)
            for name in (other.name, *map(str, other.aliases))
        }
        for field, names in (("name", [self.name]), ("aliases", self.aliases)):
            for name in names:
                if other := taken.get(_spelling(name)):
                    raise ValidationError({field: f"“{name}” is a name of {other} already."})

    def _check_parents(self) -> None:
        above, seen = self.parent, {self.pk}
        while above is not None:
            if above.pk in seen:
                words = f"{self.parent} is of this agency’s own house: it can’t stand above it."
                raise ValidationError({"parent": words})
            seen.add(above.pk)
            above = above.parent


def _spelling(name: str) -> str:
    """What two spellings of an agency share: "Wire Image", "WIREIMAGE"."""
    return normalise_key(name).replace(" ", "")
