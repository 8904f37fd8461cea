"""Front pages: slots filled by hand, the rest by time. No section means the home page."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from articles.fields import LineField

MAX_STORIES = 24  # in one slot: a page is read, not scrolled for ever


class Front(models.Model):
    section = models.OneToOneField(
        "articles.Section", on_delete=models.CASCADE, null=True, blank=True, related_name="front"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(section__isnull=True),
                name="one_home_front",
                violation_error_message="There is a front for the home page already.",
            )
        ]

    def __str__(self) -> str:
        return str(self.section) if self.section_id else "Home"


class Slot(models.Model):
    front = models.ForeignKey(Front, on_delete=models.CASCADE, related_name="slots")
    key = models.SlugField(max_length=40)
    title = LineField(max_length=80, blank=True, help_text="A heading that readers see.")
    max = models.PositiveSmallIntegerField(default=1)
    backfill = models.BooleanField(
        default=True, help_text="Fill what is empty with the newest stories."
    )
    order = models.PositiveSmallIntegerField(default=0)
    backfill_section = models.ForeignKey(
        "articles.Section", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    backfill_tag = models.ForeignKey(
        "articles.Tag", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["front", "key"], name="slot_key_per_front")]

    def __str__(self) -> str:
        return f"{self.front}: {self.key}"

    def clean(self) -> None:
        if self.max is not None and self.max > MAX_STORIES:
            raise ValidationError({"max": f"At most {MAX_STORIES} stories."})


class SlotEntry(models.Model):
    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="entries")
    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="slot_entries"
    )
    order = models.PositiveSmallIntegerField(default=0)
    headline_override = LineField(max_length=200, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    pinned = models.BooleanField(default=False)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name_plural = "slot entries"
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "article"],
                name="article_once_per_slot",
                violation_error_message="This article is in this slot already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.article} in {self.slot}"


class Banner(models.Model):
    class Level(models.TextChoices):
        BREAKING = "breaking", "Breaking"
        NOTICE = "notice", "Notice"

    text = LineField(max_length=200)
    url = models.CharField(max_length=500, blank=True)
    level = models.CharField(max_length=10, choices=Level, default=Level.BREAKING)
    starts = models.DateTimeField()
    ends = models.DateTimeField()

    class Meta:
        ordering = ["-starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=models.F("starts")),
                name="banner_ends_after_it_starts",
                violation_error_message="A banner ends after it starts.",
            )
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        if self.url and not re.match(r"/(?!/)|https?://", self.url):
            raise ValidationError({"url": "Give a path of this site (/story/…) or a web address."})
