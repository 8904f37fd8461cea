"""The providers' health: who answers, who is left alone, what waits; and the switch of each."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Min, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_GET, require_http_methods

from articles.actions.embedding import switch_provider
from articles.admin.base import person
from articles.admin.embed_words import IN_WORDS, name_of
from articles.embeds.hosts import quota_left
from articles.embeds.provider import Provider
from articles.embeds.providers import PROVIDERS, by_slug
from articles.embeds.states import State
from articles.models import Embed, EmbedHost, EmbedHostDay, SiteState

if TYPE_CHECKING:
    from articles.admin.embed import EmbedAdmin

WINDOWS = (("today", 1), ("7 days", 7), ("30 days", 30))


@dataclass(frozen=True, slots=True)
class HostHealth:
    """`rates`: ("today", "98 % of 120") for each of WINDOWS in which it was asked."""

    host: str
    rates: tuple[tuple[str, str], ...]
    paused: str
    trouble: str
    quota: str


@dataclass(frozen=True, slots=True)
class ProviderHealth:
    slug: str
    name: str
    known: bool
    off: str
    hosts: tuple[HostHealth, ...]
    counts: tuple[tuple[str, str, int], ...]
    posts: int
    oldest: datetime | None

    @property
    def in_trouble(self) -> bool:
        return bool(self.off) or any(host.paused for host in self.hosts)


@require_GET
def providers_page(request: HttpRequest, admin_: "EmbedAdmin") -> HttpResponse:
    if not admin_.has_view_permission(request):
        raise PermissionDenied
    rows = health()
    context = {
        **admin_.admin_site.each_context(request),
        "title": "Providers",
        "opts": Embed._meta,
        "used": [row for row in rows if row.posts or row.in_trouble or any_asked(row)],
        "unused": [row for row in rows if not (row.posts or row.in_trouble or any_asked(row))],
        "queue": queue(),
        "may_decide": admin_.has_decide_permission(request),
    }
    return TemplateResponse(request, "admin/articles/embed/providers.html", context)


def any_asked(row: ProviderHealth) -> bool:
    return any(host.rates for host in row.hosts)


def health() -> list[ProviderHealth]:
    """A row for each provider of the registry and for those that left it with posts here. 4
    queries, however many posts and hosts there are.
    """
    known = {row.host: row for row in EmbedHost.objects.all()}
    days = _days()
    state = SiteState.objects.filter(pk=1).values_list("providers_off", flat=True).first() or {}
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    oldest: dict[str, datetime] = {}
    posts = Embed.objects.filter(alias_of=None).order_by().values("provider", "state")
    for row in posts.annotate(n=Count("pk"), since=Min("created_at")):
        counts[row["provider"]][row["state"]] = row["n"]
        if row["state"] == State.PENDING:
            oldest[row["provider"]] = row["since"]
    slugs = [each.slug for each in PROVIDERS] + [slug for slug in counts if by_slug(slug) is None]
    found = [
        _row(slug, known=known, days=days, off=state.get(slug), counts=counts[slug],
             oldest=oldest.get(slug))
        for slug in slugs
    ]  # fmt: skip
    return sorted(found, key=lambda row: (not row.in_trouble, -row.posts, row.name.lower()))


def _row(
    slug: str, *, known: dict[str, EmbedHost], days: dict[str, list[tuple[date, int, int]]],
    off: dict[str, str] | None, counts: dict[str, int], oldest: datetime | None,
) -> ProviderHealth:  # fmt: skip
    provider = by_slug(slug)
    hosts = sorted(hosts_of(provider) if provider else [])
    return ProviderHealth(
        slug=slug,
        name=name_of(slug),
        known=provider is not None,
        off=_off_in_words(off),
        # Of a provider with many hosts, those that were asked.
        hosts=tuple(
            _host(host, known.get(host), days.get(host, []))
            for host in hosts
            if len(hosts) <= 2 or host in known
        ),
        counts=tuple(
            (state.value, IN_WORDS[state], counts[state]) for state in State if counts.get(state)
        ),
        posts=sum(counts.values()),
        oldest=oldest,
    )


def hosts_of(provider: Provider) -> set[str]:
    """Whom the worker asks about its posts, and where its short links lead."""
    asked = set(provider.short_hosts)
    if provider.oembed:
        endpoint = urlsplit(provider.oembed.endpoint).hostname
        asked |= {endpoint} if endpoint else set(provider.oembed.hosts)
    return asked


def _host(host: str, row: EmbedHost | None, days: list[tuple[date, int, int]]) -> HostHealth:
    today = timezone.now().date()  # counted by UTC days
    rates = []
    for label, length in WINDOWS:
        since = today - timedelta(days=length - 1)
        answers = sum(good for day, good, _ in days if day >= since)
        asked = answers + sum(bad for day, _, bad in days if day >= since)
        if asked:
            rates.append((label, f"{100 * answers // asked} % of {asked}"))
    paused = row is not None and row.open_until is not None and row.open_until > timezone.now()
    return HostHealth(
        host=host,
        rates=tuple(rates),
        paused=f"Paused until {_clock(row.open_until)}" if row and paused else "",
        trouble=row.reason if row else "",
        quota="{} of {}".format(*quota_left(host, row.full_at if row else 0.0)),
    )


def _days() -> dict[str, list[tuple[date, int, int]]]:
    oldest = timezone.now().date() - timedelta(days=WINDOWS[-1][1] - 1)
    days: dict[str, list[tuple[date, int, int]]] = defaultdict(list)
    rows = EmbedHostDay.objects.filter(day__gte=oldest)
    for host, day, answers, failures in rows.values_list("host", "day", "answers", "failures"):
        days[host].append((day, answers, failures))
    return days


def queue() -> dict[str, Any]:
    """How many wait for a worker now, by whose turn is first. 1 query."""
    due = (
        Embed.objects.due()
        .order_by()
        .aggregate(
            **{each.name.lower(): Count("pk", filter=Q(priority=each)) for each in Embed.Priority}
        )
    )
    return {**due, "all": sum(due.values())}


def _clock(at: datetime | None) -> str:
    local = timezone.localtime(at)
    return date_format(local, "H:i" if local.date() == timezone.localdate() else "j M, H:i")


def _off_in_words(entry: dict[str, str] | None) -> str:
    if entry is None:
        return ""
    at = datetime.fromisoformat(entry["at"]) if entry.get("at") else None
    since = f" since {date_format(timezone.localtime(at), 'j M Y, H:i')}" if at else ""
    by = f" by {entry['by']}" if entry.get("by") else ""
    return f"Off{since}{by}"


@require_http_methods(["GET", "POST"])
def switch_page(request: HttpRequest, admin_: "EmbedAdmin", slug: str) -> HttpResponse:
    """GET asks once more; POST switches the provider off, or on again."""
    if not admin_.has_decide_permission(request):
        raise PermissionDenied
    if by_slug(slug) is None:
        raise Http404("No provider is called so.")
    state, _made = SiteState.objects.get_or_create(pk=1)
    here = reverse("admin:articles_embed_providers")
    if request.method == "POST":
        off = request.POST.get("to") == "off"
        done = f"{name_of(slug)} is switched {'off' if off else 'on'}."
        if switch_provider(slug, off=off, by=person(request)):
            admin_.log_change(request, state, done)
        messages.success(request, done)
        return HttpResponseRedirect(here)
    is_off = slug in state.providers_off
    context = {
        **admin_.admin_site.each_context(request),
        "title": f"Switch {name_of(slug)} {'on' if is_off else 'off'}",
        "opts": Embed._meta,
        "name": name_of(slug),
        "to": "on" if is_off else "off",
        "posts": Embed.objects.filter(provider=slug, alias_of=None).count(),
    }
    return TemplateResponse(request, "admin/articles/embed/switch.html", context)
