"""Providers that are data: the forms of their addresses, and what follows from the parts in them.

A form is written like the address itself:

    /talks/{id}                   a path on each of `sites`; {id} is a part, as `parts` says
    /talks/{id}/*                 the same, and whatever follows
    i.imgur.com/{id}.{ending}     a path on this host alone
    {blog}.tumblr.com/post/{id}   a host may hold a part, too
    /maps/embed?pb={map}          fields of the query, in any order; all others are left aside

The first form that fits an address gives the parts. A template is an address with parts in it. Where
several stand in a tuple, the first whose parts are all known is taken: so a part that only some forms
have decides which template they get.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from articles.embeds.facts import MAX_ADDRESS_CHARS
from articles.embeds.provider import (
    PLAYER_ALLOW,
    POST_ALLOW,
    Box,
    EmbedRef,
    Frame,
    Hook,
    OEmbed,
    Provider,
)
from articles.embeds.url import SafeUrl, read_url

# What a frame may do, by kind. Charts, maps, documents and pictures fill the screen and no more.
_ALLOW = {"video": PLAYER_ALLOW, "podcast": PLAYER_ALLOW, "post": POST_ALLOW}
_STILL_ALLOW = "fullscreen"

_PART = re.compile(r"\{(\w+)\}")
# What stands unescaped in a path or in a query's value (RFC 3986, 3.3 and 3.4), but for the "&",
# and what is escaped already.
_PLAIN = "/:@!$'()*+,;=~%"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


class _Form(NamedTuple):
    """A form of address, compiled: one of the hosts, the whole path, and each of the fields."""

    hosts: frozenset[str]
    open_hosts: tuple[re.Pattern[str], ...]
    path: re.Pattern[str]
    fields: dict[str, re.Pattern[str]]


@dataclass(kw_only=True, eq=False)
class TableProvider(Provider):
    """A provider without code of its own: one row of the modules in `providers/`.

    `kind` is one word for what its posts are; the frame's title and permissions follow from it.
    `parts` are regular expressions by name, `addresses` the forms of a post's address. `canonical`,
    `media_id` and `frames` (each with its box) are templates: a post that gets no canonical address
    is a short link, one that gets no frame is a card that only links. `pages` are templates of what
    the card links to, where that isn't the canonical address; `attribute_urls` those of addresses,
    by the names of a shortcode's attributes. `furniture` are forms of scripts and frames that go.
    """

    slug: str
    name: str
    kind: str
    parts: Mapping[str, str]
    addresses: tuple[str, ...]
    canonical: tuple[str, ...]
    sites: tuple[str, ...] = ()
    media_id: tuple[str, ...] = ("{id}",)
    frames: tuple[tuple[str, Box], ...] = ()
    pages: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
    hooks: tuple[Hook, ...] = ()
    loaders: frozenset[str] = frozenset()
    shortcodes: tuple[str, ...] = ()
    attribute_urls: tuple[str, ...] = ()
    short_hosts: frozenset[str] = frozenset()
    id_url: str = ""
    oembed: OEmbed | None = None
    hosts: frozenset[str] = field(init=False)
    frame_origins: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self._forms = [self._form(form) for form in self.addresses]
        self._furniture = [self._form(form) for form in self.furniture]
        named = {form.partition("/")[0] for form in (*self.addresses, *self.furniture)} - {""}
        hosts = named.union(self.sites)
        self.hosts, self.open_hosts = self._sorted(hosts)
        sources = [urlsplit(source) for source, _ in self.frames]
        origins = (f"{source.scheme}://{source.netloc}" for source in sources)
        self.frame_origins = tuple(dict.fromkeys(origins))

    def match(self, url: SafeUrl) -> EmbedRef | None:
        """The post at an address of one of the forms."""
        parts = _parts(self._forms, url)
        if parts is None:
            return None
        canonical = _filled(self.canonical, parts)
        address = canonical or url.page
        if len(address) > MAX_ADDRESS_CHARS:
            return None
        media_id = _filled(self.media_id, parts)
        return EmbedRef(self.slug, media_id, canonical, url=address, kind=self.kind)

    def frame(self, ref: EmbedRef, site_host: str) -> Frame | None:
        """The first frame that can be made of the parts of the post's address."""
        parts = self._parts_of(ref)
        for template, box in self.frames:
            source = _filled((template,), parts)
            if source is not None:
                return Frame(
                    src=source,
                    title=f"{self.kind.capitalize()} on {self.name}",
                    allow=_ALLOW.get(self.kind, _STILL_ALLOW),
                    box=box,
                )
        return None

    def page(self, ref: EmbedRef) -> str:
        return _filled(self.pages, self._parts_of(ref)) or ref.url

    def read_attributes(self, values: Mapping[str, str]) -> EmbedRef | None:
        safe = {name: quote(value, safe=":") for name, value in values.items() if value}
        address = _filled(self.attribute_urls, safe)
        return self.read(address) if address is not None else None

    def discards(self, url: SafeUrl) -> bool:
        return _parts(self._furniture, url) is not None

    def _parts_of(self, ref: EmbedRef) -> dict[str, str]:
        url = read_url(ref.url)
        return (_parts(self._forms, url) if url is not None else None) or {}

    def _form(self, form: str) -> _Form:
        host, _, rest = form.partition("/")
        path, _, query = rest.partition("?")
        hosts, open_hosts = self._sorted([host] if host else self.sites)
        before = path.removesuffix("/*")
        rest_of_path = "" if before == path else "(?:/.*)?"
        fields = (field.partition("=") for field in query.split("&") if field)
        return _Form(
            hosts,
            open_hosts,
            re.compile(self._expression(before) + rest_of_path, re.ASCII),
            {name: self._compiled(value) for name, _, value in fields},
        )

    def _sorted(self, hosts: Iterable[str]) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
        """Whole host names, and patterns of those with parts in them."""
        names = frozenset(host for host in hosts if "{" not in host)
        return names, tuple(self._compiled(host) for host in hosts if host not in names)

    def _compiled(self, text: str) -> re.Pattern[str]:
        return re.compile(self._expression(text), re.ASCII)

    def _expression(self, text: str) -> str:
        """The regular expression of a text with parts in it."""
        pieces = _PART.split(text)
        pieces[::2] = map(re.escape, pieces[::2])
        pieces[1::2] = [f"(?P<{name}>{self.parts[name]})" for name in pieces[1::2]]
        return "".join(pieces)


