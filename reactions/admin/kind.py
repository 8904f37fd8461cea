"""Kinds: what they are called, how they look, since when they are retired."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from articles.admin.base import ChangesPages
from articles.models import public_changed
from reactions import kind_files
from reactions.admin.kind_form import KindForm, looks_different_everywhere
from reactions.models import ReactionKind
from reactions.pictures import picture_of

OWN_LOOKS = (
    "We have no drawing of {emoji}: each reader sees the one of their own device, or an empty box on "
    "an old one. Upload a picture to have it the same for everybody."
)


def looks_of(kind: ReactionKind) -> dict[str, str]:
    """What the templates draw it from: image and still (URLs, or empty), emoji, label."""
    return {
        "image": kind.image.url if kind.image else picture_of(kind.emoji),
        "still": kind.still.url if kind.still else "",
        "emoji": kind.emoji,
        "label": kind.label,
    }


class InUse(admin.SimpleListFilter):
    title, parameter_name = "use", "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("now", "In use"), ("retired", "Retired")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[ReactionKind]
    ) -> QuerySet[ReactionKind]:
        if self.value() not in {"now", "retired"}:
            return queryset
        return queryset.filter(retired_at__isnull=self.value() == "now")


@admin.register(ReactionKind)
class ReactionKindAdmin(ChangesPages):
    form = KindForm
    actions = ["retire", "bring_back"]
    list_display = ["label", "looks", "slug", "sets_with_it", "legacy_wp_id", "retired_at"]
    list_filter = [InUse]
    search_fields = ["label", "slug"]
    prepopulated_fields = {"slug": ["label"]}
    readonly_fields = ["looks"]
    fieldsets = [
        (None, {"fields": ["label", "slug", "looks", "emoji", "upload", "drop_picture"]}),
        ("On the front page", {"fields": ["list_title"]}),
        ("Retiring, and old counts", {"fields": ["retired_at", "legacy_wp_id"]}),
    ]

    class Media:
        css = {"all": ["css/desk/reaction-sets.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReactionKind]:
        return super().get_queryset(request).prefetch_related("sets")

    def get_fieldsets(self, request: HttpRequest, obj: ReactionKind | None = None) -> Any:
        """Without what the form has no field for: a picture to take off that isn't there."""
        gone = set() if obj and obj.image else {"drop_picture"}
        gone |= set() if obj else {"looks"}
        if not self.has_change_permission(request, obj) and not self.has_add_permission(request):
            gone |= {"upload", "drop_picture"}
        return [
            (name, {"fields": [each for each in options["fields"] if each not in gone]})
            for name, options in self.fieldsets or []
        ]

    def has_delete_permission(self, request: HttpRequest, obj: ReactionKind | None = None) -> bool:
        return False  # an old count must stay explainable: retire it

    @admin.display(description="Looks")
    def looks(self, kind: ReactionKind) -> SafeString:
        return render_to_string("admin/reactions/_looks.html", {"kind": looks_of(kind)})

    @admin.display(description="In the sets")
    def sets_with_it(self, kind: ReactionKind) -> str:
        return ", ".join(each.question for each in kind.sets.all()) or "none"

    def save_model(self, request: HttpRequest, obj: ReactionKind, form: Any, change: bool) -> None:
        if form.changes_picture:
            kind_files.set_picture(obj, form.cleaned_data.get("upload"))
        else:
            super().save_model(request, obj, form, change)
        if looks_different_everywhere(obj) and not obj.retired_at:
            messages.warning(request, OWN_LOOKS.format(emoji=obj.emoji))

    @admin.action(description="Retire: off every bar, votes kept", permissions=["change"])
    def retire(self, request: HttpRequest, queryset: QuerySet[ReactionKind]) -> None:
        changed = queryset.filter(retired_at=None).update(retired_at=timezone.now())
        public_changed()
        words = "Retired: {}. Their votes are kept, and are shown again when they are brought back."
        self.message_user(request, words.format(changed))

    @admin.action(description="Bring back", permissions=["change"])
    def bring_back(self, request: HttpRequest, queryset: QuerySet[ReactionKind]) -> None:
        changed = queryset.exclude(retired_at=None).update(retired_at=None)
        public_changed()
        self.message_user(request, f"Back on the bars of their sets: {changed}.")
