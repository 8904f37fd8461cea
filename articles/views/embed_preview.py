"""The editor's preview of an embed: CKEditor 4's JSONP contract, answered from the address alone.

It never fetches: the editor has no time-out, so a slow answer would spin for ever. The callback
name is matched against the one form CKEditor makes, and a request from another site is refused,
because JSONP would otherwise hand a login's answers to any page.
"""

import html
import json
import re

from django.contrib.admin.views.decorators import staff_member_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseForbidden
from django.views.decorators.http import require_GET

from articles.embeds.detect import find_embeds
from articles.embeds.rows import preview_card

CALLBACK = re.compile(r"CKEDITOR\._\.jsonpCallbacks\[[0-9]{1,9}\]")
MAX_URL_CHARS = 2_000


@require_GET
@staff_member_required
def embed_preview(request: HttpRequest) -> HttpResponse:
    callback = request.GET.get("callback", "")
    if not CALLBACK.fullmatch(callback):
        return HttpResponseBadRequest("Unknown callback.")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return HttpResponseForbidden("Same origin only.")
    # Reloaded <oembed> values arrive with their entities: "?a=1&amp;b=2".
    url = html.unescape(request.GET.get("url", ""))[:MAX_URL_CHARS]
    refs = find_embeds(url)
    # "link" and unknown types make the editor say that the address can't be embedded.
    answer = {"type": "rich", "html": preview_card(refs[0])} if refs else {"type": "link"}
    response = HttpResponse(
        f"/**/{callback}({_script_json(answer)});", content_type="application/javascript"
    )
    response["Cache-Control"] = "private, max-age=300"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _script_json(data: dict[str, str]) -> str:
    text = json.dumps(data, ensure_ascii=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
