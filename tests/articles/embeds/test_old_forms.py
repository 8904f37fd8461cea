"""Forms as old sites, plugins and clipboards leave them, by the way that every save and import goes."""

import pytest

from articles.body.clean import clean
from newsroom.lib.html_guard import BodyRefused

ID = "aB3_-xYz012"
FILM = f"https://www.youtube.com/watch?v={ID}"
PLAYER = f"https://www.youtube.com/embed/{ID}"
POST = "https://x.com/someone/status/20"


def found(html: str) -> list[str]:
    return [ref.url for ref in clean(html).embeds]


@pytest.mark.parametrize(
    "html",
    [
        # what surrounds an address
        f"<p>&lt;{FILM}&gt;</p>", f"<p>({FILM})</p>", f"<p>[{FILM}]</p>", f"<p>\u201c{FILM}\u201d</p>",
        f"<p>{FILM}.</p>", f"<p>{FILM}\u2026</p>", f"<p>&#8203;{FILM}&#65279;</p>", f"<p>&nbsp;{FILM}&zwnj;</p>",
        f"<p>{FILM}<!-- x --></p>", f"<p>{FILM}<script>x</script></p>", f"\t{FILM}", f"a\r\n\r\n{FILM}\r\n\r\nb",
        f"//www.youtube.com/watch?v={ID}", f"HTTPS://WWW.YOUTUBE.COM/watch?v={ID}", f"https://www.youtube.com:443/watch?v={ID}",
        f"https://www.youtube.com/watch?x=1&#038;v={ID}", f"https://www.youtube.com/watch?x=1&#x26;v={ID}",
        f"<center>{FILM}</center>", f'<p dir="ltr"><span style="font-weight:400">{FILM}</span></p>',
        # frames that a script loads late, or after consent
        f'<iframe src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="{PLAYER}"></iframe>',
        *(
            f'<iframe src="about:blank" {name}="{PLAYER}"></iframe><noscript><iframe src="{PLAYER}"></iframe></noscript>'
            for name in ("data-src", "data-lazy-src", "data-litespeed-src", "data-original", "data-orig-src",
                         "data-ezsrc", "data-cfsrc", "data-src-cmplz", "data-cmp-src", "data-cookieblock-src",
                         "suppressedsrc", "consent-original-src-_")
        ),
        f'<div class="video-container"><p><span class="embed-youtube"><iframe src="{PLAYER}"></iframe></span></p></div>',
        # blocks of every age, cards
        f'<!-- wp:core-embed/youtube {{"url":"{FILM}"}} -->\n<!-- /wp:core-embed/youtube -->',
        f'<figure class="wp-block-embed"><div class="wp-block-embed__wrapper"><p>{FILM}</p></div></figure>',
        f'<figure class="wp-block-embed"><div class="wp-block-embed__wrapper"><a href="{FILM}">{FILM}</a></div></figure>',
        f'<figure class="wp-block-embed"><div class="wp-block-embed__wrapper"><div><iframe src="{PLAYER}"></iframe></div></div></figure>',
        f"<!-- wp:shortcode -->\n[embed]{FILM}[/embed]\n<!-- /wp:shortcode -->",
        f'<figure class="kg-card kg-embed-card"><iframe src="{PLAYER}?feature=oembed"></iframe><figcaption>a</figcaption></figure>',
        f'<amp-youtube data-videoid="{ID}"><amp-img placeholder src="/x.png"></amp-img><a fallback href="{FILM}">{FILM}</a></amp-youtube>',
        # shortcodes
        f"<p>[embed]<br />\n{FILM}<br />\n[/embed]</p>", f"[embed]&nbsp;{FILM}[/embed]", f"[youtube id=&#8221;{ID}&#8221;]", f'[youtube clip_id="{ID}"]',
        f'[youtube <a href="{FILM}">{FILM}</a>]', f'[youtube=<a href="{FILM}">x</a> w=1]', f'[youtube]<a href="{FILM}">x</a>[/youtube]',
        f"[embedyt] {FILM}[/embedyt]", f'[lyte id="{ID}" /]', f'[arve url="{FILM}" /]', f'[vc_video link="{FILM}"]', f'[av_video src="{FILM}"]',
        f"<p><mark>{FILM}</mark></p>", f"<p><ins><big>{FILM}</big></ins></p>",
        f'<p>{FILM}</p><script src="https://connect.facebook.net/bn_IN/sdk.js#xfbml=1"></script>',
    ],
)  # fmt: skip
def test_it_is_one_film(html: str) -> None:
    assert found(html) == [FILM]


