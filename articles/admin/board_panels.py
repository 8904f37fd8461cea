"""The paper's panels on the board. A writer sees what is theirs; who publishes, what is everyone's."""

from collections.abc import Iterator
from functools import partial

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Now
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from articles.admin.board import Panel, QuickAction, Row, fill, listing, register
from articles.admin.embed_words import in_words, keep_page, page_of, replace_page
from articles.models import (
    Article,
    ArticleQuerySet,
    Banner,
    Byline,
    Embed,
    EmbedUse,
    PhotoUse,
)
from articles.models.photo_rights import HIDDEN

# Not "released()": the planner would read all that was ever published by its status.
UNSEEN = ("draft", "review", "ready", "withdrawn")
CREDIT_FIELDS = ("credit_override", "photographer_text", "agency_text", "credit_raw")
USED_WITHOUT_CREDIT = Q(credit_override="") & Q(
    **{f"photo__{name}": "" for name in CREDIT_FIELDS},
    photo__photographer__isnull=True,
    photo__agency__isnull=True,
)
USED_WITHOUT_ALT = Q(
    alt="", decorative=False, photo__alt_default="", photo__decorative_default=False
)


@register
def articles(request: HttpRequest) -> Iterator[Panel]:
    if not request.user.has_perm("articles.view_article"):
        return
    stories, own = _stories(request), {"created_by__id__exact": request.user.pk}
    whose = {} if request.user.has_perm("articles.publish_article") else own
    drafts = Article.objects.filter(created_by=request.user.pk, status="draft")
    yield fill(
        Panel("drafts", "My drafts", "You have no drafts. A new article starts as one.",
              all_url=listing("articles_article", status__exact="draft", **own)),
        _light(drafts.order_by("-modified_at")), _edited,
    )  # fmt: skip
    yield fill(
        Panel("review", "In review", "Nothing waits for an editor.",
              all_url=listing("articles_article", status__exact="review", **whose)),
        _light(stories.filter(status="review").order_by("modified_at")), _edited,
    )  # fmt: skip
    yield fill(
        Panel("ready", "Ready", "Nothing is ready and waiting.", calm=True,
              all_url=listing("articles_article", status__exact="ready", **whose)),
        _light(stories.filter(status="ready").order_by("modified_at")), _edited,
    )  # fmt: skip
    # To the minute: an address that is the same for a while, and a list that begins at now.
    since = timezone.localtime().replace(second=0, microsecond=0)
    yield fill(
        Panel("scheduled", "Scheduled", "Nothing is scheduled.",
              all_url=listing("articles_article", status__exact="published",
                              publish_at__gte=since.isoformat(), **whose)),
        _scheduled(stories), _due,
    )  # fmt: skip
    yield fill(
        Panel("changes", "Live, with changes to publish", "Readers have every change.", calm=True,
              all_url=listing("articles_article", current_draft__isnull="False", **whose)),
        _light(stories.exclude(status__in=UNSEEN).filter(current_draft__isnull=False).order_by("-modified_at")),
        _edited,
    )  # fmt: skip


@register
def banners(request: HttpRequest) -> Iterator[Panel]:
    if request.user.has_perm("articles.view_banner"):
        standing = Banner.objects.filter(ends__gt=timezone.now()).order_by("starts")
        yield fill(
            Panel("banner", "Banner", "No banner is up.", all_url=listing("articles_banner")),
            standing, _banner,
        )  # fmt: skip


@register
def embeds(request: HttpRequest) -> Iterator[Panel]:
    if not request.user.has_perm("articles.view_embed"):
        return
    uses = EmbedUse.objects.filter(embed=OuterRef("pk"))
    if not request.user.has_perm("articles.publish_article"):
        uses = uses.filter(article__created_by=request.user.pk)
    yield fill(
        Panel("embeds", "Embeds in trouble", "Every embedded post answers.", calm=True,
              all_url=listing("articles_embed", trouble="yes")),
        Embed.objects.in_trouble().filter(Exists(uses)).order_by("-pk"), partial(_embed, may_decide=_decides(request)),
    )  # fmt: skip


