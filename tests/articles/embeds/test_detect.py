"""An article's embeds in every form, and what is left of the text around them."""

import pytest

from articles.embeds.detect import rewrite_embeds

YOUTUBE = "https://www.youtube.com/watch?v=aB3_-xYz012"
INSTAGRAM = "https://www.instagram.com/p/C-abc_123-/"
X = "https://x.com/someone/status/20"
PLAYER = "https://www.youtube.com/embed/aB3_-xYz012"
Y, IG, T = (f"<oembed>{url}</oembed>" for url in (YOUTUBE, INSTAGRAM, X))
NOTED = "https://unknown.example/x"
LINK = f'<p><a href="{NOTED}">{NOTED}</a></p>'


def rewritten(html: str) -> str:
    once = rewrite_embeds(html)
    twice = rewrite_embeds(once.html)
    assert twice.html == once.html
    assert [r.identity for r in twice.refs] == [r.identity for r in once.refs]
    assert once.html.count("<oembed>") == len(once.refs)
    return once.html


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # alone in a paragraph
        (f"<p>{YOUTUBE}</p>", Y),
        (f"<p>&nbsp;{YOUTUBE} <br></p>", Y),
        (f"<p><strong><em>{YOUTUBE}</em></strong></p>", Y),
        (f"<p><span>https://</span>{YOUTUBE[8:]}</p>", Y),
        (f'<p><a href="{YOUTUBE}">{YOUTUBE}</a></p>', Y),
        (f'<p><a href="{YOUTUBE}">www.youtube.com/watch?v=aB3_-xYz012</a></p>', Y),
        (f'<p><a href="{YOUTUBE}"><b>{YOUTUBE}</b></a></p>', Y),
        (f"<p>{YOUTUBE}<br>{X}</p>", Y + T),
        (f"<blockquote><p>{YOUTUBE}</p></blockquote>", f"<blockquote>{Y}</blockquote>"),
        (
            f"<table><tbody><tr><td><p>{X}</p></td></tr></tbody></table>",
            f"<table><tbody><tr><td>{T}</td></tr></tbody></table>",
        ),
        # alone on a line of plain text
        (YOUTUBE, Y),
        (f"Words\n{YOUTUBE}\n<b>more</b> words", f"Words\n{Y}\n<b>more</b> words"),
        (f"Words\r\n{YOUTUBE}", f"Words\n{Y}"),
        (f"<div>{YOUTUBE}</div>", f"<div>{Y}</div>"),
        (f"<p>a</p>{YOUTUBE}<!-- x -->{X}", f"<p>a</p>{Y}<!-- x -->{T}"),
        (f'a\n<a href="{YOUTUBE}">{YOUTUBE}</a>\nb', f"a\n{Y}\nb"),
        (f"<b>Words\n{YOUTUBE}\nmore</b>", f"<b>Words\n</b>{Y}<b>\nmore</b>"),
        # AMP
        ('<amp-instagram data-shortcode="C-abc_123-" data-captioned></amp-instagram>', IG),
        (
            '<amp-youtube data-videoid="aB3_-xYz012" data-param-start="70"></amp-youtube>',
            f"<oembed>{YOUTUBE}&amp;t=70s</oembed>",
        ),
        (f'<amp-iframe src="{PLAYER}"><amp-img placeholder></amp-img></amp-iframe>', Y),
        (f'<a class="amp-wp-embed-fallback" href="{X}">words</a>', T),
        (f'<amp-embedly-card data-url="{X}"></amp-embedly-card>', T),
        # providers' markup
        (
            f'<blockquote class="instagram-media"><p><a href="{INSTAGRAM}">a</a></p></blockquote>',
            IG,
        ),
        (
            (
                f'<figure><div><blockquote class="twitter-tweet"><a href="{X}">a</a></blockquote></div>'
                '<script src="https://platform.twitter.com/widgets.js"></script></figure>'
            ),
            f"<div>{T}</div>",
        ),
        ('<div id="fb-root"></div><p>a</p>', "<p>a</p>"),
        # frames
        (f'<iframe src="{PLAYER}"></iframe>', Y),
        (f'<iframe src="" data-src="{PLAYER}"></iframe>', Y),
        (f'<iframe src="about:blank" data-lazy-src="{PLAYER}"></iframe>', Y),
        (f'<iframe data-src="{PLAYER}"></iframe><noscript><iframe src="{PLAYER}"></noscript>', Y),
        (f'<noscript><iframe src="{PLAYER}"></iframe></noscript>', Y),
        (f'<object data="{PLAYER}"></object>', Y),
        (f'<object><param name="movie" value="{PLAYER}"><embed src="{PLAYER}"></object>', Y),
        (f'<object><embed src="{PLAYER}"></object>', Y),
        # frames nobody knows
        (f'<iframe src="{NOTED}"></iframe>', LINK),
        (f'<iframe src="{NOTED}" data-src="{PLAYER}"></iframe>', LINK),
        (f'<iframe src="{NOTED}" title="A map"></iframe>', f'<p><a href="{NOTED}">A map</a></p>'),
        (f'<p>a <iframe src="{NOTED}"></iframe></p>', f'<p>a <a href="{NOTED}">{NOTED}</a></p>'),
        (f'<a href="/x">a <iframe src="{NOTED}"></iframe></a>', f'<a href="/x">a </a>{LINK}'),
        (f'<object data="{NOTED}"></object>', LINK),
        ('<iframe src="/quiz"></iframe>', '<p><a href="/quiz">/quiz</a></p>'),
        ("<p>a</p><iframe></iframe>", "<p>a</p>"),
        (f'<iframe src="{NOTED}" width="1px" height="1px"></iframe>', ""),
        (f'<iframe src="{NOTED}" style="display: none"></iframe>', ""),
        (f'<iframe src="{NOTED}" hidden></iframe>', ""),
        ('<iframe src="https://www.facebook.com/plugins/like.php?href=x"></iframe>', ""),
        (
            (
                f'<blockquote class="wp-embedded-content"><a href="{NOTED}">a</a></blockquote>'
                f'<iframe class="wp-embedded-content" src="{NOTED}/embed"></iframe>'
            ),
            f'<blockquote class="wp-embedded-content"><a href="{NOTED}">a</a></blockquote>',
        ),
        # shortcodes
        (f"[embed]{X}[/embed]", T),
        (f"[embed width=1]{X}[/embed] and [embed]{YOUTUBE}[/embed]", f"{T} and {Y}"),
        (f'[embed src="{X}"]', T),
        (f'[embed]<a href="{X}">x</a>[/embed]', T),
        (
            f'[embed] <a href="{X}">x</a> [/embed] [embed]<a href="{YOUTUBE}">y</a>[/embed]',
            f"{T} {Y}",
        ),
        (f"[embed]{NOTED}[/embed]", LINK),
        (f"[video src='{YOUTUBE}'][/video]", Y),
        ("[youtube aB3_-xYz012]", Y),
        ("[youtube id=\u201caB3_-xYz012\u2033]", Y),
        (f"[youtube {YOUTUBE}&amp;w=640 /]", Y),
        (f"[tweet {X}] words [/tweet-x] [tweet {X}]", f"{T} words [/tweet-x] {T}"),
        (f"[TWEET {X}]", T),
        (
            "<p>Words [tweet 20] words</p>",
            "<p>Words </p><oembed>https://x.com/i/status/20</oembed><p> words</p>",
        ),
        (
            "<ul><li>[tweet 20]</li></ul>",
            "<ul><li><oembed>https://x.com/i/status/20</oembed></li></ul>",
        ),
        # Gutenberg
        (
            (
                f'<!-- wp:embed {{"url":"{X}"}} -->\n<figure class="wp-block-embed">'
                f'<div class="wp-block-embed__wrapper">\n{X}\n</div>'
                "<figcaption>A <b>caption</b></figcaption></figure>\n<!-- /wp:embed -->"
            ),
            f"\n{T}<p>A <b>caption</b></p>\n",
        ),
        (f'<figure class="wp-block-embed-twitter">\n{X}\n</figure>', T),
        (f'<!-- wp:core-embed/twitter {{"url":"{X}"}} /-->', T),
        (f'<!-- wp:core/embed {{"url":"{X}"}} --><p> </p><!-- /wp:core/embed -->', f"<p> </p>{T}"),
        (f'<!-- wp:embed {{"url":"{X}"}} --><p>a</p><!-- /wp:embed -->', "<p>a</p>"),
        ('<!-- wp:embed {"url":5} /-->', ""),
        ('<!-- wp:embed {"url" /-->', ""),
        ("<!-- wp:embed [1] /-->", ""),
        ("<!-- /wp:embed -->", ""),
        (
            (
                f'<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">{NOTED}</div>'
                "</figure>"
            ),
            LINK,
        ),
        (
            f'<figure><iframe src="{PLAYER}"></iframe><figcaption><p>a</p></figcaption></figure>',
            f"{Y}<p>a</p>",
        ),
        (f'<figure><iframe src="{PLAYER}"></iframe><figcaption> </figcaption></figure>', f"{Y} "),
        (f'<figure><iframe src="{PLAYER}"></iframe><figcaption>{X}</figcaption></figure>', Y + T),
        (
            f'<figure><figure><img src="/a"></figure><iframe src="{PLAYER}"></iframe></figure>',
            f'<figure><figure><img src="/a"></figure>{Y}</figure>',
        ),
        # <oembed> and the editors' own
        (f"<oembed>\n {YOUTUBE} \n</oembed>", Y),
        (f'<oembed class="align-left">{YOUTUBE}</oembed>', Y),
        (f'<figure class="media"><oembed url="{YOUTUBE}"></oembed></figure>', Y),
        (f"<p>a <oembed>{YOUTUBE}</oembed> b</p>", f"<p>a </p>{Y}<p> b</p>"),
        (f"<oembed><b>{YOUTUBE}</b></oembed>", Y),
        (f'<embed embedtype="media" url="{YOUTUBE}"/>', Y),
        (f'<div data-oembed-url="{YOUTUBE}"><script>x</script><p>PREVIEW</p></div>', Y),
        (f'<div data-oembed-url="{NOTED}"><p>PREVIEW</p></div>', LINK),
        (f"<oembed>{NOTED}</oembed>", LINK),
        ("<oembed>javascript:alert(1)</oembed>", ""),
        # what only broken HTML holds
        (f"<pre><oembed>{YOUTUBE}</oembed></pre>", f"<pre>{YOUTUBE}</pre>"),
        (f"<?x y?><p>{YOUTUBE}</p>", Y),
        (f'{X}<a href="/x"><oembed></oembed></a>', T),
        (f"{X} <q><iframe src='{PLAYER}'></iframe></q>", f"{T}{Y}"),
        (f"<a href=/x><iframe src='{PLAYER}'></iframe></a>{X}", f"{Y}{T}"),
        (
            (
                f"<figure><figcaption>a<figcaption>b</figcaption></figcaption><iframe src='{PLAYER}'>"
                "</iframe></figure>"
            ),
            f"a<figcaption>b</figcaption>{Y}",
        ),
        # a paragraph is split without losing a word
        (f'<p>a <iframe src="{PLAYER}"></iframe> b</p>', f"<p>a </p>{Y}<p> b</p>"),
        (
            f'<p id="i" dir="rtl">a <a href="/x">b <b>c <iframe src="{PLAYER}"></iframe> d</b></a></p>',
            (
                f'<p id="i" dir="rtl">a <a href="/x">b <b>c </b></a></p>{Y}'
                '<p dir="rtl"><a href="/x"><b> d</b></a></p>'
            ),
        ),
        (f'<p><br>\n<iframe src="{PLAYER}"></iframe><br></p>', Y),
        (f'<p><b><iframe src="{PLAYER}"></iframe></b>a</p>', f"{Y}<p>a</p>"),
        (f'<h2>a<iframe src="{PLAYER}"></iframe></h2>', f"<h2>a</h2>{Y}"),
        (f'<p><a id="x"></a><iframe src="{PLAYER}"></iframe></p>', f'<p><a id="x"></a></p>{Y}'),
        (f'<p>{X}<iframe src="{PLAYER}"></iframe></p>', T + Y),
        (f'<b><div>a</div></b><iframe src="{PLAYER}"></iframe>', f"<b><div>a</div></b>{Y}"),
        (
            f'<p title="a&quot;b&amp;&nbsp;">c &lt; d</p>{YOUTUBE}',
            f'<p title="a&quot;b&amp;&nbsp;">c &lt; d</p>{Y}',
        ),
    ],
)
def test_it_writes_every_form_as_an_oembed_of_its_own(before: str, after: str) -> None:
    assert rewritten(before) == after


