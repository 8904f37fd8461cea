"""The contract of every provider in the registry.

A new provider needs tests/data/oembed/<slug>.json: "posts" (address, media id, canonical address,
start time), "not_posts", and where it has an oEmbed endpoint an "answer" as it sends it, and the
"facts" in it.
Markup that isn't one id or address in attributes stands in "elements", beside the post's address,
and what looks like it in "not_elements".
"""

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from articles.embeds.detect import rewrite_embeds
from articles.embeds.facts import EmbedFacts
from articles.embeds.provider import SANDBOX, EmbedRef, Hook, Provider
from articles.embeds.providers import FRAME_ORIGINS, PROVIDERS, by_slug, match, match_text
from articles.embeds.render import card_for, render_card
from articles.embeds.url import read_url

DATA = Path(__file__).parents[2] / "data" / "oembed"
SLUGS = [provider.slug for provider in PROVIDERS]


def data_of(slug: str) -> dict[str, Any]:
    return json.loads((DATA / f"{slug}.json").read_text(encoding="utf-8"))


POSTS = [(slug, *row) for slug in SLUGS for row in data_of(slug)["posts"]]
NOT_POSTS = [(slug, address) for slug in SLUGS for address in data_of(slug)["not_posts"]]

ELEMENTS = [(slug, *row) for slug in SLUGS for row in data_of(slug).get("elements", [])]
NOT_ELEMENTS = [(slug, html) for slug in SLUGS for html in data_of(slug).get("not_elements", [])]


@pytest.fixture(params=PROVIDERS, ids=SLUGS)
def provider(request: pytest.FixtureRequest) -> Provider:
    return request.param


def refs_of(provider: Provider) -> list[EmbedRef]:
    return [provider.read(row[0]) for row in data_of(provider.slug)["posts"]]


def test_slugs_are_unique_and_find_their_provider() -> None:
    assert len(set(SLUGS)) == len(SLUGS)
    assert [by_slug(slug) for slug in SLUGS] == list(PROVIDERS)
    assert by_slug("gone-since") is None


def test_no_two_providers_judge_the_same_host() -> None:
    hosts = [host for provider in PROVIDERS for host in provider.hosts]
    assert len(set(hosts)) == len(hosts)
    assert all(host == host.lower() for host in hosts)


def test_no_two_providers_claim_the_same_markup_or_shortcode() -> None:
    names = [name for provider in PROVIDERS for name in provider.shortcodes]
    # Where the value is an address, that says whose it is.
    marks = {
        (hook.tag, hook.css_class, hook.attributes, hook.pattern, provider.slug)
        for provider in PROVIDERS
        for hook in provider.hooks
        if hook.template
    }
    assert len(set(names)) == len(names)
    assert len({mark[:4] for mark in marks}) == len(marks)


@pytest.mark.parametrize(("slug", "address", "media_id", "canonical", "start"), POSTS)
def test_an_address_of_a_post_is_its_providers_alone(
    slug: str, address: str, media_id: str | None, canonical: str | None, start: int | None
) -> None:
    url = read_url(address)
    claims = [p.slug for p in PROVIDERS if url and p.owns(url.host) and p.match(url)]
    ref = match(url)
    assert claims == [slug]
    assert ref is not None
    assert (ref.provider, ref.media_id, ref.canonical_url, ref.start) == (
        slug,
        media_id,
        canonical,
        start,
    )


@pytest.mark.parametrize(("slug", "address"), NOT_POSTS)
def test_other_addresses_on_its_hosts_are_no_posts(slug: str, address: str) -> None:
    assert match_text(address) is None


# What a host may be made to look like; "#" stands for it.
LOOK_ALIKES = (
    *("#.evil.test", "evil#", "#evil", "#-evil.test", "#@evil.test", "evil.test@#", "a:b@#", "#:8080", "#:", "#."),
    *("#%2f.evil.test", "#%00.evil.test", "#\\@evil.test", "evil.test\\@#", "evil.test/#", "evil.test?#", "evil.test#@#"),
    *("[#]", "#;evil.test", "#\t.evil.test", "#\u3002evil.test", "\u0430#"),
)  # fmt: skip


@pytest.mark.parametrize("look", LOOK_ALIKES)
def test_no_host_that_looks_like_its_own_is_its_own(look: str) -> None:
    for _slug, address, *_ in POSTS:
        host = urlsplit(address).netloc
        made = look.replace("#", host)
        # An account's name in a host is the provider's to give.
        domain = re.escape(".".join(host.split(".")[-2:]))
        if not re.fullmatch(rf"[\w-]+\.{domain}", made, re.ASCII):
            assert match_text(address.replace(host, made, 1)) is None, address


@pytest.mark.parametrize(("slug", "address", "media_id", "canonical", "start"), POSTS)
def test_what_is_written_into_a_body_reads_as_the_same_post(
    slug: str, address: str, media_id: str | None, canonical: str | None, start: int | None
) -> None:
    ref = match_text(address)
    again = match_text(ref.url)
    assert again is not None
    assert (again.identity, again.canonical_url, again.start, again.url) == (
        ref.identity,
        ref.canonical_url,
        ref.start,
        ref.url,
    )
    assert ref.url.startswith("https://")
    body = rewrite_embeds(address).html
    assert rewrite_embeds(body).html == body


def test_its_file_has_posts_and_other_addresses(provider: Provider) -> None:
    data = data_of(provider.slug)
    assert data["posts"]
    assert data["not_posts"]


