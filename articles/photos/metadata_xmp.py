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
    "alt": (f"{_CORE}AltTextAccessibility",),
    "persons": (f"{_EXT}PersonInImage", f"{_GETTY}Personality"),
    "location": (f"{_CORE}Location",),
    "city": (f"{_PHOTOSHOP}City",),
    "state": (f"{_PHOTOSHOP}State",),
    "country": (f"{_PHOTOSHOP}Country",),
    "taken_at": (f"{_PHOTOSHOP}DateCreated", f"{_XMP}CreateDate"),
    "digital_source_type": (f"{_EXT}DigitalSourceType",),
    "supplier_ref": (f"{_PHOTOSHOP}TransmissionReference", f"{_PLUS}ImageSupplierImageID"),
}
# These stand inside a structure, not on the top level.
_NESTED = frozenset({f"{_PLUS}LicensorURL", f"{_PLUS}ImageSupplierImageID"})


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
    for holder in root.iter() if name in _NESTED else root.iter(f"{_RDF}Description"):
        if text := holder.get(name, "").strip():
            return [text]
        if (child := holder.find(name)) is not None and (texts := list(_texts(child))):
            return texts
    return []


def _texts(element: "Element") -> Iterator[str]:
    """The text of a property, or of each item of its list; of translations the default one."""
    items = element.findall(f"*/{_RDF}li")
    if element.find(f"{_RDF}Alt") is not None:
        items = sorted(items, key=lambda item: item.get(_LANG) != "x-default")[:1]
    for item in items or [element]:
        text = (item.text or item.get(f"{_RDF}resource") or "").strip()
        if text:
            yield text
