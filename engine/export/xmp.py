"""Text inside pictures that carry XMP, such as WebP: title, description, program and run, written without Qt."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from engine.export.png_text import RUN_KEY

NAMESPACE = "urn:layerwise:run"
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:layerwise={namespace}>
{entries}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
_IN_LANGUAGES = '<{name}><rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt></{name}>'
_PLAIN = "<{name}>{text}</{name}>"
_ENTRIES = {
    "Title": ("dc:title", _IN_LANGUAGES),
    "Description": ("dc:description", _IN_LANGUAGES),
    "Software": ("xmp:CreatorTool", _PLAIN),
    "Creation Time": ("xmp:CreateDate", _PLAIN),
    RUN_KEY: ("layerwise:Run", _PLAIN),
}


def xmp_packet(texts: Mapping[str, str]) -> bytes:
    """The texts of a picture, by the keys that a PNG has them under, as an XMP packet; KeyError for another key."""
    entries = []
    for key, text in texts.items():
        name, form = _ENTRIES[key]
        entries.append(form.format(name=name, text=escape(text)))
    return _PACKET.format(namespace=quoteattr(NAMESPACE), entries="\n".join(entries)).encode()