@pytest.mark.parametrize(
    "html",
    [
        # alone only on its line, not in its paragraph
        f"<p>Words<br>{FILM}<br>words</p>", f"<p>Words\n{FILM}\nwords</p>", f"<p>{FILM} {POST}</p>",
        # link texts that don't name it, cards that are links
        f'<p><a href="{FILM}">https://www.youtube.com/watch?v=aB3...</a></p>', f'<p><a href="{FILM}"><img src="/x.png"></a></p>',
        f'<figure class="kg-card kg-bookmark-card"><a href="{FILM}"><div>Title</div></a></figure>',
        # struck out
        f"<p><s>{FILM}</s></p>", f"<p><del>{FILM}</del></p>",
        # code, attributes, comments
        f'<a title="[embed]{FILM}[/embed]" href="/x">a</a>', f"<p><code>[youtube {FILM}]</code></p>", f"<template><p>{FILM}</p></template>",
        f"<!-- [embed]{FILM}[/embed] -->", f"&lt;iframe src=&quot;{PLAYER}&quot;&gt;",
        # Markdown
        f"- {FILM}", f"* {FILM}", f"# {FILM}", f"[words]({FILM})", f"![words]({FILM})",
        # shortcodes of other things, and none at all
        f'[audio src="{FILM}"]', f'[gallery link="{FILM}"]', f"[youtube {FILM}", f"[youtubes {FILM}]x", f"[embed [youtube {FILM}",
        f"[youtube data:text/html,{FILM}]", f"[youtube view-source:{FILM}]", f'[youtube <a href="{FILM}">x</a> never ends',
        f'[youtube x] <a href="{FILM}">x</a> words', f'[foo]<a href="{FILM}">x</a>[/foo]', f'[youtube <b title="{FILM}">x</b>]',
        # a frame that shows something
        f'<iframe src="data:text/html,x" data-src="{PLAYER}"></iframe>', f'<iframe src="javascript:x" data-src="{PLAYER}"></iframe>',
    ],
)  # fmt: skip
def test_it_is_none(html: str) -> None:
    assert found(html) == []


HOSTS = (
    "https://youtube.com.evil.test", "https://evil.test/https://www.youtube.com", "https://www.youtube.com@evil.test",
    "//youtube.com@evil", "https://user:word@www.youtube.com", "https://evil.test\\@www.youtube.com", "https:\\\\www.youtube.com",
    "https://www.youtube.com%2eevil.test", "https://www%2eyoutube%2ecom", "https://www.youtube.com%00.evil.test",
    "https://www.youtube.com:8080", "https://www.youtube.com:", "https://xn--youtub-bva.com", "https://www.y\u043eutube.com",
    "https://www.youtube\u3002com", "https://www.youtube.com.", "https://wwwyoutube.com", "https://youtube.com-evil.test",
    "https://www.you\ttube.com", "https://[www.youtube.com]", "ftp://www.youtube.com", "data:text/html,https://www.youtube.com",
    "javascript://www.youtube.com", "https:/www.youtube.com", "https:///www.youtube.com", "https://www.youtube.com#@evil.test",
    "https://www.youtube.com/redirect?q=https://www.youtube.com", "https://l.facebook.com/l.php?u=https://www.youtube.com",
)  # fmt: skip
PLACES = (
    "{}", "<p>{}</p>", '<p><a href="{}">{}</a></p>', '<iframe src="{}"></iframe>', '<iframe data-src="{}"></iframe>',
    '<object data="{}"></object>', '<embed embedtype="media" url="{}">', "<oembed>{}</oembed>", '<oembed url="{}"></oembed>',
    '<div data-oembed-url="{}"></div>', "[embed]{}[/embed]", "[youtube {}]", '[video src="{}"]',
    '<amp-embedly-card data-url="{}"></amp-embedly-card>', '<div class="wp-block-embed__wrapper">{}</div>',
)  # fmt: skip


@pytest.mark.parametrize("host", HOSTS)
def test_a_look_alike_is_none_in_any_place(host: str) -> None:
    for place in PLACES:
        assert found(place.replace("{}", f"{host}/watch?v={ID}")) == [], place


def test_a_wrapper_of_many_things_is_no_address() -> None:
    many = "<i>x</i>" * 20
    assert clean(f'<div class="wp-block-embed__wrapper">{many}</div>').embeds == ()


def test_formatting_is_not_repeated_without_end() -> None:
    tags = f'<b title="{"x" * 1000}">' * 30
    frames = f'x<iframe src="{PLAYER}"></iframe>' * 200
    with pytest.raises(BodyRefused, match="repeated around each of its embeds"):
        clean(f"<p>{tags}{frames}")
