"""Shortcodes leave the text; words in brackets stay."""

from collections import Counter

import pytest

from articles.body.shortcodes import attributes, expand

PICTURE = '<img src="/x.jpg">'
PAIRS = [
    # captions, new and old
    (
        f'[caption id="attachment_1" align="alignright" width="3"]{PICTURE} Photo by <b>X</b>[/caption]',
        f'<figure class="alignright">{PICTURE}<figcaption>Photo by <b>X</b></figcaption></figure>',
    ),
    (
        f'[wp_caption caption="Who &amp; where"]<a href="/y">{PICTURE}</a>[/wp_caption]',
        f'<figure class=""><a href="/y">{PICTURE}</a><figcaption>Who & where</figcaption></figure>',
    ),
    (f"[caption]{PICTURE}[/caption]", f'<figure class="">{PICTURE}</figure>'),
    ("[caption]words\nonly[/caption]", "words\nonly"),
    # embeds that nobody claimed
    (
        "[embed width=1]https://a.example/b[/embed]",
        '<p><a href="https://a.example/b">https://a.example/b</a></p>',
    ),
    ("[vimeo https://a.example/b]", '<p><a href="https://a.example/b">https://a.example/b</a></p>'),
    (
        "[youtube=https://a.example/b]",
        '<p><a href="https://a.example/b">https://a.example/b</a></p>',
    ),
    (
        '[vc_row][vc_video link="https://a.example/b"][/vc_row]',
        '<p><a href="https://a.example/b">https://a.example/b</a></p>',
    ),
    (
        '[twitchtv url="https://a.example/b"]',
        '<p><a href="https://a.example/b">https://a.example/b</a></p>',
    ),
    ("[spotify id=7] [tweet 5x] [fusion_youtube id=7] [reddit]words[/reddit]", "   words"),
    # players
    (
        '[audio mp3="https://a.example/b.mp3"][/audio]',
        '<audio controls="" src="https://a.example/b.mp3"></audio>',
    ),
    (
        "[video https://a.example/b.mp4]",
        '<video controls="" src="https://a.example/b.mp4"></video>',
    ),
    ("[audio]", ""),
    # gone, unwrapped, unknown
    ("a[gallery ids=“1,2”]b", "ab"),
    ("a[contact-form-7 id=1]x[/contact-form-7]b", "ab"),
    ("[vc_row][vc_column width='1/2']words[/vc_column][/vc_row]", "words"),
    ("[media-credit name=x]words[/media-credit]", "words"),
    ("[box title=x]words[/box] [thing n=1] [thing/] [my_thing] [thing /]", "words    "),
    # shown, not run
    ("[[gallery ids=1]]", "<code>[gallery ids=1]</code>"),
    ("[[embed]https://a.example/[/embed]]", "<code>[embed]https://a.example/[/embed]</code>"),
    ("<pre>[gallery]</pre><code>[x y=1]</code>", "<pre>[gallery]</pre><code>[x y=1]</code>"),
    ('<a title="[x y=1]">z</a>', '<a title="[x y=1]">z</a>'),
    # no shortcodes
    (
        "[sic] [1] [Ted] [he laughs] [[note]] a[0]]] [E = mc2]",
        "[sic] [1] [Ted] [he laughs] [[note]] a[0]]] [E = mc2]",
    ),
    ("by [reddit] and [facebook user]", "by [reddit] and [facebook user]"),
    ("plain", "plain"),
]


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_each_form(before: str, after: str) -> None:
    assert expand(before, Counter()) == after


def test_what_went_is_named_and_counted() -> None:
    notes: Counter[tuple[str, str]] = Counter()
    expand("[gallery] [gallery ids=1] [box a=b]x[/box] [vc_row]y[/vc_row] [sic]", notes)
    assert notes == {("dropped-shortcode", "gallery"): 2, ("unknown-shortcode", "box"): 1}


def test_attributes_come_in_every_kind_of_quotes() -> None:
    assert attributes("a=\"b c\" d='e' F=g “h i” j ” k=&quot;l&quot;") == {
        "a": "b c", "d": "e", "f": "g", "0": "h i", "1": "j", "k": "l",
    }  # fmt: skip
