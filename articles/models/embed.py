"""Embeds: one row for a post in whatever form it arrived, its uses in articles, its history.

The row is also the record of work: state, attempts and lease are what the sweep reads, so a lost
Celery message costs time and nothing else. Providers are code, not choices: a new one needs no
migration.
"""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.fields import AddressField, LineField, ProseField

MAX_ATTEMPTS = 6


# What a person may have to look at; also the condition of the index that finds it.
TROUBLE = Q(state__in=["blocked", "degraded", "gone"]) | Q(attempts__gte=MAX_ATTEMPTS)


class EmbedQuerySet(models.QuerySet["Embed"]):
    def in_trouble(self) -> "EmbedQuerySet":
        """Posts that are gone, blocked or don't answer, and those that nobody asks for any more."""
        return self.filter(TROUBLE)

    def due(self, now: datetime | None = None) -> "EmbedQuerySet":
        """Rows with work to do: never rendered, or their time for another try has come.

        A row that killed its worker too often is no longer due: the desk sees and frees it.
        """
        now = now or timezone.now()
        return self.filter(
            Q(lease_until__isnull=True) | Q(lease_until__lte=now),
            next_check_at__lte=now,
            attempts__lt=MAX_ATTEMPTS,
        )

    def outdated(self, version: int) -> "EmbedQuerySet":
        """Rows whose stored card was drawn by an older version, or is not what the row says."""
        return self.filter(render_version__lt=version)


class Embed(models.Model):
    class State(models.TextChoices):
        """Which may follow which, and by whom: articles.embeds.states."""

        PENDING = "pending", "Waiting"
        OK = "ok", "Fine"
        DEGRADED = "degraded", "No answer from the provider"
        GONE = "gone", "Gone"
        BLOCKED = "blocked", "Blocked"

    class Priority(models.IntegerChoices):
        """Whose turn is first: somebody at the desk waits for it, an import brought it, a look at
        what is known already.
        """

        DESK = 0
        IMPORT = 1
        RECHECK = 2

    provider = models.CharField(max_length=40)
    # The media id; for a short link whose id only the network knows, "~" and a hash of the URL.
    key = models.CharField(max_length=200)
    media_id = models.CharField(max_length=200, blank=True)
    alias_of = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="aliases",
        help_text="The post that this short link turned out to lead to.",
    )
    url = AddressField(max_length=1000, help_text="As written into the body, without start time.")
    canonical_url = AddressField(max_length=1000, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    title = LineField(max_length=500, blank=True)
    author_name = LineField(max_length=300, blank=True)
    author_url = AddressField(max_length=1000, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    poster = models.ForeignKey(
        "articles.Photo", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # What the newsroom keeps of the post in its own words, for the day the post is gone.
    quote = ProseField(blank=True)
    quote_author = LineField(max_length=300, blank=True)
    quote_date = models.DateField(null=True, blank=True)
    rights_note = LineField(max_length=500, blank=True)
    kept_on = models.DateField(
        null=True, blank=True, help_text="The day the newsroom saw the post say so."
    )
    # What the provider's answer offers for the quote (text, author, date, picture), where its terms
    # let it be kept. Nothing of it is shown until the desk takes it over.
    suggested = models.JSONField(default=dict, blank=True, editable=False)

    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    reason = LineField(max_length=300, blank=True)
    held = models.BooleanField(
        default=False, help_text="The desk decided the state: no answer of the provider changes it."
    )
    priority = models.PositiveSmallIntegerField(
        choices=Priority, default=Priority.DESK, editable=False
    )
    # Claims since the last one that came to an end: a row that kills its worker is left alone.
    attempts = models.PositiveSmallIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="Answers in a row that were none."
    )
    next_check_at = models.DateTimeField(null=True, blank=True, default=timezone.now)
    queued_until = models.DateTimeField(null=True, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    fetched_at = models.DateTimeField(null=True, blank=True)
    # "Not found" is believed when it is said again some time after this.
    missing_since = models.DateTimeField(null=True, blank=True, editable=False)
    gone_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The provider's last answer, where its terms let it be kept.
    snapshot = models.JSONField(default=dict, blank=True)
    card_html = models.TextField(blank=True, editable=False)
    render_version = models.PositiveSmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = EmbedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "key"],
                name="embed_identity",
                violation_error_message="This post is known already.",
            )
        ]
        indexes = [
            # EmbedQuerySet.due() of one priority, the longest due first: the sweep, every 15 s.
            models.Index(
                fields=["priority", "next_check_at"],
                name="embed_turn",
                condition=Q(next_check_at__isnull=False),
            ),
            # EmbedQuerySet.outdated(): the sweep asks for cards of an older render version.
            models.Index(fields=["render_version", "id"], name="embed_outdated"),
            # EmbedQuerySet.in_trouble(): the board.
            models.Index(fields=["-id"], name="embed_trouble", condition=TROUBLE),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.media_id or self.url}"


class EmbedUse(models.Model):
    """An embed's place in an article. `url` is the exact text of the body's `<oembed>`."""

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="embed_uses"
    )
    embed = models.ForeignKey(Embed, on_delete=models.PROTECT, related_name="uses")
    position = models.PositiveSmallIntegerField()
    url = AddressField(max_length=1000)
    start = models.PositiveIntegerField(null=True, blank=True, help_text="Start time in seconds.")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["article", "position"], name="embed_use_position")
        ]

    def __str__(self) -> str:
        return f"{self.embed} in article {self.article_id}"


class EmbedEvent(models.Model):
    """One change of an embed's state: who, when, why. Written once, by articles.embeds.states."""

    embed = models.ForeignKey(Embed, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Nobody: the worker, by the provider's answer.",
    )
    from_state = models.CharField(max_length=10, choices=Embed.State)
    to_state = models.CharField(max_length=10, choices=Embed.State)
    reason = LineField(max_length=300, blank=True)
    told_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When the stories' authors were told."
    )

    class Meta:
        ordering = ["-pk"]
        indexes = [
            # articles.embeds.notices: posts that died and whose authors don't know yet.
            models.Index(
                fields=["id"],
                name="embed_event_untold",
                condition=Q(to_state="gone", told_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.embed}: {self.from_state} → {self.to_state}"
