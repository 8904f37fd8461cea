"""The article: the live row that readers see. `published()` is the one definition of public."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from taggit.managers import TaggableManager

from articles.fields import AddressField, BodyField, LineField, ProseField, UrlSlugField
from articles.models.addresses import path_of
from articles.models.photo import USE_COLUMNS, columns_of
from articles.models.photo_rights import Times

# What a card shows (articles.cards).
CARD_COLUMNS = (
    "slug", "kind", "headline", "headline_home", "kicker", "dek", "publish_at", "section__name",
    "section__slug", *columns_of("lead", USE_COLUMNS), *columns_of("lead__photo"),
)  # fmt: skip


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self, at: datetime | None = None) -> Self:
        """Articles that readers may see now (by the database's clock) or at a given time.

        Visibility is this query and not a job: a dead worker can't hold a story back or keep a
        withdrawn one up.
        """
        moment = Now() if at is None else at
        return self.filter(
            Q(expire_at__isnull=True) | Q(expire_at__gt=moment),
            status=Article.Status.PUBLISHED,
            publish_at__lte=moment,
        )

    def released(self) -> Self:
        """What an editor published, for now, for a time to come or until a time that has passed."""
        return self.filter(status=Article.Status.PUBLISHED)

    def gone(self) -> Self:
        """What readers saw and see no more: withdrawn, or its time is over."""
        over = Q(status=Article.Status.PUBLISHED, expire_at__lte=Now())
        withdrawn = Q(status=Article.Status.WITHDRAWN)
        return self.filter(over | withdrawn, first_published_at__lte=Now())

    def changes_ahead(self) -> tuple[Times, Times]:
        """When time alone will next put a story before readers, and when take one away: publish_at
        and expire_at after the database's now, the next one first.
        """
        released = self.filter(status=Article.Status.PUBLISHED)
        shows = released.filter(publish_at__gt=Now()).order_by("publish_at")
        hides = released.filter(expire_at__gt=Now()).order_by("expire_at")
        return shows.values("publish_at"), hides.values("expire_at")

    def readable_by(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """What a login may read on the desk: all of it for those who publish, for the others what
        they wrote themselves and what every reader sees.
        """
        if user.has_perm("articles.publish_article"):  # type: ignore[union-attr]
            return self
        return self.filter(created_by=user.pk) | self.published()

    def newest(self) -> Self:
        return self.order_by("-publish_at", "-pk")

    def one_by_one(self) -> Self:
        """This set as a question to each row, in no order, for whoever narrows it further by what
        is rare: `published().one_by_one().filter(series_items__series=1)`.

        As a plain filter SQLite, which keeps no statistics by itself, takes the index of status and
        time for the narrower one, and reads all that was ever published to find twenty of it.
        """
        fitting = self.filter(pk=OuterRef("pk"))
        return self.model.objects.filter(Exists(fitting)).order_by()  # type: ignore[return-value]

    def among(self, ids: Iterable[int]) -> Self:
        """Those of this set that have one of these numbers, in no order: `published().among(ids)`."""
        return self.one_by_one().filter(pk__in=list(ids))


class Article(models.Model):  # type: ignore[django-manager-missing]  # taggit has no types
    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        REVIEW = "review", "In review"
        READY = "ready", "Ready"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Kind(models.TextChoices):
        """The kind of work: a label readers see, and the schema.org type it stands for."""

        NEWS = "news", "News"
        OPINION = "opinion", "Opinion"
        ANALYSIS = "analysis", "Analysis"
        REVIEW = "review", "Review"
        INTERVIEW = "interview", "Interview"
        FEATURE = "feature", "Feature"
        LIST = "list", "List"
        GALLERY = "gallery", "Gallery"
        SPONSORED = "sponsored", "Sponsored"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.NEWS)
    headline = LineField(max_length=300, blank=True)
    headline_is_working = models.BooleanField(
        "working headline",
        default=False,
        help_text="Made from the address of an imported page; no writer has confirmed it.",
    )
    headline_home = LineField(max_length=200, blank=True)
    headline_seo = LineField(max_length=200, blank=True)
    headline_social = LineField(max_length=200, blank=True)
    kicker = LineField(max_length=60, blank=True)
    dek = ProseField(blank=True)
    slug = UrlSlugField(max_length=200, unique=True)
    section = models.ForeignKey(
        "articles.Section", on_delete=models.PROTECT, null=True, blank=True, related_name="articles"
    )
    body_html = BodyField("body", blank=True)
    body_text = models.TextField(blank=True, editable=False)
    word_count = models.PositiveIntegerField(default=0, editable=False)
    dateline = LineField(max_length=100, blank=True)
    lead = models.ForeignKey(
        "articles.PhotoUse", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    tags = TaggableManager(through="articles.TaggedArticle", blank=True)

    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    publish_at = models.DateTimeField(null=True, blank=True)
    expire_at = models.DateTimeField(null=True, blank=True)
    first_published_at = models.DateTimeField(null=True, blank=True, editable=False)
    updated_at_public = models.DateTimeField(
        "updated, as readers see it",
        null=True,
        blank=True,
        help_text="Moves only when an editor says so.",
    )
    embargo_until = models.DateTimeField(null=True, blank=True)
    embargo_note = LineField(max_length=300, blank=True)
    canonical_url = AddressField(
        max_length=500, blank=True, help_text="Set for syndicated stories."
    )

    sensitive = models.BooleanField(default=False)
    legally_sensitive = models.BooleanField(default=False)
    no_ads = models.BooleanField(default=False)
    no_related = models.BooleanField(default=False)
    noindex = models.BooleanField(default=False)
    has_corrections = models.BooleanField(default=False, editable=False)

    version = models.PositiveIntegerField(default=1, editable=False)
    current_draft = models.ForeignKey(
        "articles.Revision",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    live = models.ForeignKey(
        "articles.Revision",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    translation_group = models.UUIDField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    modified_at = models.DateTimeField(auto_now=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    modified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-publish_at", "-pk"]
        permissions = [("publish_article", "Can publish and withdraw articles")]
        indexes = [
            # published().newest(): home, feed, sitemap.
            models.Index(
                "status",
                models.F("publish_at").desc(),
                models.F("id").desc(),
                name="article_newest",
            ),
            # published().newest() of one section.
            models.Index(
                "section",
                models.F("publish_at").desc(),
                models.F("id").desc(),
                name="article_section_newest",
            ),
            # The board: what is in review, what is ready.
            models.Index("status", models.F("modified_at").desc(), name="article_by_status"),
            # The board: live stories with changes that readers don't see yet. Few at any time.
            models.Index(
                models.F("modified_at").desc(),
                name="article_changed",
                condition=Q(current_draft__isnull=False),
            ),
            # The board: one's own drafts.
            models.Index(
                "created_by", "status", models.F("modified_at").desc(), name="article_own"
            ),
            # changes_ahead(): the next story to expire. Few ever do.
            models.Index(
                fields=["expire_at"],
                name="article_expiring",
                condition=Q(expire_at__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="published") | Q(publish_at__isnull=False),
                name="published_has_a_time",
                violation_error_message="A published article needs a time of publication.",
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | ~Q(headline=""),
                name="published_has_a_headline",
                violation_error_message="An article can't be published without a headline.",
            ),
        ]

    def __str__(self) -> str:
        return self.headline or "Untitled"

    def get_absolute_url(self) -> str:
        return path_of("articles:article", self.slug)

    @property
    def is_released(self) -> bool:
        """Whether an editor published it, for now or for a time to come. Whether readers see it is
        `published()`'s to say.
        """
        return self.status == self.Status.PUBLISHED
