"""Small picture files for the photo tests, made with Pillow."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from PIL import Image

CORNERS = {"top_left": "red", "top_right": "lime", "bottom_left": "blue", "bottom_right": "yellow"}


def picture(
    width: int = 64, height: int = 48, *, mode: str = "RGB", colour: Any = "teal"
) -> Image.Image:
    return Image.new(mode, (width, height), colour)


def corners(width: int = 96, height: int = 64) -> Image.Image:
    """Grey, with a block of another colour in each corner."""
    image = picture(width, height, colour="grey")
    for place, colour in CORNERS.items():
        left = 0 if "left" in place else width - 16
        top = 0 if "top" in place else height - 16
        image.paste(Image.new("RGB", (16, 16), colour), (left, top))
    return image


def file_of(image: Image.Image, format_name: str = "JPEG", **options: Any) -> BytesIO:
    out = BytesIO()
    image.save(out, format_name, **options)
    out.seek(0)
    return out


def iim(*datasets: tuple[int, int, bytes]) -> bytes:
    """IPTC-IIM datasets in a JPEG's APP13 segment."""
    data = b"".join(
        bytes([0x1C, record, number]) + len(value).to_bytes(2, "big") + value
        for record, number, value in datasets
    )
    return app13(data)


def app13(data: bytes) -> bytes:
    block = b"8BIM\x04\x04\0\0" + len(data).to_bytes(4, "big") + data + b"\0" * (len(data) % 2)
    payload = b"Photoshop 3.0\0" + block
    return b"\xff\xed" + (len(payload) + 2).to_bytes(2, "big") + payload


def with_app13(jpeg: BytesIO, segment: bytes) -> BytesIO:
    data = jpeg.getvalue()
    return BytesIO(data[:2] + segment + data[2:])


def xmp(properties: str, attributes: str = "") -> bytes:
    spaces = {
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "dc": "http://purl.org/dc/elements/1.1/",
        "photoshop": "http://ns.adobe.com/photoshop/1.0/",
        "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
        "xmp": "http://ns.adobe.com/xap/1.0/",
        "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
        "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
        "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    }
    names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in spaces.items())
    return (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {names}>'
        f'<rdf:Description rdf:about="" {attributes}>{properties}</rdf:Description>'
        "</rdf:RDF></x:xmpmeta>"
    ).encode()


def exif_of(tags: Mapping[int, Any], details: Mapping[int, Any] | None = None) -> Image.Exif:
    exif = Image.Exif()
    for tag, value in tags.items():
        exif[tag] = value
    exif.get_ifd(0x8769).update(details or {})
    return exif
