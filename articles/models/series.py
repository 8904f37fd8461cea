"""What belongs together: series in their order, and the related stories that an editor chose."""

from django.db import models

from articles.fields import LineField, ProseField, UrlSlugField
from articles.models.addresses import path_of


class Series(models.Model):
    title = LineField(max_length=200)
    slug = UrlSlugField(max_length=100, unique=True)
    dek = ProseField(blank=True)
    hero = models.ForeignKey(
        "articles.Photo", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["title"]
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return path_of("articles:series", self.slug)


class SeriesItem(models.Model):
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="items")
    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="series_items"
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "article"],
                name="article_once_per_series",
                violation_error_message="This article is in this series already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.article} in {self.series}"


class Related(models.Model):
    """A story that an editor put beside another; these come before those that tags suggest."""

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="related_links"
    )
    to = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name_plural = "related stories"
        constraints = [
            models.UniqueConstraint(
                fields=["article", "to"],
                name="related_once",
                violation_error_message="This story is beside it already.",
            ),
            models.CheckConstraint(
                condition=~models.Q(article=models.F("to")),
                name="not_related_to_itself",
                violation_error_message="A story is not related to itself.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.to)
