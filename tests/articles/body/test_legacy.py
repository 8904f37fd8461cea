"""Each rule for old articles: what it meets, what it leaves."""

from collections import Counter

import pytest

from articles.body.legacy import RULES, Context, OldSite, apply
from articles.body.tree import parse, serialise

PIXEL = "data:image/gif;base64,R0lGOD"
SITE = OldSite(frozenset({"old.example", "www.paper.example"}), lambda path: f"/moved{path}")

# Rule → its pairs; every rule of legacy.RULES must have one.
PAIRS: dict[str, list[tuple[str, str]]] = {
    "amp_media": [
        ('<amp-img src="/x.jpg"></amp-img>', '<img src="/x.jpg">'),
        ('<amp-video src="/x.mp4"></amp-video>', '<video src="/x.mp4"></video>'),
    ],
    "lazy_picture": [
        (f'<img src="{PIXEL}" data-src="/x.jpg">', '<img src="/x.jpg">'),
        ('<img data-lazy-src="/x.jpg">', '<img src="/x.jpg">'),
        ('<img src="/real.jpg" data-src="/x.jpg">', '<img src="/real.jpg">'),
        ('<img src="/x.jpg" data-srcset="/y.jpg 2x">', '<img src="/x.jpg" srcset="/y.jpg 2x">'),
    ],
    "noscript_twin": [('<noscript><img src="/x.jpg"></noscript>', "")],
    "photon": [
        (
            '<img src="https://i2.wp.com/old.example/a/x.jpg?resize=300%2C200" srcset="y 2x">',
            '<img src="https://old.example/a/x.jpg">',
        ),
        ('<img src="https://example.com/x.jpg">', '<img src="https://example.com/x.jpg">'),
    ],
    "no_picture": [
        ('<img alt="x">', ""),
        ('<img src="/count.gif" width="1" height="1">', ""),
        (f'<img src="{PIXEL}">', ""),
    ],
    "unknown_frame": [
        (
            '<iframe src="//maps.example/x" title="A map"></iframe>',
            '<p><a href="https://maps.example/x">A map</a></p>',
        ),
        (
            '<iframe src="https://maps.example/x"></iframe>',
            '<p><a href="https://maps.example/x">maps.example</a></p>',
        ),
        ('<iframe src="about:blank"></iframe>', ""),
        ("<iframe></iframe>", ""),
    ],
    "caption_box": [
        (
            '<div class="wp-caption alignright"><img src="/x"><p class="wp-caption-text">Who</p></div>',
            '<figure class="align-right"><img src="/x"><figcaption>Who</figcaption></figure>',
        ),
    ],
    "alignment": [
        ('<p style="text-align: center">x</p>', '<p class="align-center">x</p>'),
        ('<p class="has-text-align-right x">x</p>', '<p class="align-right">x</p>'),
        ('<p align="LEFT">x</p>', "<p>x</p>"),
        ('<img class="alignleft wp-image-3" src="/x">', '<img class="align-left" src="/x">'),
        ("<center>x</center>", '<center class="align-center">x</center>'),
        ('<h2 class="align-center">x</h2>', '<h2 class="align-center">x</h2>'),
        (
            '<figure class="wp-block-pullquote"><blockquote>x</blockquote></figure>',
            '<figure class="pullquote"><blockquote>x</blockquote></figure>',
        ),
        ('<code class="language-python x">x</code>', '<code class="language-python">x</code>'),
    ],
    "link_to_same_picture": [
        (
            '<a href="/a/x.jpg"><img src="/a/x-768x512.jpg?w=1"></a>',
            '<img src="/a/x-768x512.jpg?w=1">',
        ),
        (
            '<a href="http://www.old.example/x.jpg"><img src="//old.example/x.jpg"></a>',
            '<img src="//old.example/x.jpg">',
        ),
        ('<a href="/story"><img src="/x.jpg"></a>', '<a href="/story"><img src="/x.jpg"></a>'),
        ('<a href="/x.jpg">x</a>', '<a href="/x.jpg">x</a>'),
    ],
    "old_site_link": [
        (
            '<a href="https://old.example/a/?p=7&amp;utm_source=x#c">x</a>',
            '<a href="/moved/a/?p=7#c">x</a>',
        ),
        ('<a href="http://www.OLD.example">x</a>', '<a href="/moved/">x</a>'),
        ('<a href="//paper.example/a/">x</a>', '<a href="/moved/a/">x</a>'),
        (
            '<a href="https://new.example/?utm_source=x">x</a>',
            '<a href="https://new.example/?utm_source=x">x</a>',
        ),
        ('<a href="/a/">x</a>', '<a href="/a/">x</a>'),
        ('<a href="ftp://old.example/a">x</a>', '<a href="ftp://old.example/a">x</a>'),
        ('<a href="https://[old.example/a">x</a>', '<a href="https://[old.example/a">x</a>'),
    ],
    "no_link": [('<a name="x">x</a>', "x")],
    "google_docs_bold": [('<b style="font-weight:normal" id="docs"><i>x</i></b>', "<em>x</em>")],
    "house_name": [
        (
            "<b>x</b><i>y</i><strike>z</strike><tt>w</tt>",
            "<strong>x</strong><em>y</em><s>z</s><code>w</code>",
        ),
        ("<h1>x</h1>", "<h2>x</h2>"),
        ('<acronym title="y">x</acronym>', '<abbr title="y">x</abbr>'),
    ],
    "styled_span": [
        ('<span style="font-weight:700">x</span>', "<strong>x</strong>"),
        (
            '<span style="font-style: italic; font-weight: bold">x</span>',
            "<strong><em>x</em></strong>",
        ),
        ('<span style="color:red">x</span>', "x"),
    ],
    "bare_span": [
        ('<span class="y">x</span>', "x"),
        ('<span lang="fr">x</span>', '<span lang="fr">x</span>'),
    ],
    # what goes with all that is in it
    "is_reaction_bar": [
        ('x<div class="wpra-reactions-wrap y"><div class="wpra-reaction">+1</div></div>', "x"),
        ('x<div class="sharedaddy"><a href="/">Share</a></div>', "x"),
    ],
    "is_amp_furniture": [("x<amp-ad>Buy</amp-ad>", "x")],
    "is_code": [("x<script>y</script><style>z</style><select><option>w</select>", "x")],
}
CASES = [(rule, *pair) for rule, pairs in PAIRS.items() for pair in pairs]
STORED = {"class", "src", "srcset", "href", "lang", "title"}


@pytest.mark.parametrize(("rule", "before", "after"), CASES)
def test_each_rule(rule: str, before: str, after: str) -> None:
    root = parse(before)
    apply(root, Context(SITE))
    for element in root.walk():
        element.attrs = {name: v for name, v in element.attrs.items() if name in STORED and v}
    assert serialise(root.children) == after


def test_every_rule_has_its_pair() -> None:
    assert {rule.__name__ for _tags, rule in RULES} <= PAIRS.keys()


def test_links_stay_where_there_is_no_old_site() -> None:
    root = parse('<a href="https://old.example/a">x</a>')
    apply(root, Context())
    assert 'href="https://old.example/a"' in serialise(root.children)


def test_what_went_is_counted() -> None:
    context = Context()
    apply(
        parse(
            "<script>x</script><amp-ad>y</amp-ad><amp-ad>z</amp-ad>"
            f'<iframe src="https://a.example/"></iframe><img src="{PIXEL}">'
        ),
        context,
    )
    assert context.notes == Counter(
        {
            ("dropped-element", "script"): 1,
            ("dropped-element", "amp-ad"): 2,
            ("unknown-frame", "a.example"): 1,
            ("dropped-picture", "data:"): 1,
        }
    )
