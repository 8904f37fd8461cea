"""Another address for a post, in every story that has it: asked for, shown, confirmed, done."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from articles.actions.replacing import (
    NotAPost,
    Replaced,
    replace_url,
    replacement,
    would_change,
)
from articles.admin.base import person
from articles.admin.embed_words import in_words, page_of
from articles.embeds.provider import EmbedRef
from articles.embeds.rows import preview_card
from articles.models import Article, Embed
from articles.page_body import card_now

if TYPE_CHECKING:
    from articles.admin.embed import EmbedAdmin

MAX_URL_CHARS = 2_000
SHOWN = 100


@require_http_methods(["GET", "POST"])
def replace_page(request: HttpRequest, admin_: "EmbedAdmin", pk: int) -> HttpResponse:
    """GET asks for the address, with ?url= it shows what would change; POST does it."""
    if not admin_.has_decide_permission(request):
        raise PermissionDenied
    embed: Embed = admin_.get_object(request, str(pk))
    given = request.POST if request.method == "POST" else request.GET
    url = given.get("url", "").strip()[:MAX_URL_CHARS]
    try:
        new = replacement(embed, url) if url else None
        if new and request.method == "POST":
            done = replace_url(embed, url, by=person(request))
            admin_.log_change(request, embed, f"Replaced by {new.url}: {report(done)}")
            messages.success(request, f"Replaced. {report(done)}")
            return HttpResponseRedirect(page_of(embed))
        refused = ""
    except NotAPost as why:
        new, refused = None, str(why)
    context = {
        **admin_.admin_site.each_context(request),
        "title": "Replace everywhere",
        "opts": Embed._meta,
        "post": embed,
        "words": in_words(embed),
        "url": url,
        "refused": refused,
        "card_html": card_now(embed),
        **(_what_would_change(request, embed, new) if new else {}),
    }
    return TemplateResponse(request, "admin/articles/embed/replace.html", context)


def _what_would_change(request: HttpRequest, embed: Embed, new: EmbedRef) -> dict[str, Any]:
    ids = would_change(embed)
    readable = Article.objects.readable_by(request.user).filter(pk__in=ids)
    stories = readable.select_related("current_draft").order_by("-pk")
    shown = list(stories.defer("body_html", "body_text", "current_draft__snapshot")[:SHOWN])
    return {
        "new": new,
        "new_card_html": preview_card(new),
        "stories": shown,
        "more": len(ids) - len(shown),
        "many": len(ids),
    }


def report(done: Replaced) -> str:
    """What was done, in a sentence or two."""
    if not done.articles:
        return "No story had it any more."
    stories = "1 story has" if done.articles == 1 else f"{done.articles} stories have"
    parts = [f"{stories} the new post."]
    if done.live:
        parts.append(f"Readers see it in {done.live} of them, now or on their day.")
    if done.drafts:
        parts.append(f"Working drafts that changed: {done.drafts}.")
    return " ".join(parts)