def test_its_answer_gives_the_facts(provider: Provider) -> None:
    data = data_of(provider.slug)
    if provider.oembed is None and "answer" not in data:
        return
    facts = provider.parse_oembed(json.dumps(data["answer"]).encode())
    expected = dict(data["facts"])
    if "published" in expected:
        expected["published"] = dt.date.fromisoformat(expected["published"])
    assert facts == EmbedFacts(**expected)


def test_a_short_links_hosts_are_its_own_or_a_redirectors(provider: Provider) -> None:
    for ref in refs_of(provider):
        if ref.media_id is None and ref.canonical_url is None:
            assert provider.is_short(ref), ref.url
        if ref.canonical_url is not None:
            assert not provider.is_short(ref), ref.url
    for host in provider.short_hosts:
        assert not [other for other in PROVIDERS if other is not provider and other.owns(host)]


def test_it_asks_its_own_endpoint_for_a_known_post(provider: Provider) -> None:
    for ref in refs_of(provider):
        address = provider.oembed_url(ref)
        assert (address is None) == (ref.canonical_url is None or provider.oembed is None)
        if address is not None:
            parts = urlsplit(address)
            assert parts.scheme == "https"
            assert parts.hostname in provider.oembed.hosts


def test_its_frames_stay_within_its_origins(provider: Provider) -> None:
    frames = [frame for ref in refs_of(provider) if (frame := provider.frame(ref, "news.example"))]
    origins = {"{0.scheme}://{0.netloc}".format(urlsplit(frame.src)) for frame in frames}
    assert origins <= set(provider.frame_origins)
    assert bool(frames) == bool(provider.frame_origins)
    for frame in frames:
        assert frame.sandbox == SANDBOX
        assert provider.name in frame.title


def test_a_post_that_only_the_network_knows_has_no_frame(provider: Provider) -> None:
    unknown = EmbedRef(provider.slug, None, None, url="https://a.example/x", kind="post")
    assert provider.frame(unknown, "news.example") is None
    assert provider.oembed_url(unknown) is None


def test_its_origins_are_in_the_content_security_policy(provider: Provider) -> None:
    allowed = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["frame-src"]
    assert set(provider.frame_origins) <= FRAME_ORIGINS
    assert set(provider.frame_origins) <= set(allowed)


def test_its_card_names_it_and_links_to_the_post(provider: Provider) -> None:
    for ref in refs_of(provider):
        card = card_for(ref, "pending", site_host="news.example")
        html = render_card(card)
        assert f"See it on {provider.name}" in html
        assert f'href="{provider.page(ref).replace("&", "&amp;")}"' in html
        assert ("<button" in html) == (card.frame is not None)


def filled(hook: Hook, ref: EmbedRef) -> str:
    """An element of this hook that names this post in the plainest way."""
    value = ref.media_id if hook.template else ref.url
    attributes = "".join(f' {name}="{value}"' for name in hook.attributes)
    start = f' {hook.start}="7"' if hook.start else ""
    link = f'<a href="{ref.url}">x</a>' if hook.link else ""
    css = f' class="x {hook.css_class}"' if hook.css_class else ""
    return f"<{hook.tag}{css}{attributes}{start}>{link}</{hook.tag}>"


def test_its_elements_give_a_post(provider: Provider) -> None:
    """Each hook, filled with what its provider's own addresses hold, or by an element of its file."""
    known = [ref for ref in refs_of(provider) if ref.media_id]
    elements = [html for html, _ in data_of(provider.slug).get("elements", [])]
    for hook in provider.hooks:
        tried = [*(filled(hook, ref) for ref in known), *elements]
        mine = [html for html in tried if html.startswith((f"<{hook.tag} ", f"<{hook.tag}>"))]
        found = {post.identity for html in mine for post in rewrite_embeds(html).refs}
        assert found, hook
        assert {slug for slug, _ in found} == {provider.slug}


@pytest.mark.parametrize(("slug", "html", "address"), ELEMENTS)
def test_an_element_of_its_markup_is_the_post_it_names(slug: str, html: str, address: str) -> None:
    refs = rewrite_embeds(html).refs
    assert [(ref.provider, ref.url) for ref in refs] == [(slug, address)]


@pytest.mark.parametrize(("slug", "html"), NOT_ELEMENTS)
def test_other_elements_that_look_like_it_are_no_posts(slug: str, html: str) -> None:
    assert not rewrite_embeds(html).refs


def test_its_loader_scripts_vanish(provider: Provider) -> None:
    assert all(loader == loader.lower() for loader in provider.loaders)
    for loader in provider.loaders:
        html = f'<p>Text</p><p><script async src="//{loader}?x=1"></script></p>'
        assert rewrite_embeds(html).html == "<p>Text</p>"


def test_its_shortcodes_give_a_post(provider: Provider) -> None:
    ref = next(ref for ref in refs_of(provider) if ref.media_id and ref.canonical_url)
    for name in provider.shortcodes:
        for code in (
            f"[{name} {ref.url}]",
            f"[{name}={ref.url}]",
            f'[{name} url="{ref.url}" width="5"]',
            f"[{name} url=\u201d{ref.url}\u201d]",
            f"[{name}]{ref.url}[/{name}]",
        ):
            assert [r.identity for r in rewrite_embeds(code).refs] == [ref.identity], code
        if provider.id_url:
            assert rewrite_embeds(f"[{name} id={ref.media_id}]").refs[0].media_id == ref.media_id
