"""One article's reaction bar: its set, whether it takes votes, and why not.

Rows are made on demand (`for_article`); an article without one has an open bar. State changes go
through reactions.moderation.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.fields import LineField
from articles.models import Article


class BoardManager(models.Manager["Board"]):
    def for_article(self, article_id: int) -> "Board":
        """The article's board, made when there is none. Two callers may race: one row results."""
        self.bulk_create([Board(article_id=article_id)], ignore_conflicts=True)
        return self.get(pk=article_id)

    def make_missing(self) -> None:
        """A board for every published article without one, so that the desk can list them all."""
        boardless = Article.objects.published().filter(reaction_board__isnull=True)
        ids = boardless.order_by().values_list("pk", flat=True)
        self.bulk_create(
            (Board(article_id=pk) for pk in ids.iterator()), ignore_conflicts=True, batch_size=1_000
        )


class Board(models.Model):
    class State(models.TextChoices):
        OPEN = "open", "Open"
        FROZEN = "frozen", "Frozen"
        HIDDEN = "hidden", "Hidden"

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, related_name="reaction_board"
    )
    set = models.ForeignKey(
        "reactions.ReactionSet",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="boards",
        help_text="Empty: the section's set, else the default set.",
    )
    state = models.CharField(max_length=10, choices=State, default=State.OPEN, editable=False)
    # Who closed the bar (froze or hid it), when, and why in words that readers see.
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)
    frozen_reason = LineField(max_length=300, blank=True, editable=False)
    # Since when it takes no votes for good: its votes are a sum now (reactions.sealing).
    sealed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Only ever grows: a reader's script takes the newer of two answers by it.
    version = models.PositiveBigIntegerField(default=0, editable=False)

    objects = BoardManager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            # sealing.seal(): boards that were sealed lately and still have votes to fold
            models.Index(fields=["sealed_at"], name="board_sealed_at"),
        ]
        permissions = [
            ("freeze_board", "Can freeze and thaw reactions"),
            ("hide_board", "Can hide and show reactions"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "frozen", "hidden"]),
                name="board_state_known",
                violation_error_message="A bar is open, frozen or hidden.",
            ),
            models.CheckConstraint(
                condition=Q(state="open") | ~Q(frozen_reason=""),
                name="closed_board_has_a_reason",
                violation_error_message="Say why: readers see the reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"Reactions to {self.article}"
