"""The parts of an Office file: XML read safely, relationships followed inside the file only."""

import posixpath
import zipfile
from typing import Any

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = (  # ISO 29500 strict files say the same under other names
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)


def parsed(content: bytes) -> Any:
    """The root element. Nothing outside is loaded, no entity is expanded. Raises ``lxml.etree.XMLSyntaxError``."""
    from lxml import etree

    if b"purl.oclc.org" in content[:4000]:
        for strict, usual in _STRICT:
            content = content.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(content, parser)


class Package:
    """An open Office file. A part that is missing or broken is None, except where it is asked for by ``required``."""

    def __init__(self, container: zipfile.ZipFile) -> None:
        self._container = container
        self._names = {name.lower(): name for name in container.namelist()}

    def required(self, name: str) -> Any:
        """The root of part ``name``. Raises ``KeyError`` and ``XMLSyntaxError``."""
        return parsed(self._container.read(self._names[name.lstrip("/").lower()]))

    def part(self, name: str) -> Any:
        """The root of part ``name``, or None."""
        from lxml.etree import XMLSyntaxError

        try:
            return self.required(name)
        except (KeyError, XMLSyntaxError):
            return None

    def related(self, name: str, kind: str) -> list[str]:
        """The parts that part ``name`` (empty: the whole file) calls its ``kind``, for example ``styles``."""
        folder, _, file = name.rpartition("/")
        root = self.part(posixpath.join(folder, "_rels", f"{file}.rels"))
        return [
            posixpath.normpath(posixpath.join(folder, node.get("Target", ""))).lstrip("/")
            if not node.get("Target", "").startswith("/")
            else node.get("Target").lstrip("/")
            for node in (root.iter(_RELATION) if root is not None else ())
            if node.get("Type", "").endswith(f"/{kind}") and node.get("TargetMode") != "External"
        ]

    def beside(self, name: str, kind: str) -> Any:
        """The root of the first part that ``name`` calls its ``kind``, or None."""
        return next((root for other in self.related(name, kind) if (root := self.part(other)) is not None), None)
