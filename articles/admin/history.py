"""What was corrected, and every state an article was saved in."""

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import BaseModelForm
from django.http import HttpRequest

from articles.actions import editing
from articles.admin.base import DeskAdmin
from articles.models import Article, Correction, Revision


@admin.register(Correction)
class CorrectionAdmin(DeskAdmin):
    list_display = ["article", "kind", "position", "public", "published_at"]
    list_filter = ["kind", "public"]
    list_select_related = ["article"]
    autocomplete_fields = ["article"]
    search_fields = ["text", "article__headline"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Correction]:
        corrections = super().get_queryset(request)
        return corrections.filter(article__in=Article.objects.readable_by(request.user))

    def save_model(
        self, request: HttpRequest, obj: Correction, form: BaseModelForm, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        editing.note_corrections(obj.article)


@admin.register(Revision)
class RevisionAdmin(DeskAdmin):
    """Read only: history is never rewritten. It is read by editors and by who began the article."""

    list_display = ["article", "number", "kind", "by", "at", "without", "note"]
    list_filter = ["kind"]
    list_select_related = ["article", "by"]
    search_fields = ["article__headline"]

    @admin.display(description="published without")
    def without(self, revision: Revision) -> str:
        """What the gate said and an editor waived; the note says why."""
        return " ".join(revision.snapshot.get("waived", ()))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        revisions = super().get_queryset(request)
        if request.user.has_perm("articles.publish_article"):
            return revisions
        # Not of every public story: what is being written of it is in here, too.
        return revisions.filter(article__created_by=request.user.pk)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Revision | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Revision | None = None) -> bool:
        return False
