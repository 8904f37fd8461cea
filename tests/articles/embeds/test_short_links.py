"""Short links: followed among the provider's own hosts to the post they are another name of."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from articles.actions.editing import save_article
from articles.actions.embedding import upsert_embed
from articles.actions.publishing import publish
from articles.embeds import schedule
from articles.embeds.provider import EmbedRef
from articles.embeds.work import resolve
from articles.models import Article, Embed, EmbedUse
from tests import builders
from tests.articles.embeds.conftest import JSON
from tests.provider_server import ProviderServer, Reply

pytestmark = pytest.mark.django_db
SHORT = "https://vm.tiktok.com/ZMabcdef/"
POST = "https://www.tiktok.com/@nola/video/7123456789"
State = Embed.State
GOOD = Reply(200, JSON, b'{"type": "video", "title": "Dance", "author_name": "Nola"}')


def leads_to(provider: ProviderServer, *locations: str) -> None:
    provider.answer_at("/ZMabcdef/", *(Reply(302, {"Location": to}) for to in locations))


@pytest.fixture
def short() -> Embed:
    article = Article(
        headline="Short", body_html=f"<p>{SHORT}</p>", section=builders.make_section()
    )
    save_article(article, by=None)
    publish(article)
    return Embed.objects.get()


def test_it_becomes_another_name_of_the_post(
    short: Embed, provider: ProviderServer, reader: Client
) -> None:
    leads_to(provider, f"{POST}?_r=1")
    provider.answer_at("/oembed", GOOD)
    assert resolve(short.pk)
    post = Embed.objects.get(media_id="7123456789")
    short.refresh_from_db()
    assert (short.alias_of, short.state, short.next_check_at) == (post, State.OK, None)
    assert (post.canonical_url, post.title, post.state) == (POST, "Dance", State.OK)
    use = EmbedUse.objects.get()
    assert (use.embed, use.url) == (post, SHORT)
    # The page of the post was never asked for.
    assert [asked.path for asked in provider.asked] == ["/ZMabcdef/", "/oembed"]
    assert parse_qs(urlsplit(provider.asked[1].target).query)["url"] == [POST]
    html = reader.get(use.article.get_absolute_url()).content.decode()
    assert "Dance" in html
    assert "/player/v1/7123456789" in html


def test_a_post_that_is_known_is_not_asked_about_again(
    short: Embed, provider: ProviderServer
) -> None:
    post = upsert_embed(EmbedRef("tiktok", "7123456789", POST, POST, "video"))
    Embed.objects.filter(pk=post.pk).update(state=State.OK, next_check_at=None)
    Embed.objects.filter(pk=short.pk).update(quote="Kept", quote_author="Nola")
    leads_to(provider, POST)
    assert resolve(short.pk)
    assert EmbedUse.objects.get().embed == post
    assert len(provider.asked) == 1
    post.refresh_from_db()
    assert (post.quote, post.quote_author, post.render_version) == ("Kept", "Nola", 0)


def test_the_next_save_knows_where_it_leads(short: Embed, provider: ProviderServer) -> None:
    leads_to(provider, POST)
    provider.answer_at("/oembed", GOOD)
    resolve(short.pk)
    asked = len(provider.asked)
    save_article(Article(headline="Again", body_html=f"<p>{SHORT}</p>"), by=None)
    assert {use.embed.media_id for use in EmbedUse.objects.all()} == {"7123456789"}
    assert Embed.objects.count() == 2
    assert not Embed.objects.due().exists()
    assert len(provider.asked) == asked


def test_it_may_lead_on_among_the_providers_own_hosts(
    short: Embed, provider: ProviderServer
) -> None:
    leads_to(provider, "https://www.tiktok.com/t/ZTabcdef/")
    provider.answer_at("/t/ZTabcdef/", Reply(301, {"Location": POST}))
    provider.answer_at("/oembed", GOOD)
    assert resolve(short.pk)
    assert EmbedUse.objects.get().embed.media_id == "7123456789"


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("https://evil.example/@nola/video/7123456789", "not on a host that may be asked"),
        ("http://169.254.169.254/latest", "https to http"),
        (SHORT, "leads on and on"),
    ],
)
def test_no_other_host_is_asked_and_no_ring_followed(
    to: str, reason: str, short: Embed, provider: ProviderServer
) -> None:
    leads_to(provider, to)
    assert resolve(short.pk)
    short.refresh_from_db()
    assert (short.state, short.alias_of) == (State.DEGRADED, None)
    assert reason in short.reason
    assert Embed.objects.count() == 1


def test_one_that_leads_nowhere_says_so(short: Embed, provider: ProviderServer) -> None:
    provider.answer_at("/ZMabcdef/", Reply(200, {}, b"<title>TikTok</title>"))
    resolve(short.pk)
    short.refresh_from_db()
    assert short.state == State.DEGRADED
    assert "does not say where" in short.reason


def test_one_that_is_gone_is_gone_by_its_second_answer(
    short: Embed, provider: ProviderServer
) -> None:
    provider.answer_at("/ZMabcdef/", Reply(404))
    resolve(short.pk)
    now = timezone.now()
    Embed.objects.update(next_check_at=now, missing_since=now - timedelta(hours=1))
    resolve(short.pk)
    short.refresh_from_db()
    assert short.state == State.GONE


def test_a_host_that_fails_is_asked_later(short: Embed, provider: ProviderServer) -> None:
    provider.answer_at("/ZMabcdef/", Reply(503))
    resolve(short.pk)
    short.refresh_from_db()
    assert (short.failures, short.attempts) == (1, 0)
    assert short.next_check_at is not None


def test_a_use_that_was_saved_meanwhile_follows_by_the_plan(
    short: Embed, provider: ProviderServer
) -> None:
    leads_to(provider, POST)
    provider.answer_at("/oembed", GOOD)
    resolve(short.pk)
    EmbedUse.objects.update(embed=short)
    schedule.plan()
    assert EmbedUse.objects.get().embed.media_id == "7123456789"
