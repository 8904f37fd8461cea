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
