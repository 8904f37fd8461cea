"""A kind of reaction. Kinds are retired, never deleted: an old count must stay explainable."""

from django.db import models
from django.db.models import Q

from articles.fields import LineField


class ReactionKind(models.Model):
    id = models.SmallAutoField(primary_key=True)
    slug = models.SlugField(max_length=40, unique=True)
    label = LineField(max_length=40, help_text="What a screen reader says, for example: Heart.")
    emoji = LineField(max_length=16, blank=True)
    # Made from an upload by reactions.kind_pictures, and never the upload itself.
    image = models.FileField(upload_to="reactions", blank=True, editable=False)
    # The first frame of an image that moves, for readers who want no motion.
    still = models.FileField(upload_to="reactions", blank=True, editable=False)
    # When its picture was last changed: pages from before may still ask for the old one.
    pictured_at = models.DateTimeField(null=True, blank=True, editable=False)
    list_title = LineField(
        max_length=60,
        blank=True,
        help_text="Heads the stories that got most of it, for example: What made readers laugh. "
        "Empty: no place of its own on the front page.",
    )
    legacy_wp_id = models.PositiveSmallIntegerField(
        "id in WP Reactions Lite", null=True, blank=True, unique=True
    )
    retired_at = models.DateTimeField(
        null=True, blank=True, help_text="A retired kind takes no votes and leaves every bar."
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(emoji="") | ~Q(image=""),
                name="kind_has_a_picture",
                violation_error_message="A kind needs an emoji or an image.",
            ),
            models.CheckConstraint(
                condition=~Q(label=""),
                name="kind_has_a_label",
                violation_error_message="A kind needs a label: screen readers read it.",
            ),
            models.CheckConstraint(
                condition=Q(id__gt=0),
                name="kind_above_zero",
                violation_error_message="The number 0 stands for a withdrawn vote.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.emoji} {self.label}".strip()
