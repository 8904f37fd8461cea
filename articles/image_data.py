"""Photos as machines are told of them: files with their size, schema.org's ImageObject with whom to
credit and whom to ask. Made from rows.

Google, "Image metadata" and "Article": the credit is repeated for each use of a picture, and a story's
picture is given in three shapes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage

from articles.models import Article, Contributor, Photo, PhotoUse
from articles.models.addresses import absolute
from articles.photos.crops import SOCIAL
from articles.photos.figure import credit_line, is_withdrawn, photographers
from articles.photos.manifest import crop_in, largest
from articles.photos.use_crop import crop_of

SHAPES = ("16:9", "4:3", "1:1")


@dataclass(frozen=True, slots=True)
class ImageFile:
    """A public JPEG: its absolute address, its size in pixels and in bytes."""

    url: str
    width: int
    height: int
    size: int


def image_file(use: PhotoUse | None, *, crop: str = "") -> ImageFile | None:
    """The largest JPEG of a use, or the one made in this shape; None where there is none to show.

    The shapes are cut around the photo's own focal point: a use with another one has none of them.
    """
    if use is None or is_withdrawn(use.photo) or (crop and crop_of(use.crop).point):
        return None
    file = crop_in(use.photo.manifest, crop) if crop else largest(use.photo.manifest)
    if file is None:
        return None
    url = absolute(default_storage.url(file["path"]))
    return ImageFile(url, int(file["width"]), int(file["height"]), int(file["bytes"]))


def image_url(use: PhotoUse | None) -> str:
    """The largest public JPEG of a use, absolute; empty where there is none."""
    file = image_file(use)
    return file.url if file else ""


def shared_image(use: PhotoUse | None) -> list[tuple[str, str]]:
    """What a link that is shared shows, as OpenGraph has it; empty where there is no picture."""
    file = image_file(use, crop=SOCIAL) or image_file(use)
    if use is None or file is None:
        return []
    return [
        ("og:image", file.url),
        ("og:image:width", str(file.width)),
        ("og:image:height", str(file.height)),
        ("og:image:alt", use.alt_text),
        ("twitter:image:alt", use.alt_text),
    ]


def images_of(article: Article) -> list[dict[str, Any]]:
    """All pictures that readers see in a story, the lead first and in each shape it has."""
    shown = [use for use in article.photo_uses.all() if _is_shown(use, article)]
    others = (image_object(use) for use in shown if use.pk != article.lead_id)
    return [*_in_shapes(article.lead), *(data for data in others if "url" in data)]


def image_object(
    use: PhotoUse, file: ImageFile | None = None, *, represents_page: bool = False
) -> dict[str, Any]:
    """ImageObject of one use, with its own caption and credit: the rights travel with every use.
    `file`: another than its largest.
    """
    photo, file = use.photo, file or image_file(use)
    data: dict[str, Any] = {
        "@type": "ImageObject",
        "url": file.url if file else "",
        "contentUrl": file.url if file else "",
        "width": file.width if file else 0,
        "height": file.height if file else 0,
        "caption": use.caption_text,
        "creator": creators(photo),
        "creditText": credit_line(use),
        "copyrightNotice": photo.copyright,
        "license": photo.license_url,
        "acquireLicensePage": photo.licensor_url or photo.license_url,
        "digitalSourceType": photo.digital_source_type,
        "representativeOfPage": represents_page,
    }
    return {key: value for key, value in data.items() if value}


def creators(photo: Photo) -> list[dict[str, str]]:
    """Who made it: people, or the agency where nobody else is named."""
    person = photo.photographer
    if person and person.kind != Contributor.Kind.PERSON:
        return [{"@type": "Organization", "name": person.name}]
    if names := photographers(photo):
        return [{"@type": "Person", "name": name} for name in names]
    agency = photo.agency_text or (photo.agency.name if photo.agency else "")
    return [{"@type": "Organization", "name": agency}] if agency else []


def _in_shapes(lead: PhotoUse | None) -> Iterable[dict[str, Any]]:
    if lead is None or image_file(lead) is None:
        return []
    files = [file for shape in SHAPES if (file := image_file(lead, crop=shape))]
    if not files:
        return [image_object(lead, represents_page=True)]
    return [image_object(lead, file, represents_page=True) for file in files]


def _is_shown(use: PhotoUse, article: Article) -> bool:
    in_text = f'<figure data-photo="{use.pk}">' in article.body_html
    return in_text or use.slot == PhotoUse.Slot.GALLERY
