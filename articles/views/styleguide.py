"""The style guide: each component in each state, drawn from the templates that readers get.

For the desk only. Writes nothing; what it shows is made up (articles.views.specimens).
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.admin.views.decorators import staff_member_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.listing import ListPage
from articles.views import specimen_posts, specimens
from newsroom.lib.contrast import colour_tokens, contrast

TOKENS = "static/css/tokens.css"


@require_safe
@staff_member_required
def styleguide(request: HttpRequest) -> HttpResponse:
    pictures = specimens.photos()
    context = {
        "colours": colours(),
        "sizes": ("poster", "title", "title-long", "h2", "h3", "dek", "text", "small", "tiny"),
        "fronts": specimens.fronts(pictures),
        "focus": specimens.focus(pictures),
        "strips": specimens.strips(pictures),
        "river": [specimens.story(n) for n in range(4)],
        "cards": specimens.cards(pictures),
        "figures": specimens.figures(pictures),
        "embeds": specimen_posts.embeds(pictures),
        "boards": specimens.boards(),
        "corrections": specimens.corrections(),
        "banners": specimens.banners(),
        "tags": specimens.tags(),
        "slides": specimens.slides(pictures),
        "around": specimens.around(pictures),
        "article": specimens.story(0),
        "pages": specimens.pages(),
        "no_stories": ListPage(1, (), has_next=False),
    }
    response = render(request, "articles/styleguide.html", context)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def colours() -> list[dict[str, Any]]:
    """Each colour with its contrast on paper and on the surface, by day and by night."""
    tokens = colour_tokens((Path(settings.BASE_DIR) / TOKENS).read_text(encoding="utf-8"))
    grounds = [tokens["color-paper"], tokens["color-surface"]]
    return [
        {
            "name": name,
            "values": pair,
            "contrasts": [
                f"{contrast(pair[theme], ground[theme]):.1f}"
                for ground in grounds
                for theme in (0, 1)
            ],
        }
        for name, pair in tokens.items()
    ]
