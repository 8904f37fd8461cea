"""What moderators did, and the system for them. Rows are added, never changed or deleted."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.fields import LineField


class Action(models.Model):
    class Verb(models.TextChoices):
        VOID = "void", "Void"
        RELEASE = "release", "Release"
        QUARANTINE = "quarantine", "Quarantine"
        SHADOW_VOTES = "shadow_votes", "Shadow votes"
        FREEZE = "freeze", "Freeze"
        THAW = "thaw", "Thaw"
        HIDE = "hide", "Hide"
        SHOW = "show", "Show"
        BAN = "ban", "Ban"
        SHADOW = "shadow", "Shadow"
        CLOSE = "close", "Close a case"
        UNDO = "undo", "Undo"

    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    # The login outlives its row: what a person did is never taken for the system's.
    by_name = models.CharField(max_length=150, blank=True, help_text="Empty: the system.")
    verb = models.CharField(max_length=20, choices=Verb)
    filter = models.JSONField(default=dict, help_text="To what: votes, boards, a visitor.")
    # Votes: {"total", "counted", "kinds": {kind: n}}. Boards: {"boards": {id: [state, reason]}},
    # as they were before. Blocks: {"block": id}.
    effect = models.JSONField(default=dict)
    reason = LineField(max_length=300)
    case = models.ForeignKey(
        "reactions.Case", on_delete=models.SET_NULL, null=True, related_name="actions"
    )
    undo_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="undone_by"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        permissions = [
            ("void_votes", "Can void, release and shadow votes"),
            ("undo_action", "Can undo actions"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="action_has_a_reason",
                violation_error_message="Say why.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()}: {self.reason}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises TypeError for a row that is there already."""
        if not self._state.adding:
            raise TypeError("What was done is not rewritten.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("What was done is not forgotten.")


class ActedVote(models.Model):
    """A vote that an action moved, and the state it was in: what makes an undo exact."""

    pk = models.CompositePrimaryKey("action_id", "article_id", "visitor")
    action = models.ForeignKey(
        Action, on_delete=models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.CASCADE,
        db_constraint=False,
        related_name="+",
    )
    visitor = models.BigIntegerField()
    before = models.SmallIntegerField()

    def __str__(self) -> str:
        return f"A vote on article {self.article_id}, {self.before} before action {self.action_id}"
