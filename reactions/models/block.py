"""A visitor or a network whose votes are refused, or kept and not counted, until a time."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.fields import LineField


class Block(models.Model):
    class Mode(models.TextChoices):
        REJECT = "reject", "Refused"
        SHADOW = "shadow", "Kept, shown to the voter, not counted"

    visitor = models.BigIntegerField(null=True, blank=True)
    net = models.BigIntegerField(null=True, blank=True, help_text="A network's name of one day.")
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.SHADOW)
    at = models.DateTimeField()
    until = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reason = LineField(max_length=300)

    class Meta:
        ordering = ["-at"]
        permissions = [("ban_visitor", "Can ban and shadow visitors and networks")]
        indexes = [
            # blocks.active(): those that are not over
            models.Index(fields=["until"], name="block_until"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(visitor__isnull=True, net__isnull=False)
                | Q(visitor__isnull=False, net__isnull=True),
                name="block_of_one",
                violation_error_message="A block names a visitor or a network.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="block_has_a_reason",
                violation_error_message="Say why.",
            ),
        ]

    def __str__(self) -> str:
        who = f"visitor {self.visitor}" if self.visitor is not None else f"network {self.net}"
        return f"{self.get_mode_display()}: {who} until {self.until:%F %T}"
