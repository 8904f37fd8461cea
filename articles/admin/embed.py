"""Embeds on the desk: found, kept, decided about. What is done stands in articles.actions."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.actions.keeping import keep_post
from articles.actions.photo_intake import take_in
from articles.admin import embed_list, embed_verbs
from articles.admin.base import QuietAdmin, person
from articles.admin.embed_form import EmbedForm
from articles.admin.embed_page import page_context
from articles.admin.embed_urls import embed_urls
from articles.admin.embed_words import in_words, page_of
from articles.models import Embed
from articles.models.photo import with_credit


@admin.register(Embed)
class EmbedAdmin(QuietAdmin):
    # A verb says what readers see: a save that changes nothing leaves their copies alone.
    form = EmbedForm
    change_form_template = "admin/articles/embed/change_form.html"
    change_list_template = "admin/articles/embed/change_list.html"
    list_display = ["card", "state_in_words", "last_answer", "next_look", "used_in"]
    list_filter = [
        embed_list.ByArticle,
        "state",
        embed_list.ByTrouble,
        embed_list.ByUse,
        embed_list.ByKept,
        embed_list.ByProvider,
        embed_list.ByLook,
        ("created_at", admin.DateFieldListFilter),
        "priority",
    ]
    search_fields = ["media_id", "url", "title", "author_name", "quote_author"]
    sortable_by = ()
    raw_id_fields = ["poster"]
    actions = ["ask_again", "mark_gone", "block", "restore"]
    fields = ["quote", ("quote_author", "quote_date"), "poster", "upload", "rights_note", "kept_on"]

    class Media:
        css = {"all": ["css/desk/embeds.css"]}

    # --- Who may do what: writers see and keep, editors decide -----------------------------------
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # embeds come from bodies

    def has_change_permission(self, request: HttpRequest, obj: Embed | None = None) -> bool:
        """To write what is kept of it: whoever writes stories. See `has_decide_permission`."""
        keeps = request.user.has_perms(["articles.view_embed", "articles.change_article"])
        return keeps or self.has_decide_permission(request)

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.change_embed")

    def get_urls(self) -> list[URLPattern]:
        return [*embed_urls(self), *super().get_urls()]

    # --- The list ---------------------------------------------------------------------------------
    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[embed_list.PostList]:
        return embed_list.PostList

    def get_queryset(self, request: HttpRequest) -> QuerySet[Embed]:
        posts: QuerySet[Embed] = super().get_queryset(request)
        match = request.resolver_match
        if match and (match.url_name or "").endswith("changelist"):
            return posts.filter(alias_of=None)  # a short link is a name of its post
        return posts.select_related("alias_of", *with_credit("poster"))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Embed], search_term: str
    ) -> tuple[QuerySet[Embed], bool]:
        found = embed_list.found_by_address(queryset, search_term)
        if found is not None:
            return found, False
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description="post")
    def card(self, embed: Embed) -> SafeString:
        words = in_words(embed)
        return format_html(
            '<span class="post-card"><span class="post-card__by">{}{}</span>'
            '<span class="post-card__words">{}</span></span>',
            words.provider, f" · {words.author}" if words.author else "", words.words,
        )  # fmt: skip

    @admin.display(description="state")
    def state_in_words(self, embed: Embed) -> SafeString:
        words = in_words(embed)
        return format_html(
            '<span class="post-state post-state--{}">{}</span><span class="post-why">{}</span>'
            '<span class="post-why">{}</span>',
            embed.state, words.state, words.why,
            f"{words.kept.capitalize()} kept" if words.kept else "Nothing kept",
        )  # fmt: skip

    @admin.display(description="last look", empty_value="Never")
    def last_answer(self, embed: Embed) -> Any:
        return embed.checked_at

    @admin.display(description="next look", empty_value="None planned")
    def next_look(self, embed: Embed) -> Any:
        return embed.next_check_at

    @admin.display(description="used in")
    def used_in(self, embed: Embed) -> str:
        stories: int = embed.stories  # type: ignore[attr-defined]
        return f"{stories} {'story' if stories == 1 else 'stories'}" if stories else "No story"

    # --- One post: what is kept of it -------------------------------------------------------------
    def get_fields(self, request: HttpRequest, obj: Embed | None = None) -> Any:
        if request.user.has_perm("articles.add_photo"):
            return self.fields
        return [name for name in self.fields if name != "upload"]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if embed := context.get("original"):
            decides = self.has_decide_permission(request)
            context |= page_context(request, embed, may_decide=decides)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Embed, form: ModelForm, change: bool) -> None:
        kept = form.kept()  # type: ignore[attr-defined]
        if upload := form.cleaned_data.get("upload"):
            intake = take_in([upload], by=person(request))
            for name, reason in intake.refused:
                messages.error(request, f"{name} was not taken: {reason}")
            kept |= {"poster": intake.photos[0]} if intake.photos else {}
        if keep_post(obj, kept):
            messages.success(request, "Kept. Readers see it on the card.")
        else:
            messages.info(request, "Nothing was changed.")

    def response_change(self, request: HttpRequest, obj: Embed) -> HttpResponse:
        return HttpResponseRedirect(page_of(obj))

    # --- Decisions --------------------------------------------------------------------------------
    @admin.action(description="Ask the provider again", permissions=["decide"])
    def ask_again(self, request: HttpRequest, embeds: QuerySet[Embed]) -> HttpResponse | None:
        return embed_verbs.ask_again(request, embeds)

    @admin.action(description="Mark as gone …", permissions=["decide"])
    def mark_gone(self, request: HttpRequest, embeds: QuerySet[Embed]) -> HttpResponse | None:
        return embed_verbs.decide(self, request, embeds, name="mark_gone")

    @admin.action(description="Block …", permissions=["decide"])
    def block(self, request: HttpRequest, embeds: QuerySet[Embed]) -> HttpResponse | None:
        return embed_verbs.decide(self, request, embeds, name="block")

    @admin.action(description="Restore …", permissions=["decide"])
    def restore(self, request: HttpRequest, embeds: QuerySet[Embed]) -> HttpResponse | None:
        return embed_verbs.decide(self, request, embeds, name="restore")
