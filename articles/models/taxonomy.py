"""Where an article belongs: one section, any number of tags. taggit's own admin is never used."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from taggit.models import ItemBase, TagBase

from articles.fields import LineField, ProseField, UrlSlugField, validate_addresses
from articles.models.addresses import path_of
from newsroom.lib.text import clean_line, normalise_key, slugify

KEY_CHARS = 120


def tag_key(name: str) -> str:
    """The unique key of a tag or alias, cut to its column: one letter may become a whole phrase."""
    return normalise_key(name)[:KEY_CHARS]


def check_name(name: str, *, other_tags: Q, other_aliases: Q) -> str:
    """The name, cleaned. Raises ValidationError where another tag or alias has it in some spelling."""
    name = clean_line(name)
    key = tag_key(name)
    tag = Tag.objects.filter(other_tags, norm_key=key).first()
    alias = TagAlias.objects.filter(other_aliases, norm_key=key).first()
    if taken := tag or (alias and alias.tag):
        raise ValidationError({"name": f"The tag “{taken}” has this name already."})
    if not key:
        raise ValidationError({"name": "Nothing in this name can be seen."})
    return name


class Section(models.Model):
    name = LineField(max_length=100)
    slug = UrlSlugField(max_length=100, unique=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    description = ProseField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    nav = models.BooleanField("in the menu", default=True)
    ads_off = models.BooleanField(default=False)

    class Meta:
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return path_of("articles:section", self.slug)


class Tag(TagBase):
    """A topic. `norm_key` makes "Beyoncé", "beyonce" and "BEYONCE" one tag."""

    class Kind(models.TextChoices):
        PERSON = "person", "Person"
        PLACE = "place", "Place"
        ORGANISATION = "organisation", "Organisation"
        TOPIC = "topic", "Topic"
        EVENT = "event", "Event"
        WORK = "work", "Work"

    name: str  # taggit's field; the package has no types
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.TOPIC)
    norm_key = models.CharField(max_length=120, unique=True, editable=False)
    description = ProseField(blank=True)
    image = models.ForeignKey(
        "articles.Photo", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    same_as = models.JSONField(default=list, blank=True)
    wikidata_id = models.CharField(max_length=20, blank=True)
    indexable = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def clean(self) -> None:
        self.name = check_name(self.name, other_tags=~Q(pk=self.pk), other_aliases=~Q(tag=self.pk))
        try:
            validate_addresses(self.same_as)
        except ValidationError as error:
            raise ValidationError({"same_as": error}) from error

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.norm_key = tag_key(self.name)
        super().save(*args, **kwargs)

    def slugify(self, tag: str, i: int | None = None) -> str:
        slug = slugify(tag, fallback="tag")
        return slug if i is None else f"{slug}-{i}"

    def get_absolute_url(self) -> str:
        return path_of("articles:tag", self.slug)

    @property
    def is_curated(self) -> bool:
        """Whether its page says something without a story."""
        return bool(self.description or self.image_id)


class TagAlias(models.Model):
    """Another name of a tag; its old address leads to the tag by 301."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="aliases")
    name = LineField(max_length=100)
    norm_key = models.CharField(max_length=120, unique=True, editable=False)
    slug = UrlSlugField(max_length=100, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "tag aliases"

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.norm_key = tag_key(self.name)
        self.slug = self.slug or slugify(self.name, fallback="tag")
        super().save(*args, **kwargs)

    def clean(self) -> None:
        check_name(self.name, other_tags=~Q(pk=self.tag_id), other_aliases=~Q(pk=self.pk))


class TaggedArticle(ItemBase):
    # No index of its own: the one below begins with it.
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="uses", db_index=False)
    content_object = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="tag_uses"
    )
    is_primary = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        indexes = [
            # articles.related: the stories of a tag that were made last; also all uses of a tag.
            models.Index("tag", models.F("content_object").desc(), name="tag_use_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content_object", "tag"],
                name="tag_once_per_article",
                violation_error_message="This article has this tag already.",
            )
        ]

    def __str__(self) -> str:
        return str(self.tag.name)
