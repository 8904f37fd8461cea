"""What is usual for one article: how many votes in five minutes, and how they spread over kinds.

Exponentially weighted (reactions.alarms), so a row is all the memory that the alarms need.
"""

from django.db import models

from articles.models import Article


class Pulse(models.Model):
    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, db_constraint=False, related_name="+"
    )
    at = models.DateTimeField(help_text="The end of the last window in it.")
    windows = models.PositiveIntegerField()
    mean = models.FloatField()
    weight = models.FloatField()
    kinds = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"The pulse of article {self.article_id}"
