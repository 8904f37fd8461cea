"""Who is blocked until when. A block is lifted early by taking back the ban."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from reactions.admin.read_only import ListOnly
from reactions.insight.names import name_of
from reactions.models import Action, Block

LIST = "admin:reactions_block_changelist"


class ByEnd(admin.SimpleListFilter):
    title, parameter_name = "end", "end"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("ahead", "Holds"), ("over", "Over")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Block]) -> QuerySet[Block]:
        now = timezone.now()
        if self.value() == "ahead":
            return queryset.filter(until__gt=now)
        return queryset.filter(until__lte=now) if self.value() == "over" else queryset


@admin.register(Block)
class BlockAdmin(ListOnly):
    list_display = ["whom", "how", "until", "by", "reason"]
    list_filter = [ByEnd, "mode"]
    list_select_related = ["by"]
    search_fields = ["reason"]

    @admin.display(description="Whom")
    def whom(self, block: Block) -> str:
        if block.net is not None:
            return f"Network {name_of(block.net)}"
        return f"Visitor {name_of(block.visitor or 0)}"

    @admin.display(description="How")
    def how(self, block: Block) -> str:
        return "Banned" if block.mode == Block.Mode.REJECT else "In the shadow"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        answer = super().changelist_view(request, extra_context)
        found = getattr(answer, "context_data", None) or {}
        if "cl" in found:
            found["blocks"] = rows(found["cl"].result_list, self)
            found["may_undo"] = request.user.has_perm("reactions.undo_action")
        return answer


def rows(blocks: Any, desk: BlockAdmin) -> list[dict[str, Any]]:
    """Each with the action that made it, while it can be taken back. 1 query."""
    found = list(blocks)
    verbs = [Action.Verb.BAN, Action.Verb.SHADOW]
    made = Action.objects.filter(verb__in=verbs, effect__block__in=[each.pk for each in found])
    action_of = {action.effect["block"]: action for action in made.select_related("undone_by")}
    now = timezone.now()
    return [
        {
            "block": block,
            "whom": desk.whom(block),
            "how": desk.how(block),
            "holds": block.until > now,
            "action": action_of.get(block.pk),
        }
        for block in found
    ]
