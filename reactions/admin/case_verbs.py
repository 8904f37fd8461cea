"""What the buttons of a case's page do. Each asks for its right, its reason and, for votes, that the
moderator looked at just this choice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect

from reactions import moderation
from reactions.admin.case_desk import Desk, case_url
from reactions.admin.case_preview import NotLookedAt, Seen, looked_at
from reactions.models import Action, Board


@dataclass(frozen=True, slots=True)
class VotesVerb:
    """A verb on the chosen votes. `takes`: of (counted, waiting), how many it would move."""

    name: str
    label: str
    done: str
    hint: str
    act: Callable[..., Action]
    takes: Callable[[int, int], int]


VOTES_VERBS = {
    each.name: each
    for each in (
        VotesVerb("void", "Void", "void now", "Out of the counts.", moderation.void,
                  lambda counted, waiting: counted + waiting),
        VotesVerb("quarantine", "Let wait", "waiting now", "Out of the counts until you decide.",
                  moderation.quarantine, lambda counted, waiting: counted),
        VotesVerb("release", "Count", "counted now", "What waits is counted.",
                  moderation.release, lambda counted, waiting: waiting),
        VotesVerb("shadow_votes", "Shadow", "in the shadow now",
                  "Out of the counts; their voters’ changes stay out, too.",
                  moderation.shadow_votes, lambda counted, waiting: counted + waiting),
    )
}  # fmt: skip
NO_REASON = "Say why: it stays in the history."
BAR_VERBS: dict[str, tuple[str, Callable[..., int], str]] = {
    "freeze": ("freeze_board", moderation.freeze, "The bar is frozen: counts stay, no more votes."),
    "thaw": ("freeze_board", moderation.thaw, "The bar takes votes again."),
    "hide": ("hide_board", moderation.hide, "The bar is off the page."),
    "show": ("hide_board", moderation.show, "The bar is on the page again."),
}


def offers(seen: Seen) -> list[dict[str, Any]]:
    """The buttons beneath a preview: those that would move a vote."""
    found = []
    for verb in VOTES_VERBS.values():
        votes = verb.takes(seen.preview.removed, seen.preview.waiting)
        if votes:
            words = {"name": verb.name, "label": verb.label, "hint": verb.hint}
            found.append({**words, "votes": votes, "number": f"{votes:,}"})
    return found


def act(desk: Desk) -> HttpResponse | None:
    """Do what was sent; None: show the page again, with what is wrong in words."""
    verb = desk.sent.get("do", "")
    if verb in VOTES_VERBS:
        done = _on_votes(desk, VOTES_VERBS[verb])
    elif verb in BAR_VERBS:
        done = _on_bar(desk, verb)
    elif verb == "block":
        done = _block(desk)
    elif verb == "close":
        done = _close(desk)
    else:
        done = False
    if done:
        return HttpResponseRedirect(f"{case_url(desk.case)}#history")
    desk.look()
    return None


def _may(desk: Desk, right: str) -> None:
    if not desk.request.user.has_perm(f"reactions.{right}"):
        raise PermissionDenied


def _on_votes(desk: Desk, verb: VotesVerb) -> bool:
    _may(desk, "void_votes")
    if not desk.votes_form.is_valid():
        return False
    votes = desk.votes_form.votes(desk.case.article_id)
    try:
        saw = verb.takes(*looked_at(desk.case, votes, desk.sent.get("mark", "")))
        now = moderation.preview(votes)
        if not verb.takes(now.removed, now.waiting):
            raise NotLookedAt("Nothing was done: no vote fits any more.")
        action = verb.act(votes, desk.who, reason=desk.reason, case=desk.case)
    except NotLookedAt as problem:
        desk.problem = str(problem)
        return False
    except moderation.ReasonMissing as problem:
        desk.reason_problem = str(problem) if desk.reason.strip() else NO_REASON
        return False
    moved = action.effect["total"] - action.effect["kinds"].get("0", 0)
    words = f"{moved:,} vote{'' if moved == 1 else 's'} {verb.done}."
    if moved != saw:
        words += f" When you looked it would have been {saw:,}: readers voted meanwhile."
    messages.success(desk.request, words)
    return True


def _on_bar(desk: Desk, verb: str) -> bool:
    right, change, words = BAR_VERBS[verb]
    _may(desk, right)
    if not desk.bar_form.is_valid():
        return False
    board = Board.objects.for_article(desk.case.article_id)
    reason = desk.bar_form.cleaned_data["reason"]
    if change([board], desk.who, reason=reason, case=desk.case):
        messages.success(desk.request, words)
    else:
        messages.warning(desk.request, "Nothing was done: somebody changed the bar meanwhile.")
    return True


def _block(desk: Desk) -> bool:
    _may(desk, "ban_visitor")
    form = desk.block_form
    if not form.is_valid():
        return False
    whom, until = form.chosen()
    verb = moderation.ban if form.cleaned_data["mode"] == "ban" else moderation.shadow
    reason = form.cleaned_data["reason"]
    try:
        verb(desk.who, until=until, reason=reason, case=desk.case, **whom)
    except ValueError as problem:
        form.add_error("hours", str(problem))
        return False
    messages.success(desk.request, "Blocked. It ends by itself; the list of blocks says when.")
    return True


def _close(desk: Desk) -> bool:
    _may(desk, "close_case")
    form = desk.close_form
    if not form.is_valid():
        return False
    try:
        closing = moderation.close_case(desk.case, desk.who, **form.cleaned_data)
    except moderation.CaseClosed as problem:
        messages.warning(desk.request, f"Nothing was done: {problem}")
        return True
    total = closing.effect["total"]
    came = f"{total:,} that waited: {_became(closing)}." if total else "No vote waited."
    messages.success(desk.request, f"Closed. {came}")
    return True


def _became(closing: Action) -> str:
    return "counted" if closing.effect["verdict"] == "clean" else "void"
