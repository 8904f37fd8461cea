"""Asking a provider: about a post it has, or where a short link leads. No row is written here.

The only place where an embed meets the network (through newsroom.lib.http), at the pace that all
workers keep together (articles.embeds.hosts).
"""

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings

from articles.embeds import hosts
from articles.embeds.answers import Outcome, interpret
from articles.embeds.facts import MAX_ANSWER_BYTES
from articles.embeds.provider import EmbedRef, OEmbed, Provider
from articles.embeds.providers import by_slug
from articles.embeds.rows import ref_of
from articles.models import Embed, providers_off
from newsroom.lib import http

# A provider that is switched off: its rows keep their turn, and look again after this time.
OFF_SECONDS = 3_600
MAX_HOPS = 4
# As much of an answer as anyone will read.
MAX_SNAPSHOT_CHARS = 16_000


@dataclass(frozen=True, slots=True)
class Learned:
    """`found` is the post that a short link leads to; `snapshot` the raw answer, where it may be
    kept, as the row's JSON. `host` is the one whose turn it has to wait for.
    """

    outcome: Outcome
    found: EmbedRef | None = None
    snapshot: dict[str, str | int] | None = None
    host: str = ""


def ask(embed: Embed) -> Learned:
    """What there is to learn of this post now. Asks nobody where the newsroom switched fetching or
    the provider off, where there is nothing to ask for, or where it isn't this host's turn.
    """
    provider = by_slug(embed.provider)
    if embed.state == Embed.State.BLOCKED or embed.held:
        return Learned(Outcome("ok"))  # the newsroom's decision: nobody is asked, nothing changes
    if provider is None:
        return Learned(Outcome.none(f"No provider is called “{embed.provider}”."))
    if not settings.EMBED_FETCH:
        return Learned(Outcome("ok"))
    if provider.slug in providers_off():
        return Learned(Outcome("wait", retry_after_seconds=OFF_SECONDS))
    ref = ref_of(embed)
    if provider.is_short(ref):
        return _follow(embed, provider)
    url = provider.oembed_url(ref)
    oembed = provider.oembed
    if url is None or oembed is None:
        return Learned(Outcome("ok"))
    if not oembed.keeps and embed.state == Embed.State.PENDING:
        # Nothing of the answer may be kept, so there is nothing to learn but that it is gone.
        return Learned(Outcome("ok"))
    return _ask_oembed(url, oembed, embed=embed, provider=provider)


def _ask_oembed(url: str, oembed: OEmbed, *, embed: Embed, provider: Provider) -> Learned:
    host = urlsplit(url).hostname or ""
    wait = hosts.wait_for(host, urgent=embed.priority == Embed.Priority.DESK)
    if wait:
        return Learned(Outcome("wait", retry_after_seconds=wait), host=host)
    try:
        answer = http.get(
            url, hosts=oembed.hosts, max_bytes=MAX_ANSWER_BYTES if oembed.keeps else 0
        )
    except http.FetchError as error:
        return Learned(_of_failure(host, error))
    body = answer.body if oembed.keeps else None
    outcome = interpret(answer.status, answer.headers, body=body, provider=provider)
    _note(host, outcome)
    return Learned(outcome, snapshot=_kept(body, outcome))


def _follow(embed: Embed, provider: Provider) -> Learned:
    """Go from redirect to redirect, among the provider's own hosts, to the post's address."""
    url = embed.url
    for _hop in range(MAX_HOPS):
        host = urlsplit(url).hostname or ""
        wait = hosts.wait_for(host, urgent=embed.priority == Embed.Priority.DESK)
        if wait:
            return Learned(Outcome("wait", retry_after_seconds=wait), host=host)
        try:
            status, url = http.lead(url, hosts=provider.short_hosts)
        except http.FetchError as error:
            return Learned(_of_failure(host, error))
        if not url:
            outcome = interpret(status, {}, body=None, provider=provider)
            _note(host, outcome)
            nowhere = Outcome.none(f"{provider.name} does not say where the link leads")
            return Learned(nowhere if status == HTTPStatus.OK else outcome)
        hosts.answered(host)
        found = provider.read(url)
        if found is not None and found.canonical_url is not None and found.media_id:
            return Learned(Outcome("ok"), found=found)
    return Learned(Outcome.none(f"{provider.name}: the link leads on and on"))


def _of_failure(host: str, error: http.FetchError) -> Outcome:
    """What no answer means. A refusal is ours, of this one address: no fault of the host's."""
    reason = str(error)
    if isinstance(error, http.Refused):
        hosts.answered(host)
        return Outcome.none(reason)
    hosts.failed(host, reason)
    return Outcome("retry", reason=reason)


def _note(host: str, outcome: Outcome) -> None:
    if outcome.state != "retry":
        hosts.answered(host)
    elif outcome.retry_after_seconds:
        hosts.paused(host, outcome.retry_after_seconds, outcome.reason)
    else:
        hosts.failed(host, outcome.reason)


def _kept(body: bytes | None, outcome: Outcome) -> dict[str, str | int] | None:
    """The answer as JSON can hold it and PostgreSQL takes it: text, with no NUL in it."""
    if body is None or outcome.facts is None:
        return None
    text = body.decode("utf-8", "replace").replace("\x00", "\ufffd")
    return {"answer": text[:MAX_SNAPSHOT_CHARS], "bytes": len(body)}
