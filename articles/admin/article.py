"""Articles on the desk: written here, published by the actions that check first."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import BaseModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse

from articles.actions import drafting, editing
from articles.actions.editing import EditConflict
from articles.actions.publishing import all_problems, is_public, publish_advice
from articles.admin import article_history, article_verbs
from articles.admin.article_views import article_urls
from articles.admin.base import QuietAdmin, person
from articles.admin.csp import editor_page
from articles.admin.forms import ArticleForm
from articles.admin.in_words import embeds_in_words
from articles.admin.lookups import lookup_urls
from articles.admin.story_posts import post_urls, story_posts
from articles.models import Article, ArticleQuerySet, Correction


class CorrectionInline(admin.StackedInline):
    model = Correction
    extra = 0
    fields = [("kind", "position", "public", "published_at"), "text"]


@admin.register(Article)
class ArticleAdmin(QuietAdmin):
    # A draft is on no page: readers' copies of those outlive each save of one.
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
    readonly_fields = ["status", "first_published_at", "headline_is_working", "updated_at_public"]
    inlines = [CorrectionInline]
    actions = ["publish_selected", "withdraw_selected", "review_selected"]
    fieldsets = [
        (None, {"fields": ["loaded_version", "loaded_marks", "headline", "dek", "body_html"]}),
        ("Placement", {"fields": [("section", "kind", "kicker"), "tags", "slug", "dateline"]}),
        ("Publication", {"fields": [("status", "first_published_at", "headline_is_working"), ("publish_at", "expire_at"), ("embargo_until", "embargo_note"), ("updated_at_public", "tell_readers"), "assigned_to"]}),
        ("Other headlines", {"classes": ["collapse"], "fields": ["headline_home", "headline_seo", "headline_social", "canonical_url"]}),
        ("Beside it", {"classes": ["collapse"], "fields": ["related"]}),
        ("Flags", {"classes": ["collapse"], "fields": [("sensitive", "legally_sensitive"), ("no_ads", "no_related", "noindex")]}),
    ]  # fmt: skip

    # For those who may read it and not change it: the stock page.
    reading_fieldsets = [
        (None, {"fields": ["headline", "dek", "body_text"]}),
        ("Placement", {"fields": [("section", "kind", "kicker"), "slug", "dateline"]}),
        ("Publication", {"fields": [("status", "publish_at", "expire_at"), "updated_at_public"]}),
    ]

    @admin.display(description="headline", ordering="headline")
    def headline_or_slug(self, article: Article) -> str:
        return article.headline or f"Untitled ({article.slug})"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        articles: ArticleQuerySet = super().get_queryset(request)  # type: ignore[assignment]
        articles = articles.readable_by(request.user)
        match = request.resolver_match
        if match and (match.url_name or "").endswith(("changelist", "autocomplete")):
            return articles.defer("body_html", "body_text")
        return articles.select_related("current_draft")

    def get_urls(self) -> list[URLPattern]:
        return [
            *lookup_urls(self.admin_site),
            *post_urls(self.admin_site),
            *article_urls(self),
            *super().get_urls(),
        ]

    def get_form(
        self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any
    ) -> type[ArticleForm]:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.may_add_tags = request.user.has_perm("articles.add_tag")
        form.readable = Article.objects.readable_by(request.user)
        return form  # type: ignore[no-any-return]

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        reading = obj is not None and not self.has_change_permission(request, obj)
        return self.reading_fieldsets if reading else super().get_fieldsets(request, obj)

    def view_on_site(self, article: Article) -> str | None:
        """Where readers see it; what they don't see yet has its preview."""
        return article.get_absolute_url() if is_public(article) else None

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

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.publish_article")

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        return article_history.page(self, request, object_id)

    # --- The form: a draft in, a draft out -------------------------------------------------------
    def save_model(
        self, request: HttpRequest, obj: Article, form: BaseModelForm, change: bool
    ) -> None:
        save_form(request, obj, form=form)

    def save_related(
        self, request: HttpRequest, form: BaseModelForm, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        if any(rows.has_changed() for rows in formsets):
            editing.note_corrections(form.instance)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        try:
            response = super().changeform_view(request, object_id, form_url, extra_context)
        except EditConflict:
            # The form's own check came a moment too early and nothing was written. It sees the
            # other save now, and gives the writer's text back with the other's.
            response = super().changeform_view(request, object_id, form_url, extra_context)
        context = getattr(response, "context_data", None) or {}
        form = context["adminform"].form if "adminform" in context else None
        if form is not None and getattr(form, "conflict", None):
            # Outside the form's own transaction, which wrote nothing.
            drafting.keep_losing(form.instance, form.conflict.mine, by=person(request))
        return editor_page(response)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Article | None = None,
    ) -> HttpResponse:
        reading = obj is not None and not self.has_change_permission(request, obj)
        if not reading:
            context.update(screen_context(self, request, obj, form=context["adminform"].form))
        page = super().render_change_form(request, context, add, change, form_url, obj)
        if reading and isinstance(page, TemplateResponse):
            page.template_name = "admin/change_form.html"
        return page

    def response_add(
        self, request: HttpRequest, obj: Article, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self.response_change(request, obj)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        """Stay with the story, or go where the pressed button leads."""
        following = article_verbs.pressed(request)
        if following == "preview":
            return HttpResponseRedirect(reverse("admin:articles_article_preview", args=[obj.pk]))
        if following and article_verbs.needs_a_word(self, request, obj, following):
            return HttpResponseRedirect(article_verbs.page_of(request, obj, following))
        if following:
            article_verbs.do_and_say(self, request, obj, following)
        else:
            messages.success(request, f"{obj}: the draft is saved.")
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[obj.pk]))

    # --- The list's actions ----------------------------------------------------------------------
    @admin.action(description="Publish", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, articles: QuerySet[Article]) -> None:
        article_verbs.do_each(self, request, articles, "publish")

    @admin.action(description="Withdraw", permissions=["publish"])
    def withdraw_selected(self, request: HttpRequest, articles: QuerySet[Article]) -> None:
        article_verbs.do_each(self, request, articles, "withdraw")

    @admin.action(description="Send for review", permissions=["change"])
    def review_selected(self, request: HttpRequest, articles: QuerySet[Article]) -> None:
        article_verbs.do_each(self, request, articles, "review")


