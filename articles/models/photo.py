"""Photos: the facts of a picture. One use of it is a PhotoUse (photo_use.py).

The published renditions are listed in `Photo.manifest`, written in one UPDATE with the state, so
that a page reads photo and files in the row that it joins anyway (docs/architecture.md, photos).
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.fields import AddressField, LineField, ProseField
from articles.models.photo_alike import band, in_order, nearest
from articles.models.photo_finding import photos_with
from articles.models.photo_rights import RightsQuerySet

MAX_RENDITION_ATTEMPTS = 3
# What the board asks for, and what its indexes are kept for.
NO_CREDIT = Q(
    credit_override="", photographer_text="", photographer__isnull=True,
    agency_text="", agency__isnull=True, credit_raw="",
)  # fmt: skip
NO_ALT = Q(alt_default="", decorative_default=False)
# What a figure and its credit are made of (articles.photos.figure); the other two dozen columns are
# the desk's, and no page pays for reading them.
FIGURE_COLUMNS = (
    "manifest", "width", "height", "focal_x", "focal_y", "status", "rights_from", "rights_until", "caption_default",
    "alt_default", "decorative_default", "credit_override", "credit_kind", "credit_raw", "client",
    "photographer_text", "photographer__name", "agency_text", "agency__name", "via__name",
    "digital_source_type", "dominant_color",
)  # fmt: skip
# What its rights say to machines besides (articles.image_data).
RIGHTS_COLUMNS = ("copyright", "license_url", "licensor_url", "photographer__kind")
USE_COLUMNS = ("slot", "caption", "alt", "decorative", "credit_override", "crop")


def columns_of(photo: str, columns: Iterable[str] = FIGURE_COLUMNS) -> list[str]:
    """The columns by way of a relation: "portrait__width" …"""
    return [f"{photo}__{column}" for column in columns]


def with_credit(photo: str) -> list[str]:
    """The rows a credit is made of, by way of a relation, for select_related."""
    return [f"{photo}__photographer", f"{photo}__agency", f"{photo}__via"]


def originals() -> Storage:
    """Where uploads lie as they came, GPS and all: never served to readers."""
    return storages["originals"]


class PhotoQuerySet(RightsQuerySet["Photo"]):
    def awaiting_renditions(self, now: datetime | None = None) -> "PhotoQuerySet":
        """Rows with work to do: a file is there, its renditions are not, nobody is at it."""
        return self._idle(now).filter(rendition_attempts__lt=MAX_RENDITION_ATTEMPTS)

    def given_up(self, now: datetime | None = None) -> "PhotoQuerySet":
        """Rows that took their worker down each time: the desk has to hear of them."""
        return self._idle(now).filter(rendition_attempts__gte=MAX_RENDITION_ATTEMPTS)

    def outdated(self, version: int) -> "PhotoQuerySet":
        """Rows whose files were made by older settings than `version`; pages show them meanwhile."""
        ready = self.filter(rendition_state=Photo.RenditionState.OK, rendition_version__lt=version)
        return ready.exclude(original="")

    def with_old_files(self, now: datetime | None = None) -> "PhotoQuerySet":
        """Rows that may have public files which no page names any more."""
        return self.filter(old_files_until__lte=now or timezone.now())

    def matching(self, words: str) -> "PhotoQuerySet":
        """Photos that these words find (articles.models.photo_finding)."""
        return self.filter(photos_with(words))

    def like(self, dhash: str) -> "PhotoQuerySet":
        """Photos that look nearly like the one of this hash (`photo.dhash`), the nearest first: other
        sizes, formats, exposures, marked or slightly cropped copies; 20 at most.

        The photo itself is among them: `Photo.objects.exclude(pk=photo.pk).like(photo.dhash)`. None
        for a photo without a hash (a plain colour, or one of before, until its files are renewed).
        Two queries, by index; about one in twenty thousand is found that only looks like it.
        """
        ids = nearest(self, dhash) if dhash else []
        return self.filter(pk__in=ids).order_by(in_order(ids)) if ids else self.none()

    def with_credit(self) -> "PhotoQuerySet":
        """With the rows that a credit line is made of."""
        return self.select_related("photographer", "agency", "via")

    def _idle(self, now: datetime | None) -> "PhotoQuerySet":
        now = now or timezone.now()
        return self.filter(
            Q(rendition_lease_until__isnull=True) | Q(rendition_lease_until__lte=now),
            rendition_state=Photo.RenditionState.PENDING,
        ).exclude(original="")


class Photo(models.Model):
    class Status(models.TextChoices):
        ACTIVE = "active", "Active"
        RESTRICTED = "restricted", "Restricted"
        EXPIRED = "expired", "Expired"
        REMOVED = "removed", "Removed"

    class RenditionState(models.TextChoices):
        NONE = "none", "No file"
        PENDING = "pending", "Waiting"
        OK = "ok", "Ready"
        FAILED = "failed", "Failed"

    original = models.FileField(
        storage=originals, upload_to="photos/%Y/%m", blank=True, max_length=200
    )
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)  # duplicates on upload
    dhash = models.CharField(max_length=16, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    dominant_color = models.CharField(max_length=7, blank=True)
    focal_x = models.FloatField(default=0.5)
    focal_y = models.FloatField(default=0.5)

    photographer = models.ForeignKey(
        "articles.Contributor",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="photos",
    )
    photographer_text = LineField(
        max_length=500, blank=True, help_text="Names as printed; several with semicolons."
    )
    agency = models.ForeignKey(
        "articles.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="photos"
    )
    agency_text = LineField(
        max_length=500, blank=True, help_text="The agency as the line wrote it."
    )
    via = models.ForeignKey(
        "articles.Agency",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="distributed",
    )
    client = LineField(max_length=200, blank=True, help_text="The client in “Getty Images for …”.")
    credit_kind = models.CharField(max_length=30, blank=True)
    credit_raw = ProseField(blank=True, help_text="The credit line as it came.")
    credit_override = LineField(max_length=500, blank=True)
    credit_unclear = models.BooleanField(
        default=False,
        editable=False,
        help_text="Its caption seems to credit somebody, and could not be read.",
    )
    caption_default = ProseField(blank=True)
    alt_default = ProseField(blank=True)
    decorative_default = models.BooleanField(default=False)
    copyright = LineField(max_length=500, blank=True)
    rights_class = models.CharField(max_length=30, blank=True)
    usage_terms = ProseField(blank=True)
    instructions = ProseField(blank=True)
    rights_from = models.DateTimeField(null=True, blank=True)
    rights_until = models.DateTimeField(null=True, blank=True)
    license_url = AddressField(max_length=500, blank=True)
    licensor = LineField(max_length=200, blank=True, help_text="Who sells a licence.")
    licensor_url = AddressField(max_length=500, blank=True)
    supplier_ref = LineField(max_length=200, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    place = LineField(max_length=200, blank=True)
    persons = models.ManyToManyField("articles.Tag", blank=True, related_name="pictures")
    digital_source_type = models.CharField(max_length=200, blank=True)
    metadata = models.JSONField(default=dict, blank=True, help_text="As read; for staff only.")
    provenance = models.JSONField(default=dict, blank=True)
    has_c2pa = models.BooleanField(default=False)
    status = models.CharField(max_length=20, choices=Status, default=Status.ACTIVE)

    rendition_state = models.CharField(
        max_length=10, choices=RenditionState, default=RenditionState.NONE
    )
    rendition_attempts = models.PositiveSmallIntegerField(default=0)
    rendition_lease_until = models.DateTimeField(null=True, blank=True)
    rendition_error = models.TextField(blank=True)
    manifest = models.JSONField(
        default=list, blank=True, help_text="Public files: format, width, height, path, bytes."
    )
    rendition_version = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="The settings that made the public files."
    )
    old_files_until = models.DateTimeField(
        null=True, editable=False, help_text="When public files that no page names may go."
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            # The board: photos whose credit or alternative text is missing, the newest first.
            models.Index(fields=["-id"], name="photo_unfinished", condition=NO_CREDIT | NO_ALT),
            # The board: photos whose credit could not be read.
            models.Index(fields=["-id"], name="photo_unclear", condition=Q(credit_unclear=True)),
            # The board: photos without renditions because making them failed.
            models.Index(
                fields=["-id"], name="photo_failed", condition=Q(rendition_state="failed")
            ),
            # The board: whose rights end next; changes_ahead().
            models.Index(
                fields=["rights_until"],
                name="photo_rights_end",
                condition=Q(rights_until__isnull=False),
            ),
            # with_files_to_drop(): the sweep of a bucket.
            models.Index(
                fields=["rights_until"],
                name="photo_ended_files",
                condition=Q(rights_until__isnull=False, rendition_state="ok"),
            ),
            # without_files(): the sweep of a bucket.
            models.Index(
                fields=["id"],
                name="photo_without_files",
                condition=Q(rendition_state="none") & ~Q(original=""),
            ),
            # changes_ahead(): whose rights begin next. Few ever do.
            models.Index(
                fields=["rights_from"],
                name="photo_rights_begin",
                condition=Q(rights_from__isnull=False),
            ),
            # PhotoQuerySet.awaiting_renditions(): the sweep, every 30 s.
            models.Index(
                fields=["rendition_state"],
                name="photo_pending",
                condition=Q(rendition_state="pending"),
            ),
            # PhotoQuerySet.outdated(): the sweep again.
            models.Index(
                fields=["rendition_version"],
                name="photo_outdated",
                condition=Q(rendition_state="ok"),
            ),
            # PhotoQuerySet.with_old_files(): the sweep again.
            models.Index(
                fields=["old_files_until"],
                name="photo_old_files",
                condition=Q(old_files_until__isnull=False),
            ),
            # The desk's list: by what may be shown.
            models.Index(fields=["status", "rights_until", "rights_from"], name="photo_rights"),
            # The desk's list: by the day of the upload.
            models.Index(fields=["-uploaded_at"], name="photo_uploaded"),
            # PhotoQuerySet.like(): an upload, a photo's page on the desk.
            *(models.Index(band(n), name=f"photo_dhash_{n}") for n in range(4)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(focal_x__gte=0, focal_x__lte=1, focal_y__gte=0, focal_y__lte=1),
                name="photo_focal_point_inside",
                violation_error_message="The focal point lies outside the picture.",
            )
        ]

    def __str__(self) -> str:
        return self.caption_default or self.photographer_text or f"Photo {self.pk}"

    @property
    def has_credit(self) -> bool:
        return bool(
            self.credit_override
            or self.photographer_text
            or self.photographer_id
            or self.agency_text
            or self.agency_id
            or self.credit_raw
        )
