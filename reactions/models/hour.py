"""Counted votes by article, kind and hour, kept for ever: analytics, and what is usual.

What arrived and was counted at once: a vote that is voided later stays in its hour, one that waited
in quarantine is in none. Folded from the ledger by reactions.hours.
"""

from django.db import models

from articles.models import Article


class Hour(models.Model):
    pk = models.CompositePrimaryKey("article_id", "kind_id", "hour")
    # A deleted article leaves its sums, which name nobody.
    article = models.ForeignKey(
        Article, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    kind = models.ForeignKey(
        "reactions.ReactionKind",
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    hour = models.DateTimeField(help_text="When it began.")
    n = models.PositiveIntegerField()
    fresh = models.PositiveIntegerField(help_text="Of these, from cookies of less than a minute.")

    class Meta:
        indexes = [
            # heat.read() and analytics of all articles between two hours, from the index alone;
            # hours.fold(): up to where
            models.Index(fields=["hour", "article", "kind", "n"], name="hour_by_hour"),
        ]

    def __str__(self) -> str:
        return f"{self.n} of kind {self.kind_id} on article {self.article_id}, {self.hour:%F %H}h"
