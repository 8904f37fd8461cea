from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from articles.actions.embedding import ask_again
from articles.admin.base import DeskAdmin
from articles.models import Article, Embed, EmbedUse


class UsedInInline(admin.TabularInline):
    model = EmbedUse
    readonly_fields = ["article", "position", "url"]
    fields = ["article", "position", "url"]
    extra = 0
    can_delete = False
    verbose_name_plural = "used in"

    def has_add_permission(self, request: HttpRequest, obj: Embed | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Embed | None = None) -> bool:
        return True  # to whoever sees the post

    def get_queryset(self, request: HttpRequest) -> QuerySet[EmbedUse]:
        uses = super().get_queryset(request).select_related("article", "embed")
        return uses.filter(article__in=Article.objects.readable_by(request.user))


@admin.register(Embed)
class EmbedAdmin(DeskAdmin):
    list_display = [
        "__str__",
        "title",
        "state",
        "reason",
        "attempts",
        "next_check_at",
        "fetched_at",
    ]
    list_filter = ["state", "provider"]
    search_fields = ["media_id", "url", "title", "author_name"]
    readonly_fields = [
        "provider", "key", "media_id", "url", "canonical_url", "kind", "title", "author_name",
        "author_url", "state", "reason", "attempts", "next_check_at", "fetched_at",
    ]  # fmt: skip
    fields = [*readonly_fields, "quote", ("quote_author", "quote_date"), "rights_note"]
    inlines = [UsedInInline]
    actions = ["ask_again"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # embeds come from bodies

    def save_model(self, request: HttpRequest, obj: Embed, form: ModelForm, change: bool) -> None:
        obj.render_version = 0  # the stored card lacks what was just written
        obj.next_check_at = timezone.now()
        # No other fields: a worker may be writing into this row.
        obj.save(update_fields=[*form.changed_data, "render_version", "next_check_at"])

    @admin.action(description="Ask the provider again", permissions=["change"])
    def ask_again(self, request: HttpRequest, embeds: QuerySet[Embed]) -> None:
        messages.success(request, f"{ask_again(embeds)} will be asked again.")
