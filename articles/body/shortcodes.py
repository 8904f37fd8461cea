"""WordPress shortcodes that are still in a body: none of them stays as brackets in the text.

The grammar is WordPress's (`get_shortcode_regex`, shortcode-api). Embeds are no business of ours:
articles.embeds.detect has taken those it knows before this runs.
"""

import html as entities
import re
from collections import Counter
from collections.abc import Callable

from articles.embeds.shortcodes import PLAYER_SHORTCODES

# Names as patterns. These go with what they enclose: forms, advertising, sharing, reactions.
DROPPED = re.compile(
    r"contact-form[\w-]*|gravityforms?|ninja_form|wpforms|mailchimp\w*|mc4wp_form|ad|ads?_\w+|adrotate|the_ad"
    r"|the_ad_\w+|addtoany|sharethis|share|wpra\w*|wpreactions\w*|newsletter\w*|poll|yop_poll|rev_slider"
)
# These need the rest of the old site to mean anything.
UNRESOLVED = re.compile(r"gallery|playlist")
# These are page layout or marks around words that stay.
UNWRAPPED = re.compile(
    r"vc_.*|et_pb_.*|fusion_.*|row|columns?|one_.*|two_.*|dropcap|media-credit|caption|wp_caption|embed"
)
PLAYERS = {"audio": ("mp3", "m4a", "ogg", "wav", "wma"), "video": ("mp4", "m4v", "webm", "ogv")}
# Old plugins' and Jetpack's embeds: what the registry did not know becomes a plain link.
EMBEDS = re.compile("|".join(map(re.escape, (*PLAYER_SHORTCODES, "slideshare", "mixcloud"))))

# "[reddit]" and "[facebook post]" are editors' remarks as well.
_REMARK = re.compile(r"(?: [a-z]+)*")
_NAME = r"[a-zA-Z][\w.-]*"
_QUOTED = r"\"[^\"\[\]]*\"|'[^'\[\]]*'|[“”″][^“”″\[\]]*[“”″]"
_VALUE = rf"(?:{_QUOTED}|[^\s\[\]\"'“”″]+)"
_ATTRIBUTE = re.compile(rf"([\w-]+)\s*=\s*({_VALUE})|({_VALUE})")
# Code is shown, not run; shortcodes in it are none.
_CODE = re.compile(
    r"(<pre\b.*?(?:</pre>|\Z)|<code\b.*?(?:</code>|\Z)|<script\b.*?(?:</script>|\Z)"
    r"|<style\b.*?(?:</style>|\Z)|<textarea\b.*?(?:</textarea>|\Z)|<!--.*?(?:-->|\Z))",
    re.DOTALL | re.IGNORECASE,
)
# Tags are stepped over: their attributes hold no shortcodes of ours. `[[x]]` is an escaped one.
_TOKEN = re.compile(
    rf"""
    <[a-zA-Z/] [^<>]* >
  | \[ (?P<escaped> \[ )? (?P<end> / )? (?P<name> {_NAME} )
      (?P<attributes> (?: [\s=] (?: [^\[\]<>] | <br\s*/?> )* )? ) (?P<void> / )? \] (?(escaped) \] )
    """,
    re.VERBOSE,
)
# Neither looks past the next bracket: no text can make them look twice.
_ESCAPED_PAIR = re.compile(
    rf"\[(\[(?P<name>{_NAME})(?:[\s=][^\[\]]*)?\][^\[]*+\[/(?P=name)\])\]", re.DOTALL
)
_DROPPED_PAIR = re.compile(
    rf"(\[(?P<name>{DROPPED.pattern})(?:\s[^\[\]]*)?\])[^\[]*+(?=\[/(?P=name)\])"
)
_CAPTION = re.compile(
    r"\[(?P<name>(?:wp_)?caption)(?P<attributes>[^\[\]]*)\](?P<content>(?:(?!\[/?(?:wp_)?caption).)*)"
    r"\[/(?P=name)\]",
    re.DOTALL,
)
# Tags are stepped over here, too.
_EMBED = re.compile(
    r"<[a-zA-Z/][^<>]*>|\[embed[^\[\]]*\]\s*(https?://[^\s\"'<>\[\]]+)\s*\[/embed\]"
)
_PICTURE = re.compile(
    r"\s*(?:<a\s[^<>]*>\s*)?<(?:amp-)?img\s[^<>]*>(?:\s*</(?:amp-)?img>)?(?:\s*</a>)?"
)
_URL = re.compile(r"https?://[^\s\"'<>\[\]]+")


