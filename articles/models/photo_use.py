"""One use of a photo: what this placement says of it, and whether readers see it."""

from django.db import models
from django.db.models import Q

from articles.fields import LineField, ProseField
from articles.models.photo import Photo


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
