"""The paper's panels on the board. A writer sees what is theirs; who publishes, what is everyone's."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Now
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from articles.admin.board import Panel, Row, fill, listing, register
from articles.models import Article, ArticleQuerySet, Banner, Embed, EmbedUse, Photo, PhotoUse
from articles.models.photo import NO_ALT, NO_CREDIT

RIGHTS_DAYS = 14
# Not "released()": the planner would read all that was ever published by its status.
UNSEEN = ("draft", "review", "ready", "withdrawn")
LOOKED_AT = 500  # of the newest photos with something missing, those that no story has mended
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
def photos(request: HttpRequest) -> Iterator[Panel]:
    if not request.user.has_perm("articles.change_photo"):
        return
    all_photos = _photos(request)
    yield fill(
        Panel("photos", "Photos without credit or alt text",
              "Every photo has a credit and an alternative text.", all_label="All without credit",
              all_url=listing("articles_photo", **dict.fromkeys(
                  (f"{name}__exact" for name in CREDIT_FIELDS), ""))),
        _unfinished(all_photos), _photo_to_mend,
    )  # fmt: skip
    yield fill(
        Panel("renditions", "Photos that failed", "Every picture could be prepared.", calm=True,
              all_url=listing("articles_photo", rendition_state__exact="failed")),
        all_photos.filter(rendition_state="failed").order_by("-pk"), _photo_failed,
    )  # fmt: skip
    now = timezone.now().replace(second=0, microsecond=0)
    soon = now + timedelta(days=RIGHTS_DAYS)
    yield fill(
        Panel("rights", "Rights that end soon", f"No right ends within {RIGHTS_DAYS} days.", calm=True,
              all_url=listing("articles_photo", rights_until__lte=soon.isoformat(),
                              rights_until__gte=now.isoformat())),
        all_photos.filter(rights_until__gt=now, rights_until__lte=soon).order_by("rights_until"),
        _photo_rights,
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
              all_url=listing("articles_embed", state__in="blocked,degraded,gone")),
        Embed.objects.in_trouble().filter(Exists(uses)).order_by("-pk"), _embed,
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
    due = stories.released().filter(publish_at__gt=Now()).order_by("publish_at", "pk")
    return _light(due).annotate(
        without_credit=Exists(shown.filter(USED_WITHOUT_CREDIT)),
        without_alt=Exists(shown.filter(USED_WITHOUT_ALT)),
        without_right=Exists(shown.filter(ended | Q(photo__status__in=["expired", "removed"]))),
    )


def _photos(request: HttpRequest) -> "QuerySet[Photo]":
    usable = Photo.objects.defer("metadata", "provenance").filter(
        status__in=["active", "restricted"]
    )
    desk = ("articles.publish_article", "articles.delete_photo")  # an editor, the photo desk
    if any(map(request.user.has_perm, desk)):
        return usable
    own = PhotoUse.objects.filter(photo=OuterRef("pk"), article__created_by=request.user.pk)
    return usable.filter(Exists(own))


def _unfinished(found: "QuerySet[Photo]") -> "QuerySet[Photo]":
    newest = found.filter(NO_CREDIT | NO_ALT).order_by("-pk")[:LOOKED_AT]
    uses = PhotoUse.objects.filter(photo=OuterRef("pk"))
    return (
        Photo.objects.defer("metadata", "provenance")
        .filter(pk__in=newest.values("pk"))
        .annotate(bare=Exists(uses.filter(USED_WITHOUT_ALT)), used=Exists(uses))
        .filter(NO_CREDIT | Q(bare=True) | Q(used=False))
        .order_by("-pk")
    )


def _change(model: str, pk: int) -> str:
    return reverse(f"admin:articles_{model}_change", args=[pk])


def _edited(article: Article) -> Row:
    title = article.headline or f"Untitled ({article.slug})"
    return Row(title, _change("article", article.pk), when=article.modified_at)


def _due(article: Article) -> Row:
    problems = (
        ("no section", article.section_id is None),
        ("a photo has no credit", article.without_credit),  # type: ignore[attr-defined]
        ("a photo has no alternative text", article.without_alt),  # type: ignore[attr-defined]
        ("a photo’s right ends before", article.without_right),  # type: ignore[attr-defined]
    )
    return Row(
        str(article),
        _change("article", article.pk),
        when=article.publish_at,
        until=True,
        problem=", ".join(words for words, true in problems if true).capitalize(),
    )


def _banner(banner: Banner) -> Row:
    end_url = reverse("admin:articles_banner_end", args=[banner.pk])
    begun = banner.starts <= timezone.now()
    note = f"{banner.get_level_display()}, up until" if begun else "Goes up"
    when = banner.ends if begun else banner.starts
    return Row(banner.text, _change("banner", banner.pk), note, when, until=True, end_url=end_url)


def _photo_to_mend(photo: Photo) -> Row:
    missing = [] if photo.has_credit else ["no credit"]
    if photo.bare or (not photo.used and not photo.alt_default):  # type: ignore[attr-defined]
        missing.append("no alternative text")
    return Row(str(photo), _change("photo", photo.pk), problem=", ".join(missing).capitalize())


def _photo_failed(photo: Photo) -> Row:
    return Row(str(photo), _change("photo", photo.pk), problem=photo.rendition_error[:120])


def _photo_rights(photo: Photo) -> Row:
    return Row(str(photo), _change("photo", photo.pk), "Ends", photo.rights_until, until=True)


def _embed(embed: Embed) -> Row:
    title = embed.title or embed.url
    problem = embed.get_state_display() + (f": {embed.reason}" if embed.reason else "")
    return Row(title, _change("embed", embed.pk), embed.provider.capitalize(), problem=problem)
