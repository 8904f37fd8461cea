"""What the workers know together of a host that is asked about posts: its pace, its health.

One row a host, changed by single UPDATEs only (articles.embeds.hosts): any number of workers share
it, and none of them holds a lock while it waits for an answer.
"""

from django.db import models

from articles.fields import LineField


class EmbedHost(models.Model):
    host = models.CharField(max_length=253, primary_key=True)
    # Seconds since 1970 at which its bucket of requests is full again. A number and no time: it is
    # reckoned with inside the UPDATE, by both databases alike.
    full_at = models.FloatField(default=0.0)
    failures = models.PositiveIntegerField(default=0, help_text="In a row.")
    openings = models.PositiveIntegerField(
        default=0, help_text="Pauses since the last answer: each is longer than the one before."
    )
    open_until = models.DateTimeField(
        null=True, blank=True, help_text="Nobody asks before; then one worker tries."
    )
    nudge_at = models.DateTimeField(
        null=True, blank=True, help_text="When the message comes that goes on with its posts."
    )
    reason = LineField(max_length=300, blank=True, help_text="The last failure.")

    class Meta:
        ordering = ["host"]

    def __str__(self) -> str:
        return self.host


class EmbedHostDay(models.Model):
    """How often a host answered on one day (UTC), and how often it did not."""

    host = models.CharField(max_length=253)
    day = models.DateField()
    answers = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day", "host"]
        constraints = [
            # Also the index of a host's days.
            models.UniqueConstraint(fields=["host", "day"], name="embed_host_day")
        ]

    def __str__(self) -> str:
        return (
            f"{self.host} on {self.day:%Y-%m-%d}: {self.answers} answers, {self.failures} failures"
        )
