"""XMP packets: the fields of a news photo (XMP specification part 1; IPTC Photo Metadata 2025.1).

Parsed by defusedxml without DTDs, so no entity is ever resolved; GPS properties are never read.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_XMP_BYTES = 256 * 1024

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_RIGHTS = "{http://ns.adobe.com/xap/1.0/rights/}"
_PLUS = "{http://ns.useplus.org/ldf/xmp/1.0/}"
_CORE = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
_EXT = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
_GETTY = "{http://xmp.gettyimages.com/gift/1.0/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_EXIF = "{http://ns.adobe.com/exif/1.0/}"

# Our field → the properties that may hold it, the first that does wins.
_PROPERTIES = {
    "photographer": (f"{_DC}creator",),
    "agency": (f"{_PHOTOSHOP}Credit",),
    "source": (f"{_PHOTOSHOP}Source",),
    "copyright": (f"{_DC}rights",),
    "caption": (f"{_DC}description",),
    "headline": (f"{_PHOTOSHOP}Headline",),
    "instructions": (f"{_PHOTOSHOP}Instructions",),
    "usage_terms": (f"{_RIGHTS}UsageTerms",),
    "web_statement": (f"{_RIGHTS}WebStatement",),
    "licensor_url": (f"{_PLUS}LicensorURL",),
    "licensor": (f"{_PLUS}LicensorName",),
    "alt": (f"{_CORE}AltTextAccessibility",),
    "persons": (f"{_EXT}PersonInImage", f"{_EXT}PersonName", f"{_GETTY}Personality"),
    # The older fields, else those of LocationShown or LocationCreated.
    "location": (f"{_CORE}Location", f"{_EXT}Sublocation"),
    "city": (f"{_PHOTOSHOP}City", f"{_EXT}City"),
    "state": (f"{_PHOTOSHOP}State", f"{_EXT}ProvinceState"),
    "country": (f"{_PHOTOSHOP}Country", f"{_EXT}CountryName"),
    "taken_at": (f"{_PHOTOSHOP}DateCreated", f"{_EXIF}DateTimeOriginal", f"{_XMP}CreateDate"),
    "digital_source_type": (f"{_EXT}DigitalSourceType",),
    "supplier_ref": (f"{_PHOTOSHOP}TransmissionReference", f"{_PLUS}ImageSupplierImageID"),
}
# These stand inside a structure, not on the top level: PersonInImageWDetails holds a name for each.
_NESTED = frozenset(
    {
        f"{_PLUS}LicensorURL", f"{_PLUS}LicensorName", f"{_PLUS}ImageSupplierImageID",
        f"{_EXT}Sublocation", f"{_EXT}City", f"{_EXT}ProvinceState", f"{_EXT}CountryName",
        f"{_EXT}PersonName",
    }
)  # fmt: skip
_OF_EACH = frozenset({f"{_EXT}PersonName"})


def read_xmp(packet: bytes) -> dict[str, list[str]]:
    """Field → its values (a list has several, all others one). {} for a packet that is too big,
    malformed or has a DTD."""
    if not 0 < len(packet) <= MAX_XMP_BYTES:
        return {}
    try:
        root = ElementTree.fromstring(packet.strip(b"\0 \r\n\t"), forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError):
        return {}
    fields = {}
    for name, properties in _PROPERTIES.items():
        values = next(filter(None, (_values(root, each) for each in properties)), [])
        if values:
            fields[name] = values
    return fields


def _values(root: "Element", name: str) -> list[str]:
    found: list[str] = []
    for holder in root.iter() if name in _NESTED else root.iter(f"{_RDF}Description"):
        text, child = holder.get(name, "").strip(), holder.find(name)
        texts = [text] if text else [] if child is None else list(_texts(child))
        found += texts
        if texts and name not in _OF_EACH:
            return texts
    return found


def _texts(element: "Element") -> Iterator[str]:
    """The text of a property, or of each item of its list; of translations the default one."""
    items = element.findall(f"*/{_RDF}li")
    if element.find(f"{_RDF}Alt") is not None:
        items = sorted(items, key=lambda item: item.get(_LANG) != "x-default")[:1]
    for item in items or [element]:
        text = (item.text or item.get(f"{_RDF}resource") or "").strip()
        if text:
            yield text
