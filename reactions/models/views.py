"""Views of stories by hour, from the front server's access logs; kept for ever: they are sums.

Written by reactions.page_views alone. No address, no user agent and no reader is in either table.
"""

from django.db import models

from articles.models import Article


class Views(models.Model):
    pk = models.CompositePrimaryKey("article_id", "hour")
    # A deleted article leaves its sums, as it leaves its hours.
    article = models.ForeignKey(
        Article, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    hour = models.DateTimeField(help_text="When it began.")
    n = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "views"
        indexes = [
            # analytics and the export: all articles between two hours, from the index alone
            models.Index(fields=["hour", "article", "n"], name="views_by_hour"),
        ]

    def __str__(self) -> str:
        return f"{self.n} views of article {self.article_id}, {self.hour:%F %H}h"


class ViewLog(models.Model):
    """Up to where a log was counted. It is known by its first line, whatever its file is called."""

    head = models.CharField(max_length=32, primary_key=True, help_text="A digest; see page_views.")
    end = models.PositiveBigIntegerField(
        default=0, help_text="Bytes, unpacked, up to the end of the last line that was counted."
    )
    tail = models.CharField(max_length=32, blank=True, help_text="The digest of that line.")

    def __str__(self) -> str:
        return f"Log {self.head}, counted up to byte {self.end:,}"