def screen_context(
    admin_: ArticleAdmin, request: HttpRequest, article: Article | None, *, form: ArticleForm
) -> dict[str, Any]:
    """What the writing screen shows beside the form."""
    draft = form.stored
    stored = article or Article()
    return {
        "may_publish": admin_.has_publish_permission(request),
        "has_draft": stored.current_draft_id is not None,
        "is_public": bool(stored.pk) and is_public(stored),
        "problems": all_problems(stored, draft),
        "advice": publish_advice(draft),
        "posts": story_posts(draft),
        "word_count": article_verbs.words_of(draft),
        "autosave_url": article_verbs.autosave_url(article),
        "preview_url": reverse("admin:articles_article_preview", args=[article.pk])
        if article
        else "",
        "verb_urls": {
            verb: article_verbs.address(article, verb) if article else ""
            for verb in article_verbs.VERBS
        },
    }


def save_form(request: HttpRequest, article: Article, *, form: Any) -> None:
    """The form's draft, saved as the whole of it was sent."""
    stored = Article.objects.get(pk=article.pk) if article.pk else article
    saved = drafting.save_draft(
        stored,
        form.draft(),
        by=person(request),
        expected_version=form.cleaned_data.get("loaded_version") or 0 if article.pk else None,
        marks=form.marks,
    )
    if "assigned_to" in form.changed_data:
        drafting.assign(saved.article, form.cleaned_data["assigned_to"])
    for sentence in embeds_in_words(form.cleaning_notes):
        messages.warning(request, sentence)
