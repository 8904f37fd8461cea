"""The set editor: the question, the kinds in their order, the looks, and where it stands."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern
from django.utils.safestring import SafeString

from articles.admin.base import ChangesPages, RowsMixin
from articles.admin.csp import frames_our_pages
from reactions.admin.kind import looks_of
from reactions.admin.set_form import MemberForm, MemberFormSet, SetForm, field_name
from reactions.admin.set_preview import preview_urls
from reactions.models import ReactionKind, ReactionSet, SetKind
from reactions.set_style import COLOURS, THEMES

TAKEN_OUT = (
    "Taken out: {kinds}. Readers of stories with this set no longer see how many chose it. The votes "
    "are kept: put it back and they are shown again. To end a kind everywhere, retire it."
)
NO_DEFAULT = (
    "No set is the default now: stories without a set of their own or their section’s have no bar."
)
NO_KINDS = "This set has no kind that readers could choose: its stories have no bar."


class SetKindInline(RowsMixin, admin.TabularInline):
    model = SetKind
    named_by = ["kind"]
    form = MemberForm
    formset = MemberFormSet
    extra = 0
    verbose_name = "kind"
    verbose_name_plural = "Kinds, in the order of their places"

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return plain(super().formfield_for_dbfield(db_field, request, **kwargs))

    def get_extra(self, request: HttpRequest, obj: ReactionSet | None = None, **kwargs: Any) -> int:
        return 3 if obj is None else 1  # without a script there is no button that adds rows


def plain(field: Any) -> Any:
    """Without the icons that lead to the other row's form: they are four times as loud as the field."""
    for action in ("add", "change", "delete", "view"):
        if hasattr(getattr(field, "widget", None), f"can_{action}_related"):
            setattr(field.widget, f"can_{action}_related", False)
    return field


@admin.register(ReactionSet)
class ReactionSetAdmin(ChangesPages):
    form = SetForm
    change_form_template = "admin/reactions/reactionset/change_form.html"
    list_display = ["question", "kinds_in_order", "section", "default", "stories"]
    list_select_related = ["section"]
    list_filter = ["is_default"]
    search_fields = ["question", "slug"]
    prepopulated_fields = {"slug": ["question"]}
    readonly_fields = ["where_used"]
    inlines = [SetKindInline]
    fieldsets = [
        (None, {"fields": ["question", "slug"]}),
        ("Where it stands", {"fields": ["section", "is_default", "where_used"]}),
        (
            "Looks",
            {
                "fields": [
                    "size",
                    *(tuple(field_name(theme, name) for theme in THEMES) for name in COLOURS),
                ],
                "description": "An empty colour is the site’s own. Contrast has to pass WCAG 2.2 AA in "
                "both themes: 4.5:1 for text, 3:1 for what a button is seen by.",
            },
        ),
    ]

    class Media:
        css = {"all": ["css/desk/reaction-sets.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReactionSet]:
        found: QuerySet[ReactionSet] = super().get_queryset(request)
        return found.annotate(chosen_by=Count("boards")).prefetch_related("members__kind")

    def get_urls(self) -> list[URLPattern]:
        return [*preview_urls(), *super().get_urls()]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return plain(super().formfield_for_dbfield(db_field, request, **kwargs))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "section":
            kwargs["empty_label"] = "No section"
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return frames_our_pages(super().changeform_view(request, *args, **kwargs))

    @admin.display(description="Kinds")
    def kinds_in_order(self, found: ReactionSet) -> SafeString:
        kinds = [member.kind for member in found.members.all() if not member.kind.retired_at]
        return render_to_string(
            "admin/reactions/_kinds.html", {"kinds": [looks_of(k) for k in kinds]}
        )

    @admin.display(description="Default", ordering="is_default")
    def default(self, found: ReactionSet) -> str:
        return "Yes" if found.is_default else "–"

    @admin.display(description="Stories that name it", ordering="chosen_by")
    def stories(self, found: ReactionSet) -> int:
        return found.chosen_by  # type: ignore[attr-defined, no-any-return]

    @admin.display(description="Used")
    def where_used(self, found: ReactionSet) -> str:
        return uses_of(found)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        number_members(form.instance)
        for formset in formsets:
            if taken := [str(member.kind) for member in formset.deleted_objects]:
                messages.warning(request, TAKEN_OUT.format(kinds=", ".join(taken)))
        if not ReactionKind.objects.filter(sets=form.instance, retired_at=None).exists():
            messages.warning(request, NO_KINDS)
        if not ReactionSet.objects.filter(is_default=True).exists():
            messages.warning(request, NO_DEFAULT)


def number_members(found: ReactionSet) -> None:
    """Places 1, 2, 3 … in the order that was asked for; equal numbers keep the order of their rows."""
    members = list(SetKind.objects.filter(set=found))  # not what was read with the page
    for place, member in enumerate(members, start=1):
        member.order = place
    SetKind.objects.bulk_update(members, ["order"])


def uses_of(found: ReactionSet) -> str:
    """Which stories show the set, in words."""
    if not found.pk:
        return "Nowhere yet."
    words = []
    if found.is_default:
        words.append("every story whose board and section name no set")
    if found.section:
        words.append(f"stories in {found.section}, unless their board names another")
    if number := found.boards.count():
        words.append(f"{number} stor{'y' if number == 1 else 'ies'} whose board names it")
    sentence = "; ".join(words) or "nowhere: make it the default, a section’s or a story’s"
    return sentence[0].upper() + sentence[1:] + "."
