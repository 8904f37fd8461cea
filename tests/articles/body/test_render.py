"""House HTML as a reader's page shows it."""

import pytest
from django.utils.safestring import SafeString

from articles.body.render import SCROLL_START, render_body

LINK = 'rel="noopener noreferrer">'
PAIRS = [
    ("<p>a</p><oembed>https://a.b/?c&amp;d</oembed>", "<p>a</p>{https://a.b/?c&d}"),
    ('<figure data-photo="12"></figure><figure data-photo="13"></figure>', "(12)"),
    (
        "<table><tr><td><table></table></td></tr></table><table></table>",
        f"{SCROLL_START}<table><tr><td><table></table></td></tr></table></div>{SCROLL_START}<table></table></div>",
    ),
    ('<h2>A &lt; b</h2><h3 id="c-x">x</h3>', '<h2 id="c-a-b">A &lt; b</h2><h3 id="c-x">x</h3>'),
    ('<h2 class="align-center">A</h2>', '<h2 class="align-center" id="c-a">A</h2>'),
    ('<img src="/media/x.jpg" alt="x">', f'<a href="/media/x.jpg" {LINK}x</a>'),
    ('<img src="/media/x.jpg" alt="">', f'<a href="/media/x.jpg" {LINK}Picture</a>'),
    ('<img><img alt="x">', "x"),
    (
        '<img src="https://a.example/x.jpg?a&amp;b" alt="A &quot;cat&quot;">',
        f'<a href="https://a.example/x.jpg?a&amp;b" {LINK}A &quot;cat&quot;</a>',
    ),
    ('<img src="//a.example/x" alt="">', f'<a href="//a.example/x" {LINK}Picture at a.example</a>'),
    ('<img src="//[x/y">', f'<a href="//[x/y" {LINK}Picture at another site</a>'),
    ('<a href="/y"><img src="//a.example/x"></a>', '<a href="/y">Picture at a.example</a>'),
    (
        '<a href="/y">z</a><video src="https://a.example/x">b</video>',
        f'<a href="/y">z</a><a href="https://a.example/x" {LINK}Watch at a.example</a>',
    ),
    (
        '<audio controls=""><source src="https://a.example/x"></audio>',
        f'<a href="https://a.example/x" {LINK}Listen at a.example</a>',
    ),
    ('<audio src="/x.mp3"></audio>', '<audio src="/x.mp3"></audio>'),
    ("<audio></audio>", "<audio></audio>"),
    ('<video src="/x.mp4" poster="/y.jpg"></video>', '<video src="/x.mp4"></video>'),
    ("<pre>&lt;oembed&gt;x&lt;/oembed&gt;</pre>", "<pre>&lt;oembed&gt;x&lt;/oembed&gt;</pre>"),
    ('<a title="&lt;h2&gt;" href="/x">y</a>', '<a title="&lt;h2&gt;" href="/x">y</a>'),
]


def show(html: str) -> str:
    return render_body(
        html,
        embed_card=lambda url: f"{{{url}}}",
        photo_figure=lambda number: "(12)" if number == 12 else "",
    )


@pytest.mark.parametrize(("stored", "shown"), PAIRS)
def test_each_part(stored: str, shown: str) -> None:
    assert show(stored) == shown


def test_a_heading_inside_a_heading_has_an_id_too() -> None:
    assert show("<h3>a<em><h2>b</h2></em></h3>").count(" id=") == 2


def test_it_is_safe_to_show() -> None:
    assert isinstance(show("<p>a</p>"), SafeString)
