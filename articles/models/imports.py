"""Where an imported article came from, and what the importer last wrote into it.

`written` holds a hash of each field as the importer left it: a field whose hash still fits was
touched by nobody since and may be updated; any other belongs to a writer.
"""

from django.db import models


class ImportRecord(models.Model):
    host = models.CharField(max_length=253)
    kind = models.CharField(max_length=20, default="post")
    external_id = models.CharField(max_length=200)
    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="import_records",
    )
    source_url = models.CharField(max_length=1000, blank=True)
    raw_sha = models.CharField(max_length=64)
    written = models.JSONField(default=dict)
    extra = models.JSONField(default=dict, blank=True)
    imported_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["host", "kind", "external_id"], name="import_identity")
        ]

    def __str__(self) -> str:
        return f"{self.host} {self.kind} {self.external_id}"
