"""Counts brought from an old site: shown beside our own votes if at all, never mixed into them."""

from django.db import models
from django.db.models import Q

from articles.models import Article


class Base(models.Model):
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, db_index=False, related_name="reaction_bases"
    )
    kind = models.ForeignKey(
        "reactions.ReactionKind", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    n = models.BigIntegerField()
    source = models.CharField(max_length=40, help_text="For example: wpreactions.")
    imported_at = models.DateTimeField()
    shown = models.BooleanField(
        default=True, help_text="Added to the number that readers see, with a note beside it."
    )

    class Meta:
        verbose_name = "old count"
        ordering = ["article", "kind"]
        constraints = [
            # Its index also serves tallies.read_boards(): the old counts of one article.
            models.UniqueConstraint(
                fields=["article", "kind", "source"],
                name="base_once_per_source",
                violation_error_message="This source's count of this kind is here already.",
            ),
            models.CheckConstraint(
                condition=Q(n__gte=0),
                name="base_not_negative",
                violation_error_message="A count can't be below zero.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.n} of kind {self.kind_id} from {self.source}"
