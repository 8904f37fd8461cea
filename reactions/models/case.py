"""Something unusual about one article's votes, for a moderator to judge."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.fields import LineField
from articles.models import Article


class Case(models.Model):
    class Verdict(models.TextChoices):
        CLEAN = "clean", "Readers: what waited is counted"
        ABUSE = "abuse", "Abuse: what waited is void"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    opened_at = models.DateTimeField()
    since = models.DateTimeField(help_text="When what it is about began.")
    last_alarm_at = models.DateTimeField()
    # [{"rule", "at", "n", "usual", "z", "kind", "net", "words"}], at most alarms.KEPT of them
    alarms = models.JSONField(default=list)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    reason = LineField(max_length=300, blank=True)

    class Meta:
        ordering = ["-opened_at"]
        permissions = [("close_case", "Can close cases")]
        indexes = [
            # watch.run(): the last case of an article, open or closed a short while ago
            models.Index(fields=["article", "opened_at"], name="case_article"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(closed_at__isnull=True),
                name="one_open_case",
                violation_error_message="This article has an open case.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | (~Q(verdict="") & ~Q(reason="")),
                name="closed_case_has_a_verdict",
                violation_error_message="Say what it was, and why.",
            ),
        ]

    def __str__(self) -> str:
        return f"Case {self.pk} on article {self.article_id}"