def _parts(forms: Iterable[_Form], url: SafeUrl) -> dict[str, str] | None:
    """The parts of an address, fit for a template; None where no form fits."""
    path = "/".join(url.path)
    for form in forms:
        found = form.path.fullmatch(path)
        of_host = _of_host(form, url.host) if found else None
        of_query = _of_query(form, url) if of_host is not None else None
        if found and of_host is not None and of_query is not None:
            return of_host | _known(found) | of_query
    return None


def _of_host(form: _Form, host: str) -> dict[str, str] | None:
    if host in form.hosts:
        return {}
    found = next(filter(None, (each.fullmatch(host) for each in form.open_hosts)), None)
    return found.groupdict() if found else None


def _of_query(form: _Form, url: SafeUrl) -> dict[str, str] | None:
    """The parts in the fields that the form names.

    They stay escaped as they were written: decoding and escaping again would give a map's long
    parameter another spelling.
    """
    written: dict[str, str] = {}
    for each in url.source.partition("#")[0].partition("?")[2].split("&"):
        name, _, value = each.partition("=")
        written.setdefault(name, _escaped(value))  # what is matched is what will be written
    parts: dict[str, str] = {}
    for name, pattern in form.fields.items():
        found = pattern.fullmatch(written.get(name, ""))
        if found is None:
            return None
        parts |= _known(found)
    return parts


def _known(found: re.Match[str]) -> dict[str, str]:
    """The parts that were there, escaped; a part's pattern may name parts of its own."""
    return {name: _escaped(part) for name, part in found.groupdict().items() if part is not None}


def _escaped(part: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", part), safe=_PLAIN)


def _filled(templates: Iterable[str], parts: Mapping[str, str]) -> str | None:
    """The first template whose parts are all known, with them in place."""
    for template in templates:
        if all(name in parts for name in _PART.findall(template)):
            return template.format(**parts)
    return None
