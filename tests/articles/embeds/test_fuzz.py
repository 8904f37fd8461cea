"""Any text at all: no exception but the guard's, nothing lost, and a second pass changes nothing."""

import html as entities
import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from articles.embeds.detect import rewrite_embeds
from newsroom.lib.html import sanitise
from newsroom.lib.html_guard import BodyRefused

URLS = (
    "https://www.youtube.com/watch?v=aB3_-xYz012&amp;t=5",
    "https://www.instagram.com/p/C-abc_123-/",
    "https://unknown.example/x",
)
MARKUP = (
    *URLS,
    *(
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<a href=/x>",
        "</a>",
        "<div>",
        "</div>",
        "<li>",
        "<br>",
        "\n",
        " ",
    ),
    *(
        "<figure>",
        "</figure>",
        "<figcaption>",
        "</figcaption>",
        "<noscript>",
        "</noscript>",
        "<img>",
    ),
    *(
        "<blockquote class=twitter-tweet>",
        "</blockquote>",
        "<a href=https://x.com/a/status/1>",
        "<pre>",
    ),
    *(
        "<oembed>",
        "</oembed>",
        "<figure class=wp-block-embed>",
        "<div class=wp-block-embed__wrapper>",
    ),
    *(f"<iframe src='{url}'></iframe>" for url in URLS),
    *("<table>", "<td>", "</table>", "<h2>", "</h2>", "<code>", "</code>", "<span>", "</span>"),
    *(
        "[embed]",
        "[/embed]",
        "[youtube aB3_-xYz012]",
        "[[tweet 20]]",
        "[",
        "]",
        "words",
        "\u200b",
        "&nbsp;",
    ),
    *('<!-- wp:embed {"url":"https://x.com/a/status/1"} -->', "<!-- /wp:embed -->", "<!-- x -->"),
    *("<script src=//platform.twitter.com/widgets.js></script>", "<amp-twitter data-tweetid=20>"),
)


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    result = rewrite_embeds(text)
    assert rewrite_embeds(result.html).html == result.html


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(MARKUP), max_size=25).map("".join))
def test_any_markup_is_rewritten_once(html: str) -> None:
    try:
        once = rewrite_embeds(html)
    except BodyRefused:
        return
    twice = rewrite_embeds(once.html)
    assert twice.html == once.html
    assert [ref.identity for ref in twice.refs] == [ref.identity for ref in once.refs]
    assert "<iframe" not in re.sub(r"<(?:pre|code|noscript)>.*", "", once.html, flags=re.DOTALL)


@given(st.lists(st.sampled_from(MARKUP), max_size=25).map("".join))
def test_the_sanitiser_keeps_every_embed(html: str) -> None:
    try:
        once = rewrite_embeds(html)
        clean = sanitise(once.html)
    except BodyRefused:
        return
    kept = [entities.unescape(url) for url in re.findall(r"<oembed>([^<]*)</oembed>", clean)]
    assert kept == [ref.url for ref in once.refs]


def words(html: str) -> list[str]:
    parser = LexborHTMLParser(html, is_fragment=True)
    for oembed in parser.css("oembed"):
        oembed.decompose()
    return re.findall(r"\bw\d+\b", parser.inner_html)


@given(
    st.lists(
        st.sampled_from(
            (
                "<p>",
                "</p>",
                "<b>",
                "</b>",
                "<div>",
                "</div>",
                "<h2>",
                "</h2>",
                "<i>",
                "</i>",
                URLS[0],
                "\n",
                f"<iframe src='{URLS[1]}'></iframe>",
                "[tweet 20]",
                "<figure>",
                "</figure>",
                "<br>",
            )
        ),
        max_size=25,
    )
)
def test_no_word_of_the_text_is_lost(parts: list[str]) -> None:
    html = "".join(f"{part} w{number} " for number, part in enumerate(parts))
    assert words(rewrite_embeds(html).html) == words(html)