def expand(html: str, notes: Counter[tuple[str, str]]) -> str:
    """HTML without shortcodes.

    In: HTML of any kind. Out: captions as figures, players as elements, other known shortcodes
    removed or unwrapped; unknown ones unwrapped where they enclose words, else removed. `notes`
    counts ("unknown-shortcode" | "dropped-shortcode", name). Words in brackets that are no
    shortcode ("[sic]") stay.
    """
    if "[" not in html:
        return html
    html = _outside_code(html, lambda part: _ESCAPED_PAIR.sub(r"<code>\1</code>", part))
    html = _outside_code(html, _pairs)
    enclosing = {
        token["name"]
        for part in _CODE.split(html)[::2]
        for token in _TOKEN.finditer(part)
        if token["end"]
    }
    return _outside_code(
        html,
        lambda part: _TOKEN.sub(
            lambda token: _replace(token, enclosing, notes=notes), _DROPPED_PAIR.sub(r"\1", part)
        ),
    )


def _outside_code(html: str, change: Callable[[str], str]) -> str:
    parts = _CODE.split(html)
    parts[::2] = map(change, parts[::2])
    return "".join(parts)


def _pairs(html: str) -> str:
    """Pictures with captions, and embeds of sites that no provider claims."""
    html = _CAPTION.sub(_figure, html)
    return _EMBED.sub(lambda match: _paragraph_link(match[1]) if match[1] else match[0], html)


def _figure(caption: re.Match[str]) -> str:
    content = caption["content"]
    picture = _PICTURE.match(content)
    if not picture:
        return content
    # The form of WordPress 3.3 and older has the words in an attribute.
    words = content[picture.end() :].strip() or attributes(caption["attributes"]).get("caption", "")
    figcaption = f"<figcaption>{words}</figcaption>" if words else ""
    align = attributes(caption["attributes"]).get("align", "")
    return f'<figure class="{entities.escape(align)}">{picture[0].strip()}{figcaption}</figure>'


def _replace(token: re.Match[str], enclosing: set[str], *, notes: Counter[tuple[str, str]]) -> str:
    if not token["name"]:
        return token[0]
    name = token["name"]
    known = next((action for pattern, action in _ACTIONS if pattern.fullmatch(name)), None)
    if not known and not _looks_like_one(token, enclosing):
        return token[0]
    if known is _link and name not in enclosing and _REMARK.fullmatch(token["attributes"]):
        return token[0]
    if token["escaped"]:
        return f"<code>{token[0][1:-1]}</code>"
    if known:
        return known(token, notes)
    if not token["end"]:
        notes["unknown-shortcode", name] += 1
    return ""


def _looks_like_one(token: re.Match[str], enclosing: set[str]) -> bool:
    """Whether an unknown name in brackets is a shortcode and no editor's remark."""
    return (
        token["name"] in enclosing
        or "_" in token["name"]
        or re.search(r"\s[\w-]+=\S|/\s*$", token["attributes"]) is not None
        or bool(token["void"])
    )


def attributes(text: str) -> dict[str, str]:
    """The attributes of a shortcode; bare values have their position as name ("0", "1", …).

    Curly quotes, which editors and WordPress put in place of straight ones, count as quotes.
    """
    found: dict[str, str] = {}
    bare = 0
    for match in _ATTRIBUTE.finditer(entities.unescape(text)):
        if match[1]:
            found[match[1].lower()] = match[2].strip("\"'“”″")
        else:
            found[str(bare)] = match[3].strip("\"'“”″")
            bare += 1
    return found


def _drop(token: re.Match[str], notes: Counter[tuple[str, str]]) -> str:
    if not token["end"]:
        notes["dropped-shortcode", token["name"]] += 1
    return ""


def _unwrap(token: re.Match[str], notes: Counter[tuple[str, str]]) -> str:
    return ""


def _player(token: re.Match[str], notes: Counter[tuple[str, str]]) -> str:
    tag = token["name"]
    given = attributes(token["attributes"])
    source = next((given[name] for name in ("src", *PLAYERS[tag], "0") if name in given), "")
    if token["end"] or not _URL.fullmatch(source):
        return _drop(token, notes)
    return f'<{tag} controls="" src="{entities.escape(source)}"></{tag}>'


def _link(token: re.Match[str], notes: Counter[tuple[str, str]]) -> str:
    # An address inside of something else ("data:…,https://…") is not what the author named.
    url = next(
        filter(_URL.fullmatch, attributes(token["attributes"].removeprefix("=")).values()), None
    )
    return _paragraph_link(entities.escape(url)) if url else _drop(token, notes)


def _paragraph_link(address: str) -> str:
    return f'<p><a href="{address}">{address}</a></p>'


Action = Callable[[re.Match[str], Counter[tuple[str, str]]], str]
_ACTIONS: tuple[tuple[re.Pattern[str], Action], ...] = (
    (DROPPED, _drop),
    (UNRESOLVED, _drop),
    (EMBEDS, _link),
    (UNWRAPPED, _unwrap),
    (re.compile("audio|video"), _player),
)
