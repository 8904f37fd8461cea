"""The photos' panels on the board: what lacks words, what failed, whose right ends, what has gone."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Now
from django.http import HttpRequest
from django.utils import timezone

from articles.admin.board import Panel, QuickAction, Row, fill, listing, register
from articles.admin.board_panels import USED_WITHOUT_ALT, change_page
from articles.admin.photo_words import ENDING_DAYS
from articles.models import Article, Photo, PhotoUse
from articles.models.photo import NO_ALT, NO_CREDIT
from articles.models.photo_rights import HIDDEN

LOOKED_AT = 500  # of the newest photos with something missing, those that no story has mended
HIDDEN_DAYS = 30


@register
def photos(request: HttpRequest) -> Iterator[Panel]:
    if not request.user.has_perm("articles.change_photo"):
        return
    all_photos = _photos(request)
    yield fill(
        Panel("photos", "Photos without credit or alt text",
              "Every photo has a credit and an alternative text.", all_label="All without credit",
              all_url=listing("articles_photo", missing="credit")),
        _unfinished(all_photos), _photo_to_mend,
    )  # fmt: skip
    yield fill(
        Panel("renditions", "Photos that failed", "Every picture could be prepared.", calm=True,
              all_url=listing("articles_photo", files="failed")),
        all_photos.filter(rendition_state="failed").order_by("-pk"), _photo_failed,
    )  # fmt: skip
    now = timezone.now().replace(second=0, microsecond=0)
    soon = now + timedelta(days=ENDING_DAYS)
    yield fill(
        Panel("rights", "Rights that end soon", f"No right ends within {ENDING_DAYS} days.", calm=True,
              all_url=listing("articles_photo", rights_until__lte=soon.isoformat(),
                              rights_until__gte=now.isoformat())),
        _with_story(all_photos.filter(rights_until__gt=now, rights_until__lte=soon)).order_by("rights_until"),
        _photo_rights,
    )  # fmt: skip
    yield fill(
        Panel("hidden", "Photos gone from public stories", "No public story has lost a photo.", calm=True,
              all_label="All whose rights ended", all_url=listing("articles_photo", rights="ended")),
        _hidden_uses(request), _photo_hidden,
    )  # fmt: skip


def _photos(request: HttpRequest) -> "QuerySet[Photo]":
    usable = Photo.objects.defer("metadata", "provenance").filter(
        status__in=["active", "restricted"]
    )
    if _is_desk(request):
        return usable
    own = PhotoUse.objects.filter(photo=OuterRef("pk"), article__created_by=request.user.pk)
    return usable.filter(Exists(own))


def _unfinished(found: "QuerySet[Photo]") -> "QuerySet[Photo]":
    newest = found.filter(NO_CREDIT | NO_ALT).order_by("-pk")[:LOOKED_AT]
    # By an index of its own: few ever are.
    unclear = found.filter(credit_unclear=True).order_by("-pk")[:LOOKED_AT]
    uses = PhotoUse.objects.filter(photo=OuterRef("pk"))
    return (
        Photo.objects.defer("metadata", "provenance")
        .filter(Q(pk__in=newest.values("pk")) | Q(pk__in=unclear.values("pk")))
        .annotate(bare=Exists(uses.filter(USED_WITHOUT_ALT)), used=Exists(uses))
        .filter(NO_CREDIT | Q(credit_unclear=True) | Q(bare=True) | Q(used=False))
        .order_by("-pk")
    )


def _with_story(found: "QuerySet[Photo]") -> "QuerySet[Photo]":
    """With the newest public story that each stands in, and in how many."""
    uses = PhotoUse.objects.filter(_is_public(), photo=OuterRef("pk"), live=True).order_by()
    newest = uses.order_by("-article__publish_at").values("article__headline")[:1]
    number = uses.values("photo").annotate(n=Count("article", distinct=True)).values("n")
    return found.annotate(story=Subquery(newest), stories=Coalesce(Subquery(number), 0))


def _hidden_uses(request: HttpRequest) -> "QuerySet[PhotoUse]":
    """Where readers are told that a photo was withdrawn: those taken down, and those whose right
    ended lately. What ended long ago nobody will replace any more.
    """
    since = timezone.now() - timedelta(days=HIDDEN_DAYS)
    hidden = Photo.objects.filter(
        Q(status__in=HIDDEN) | Q(rights_until__lte=Now(), rights_until__gt=since)
    )
    uses = PhotoUse.objects.filter(_is_public(), photo__in=hidden.values("pk"), live=True)
    if not _is_desk(request):
        uses = uses.filter(article__created_by=request.user.pk)
    light = uses.select_related("photo", "article").only(
        "slot", "article__headline", "photo__caption_default", "photo__photographer_text",
        "photo__status", "photo__rights_until",
    )  # fmt: skip
    return light.order_by("-article__publish_at", "pk")


def _is_public() -> Exists:
    """Of a use's story. Asked of each use that is found: a list of all public stories is long."""
    return Exists(Article.objects.published().filter(pk=OuterRef("article")))


def _is_desk(request: HttpRequest) -> bool:
    """An editor or the photo desk; others are told of their own stories."""
    return any(map(request.user.has_perm, ("articles.publish_article", "articles.delete_photo")))


def _photo_to_mend(photo: Photo) -> Row:
    missing = [] if photo.has_credit else ["no credit"]
    if photo.credit_unclear:
        missing.append("a credit that could not be read")
    if photo.bare or (not photo.used and not photo.alt_default):  # type: ignore[attr-defined]
        missing.append("no alternative text")
    return Row(str(photo), change_page("photo", photo.pk), problem=", ".join(missing).capitalize())


def _photo_failed(photo: Photo) -> Row:
    return Row(str(photo), change_page("photo", photo.pk), problem=photo.rendition_error[:120])


def _photo_rights(photo: Photo) -> Row:
    where = "Ends"
    if photo.stories:  # type: ignore[attr-defined]
        others = photo.stories - 1  # type: ignore[attr-defined]
        more = f" and {others} more" if others else ""
        where = f"In “{photo.story}”{more}. Ends"  # type: ignore[attr-defined]
    page = change_page("photo", photo.pk)
    return Row(str(photo), page, where, photo.rights_until, until=True)


def _photo_hidden(use: PhotoUse) -> Row:
    photo = use.photo
    taken = photo.status == Photo.Status.REMOVED
    words = "Taken down" if taken else "Its right has ended"
    ended = None if taken else photo.rights_until
    return Row(
        str(use.article), change_page("article", use.article_id), use.get_slot_display(), ended,
        problem=f"{words}: {str(photo)[:80]}",
        ways=(QuickAction("See the photo", change_page("photo", photo.pk)),),
    )  # fmt: skip
