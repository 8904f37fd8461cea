"""Who makes the paper: contributors (with or without a login) and their bylines."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from articles.fields import LineField, ProseField, UrlSlugField, validate_addresses
from articles.models.addresses import path_of


class Contributor(models.Model):
    """A public profile. It is not a user: most bylines belong to people who never log in."""

    class Kind(models.TextChoices):
        PERSON = "person", "Person"
        ORGANISATION = "organisation", "Organisation"
        AGENCY = "agency", "Agency"

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="contributor",
        help_text="The login of this contributor, if there is one.",
    )
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.PERSON)
    name = LineField(max_length=200)
    slug = UrlSlugField(max_length=100, unique=True)
    title = LineField(max_length=200, blank=True, help_text="For example: Music editor.")
    bio = ProseField(blank=True)
    portrait = models.ForeignKey(
        "articles.Photo", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    beats = models.ManyToManyField("articles.Tag", blank=True, related_name="+")
    email_public = models.EmailField(blank=True, help_text="Shown to readers.")
    same_as = models.JSONField(
        default=list, blank=True, help_text="Addresses of the same person elsewhere (JSON list)."
    )
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return path_of("articles:contributor", self.slug)

    def clean(self) -> None:
        try:
            validate_addresses(self.same_as)
        except ValidationError as error:
            raise ValidationError({"same_as": error}) from error


class Byline(models.Model):
    """One contributor's part in one article, in printing order."""

    class Role(models.TextChoices):
        AUTHOR = "author", "By"
        REPORTING = "reporting", "Additional reporting by"
        PHOTOS = "photos", "Photographs by"
        TRANSLATION = "translation", "Translated by"
        EDITING = "editing", "Edited by"

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="bylines"
    )
    # No index of its own: the one below begins with it.
    contributor = models.ForeignKey(
        Contributor, on_delete=models.PROTECT, related_name="bylines", db_index=False
    )
    role = models.CharField(max_length=20, choices=Role, default=Role.AUTHOR)
    order = models.PositiveSmallIntegerField(default=0)
    text_override = LineField(
        max_length=200, blank=True, help_text="Printed instead of the name; feeds keep the name."
    )

    class Meta:
        ordering = ["order", "pk"]
        indexes = [
            # articles.sitemaps: a story of each contributor, without reading all of them.
            models.Index("contributor", models.F("article").desc(), name="byline_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "contributor", "role"],
                name="byline_once_per_role",
                violation_error_message="This contributor already has this role here.",
            )
        ]

    def __str__(self) -> str:
        return self.text_override or self.contributor.name
