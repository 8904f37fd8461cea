"""Stories whose entry in the search index says an old name: the record of work for the sweep."""

from django.db import models


class SearchStale(models.Model):
    """No foreign key: a mark of a story that is gone does nothing, and to mark 5,000 stories must
    not lock them.
    """

    article_id = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return f"Story {self.article_id}"
