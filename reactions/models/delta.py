"""±n waiting to be folded into a tally. PostgreSQL only: appending never waits for a hot row.

On SQLite, which has one writer, the tally is written directly and this table stays empty.
"""

from django.db import models
from django.db.models import Q

from articles.models import Article


class Delta(models.Model):
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    kind = models.ForeignKey(
        "reactions.ReactionKind",
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    d = models.IntegerField(help_text="±1 of a vote; of a moderator's action, a sum.")

    class Meta:
        indexes = [
            # tallies.read_boards(): what waits for one article, however long the roller has slept.
            models.Index(fields=["article"], name="delta_article"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(d=0),
                name="delta_not_zero",
                violation_error_message="A delta adds something or takes it away.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.d:+} of kind {self.kind_id} on article {self.article_id}"
