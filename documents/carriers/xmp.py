"""The label as an XMP packet, in the namespace that the standard's committee (TC260) gives for it."""

import json
import re
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr, unescape

from .json_fields import strings

_SPACE = "http://www.tc260.org.cn/ns/AIGC/1.0/"
_ATTRIBUTE = re.compile(r"""TC260:AIGC\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ELEMENT = re.compile(r"<TC260:AIGC[^>]*>(.*?)</TC260:AIGC>", re.DOTALL)
_QUOTES = {"&quot;": '"', "&apos;": "'", "&#10;": "\n"}


def packet(fields: Mapping[str, str]) -> bytes:
    """The packet in UTF-8."""
    value = quoteattr(json.dumps(dict(fields), ensure_ascii=False))
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" xmlns:TC260="{_SPACE}" TC260:AIGC={value}/>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def read(packet: bytes) -> dict[str, str] | None:
    """The fields in a packet, however its writer laid it out; None when there are none."""
    text = packet.decode("utf-8", "replace")
    found = _ATTRIBUTE.search(text) or _ELEMENT.search(text)
    return strings(unescape(next(filter(None, found.groups()), ""), _QUOTES)) if found else None
