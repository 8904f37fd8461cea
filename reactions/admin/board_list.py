"""The list of boards: its verbs beside their reason and set, and what was ticked and typed when one is
refused.
"""

from copy import copy
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME, ActionForm
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from reactions.models import Board, ReactionSet

INHERITED = "As its section or the site has"
NO_TICK = "Nothing was done: tick the stories first."
NO_VERB = "Nothing was done: choose an action first."


class VerbForm(ActionForm):
    """What stands beside the verbs: why, and which set."""

    reason = forms.CharField(
        required=False, max_length=300, label="Why (readers of a frozen bar see it)"
    )
    use = forms.ModelChoiceField(
        ReactionSet.objects.all(), required=False, empty_label=INHERITED, label="Set"
    )


class KeepsTicks(admin.ModelAdmin):
    """A list whose refused verb shows the same page again, with the ticks and what was typed."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method == "POST" and "index" in request.POST:  # as Django asks
            if not request.POST.getlist(ACTION_CHECKBOX_NAME):
                return self.asked_again(request, NO_TICK)
            if not request.POST.get("action"):
                return self.asked_again(request, NO_VERB)
        return super().changelist_view(request, extra_context)

    def asked_again(self, request: HttpRequest, words: str, field: str = "") -> HttpResponse:
        """The list as it was sent, under `words`; `field` of the verbs' form is marked and has the focus."""
        self.message_user(request, words, messages.ERROR)
        again = copy(request)
        again.method = "GET"
        # "All of every page" isn't drawn as ticked: it has to be chosen anew.
        sent = request.POST.copy()
        sent["select_across"] = "0"
        form: Any = self.action_form(sent, auto_id=None)
        form.fields["action"].choices = self.get_action_choices(request)
        if field:
            form.add_error(field, words)
            form.fields[field].widget.attrs["autofocus"] = True
        return super().changelist_view(again, {"action_form": form})

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        found = super().get_changelist_instance(request)
        if request.method == "GET" and request.POST:
            ticked = set(request.POST.getlist(ACTION_CHECKBOX_NAME))
            for row in found.result_list:
                row.is_ticked = str(row.pk) in ticked
        return found

    def action_checkbox(self, obj: Any) -> SafeString:
        """The stock one, which never comes ticked."""
        attrs = {"class": "action-select", "aria-label": f"Choose “{obj}”"}
        box = forms.CheckboxInput(attrs, lambda value: getattr(obj, "is_ticked", False))
        return box.render(ACTION_CHECKBOX_NAME, str(obj.pk))


class SetFilter(admin.RelatedFieldListFilter):
    """With words in place of a dash for the boards that name no set."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empty_value_display = SafeString("None of its own")


def stands(board: Board) -> str:
    """What has become of the bar, by whom, when and why: "Frozen by ada, 3 May 2026, 14:05: “…”"."""
    if board.state == Board.State.OPEN:
        return "Ended" if board.sealed_at else "Open"
    who = f" by {board.frozen_by.get_username()}" if board.frozen_by else ""
    when = ""
    if board.frozen_at:
        when = f", {date_format(localtime(board.frozen_at), 'j M Y, H:i')}"
    why = f": “{board.frozen_reason}”" if board.frozen_reason else ""
    return f"{board.get_state_display()}{who}{when}{why}"
