"""What is kept of a reader, shown to and erased by who presents the cookie."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from reactions import erasure, visitors
from reactions.origin import is_same_origin
from reactions.views.answers import SeeOther, is_id, private, refusal


@csrf_exempt  # as for the vote; the page itself is never cached, but one rule is enough
@require_http_methods(["GET", "HEAD", "POST"])
def privacy(request: HttpRequest) -> HttpResponse:
    """What was said on all stories under the presented cookies, ours and an old site's; a POST erases
    it, cookies and all.
    """
    presented = visitors.presented(request)
    if request.method == "POST":
        if not is_same_origin(request):
            words = "This request came from another site, so nothing was erased."
            return refusal(request, words, status=HTTPStatus.FORBIDDEN)
        erased = erasure.erase(*presented)
        response = SeeOther(f"{reverse('reactions_privacy')}?erased={erased}")
        visitors.forget(response)
        return private(response)
    votes, total = erasure.votes_of(*presented)
    erased_text = request.GET.get("erased", "")
    context = {
        "votes": votes,
        "total": total,
        "more": total - len(votes),
        "has_cookie": bool(presented),
        "erased": int(erased_text) if is_id(erased_text) else None,
        "seal_days": settings.REACTIONS_SEAL_DAYS,
        "ledger_days": settings.REACTIONS_LEDGER_DAYS,
    }
    return private(render(request, "reactions/privacy.html", context))
