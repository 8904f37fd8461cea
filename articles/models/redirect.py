"""Old addresses. Looked up only when nothing else answers a path; always one hop."""

from django.db import models
from django.db.models import Q


class Redirect(models.Model):
    class Status(models.IntegerChoices):
        PERMANENT = 301, "301 moved"
        FOUND = 302, "302 found"
        GONE = 410, "410 gone"

    class Source(models.TextChoices):
        SLUG = "slug", "Slug change"
        MERGE = "merge", "Merge"
        IMPORT = "import", "Import"
        MANUAL = "manual", "By hand"

    # The path as browsers send it, percent-decoded, with its query where the query names the page.
    old_path = models.CharField(max_length=700, unique=True)
    target_path = models.CharField(max_length=700, blank=True)
    target_article = models.ForeignKey(
        "articles.Article",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="redirects",
    )
    status = models.PositiveSmallIntegerField(choices=Status, default=Status.PERMANENT)
    source = models.CharField(max_length=10, choices=Source, default=Source.MANUAL)
    hits = models.PositiveIntegerField(default=0, editable=False)
    last_hit = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["old_path"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(status=410, target_path="", target_article__isnull=True)
                    | (~Q(status=410) & Q(target_path="") & Q(target_article__isnull=False))
                    | (~Q(status=410) & ~Q(target_path="") & Q(target_article__isnull=True))
                ),
                name="redirect_has_one_target",
                violation_error_message="Name a path or an article, and neither for 410.",
            )
        ]

    def __str__(self) -> str:
        return self.old_path