@pytest.mark.parametrize(
    "html",
    [
        "",
        "Words only",
        f"<p>See {YOUTUBE} now</p>",
        f"<p>Intro<br>{YOUTUBE}</p>",
        f"See {YOUTUBE}",
        f"<p>{YOUTUBE} {X}</p>",
        f"<ul><li>{YOUTUBE}</li></ul>",
        f"<ul><li><p>{YOUTUBE}</p></li></ul>",
        f"<h2>{YOUTUBE}</h2>",
        f"<figure><img><figcaption>{YOUTUBE}</figcaption></figure>",
        f"<table><tr><td>{YOUTUBE}</td></tr></table>",
        f"<pre>{YOUTUBE}</pre>",
        f"<p><code>{YOUTUBE}</code></p>",
        f"<p><q>{YOUTUBE}</q></p>",
        f"<!-- {YOUTUBE} -->",
        f'<p><img alt="{YOUTUBE}"></p>',
        f'<p><a href="{YOUTUBE}">the film</a></p>',
        f'<p><a href="{YOUTUBE}">{X}</a></p>',
        f'<p><a href="{NOTED}">{YOUTUBE}</a></p>',
        f'<p><a href="{YOUTUBE}"></a></p>',
        f'<p>a <a href="{YOUTUBE}">{YOUTUBE}</a></p>',
        f'<p><a href="{YOUTUBE}">{YOUTUBE}</a> a</p>',
        f'<a href="/x"><p>{YOUTUBE}</p></a>',
        f"<p>{NOTED}</p>",
        f'<p><a href="{NOTED}">{NOTED}</a></p>',
        f"[[embed]{YOUTUBE}[/embed]]",
        f"[[youtube {YOUTUBE}]]",
        "[embed][/embed]",
        "[embed]words[/embed]",
        '[embed]<a href="/x">x</a>[/embed]',
        f"[embed]<b>{YOUTUBE[:20]}</b>[/embed]",
        "[embed never closed",
        "[youtube]",
        "[youtube https://unknown.example/x]",
        f"[youtube {X}]",
        "[facebook 20]",
        "[gallery ids=1,2]",
        '[video mp4="/x.mp4"][/video]',
        f"<textarea>[embed]{X}[/embed]</textarea>",
        "<script>x</script>",
        '<script src="https://unknown.example/x.js"></script>',
        '<noscript><img src="/pixel"></noscript>',
        "<noscript><noscript><p>x</p></noscript></noscript>",
        '<object data="/x.pdf">words</object>',
        '<embed embedtype="image" id="5">',
        "<!-- wp:paragraph --><p>a</p><!-- /wp:paragraph -->",
        '<blockquote class="twitter-tweet"><p>a</p></blockquote>',
        f'<blockquote class="twitter-tweet"><blockquote class="twitter-tweet"></blockquote><a href="{NOTED}">a</a></blockquote>',
        '<amp-youtube data-videoid="../x"></amp-youtube>',
        "<amp-youtube></amp-youtube>",
        f'<blockquote class="instagram-media" data-instgrm-permalink="{NOTED}"><a href="{INSTAGRAM}">a</a></blockquote>',
        f"<p>a</p>\n{Y}\n<p>b</p>",
        f"<blockquote>{Y}</blockquote>",
        "<pre>\n\nx</pre><p>\n[x]</p>",
    ],
)
def test_everything_else_comes_back_as_it_was(html: str) -> None:
    result = rewrite_embeds(html)
    assert result.html == html
    assert result.notes == ()
