"""One visitor's standing reaction to one article: the source of truth of every count.

Rows are written by reactions.voting alone. No foreign key reaches the database: a check of the
article on each vote would cost more than the vote, and the statement that writes selects its row
from the article's board anyway.
"""

from django.db import models
from django.db.models import Q

from articles.models import Article

WITHDRAWN = 0


class Vote(models.Model):
    class State(models.IntegerChoices):
        COUNTED = 0, "Counted"
        QUARANTINED = 1, "Quarantined"
        VOID = 2, "Void"
        SHADOW = 3, "Shadow"

    # At most one row for a visitor and an article, whatever arrives at the same time.
    pk = models.CompositePrimaryKey("article_id", "visitor")
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    visitor = models.BigIntegerField()
    kind = models.SmallIntegerField(help_text="0: withdrawn.")
    # The kind before the last change: what the same statement took from the tally.
    prev = models.SmallIntegerField(null=True)
    state = models.SmallIntegerField(choices=State, default=State.COUNTED)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            # cases: what waits. Holds quarantined votes alone, so others pay nothing for it.
            models.Index(fields=["article"], condition=Q(state=1), name="vote_quarantined"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__gte=0),
                name="vote_kind_not_negative",
                violation_error_message="A vote's kind is 0 (withdrawn) or a kind's number.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[0, 1, 2, 3]),
                name="vote_state_known",
                violation_error_message="A vote is counted, quarantined, void or shadowed.",
            ),
        ]

    def __str__(self) -> str:
        return f"Vote {self.kind} on article {self.article_id}"
