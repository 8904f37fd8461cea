"""What people did to a photo's credit and rights: who, when, why, and what stood there before."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from articles.fields import ProseField
from articles.models.photo import Photo


class PhotoEvent(models.Model):
    """One thing done to a photo. Written by articles.actions.photo_log, never changed."""

    class Verb(models.TextChoices):
        EDITED = "edited", "Edited"
        APPLIED = "applied", "Rights applied"
        TAKEN_DOWN = "taken_down", "Taken down"
        RESTORED = "restored", "Restored"
        COMPARED = "compared", "Compared with one like it"

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="events")
    verb = models.CharField(max_length=20, choices=Verb)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="Nobody: the machine, or somebody whose account is gone.",
    )
    at = models.DateTimeField(default=timezone.now)
    reason = ProseField(blank=True)
    data = models.JSONField(
        default=dict,
        encoder=DjangoJSONEncoder,
        help_text="Column of the photo → [before, after].",
    )

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.photo}: {self.get_verb_display()}"
