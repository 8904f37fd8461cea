"""The forms of a case's page. Each verb has a reason, and says in words what is wrong."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from reactions.admin.times import Moment
from reactions.insight.case_charts import kind_name
from reactions.insight.case_figures import Net
from reactions.insight.names import name_of
from reactions.models import Case, ReactionKind, Vote
from reactions.moderation import VoteFilter
from reactions.moderation.log import REASON_MAX

AGES = (("", "Any age"), ("60", "Under a minute"), ("600", "Under 10 minutes"),
        ("3600", "Under an hour"), ("86400", "Under a day"))  # fmt: skip
HOURS = (("1", "1 hour"), ("6", "6 hours"), ("24", "a day"), ("48", "2 days"),
         ("168", "a week (visitors)"), ("720", "30 days (visitors)"))  # fmt: skip
STATES = (
    (str(Vote.State.COUNTED.value), "Counted"),
    (str(Vote.State.QUARANTINED.value), "Waiting"),
)
NUMBER_AT_MOST = 2**63


def is_number(text: str) -> bool:
    """Whether it is what networks and visitors are known by: 63 bits, never 0."""
    return text.isascii() and text.isdigit() and len(text) < 20 and 0 < int(text) < NUMBER_AT_MOST


class Reason(forms.CharField):
    def __init__(self, label: str = "Why") -> None:
        super().__init__(
            label=label, max_length=REASON_MAX, widget=forms.TextInput(attrs={"class": "vTextField"}),
            error_messages={"required": "Say why: it stays in the history."},
        )  # fmt: skip


class VotesForm(forms.Form):
    """Which votes of the article. Nothing chosen in a row means all of it."""

    kinds = forms.TypedMultipleChoiceField(
        coerce=int, required=False, label="Reactions", widget=forms.CheckboxSelectMultiple
    )
    since, until = Moment("From"), Moment("To", later=True)
    younger_than = forms.TypedChoiceField(
        choices=AGES, coerce=int, empty_value=None, required=False, label="Cookie’s age"
    )
    states = forms.TypedMultipleChoiceField(
        choices=STATES, coerce=int, required=False, label="Votes that are",
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    nets = forms.TypedMultipleChoiceField(
        coerce=int, required=False, label="Networks", widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, kinds: Mapping[int, ReactionKind], here: Iterable[int],
        nets: Iterable[Net], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        kinds_field: Any = self.fields["kinds"]
        kinds_field.choices = [(kind, kind_name(kind, kinds)) for kind in sorted(here)]
        nets_field: Any = self.fields["nets"]
        nets_field.choices = [
            (str(each.net), f"{name_of(each.net)} ({each.votes:,})") for each in nets if each.net
        ]
        # What a preset names and the largest are not.
        known = {value for value, _ in nets_field.choices}
        for value in self._given("nets"):
            if value not in known and is_number(value):
                nets_field.choices.append((value, name_of(int(value))))

    def _given(self, name: str) -> list[str]:
        values = self.data.getlist(name) if hasattr(self.data, "getlist") else self.data.get(name)
        return [str(value) for value in values or []]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and until <= since:
            self.add_error("until", "The time would end before it begins.")
        return data

    def votes(self, article_id: int) -> VoteFilter:
        data = self.cleaned_data
        return VoteFilter(
            (article_id,), kinds=tuple(sorted(data["kinds"])), since=data["since"],
            until=data["until"], nets=tuple(sorted(data["nets"])),
            younger_than_s=data["younger_than"], states=tuple(sorted(data["states"])),
        )  # fmt: skip


class BarForm(forms.Form):
    reason = Reason("Why (readers of a frozen bar see it)")


class BlockForm(forms.Form):
    """Whom, how, until when. `who` is "net:…" or "visitor:…"."""

    who = forms.ChoiceField(label="Whom", error_messages={"required": "Say whom to block."})
    mode = forms.ChoiceField(
        label="How", choices=(("shadow", "In the shadow: they see their votes, nobody counts them"),
                              ("ban", "Banned: new votes are refused")),
    )  # fmt: skip
    hours = forms.TypedChoiceField(label="For", choices=HOURS, coerce=int, initial="24")
    reason = Reason()

    def __init__(self, *args: Any, whom: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who: Any = self.fields["who"]
        who.choices = [("", "Choose"), *whom]

    def chosen(self) -> tuple[dict[str, int], datetime]:
        """({"net" or "visitor": number}, until when)."""
        key, _, value = self.cleaned_data["who"].partition(":")
        return {key: int(value)}, timezone.now() + timedelta(hours=self.cleaned_data["hours"])


class CloseForm(forms.Form):
    verdict = forms.ChoiceField(
        label="What it was", choices=Case.Verdict.choices, widget=forms.RadioSelect,
        error_messages={"required": "Say what it was."},
    )  # fmt: skip
    reason = Reason()


class LookForm(forms.Form):
    reason = Reason("Why you look into it")
