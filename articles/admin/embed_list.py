"""The list of embeds: what narrows it down, how a post is found by any form of its address."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone

from articles.admin.embed_words import name_of
from articles.embeds.detect import find_embeds
from articles.embeds.rows import embed_key
from articles.models import Article, Embed, EmbedUse
from articles.models.embed import TROUBLE
from newsroom.lib.html_guard import BodyRefused

NOTHING_KEPT = Q(quote="", poster=None)
# Bigger than a row's card needs: an answer, the stored card.
UNSEEN = ("snapshot", "suggested", "card_html")
Choice = tuple[str, str]


class OneOf(admin.SimpleListFilter):
    """A filter whose choices are a table: value → (what it says, the condition)."""

    choices_of: dict[str, tuple[str, Q]] = {}

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[Choice]:
        return [(value, label) for value, (label, _) in self.choices_of.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Embed]) -> QuerySet[Embed]:
        chosen = self.choices_of.get(self.value() or "")
        return queryset.filter(chosen[1]) if chosen else queryset


class ByProvider(admin.SimpleListFilter):
    title, parameter_name = "provider", "provider__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[Choice]:
        """Those that have posts here: the registry knows many more."""
        slugs = Embed.objects.order_by("provider").values_list("provider", flat=True).distinct()
        return sorted(((slug, name_of(slug)) for slug in slugs), key=lambda each: each[1].lower())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Embed]) -> QuerySet[Embed]:
        return queryset.filter(provider=self.value()) if self.value() else queryset


class ByTrouble(admin.SimpleListFilter):
    title, parameter_name = "trouble", "trouble"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[Choice]:
        return [("yes", "In trouble")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Embed]) -> QuerySet[Embed]:
        return queryset.filter(TROUBLE) if self.value() == "yes" else queryset


class ByKept(OneOf):
    title, parameter_name = "what is kept", "kept"
    choices_of = {"no": ("Nothing kept", NOTHING_KEPT), "yes": ("Something kept", ~NOTHING_KEPT)}


class ByUse(admin.SimpleListFilter):
    title, parameter_name = "use", "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[Choice]:
        return [
            ("public", "In published stories"), ("other", "Not in published stories"),
            ("none", "In no story"),
        ]  # fmt: skip

    def queryset(self, request: HttpRequest, queryset: QuerySet[Embed]) -> QuerySet[Embed]:
        uses = EmbedUse.objects.filter(embed=OuterRef("pk"))
        seen = Exists(Article.objects.published().filter(pk=OuterRef("article")))
        public = Exists(uses.filter(seen))
        chosen = {"public": Q(public), "other": ~Q(public), "none": ~Q(Exists(uses))}
        condition = chosen.get(self.value() or "")
        return queryset.filter(condition) if condition is not None else queryset


class ByLook(admin.SimpleListFilter):
    title, parameter_name = "last look", "looked"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[Choice]:
        return [
            ("day", "In the past 24 hours"), ("week", "In the past 7 days"),
            ("earlier", "Longer ago"), ("never", "Never"),
        ]  # fmt: skip

    def queryset(self, request: HttpRequest, queryset: QuerySet[Embed]) -> QuerySet[Embed]:
        now = timezone.now()
        chosen = {
            "day": Q(checked_at__gte=now - timedelta(days=1)),
            "week": Q(checked_at__gte=now - timedelta(days=7)),
            "earlier": Q(checked_at__lt=now - timedelta(days=7)),
            "never": Q(checked_at=None),
        }
        condition = chosen.get(self.value() or "")
        return queryset.filter(condition) if condition else queryset


class ByArticle(admin.SimpleListFilter):
    """The posts of one story: there by a link from it, and else not to be chosen."""

    title, parameter_name = "story", "article"

    def has_output(self) -> bool:
        return bool(self.value())

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[Choice]:
        number = self.used_parameters.get(self.parameter_name, "")
        readable = Article.objects.readable_by(request.user)
        story = readable.filter(pk=number).first() if number.isdecimal() else None
        self.story = story
        return [(str(story.pk), str(story))] if story else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Embed]) -> QuerySet[Embed]:
        if self.story is None:
            return queryset.none()
        return queryset.filter(Exists(self.story.embed_uses.filter(embed=OuterRef("pk"))))


class PostList(ChangeList):
    """Rows as light as their cards, each with the number of stories that this login may read."""

    def get_queryset(
        self, request: HttpRequest, exclude_parameters: list[str | None] | None = None
    ) -> QuerySet[Embed]:
        rows: QuerySet[Embed] = super().get_queryset(request, exclude_parameters)
        return rows.defer(*UNSEEN).annotate(stories=stories_with(request))


def stories_with(request: HttpRequest) -> Coalesce:
    uses = EmbedUse.objects.filter(embed=OuterRef("pk"))
    if not request.user.has_perm("articles.publish_article"):
        uses = uses.filter(article__in=Article.objects.readable_by(request.user))
    counted = uses.order_by().values("embed").annotate(n=Count("article", distinct=True))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), Value(0))


def found_by_address(posts: QuerySet[Embed], term: str) -> QuerySet[Embed] | None:
    """The post whose address or embed code this is, in whatever form; None for other words."""
    try:
        refs = find_embeds(term)
    except BodyRefused:
        return posts.none()
    if not refs:
        return None
    named = Q()
    for ref in refs:
        named |= Q(provider=ref.provider, key=embed_key(ref))
    known = Embed.objects.filter(named).values_list("pk", "alias_of")
    return posts.filter(pk__in=[target or pk for pk, target in known])
