"""The posts of a story on the writing screen: what each is, how it is, where it is kept; and what an
address would become.
"""

from dataclasses import asdict
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET

from articles.actions.replacing import embedded_addresses
from articles.admin.embed_list import UNSEEN
from articles.admin.embed_words import in_words, keep_page, name_of, short_address
from articles.drafts import Draft
from articles.embeds.advice import advise
from articles.embeds.provider import EmbedRef
from articles.embeds.providers import match_text
from articles.embeds.rows import embed_key
from articles.models import Embed

MAX_TEXT_CHARS = 20_000  # of an embed code


def post_urls(site: AdminSite) -> list[URLPattern]:
    """The address, for `ArticleAdmin.get_urls`."""
    return [path("lookup/post/", site.admin_view(look_up), name="articles_post_lookup")]


@require_GET
def look_up(request: HttpRequest) -> JsonResponse:
    """?url= → {words, url, card, link}: see articles.embeds.advice. Nothing is fetched or written."""
    if not request.user.has_perm("articles.change_article"):
        raise PermissionDenied
    response = JsonResponse(asdict(advise(request.GET.get("url", "")[:MAX_TEXT_CHARS])))
    add_never_cache_headers(response)
    return response


def story_posts(draft: Draft) -> list[dict[str, Any]]:
    """The posts in a draft's text, in its order, each once, as plain data. 1 query, or none."""
    addresses = embedded_addresses(draft.fields["body_html"])
    refs = {ref.identity: ref for ref in map(match_text, addresses) if ref}
    rows = _rows_of(list(refs.values()))
    return [_line(ref, rows.get((ref.provider, embed_key(ref)))) for ref in refs.values()]


def _rows_of(refs: list[EmbedRef]) -> dict[tuple[str, str], Embed]:
    if not refs:
        return {}
    named = Q()
    for ref in refs:
        named |= Q(provider=ref.provider, key=embed_key(ref))
    found = Embed.objects.filter(named).select_related("alias_of")
    rows = found.defer(*UNSEEN, *(f"alias_of__{name}" for name in UNSEEN))
    return {(embed.provider, embed.key): embed.alias_of or embed for embed in rows}


def _line(ref: EmbedRef, embed: Embed | None) -> dict[str, Any]:
    if embed is None:  # of a draft that was not saved yet
        words = {"words": short_address(ref.url), "state": "New", "why": "", "author": ref.author}
        return {
            "provider": name_of(ref.provider),
            "code": "pending",
            "keep": "",
            "kept": "",
            **words,
        }
    return {**asdict(in_words(embed)), "code": embed.state, "keep": keep_page(embed)}
