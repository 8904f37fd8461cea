"""Photos: the facts of a picture (Photo), and one use of it (PhotoUse).

The published renditions are listed in `Photo.manifest`, written in one UPDATE with the state, so
that a page reads photo and files in the row that it joins anyway (docs/architecture.md, photos).
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.fields import AddressField, LineField, ProseField
from newsroom.lib.text import normalise_key

MAX_RENDITION_ATTEMPTS = 3


def originals() -> Storage:
    """Where uploads lie as they came, GPS and all: never served to readers."""
    return storages["originals"]


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


class PhotoQuerySet(models.QuerySet["Photo"]):
    def awaiting_renditions(self, now: datetime | None = None) -> "PhotoQuerySet":
        """Rows with work to do: a file is there, its renditions are not, nobody is at it."""
        return self._idle(now).filter(rendition_attempts__lt=MAX_RENDITION_ATTEMPTS)

    def given_up(self, now: datetime | None = None) -> "PhotoQuerySet":
        """Rows that took their worker down each time: the desk has to hear of them."""
        return self._idle(now).filter(rendition_attempts__gte=MAX_RENDITION_ATTEMPTS)

    def _idle(self, now: datetime | None) -> "PhotoQuerySet":
        now = now or timezone.now()
        return self.filter(
            Q(rendition_lease_until__isnull=True) | Q(rendition_lease_until__lte=now),
            rendition_state=Photo.RenditionState.PENDING,
        ).exclude(original="")


class Photo(models.Model):
    class Status(models.TextChoices):
        ACTIVE = "active", "Active"
        RESTRICTED = "restricted", "Restricted"
        EXPIRED = "expired", "Expired"
        REMOVED = "removed", "Removed"

    class RenditionState(models.TextChoices):
        NONE = "none", "No file"
        PENDING = "pending", "Waiting"
        OK = "ok", "Ready"
        FAILED = "failed", "Failed"

    original = models.FileField(
        storage=originals, upload_to="photos/%Y/%m", blank=True, max_length=200
    )
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)  # duplicates on upload
    dhash = models.CharField(max_length=16, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    dominant_color = models.CharField(max_length=7, blank=True)
    focal_x = models.FloatField(default=0.5)
    focal_y = models.FloatField(default=0.5)

    photographer = models.ForeignKey(
        "articles.Contributor",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="photos",
    )
    photographer_text = LineField(
        max_length=500, blank=True, help_text="Names as printed; several with semicolons."
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="photos"
    )
    agency_text = LineField(
        max_length=500, blank=True, help_text="The agency as the line wrote it."
    )
    via = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="distributed"
    )
    client = LineField(max_length=200, blank=True, help_text="The client in “Getty Images for …”.")
    credit_kind = models.CharField(max_length=30, blank=True)
    credit_raw = ProseField(blank=True, help_text="The credit line as it came.")
    credit_override = LineField(max_length=500, blank=True)
    caption_default = ProseField(blank=True)
    alt_default = ProseField(blank=True)
    decorative_default = models.BooleanField(default=False)
    copyright = LineField(max_length=500, blank=True)
    rights_class = models.CharField(max_length=30, blank=True)
    usage_terms = ProseField(blank=True)
    instructions = ProseField(blank=True)
    rights_from = models.DateTimeField(null=True, blank=True)
    rights_until = models.DateTimeField(null=True, blank=True)
    license_url = AddressField(max_length=500, blank=True)
    licensor_url = AddressField(max_length=500, blank=True)
    supplier_ref = LineField(max_length=200, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    place = LineField(max_length=200, blank=True)
    persons = models.ManyToManyField("articles.Tag", blank=True, related_name="pictures")
    digital_source_type = models.CharField(max_length=200, blank=True)
    metadata = models.JSONField(default=dict, blank=True, help_text="As read; for staff only.")
    provenance = models.JSONField(default=dict, blank=True)
    has_c2pa = models.BooleanField(default=False)
    status = models.CharField(max_length=20, choices=Status, default=Status.ACTIVE)

    rendition_state = models.CharField(
        max_length=10, choices=RenditionState, default=RenditionState.NONE
    )
    rendition_attempts = models.PositiveSmallIntegerField(default=0)
    rendition_lease_until = models.DateTimeField(null=True, blank=True)
    rendition_error = models.TextField(blank=True)
    manifest = models.JSONField(
        default=list, blank=True, help_text="Public files: format, width, height, path, bytes."
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            # PhotoQuerySet.awaiting_renditions(): the sweep, every 30 s.
            models.Index(
                fields=["rendition_state"],
                name="photo_pending",
                condition=Q(rendition_state="pending"),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(focal_x__gte=0, focal_x__lte=1, focal_y__gte=0, focal_y__lte=1),
                name="photo_focal_point_inside",
                violation_error_message="The focal point lies outside the picture.",
            )
        ]

    def __str__(self) -> str:
        return self.caption_default or self.photographer_text or f"Photo {self.pk}"

    @property
    def has_credit(self) -> bool:
        return bool(
            self.credit_override
            or self.photographer_text
            or self.photographer_id
            or self.agency_text
            or self.agency_id
            or self.credit_raw
        )


class PhotoUse(models.Model):
    """One placement: its caption, alt text, crop and, where it must differ, credit."""

    class Slot(models.TextChoices):
        LEAD = "lead", "Lead"
        BODY = "body", "Body"
        GALLERY = "gallery", "Gallery"
        SOCIAL = "social", "Social"

    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="uses")
    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="photo_uses"
    )
    slot = models.CharField(max_length=10, choices=Slot, default=Slot.BODY)
    order = models.PositiveSmallIntegerField(default=0)
    caption = ProseField(blank=True)
    alt = ProseField(blank=True)
    decorative = models.BooleanField(default=False)
    credit_override = LineField(max_length=500, blank=True)
    crop = models.JSONField(default=dict, blank=True)
    hide_credit = models.BooleanField(default=False)
    live = models.BooleanField(
        default=True,
        editable=False,
        help_text="Off: put into a draft of a published article that isn't published yet.",
    )

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(slot="lead", live=True),
                name="one_lead_photo_per_article",
                violation_error_message="This article has a lead photo already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_slot_display()}: {self.photo}"

    @property
    def caption_text(self) -> str:
        return self.caption or self.photo.caption_default

    @property
    def alt_text(self) -> str:
        if self.decorative or (not self.alt and self.photo.decorative_default):
            return ""
        return self.alt or self.photo.alt_default