@register
def gone_embeds(request: HttpRequest) -> Iterator[Panel]:
    """What its author has to mend: of one's own public stories, whoever else may mend it too."""
    if not request.user.has_perm("articles.view_embed"):
        return
    me = request.user.pk
    bylines = Byline.objects.filter(article=OuterRef("article"), contributor__user=me)
    seen = Exists(Article.objects.published().filter(pk=OuterRef("article")))
    mine = Q(article__created_by=me) | Exists(bylines)
    uses = EmbedUse.objects.filter(mine, seen, embed=OuterRef("pk"))
    # First by what the index of trouble holds: few posts, whatever a paper has.
    gone = Embed.objects.in_trouble().filter(Exists(uses), state=Embed.State.GONE)
    yield fill(
        Panel("gone", "Embeds gone from your stories", "Every post in your stories is there.",
              calm=True, all_url=listing("articles_embed", state__exact="gone")),
        gone.annotate(story=Subquery(uses.values("article__headline")[:1])).order_by("-pk"),
        partial(_gone, may_decide=_decides(request)),
    )  # fmt: skip


def _stories(request: HttpRequest) -> ArticleQuerySet:
    """All for those who publish, else one's own: what others have live is no work of theirs."""
    if request.user.has_perm("articles.publish_article"):
        return Article.objects.all()
    return Article.objects.filter(created_by=request.user.pk)


def _light(stories: "QuerySet[Article]") -> "QuerySet[Article]":
    return stories.only("headline", "slug", "modified_at", "publish_at", "section_id")


def _scheduled(stories: ArticleQuerySet) -> "QuerySet[Article]":
    shown = PhotoUse.objects.filter(article=OuterRef("pk"), live=True)
    ended = Q(photo__rights_until__lte=Coalesce(OuterRef("publish_at"), Now()))
    begins = Q(photo__rights_from__gt=Coalesce(OuterRef("publish_at"), Now()))
    due = stories.released().filter(publish_at__gt=Now()).order_by("publish_at", "pk")
    return _light(due).annotate(
        without_credit=Exists(shown.filter(USED_WITHOUT_CREDIT)),
        without_alt=Exists(shown.filter(USED_WITHOUT_ALT)),
        without_right=Exists(shown.filter(ended | begins | Q(photo__status__in=HIDDEN))),
    )


def change_page(model: str, pk: int) -> str:
    return reverse(f"admin:articles_{model}_change", args=[pk])


def _edited(article: Article) -> Row:
    title = article.headline or f"Untitled ({article.slug})"
    return Row(title, change_page("article", article.pk), when=article.modified_at)


def _due(article: Article) -> Row:
    problems = (
        ("no section", article.section_id is None),
        ("a photo has no credit", article.without_credit),  # type: ignore[attr-defined]
        ("a photo has no alternative text", article.without_alt),  # type: ignore[attr-defined]
        ("a photo has no right to be shown then", article.without_right),  # type: ignore[attr-defined]
    )
    return Row(
        str(article),
        change_page("article", article.pk),
        when=article.publish_at,
        until=True,
        problem=", ".join(words for words, true in problems if true).capitalize(),
    )


def _banner(banner: Banner) -> Row:
    end_url = reverse("admin:articles_banner_end", args=[banner.pk])
    begun = banner.starts <= timezone.now()
    note = f"{banner.get_level_display()}, up until" if begun else "Goes up"
    when = banner.ends if begun else banner.starts
    return Row(
        banner.text, change_page("banner", banner.pk), note, when, until=True, end_url=end_url
    )


def _embed(embed: Embed, *, may_decide: bool) -> Row:
    words = in_words(embed)
    problem = f"{words.state}: {words.why}" if words.why else words.state
    ways = _ways(embed, may_decide=may_decide)
    return Row(words.words, page_of(embed), words.provider, problem=problem, ways=ways)


def _gone(embed: Embed, *, may_decide: bool) -> Row:
    words = in_words(embed)
    kept = f"Kept: {words.kept}" if words.kept else "Nothing of it is kept"
    return Row(
        embed.story,  # type: ignore[attr-defined]
        page_of(embed),
        f"{kept}. Gone" if embed.gone_at else kept,
        embed.gone_at,
        problem=f"{words.provider}: {words.words}",
        ways=_ways(embed, may_decide=may_decide),
    )


def _decides(request: HttpRequest) -> bool:
    return request.user.has_perm("articles.change_embed")


def _ways(embed: Embed, *, may_decide: bool) -> tuple[QuickAction, ...]:
    keep = QuickAction("Keep its words or a picture", keep_page(embed))
    replace = QuickAction("Replace it everywhere", replace_page(embed))
    return (keep, replace) if may_decide else (keep,)
