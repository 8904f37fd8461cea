"""The XMP packet that every public photo file carries: who made it, whom to credit, on what terms.

Property names and shapes: IPTC Photo Metadata Standard 2025.1; PLUS LDF for the licensor.
"""

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

# Characters that no XML 1.0 document may hold.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")
_LIMIT_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True)
class RightsInfo:
    """What a public file says of its rights; "" leaves a property out.

    web_statement: the page with the terms (Google's "Licensable" badge). licensor_url: where a
    licence is sold. digital_source_type: the address of IPTC's term.
    """

    creator: str = ""
    credit: str = ""
    copyright: str = ""
    web_statement: str = ""
    licensor_url: str = ""
    digital_source_type: str = ""


def rights_packet(rights: RightsInfo) -> bytes:
    """The packet, UTF-8; b"" where nothing is known."""
    properties = "".join((
        _property("dc:creator", rights.creator, "<rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq>"),
        _property("photoshop:Credit", rights.credit),
        _property(
            "dc:rights",
            rights.copyright,
            '<rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt>',
        ),
        _property("xmpRights:WebStatement", rights.web_statement),
        _property(
            "plus:Licensor",
            rights.licensor_url,
            '<rdf:Seq><rdf:li rdf:parseType="Resource">'
            "<plus:LicensorURL>{}</plus:LicensorURL></rdf:li></rdf:Seq>",
        ),
        _property("Iptc4xmpExt:DigitalSourceType", rights.digital_source_type),
    ))  # fmt: skip
    if not properties:
        return b""
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
        ' xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"'
        ' xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"'
        ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">'
        f"{properties}</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="r"?>'
    )
    return packet.encode()


def _property(name: str, value: str, shape: str = "{}") -> str:
    text = escape(_NOT_XML.sub("", value).strip()[:_LIMIT_CHARACTERS])
    return f"<{name}>{shape.format(text)}</{name}>" if text else ""
