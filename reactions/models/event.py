"""The ledger: what each vote did, for 30 days. What moderators and alarms look at; no count is
made of it.

Written by the vote's own statement. On PostgreSQL a table with a partition a day (reactions.ledger)
and no index on the id; on SQLite a plain table. Holds no address and no user agent: `net` is a
network's name under a key that is gone after 48 hours (reactions.networks).
"""

from django.db import models

from articles.models import Article

STATE_BITS = 3  # of `flags`: the state (Vote.State) that the vote had after this
FIRST = 4  # the visitor's first vote on the article
BY_FORM = 8  # sent by a form, not by our script


class Event(models.Model):
    at = models.DateTimeField()
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    visitor = models.BigIntegerField()
    net = models.BigIntegerField(help_text="0: unknown.")
    cookie_age_s = models.IntegerField()
    prev = models.SmallIntegerField(help_text="0: none before.")
    kind = models.SmallIntegerField(help_text="0: withdrawn.")
    flags = models.SmallIntegerField()

    class Meta:
        indexes = [
            # quotas and cases: what came to one article lately
            models.Index(fields=["article", "at"], name="event_article_at"),
            # alarms, hours, retention: a stretch of time (BRIN on PostgreSQL)
            models.Index(fields=["at"], name="event_at"),
        ]

    def __str__(self) -> str:
        return f"{self.prev} → {self.kind} on article {self.article_id} at {self.at:%F %T}"
