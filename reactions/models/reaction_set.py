"""A question and the kinds that answer it, in order.

An article shows the set its board names, else its section's set, else the default one; the rule
itself stands in reactions.sets, once for reading and voting.
"""

from typing import Any

from django.db import models
from django.db.models import Q

from articles.fields import LineField
from reactions.set_style import tidy


class StyleField(models.JSONField):
    """reactions.set_style's colours and sizes and nothing else, on every way in. Raises NoColour
    (a ValueError) for what is none.
    """

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(tidy(value))


class ReactionSet(models.Model):
    slug = models.SlugField(max_length=60, unique=True, allow_unicode=True)
    question = LineField(max_length=200, help_text="Stands above the buttons.")
    section = models.OneToOneField(
        "articles.Section",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="reaction_set",
        help_text="Articles of this section show this set, unless their board names another.",
    )
    is_default = models.BooleanField(
        "default", default=False, help_text="Shown where neither board nor section names a set."
    )
    style = StyleField(default=dict, blank=True, editable=False)
    kinds = models.ManyToManyField(
        "reactions.ReactionKind", through="reactions.SetKind", related_name="sets"
    )

    class Meta:
        ordering = ["question", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="one_default_set",
                violation_error_message="There is a default set already: take its mark off first.",
            ),
            models.CheckConstraint(
                condition=~Q(question=""),
                name="set_has_a_question",
                violation_error_message="A set needs a question: it names the buttons.",
            ),
        ]

    def __str__(self) -> str:
        return self.question


class SetKind(models.Model):
    """One kind's place in one set."""

    set = models.ForeignKey(
        ReactionSet, on_delete=models.CASCADE, db_index=False, related_name="members"
    )
    kind = models.ForeignKey(
        "reactions.ReactionKind", on_delete=models.PROTECT, related_name="memberships"
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            # Its index also serves read_boards() and the ballot: the kinds of one set.
            models.UniqueConstraint(
                fields=["set", "kind"],
                name="kind_once_per_set",
                violation_error_message="This set has this kind already.",
            )
        ]

    def __str__(self) -> str:
        return str(self.kind)
