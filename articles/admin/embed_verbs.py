"""What the desk decides about posts, for one or many: asked once more, with the reason, and said."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from articles.actions import embedding
from articles.admin.base import person
from articles.admin.embed_words import in_words
from articles.embeds.states import MAX_REASON_CHARS
from articles.models import Embed
from newsroom.lib.text import clean_line

if TYPE_CHECKING:
    from articles.admin.embed import EmbedAdmin

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Decision:
    """A state that the desk gives. `effect` is what it does, for whoever is about to press the
    button; `done` is said of the number that changed; `needs_reason` whether it must be given.
    """

    name: str
    title: str
    effect: str
    done: str
    act: Callable[..., int]
    needs_reason: bool


DECISIONS = {
    each.name: each
    for each in (
        Decision(
            "mark_gone",
            "Mark as gone",
            "Readers see what the newsroom kept of it, and that it is no longer available. Nobody "
            "is asked about it until somebody restores it or asks again.",
            "marked as gone",
            embedding.mark_gone,
            needs_reason=True,
        ),
        Decision(
            "block",
            "Block",
            "Readers can’t open it on this site any more, in any story. Nobody is asked about it "
            "until somebody restores it.",
            "blocked",
            embedding.block,
            needs_reason=True,
        ),
        Decision(
            "restore",
            "Restore",
            "Readers see it again, and its provider is asked whether it is there.",
            "restored",
            embedding.restore,
            needs_reason=False,
        ),
    )
}


def decide(
    admin_: "EmbedAdmin", request: HttpRequest, embeds: QuerySet[Embed], *, name: str
) -> HttpResponse | None:
    """The page that asks once more; sent back with the reason, the decision."""
    decision = DECISIONS[name]
    reason = clean_line(request.POST.get("reason", ""))[:MAX_REASON_CHARS]
    if "confirmed" not in request.POST or (decision.needs_reason and not reason):
        return ask(admin_, request, embeds, decision=decision)
    changed = decision.act(embeds, by=person(request), reason=reason)
    if changed:
        messages.success(request, f"{posts(changed)} {decision.done}.")
    else:
        messages.warning(request, f"Nothing changed: none of them can be {decision.done} now.")
    return back(request)


def ask(
    admin_: "EmbedAdmin", request: HttpRequest, embeds: QuerySet[Embed], *, decision: Decision
) -> HttpResponse:
    many = embeds.count()
    rows: list[Any] = [(each, in_words(each)) for each in embeds[:SHOWN]]
    context = {
        **admin_.admin_site.each_context(request),
        "title": f"{decision.title}: {posts(many)}",
        "opts": Embed._meta,
        "decision": decision,
        "rows": rows,
        "more": many - len(rows),
        "missing": "confirmed" in request.POST,
        "max_reason": MAX_REASON_CHARS,
        "checkbox": ACTION_CHECKBOX_NAME,
        "chosen": request.POST.getlist(ACTION_CHECKBOX_NAME),
        "across": request.POST.get("select_across", "0"),
        "from_post": from_post(request),
        "where": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/articles/embed/decide.html", context)


def ask_again(request: HttpRequest, embeds: QuerySet[Embed]) -> HttpResponse | None:
    asked = embedding.ask_again(embeds)
    LogEntry.objects.log_actions(str(request.user.pk), embeds, CHANGE, "Asked the provider again.")
    if asked:
        messages.success(request, f"{posts(asked)} will be asked about again in a moment.")
    if blocked := embeds.filter(state=Embed.State.BLOCKED).count():
        messages.warning(request, f"{posts(blocked)} left alone: blocked. Restore first.")
    return back(request)


def back(request: HttpRequest) -> HttpResponse | None:
    """To the post's page, if the button was there; else None: to the list."""
    number = from_post(request)
    if not number:
        return None
    return HttpResponseRedirect(reverse("admin:articles_embed_change", args=[number]))


def from_post(request: HttpRequest) -> str:
    number = request.POST.get("from_post", "")
    return number if number.isdecimal() else ""


def posts(number: int) -> str:
    return f"{number} post" if number == 1 else f"{number} posts"
