"""Snapshots of an article: what was saved, submitted, published, restored or imported, by whom."""

from django.conf import settings
from django.db import models


class Revision(models.Model):
    class Kind(models.TextChoices):
        AUTOSAVE = "autosave", "Autosave"
        SAVE = "save", "Save"
        SUBMIT = "submit", "Sent for review"
        PUBLISH = "publish", "Published"
        RESTORE = "restore", "Restored"
        IMPORT = "import", "Imported"

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="revisions"
    )
    number = models.PositiveIntegerField()
    parent = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    snapshot = models.JSONField()
    body_sha = models.CharField(max_length=64)
    kind = models.CharField(max_length=10, choices=Kind)
    version = models.PositiveIntegerField(
        default=0, help_text="The article's version that this save made."
    )
    note = models.CharField(max_length=300, blank=True)
    label = models.CharField(max_length=100, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            # Also the index of "the newest revision of this article".
            models.UniqueConstraint(fields=["article", "number"], name="revision_number")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"
