"""What the newsroom owns up to, tied to an article and shown with it."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.fields import ProseField


class Correction(models.Model):
    class Kind(models.TextChoices):
        CORRECTION = "correction", "Correction"
        CLARIFICATION = "clarification", "Clarification"
        UPDATE = "update", "Update"
        RETRACTION = "retraction", "Retraction"
        EDITORS_NOTE = "editors_note", "Editor’s note"

    class Position(models.TextChoices):
        TOP = "top", "Above the text"
        BOTTOM = "bottom", "Below the text"

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="corrections"
    )
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.CORRECTION)
    text = ProseField()
    position = models.CharField(max_length=10, choices=Position, default=Position.BOTTOM)
    public = models.BooleanField(default=True)
    published_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    revision = models.ForeignKey(
        "articles.Revision", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-published_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"
