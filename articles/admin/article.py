"""Articles on the desk: written here, published by the actions that check first."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.forms import BaseModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from articles.actions import editing, publishing
from articles.actions.editing import EditConflict
from articles.actions.photos import follow_lead
from articles.admin.base import DeskAdmin, RowsMixin
from articles.admin.csp import editor_page
from articles.admin.forms import ArticleForm, PhotoUseFormSet
from articles.models import (
    Article,
    ArticleQuerySet,
    Byline,
    Correction,
    PhotoUse,
    Revision,
    TaggedArticle,
)


class BylineInline(RowsMixin, admin.TabularInline):
    model = Byline
    named_by = ["contributor"]
    extra = 0
    autocomplete_fields = ["contributor"]


class TagInline(RowsMixin, admin.TabularInline):
    model = TaggedArticle
    named_by = ["tag"]
    extra = 0
    autocomplete_fields = ["tag"]
    verbose_name, verbose_name_plural = "tag", "tags"


class PhotoUseInline(RowsMixin, admin.StackedInline):
    model = PhotoUse
    named_by = ["photo"]
    formset = PhotoUseFormSet
    extra = 0
    autocomplete_fields = ["photo"]
    fields = [("photo", "slot", "order"), "caption", ("alt", "decorative"), "credit_override"]
    verbose_name, verbose_name_plural = "photo", "photos"


class CorrectionInline(admin.StackedInline):
    model = Correction
    extra = 0
    fields = [("kind", "position", "public", "published_at"), "text"]


@admin.register(Article)
class ArticleAdmin(DeskAdmin):
    form = ArticleForm
    change_form_template = "admin/articles/article/change_form.html"
    list_display = [
        "headline_or_slug",
        "status",
        "section",
        "publish_at",
        "modified_by",
        "modified_at",
    ]
    list_filter = [
        "status",
        "kind",
        "section",
        "headline_is_working",
        ("publish_at", admin.DateFieldListFilter),
    ]
    list_select_related = ["section", "modified_by"]
    search_fields = ["headline", "slug", "dek"]
    date_hierarchy = "publish_at"
    ordering = ["-modified_at"]
    autocomplete_fields = ["section", "assigned_to"]
    readonly_fields = ["status", "first_published_at", "headline_is_working"]
    inlines = [BylineInline, TagInline, PhotoUseInline, CorrectionInline]
    actions = ["publish_selected", "withdraw_selected", "review_selected"]
    fieldsets = [
        (None, {"fields": ["loaded_version", "headline", "dek", "body_html"]}),
        ("Placement", {"fields": [("section", "kind", "kicker"), "slug", "dateline"]}),
        ("Publication", {"fields": [("status", "first_published_at", "headline_is_working"), ("publish_at", "expire_at"), ("embargo_until", "embargo_note"), "updated_at_public", "assigned_to"]}),
        ("Other headlines", {"classes": ["collapse"], "fields": ["headline_home", "headline_seo", "headline_social", "canonical_url"]}),
        ("Flags", {"classes": ["collapse"], "fields": [("sensitive", "legally_sensitive"), ("no_ads", "no_related", "noindex")]}),
    ]  # fmt: skip

    @admin.display(description="headline", ordering="headline")
    def headline_or_slug(self, article: Article) -> str:
        return article.headline or f"Untitled ({article.slug})"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        articles: ArticleQuerySet = super().get_queryset(request)  # type: ignore[assignment]
        articles = articles.readable_by(request.user)
        match = request.resolver_match
        if match and (match.url_name or "").endswith(("changelist", "autocomplete")):
            articles = articles.defer("body_html", "body_text")
        return articles

    # Writers change what is theirs until it is published; editors everything.
    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        if obj is None or not allowed or request.user.has_perm("articles.publish_article"):
            return allowed
        return obj.created_by_id == request.user.pk and obj.status in {
            Article.Status.DRAFT,
            Article.Status.REVIEW,
        }

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """A story that readers saw is withdrawn, not deleted: its address and its votes stay."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or obj.first_published_at is None)

    def save_model(
        self, request: HttpRequest, obj: Article, form: BaseModelForm, change: bool
    ) -> None:
        if "headline" in form.changed_data:
            obj.headline_is_working = False
        expected = form.cleaned_data.get("loaded_version") if change else None
        editing.save_article(obj, by=person(request), expected_version=expected)

    def save_related(
        self, request: HttpRequest, form: BaseModelForm, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        article = form.instance
        follow_lead(article)
        editing.note_corrections(article)
        editing.record_revision(article, kind=Revision.Kind.SAVE, by=person(request))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        extra = {"may_publish": request.user.has_perm("articles.publish_article")}
        try:
            response = super().changeform_view(request, object_id, form_url, extra)
        except EditConflict:
            # The form's own check came a moment too early and nothing was written. It sees the
            # other save now, and gives the writer's text back with a message.
            response = super().changeform_view(request, object_id, form_url, extra)
        return editor_page(response)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        for button, verb in VERBS.items():
            if button in request.POST:
                self._do(request, Article.objects.filter(pk=obj.pk), verb)
                return HttpResponseRedirect(request.path)
        return super().response_change(request, obj)

    @admin.action(description="Publish", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, articles: QuerySet[Article]) -> None:
        self._do(request, articles, "publish")

    @admin.action(description="Withdraw", permissions=["publish"])
    def withdraw_selected(self, request: HttpRequest, articles: QuerySet[Article]) -> None:
        self._do(request, articles, "withdraw")

    @admin.action(description="Send for review", permissions=["change"])
    def review_selected(self, request: HttpRequest, articles: QuerySet[Article]) -> None:
        self._do(request, articles, "send_for_review")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.publish_article")

    def _do(self, request: HttpRequest, articles: QuerySet[Article], verb: str) -> None:
        """One verb on each article; a refusal names its article and stops no other."""
        if verb != "send_for_review" and not self.has_publish_permission(request):
            messages.error(request, "You may not publish or withdraw.")
            return
        for article in articles:
            if not self.has_change_permission(request, article):
                messages.error(request, f"{article}: you may not change this article.")
                continue
            try:
                getattr(publishing, verb)(article, by=person(request))
            except publishing.NotPublishable as refusal:
                messages.error(request, f"{article}: not published. {refusal}")
            else:
                self._report(request, article, verb)

    def _report(self, request: HttpRequest, article: Article, verb: str) -> None:
        if article.status == publishing.RESULTS[verb]:
            messages.success(request, f"{article}: {DONE[verb]} {article.get_absolute_url()}")
        else:
            status = article.get_status_display().lower()
            messages.warning(request, f"{article}: nothing changed, it is “{status}”.")


VERBS = {"_publish": "publish", "_withdraw": "withdraw", "_review": "send_for_review"}
DONE = {"publish": "live at", "withdraw": "withdrawn from", "send_for_review": "in review,"}


def person(request: HttpRequest) -> AbstractBaseUser | None:
    return request.user if isinstance(request.user, AbstractBaseUser) else None


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
    """Read only: history is never rewritten. It is read by whoever may read the article."""

    list_display = ["article", "number", "kind", "by", "at"]
    list_filter = ["kind"]
    list_select_related = ["article", "by"]
    search_fields = ["article__headline"]
    readonly_fields = ["article", "number", "parent", "snapshot", "body_sha", "kind", "by", "at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        revisions = super().get_queryset(request)
        return revisions.filter(article__in=Article.objects.readable_by(request.user))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Revision | None = None) -> bool:
        return False
