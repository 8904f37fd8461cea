"""How many counted votes of a kind an article has; on PostgreSQL without the waiting deltas.

Read through reactions.tallies, which adds these up; imported counts are kept apart in Base.
"""

from django.db import models
from django.db.models import Q

from articles.models import Article


class Tally(models.Model):
    pk = models.CompositePrimaryKey("article_id", "kind_id")
    # No constraint in the database: an article deleted under a running vote must not stop the
    # roller, which folds that vote's delta afterwards.
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    kind = models.ForeignKey(
        "reactions.ReactionKind", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    n = models.BigIntegerField(default=0)

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [
            models.CheckConstraint(
                condition=Q(n__gte=0),
                name="tally_not_negative",
                violation_error_message="A count can't fall below zero.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.n} of kind {self.kind_id} on article {self.article_id}"
