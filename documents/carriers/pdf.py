"""PDF: the label stands in the document information and in the XMP packet."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from . import xmp
from .carrier import FIELD, Content
from .files import replaced
from .json_fields import strings

_DEEPEST = 5  # forms within forms


class Pdf:
    """``Carrier`` for .pdf."""

    def stamp(self, path: Path, fields: Mapping[str, str]) -> None:
        from pypdf import PdfReader, PdfWriter
        from pypdf.generic import NameObject, StreamObject

        writer = PdfWriter(clone_from=PdfReader(path))
        writer.add_metadata({f"/{FIELD}": json.dumps(dict(fields), ensure_ascii=False)})
        stream = StreamObject()
        stream.set_data(xmp.packet(fields))
        stream[NameObject("/Type")] = NameObject("/Metadata")
        stream[NameObject("/Subtype")] = NameObject("/XML")
        writer.root_object[NameObject("/Metadata")] = writer._add_object(stream)
        with replaced(path) as draft, draft.open("wb") as file:
            writer.write(file)

    def fields(self, path: Path) -> dict[str, str] | None:
        """Those of the document information, else of the XMP packet."""
        from pypdf import PdfReader

        reader = PdfReader(path)
        value = None if reader.metadata is None else reader.metadata.get(f"/{FIELD}")
        if found := strings(str(value)) if value else None:
            return found
        metadata = reader.root_object.get("/Metadata")
        return None if metadata is None else xmp.read(metadata.get_object().get_data())

    def content(self, path: Path) -> Content:
        """The text for finding the label; what each page draws, to notice any change of it."""
        import pypdfium2
        from pypdf import PdfReader

        document = pypdfium2.PdfDocument(path)
        try:
            texts = [page.get_textpage().get_text_bounded() for page in document]
        finally:
            document.close()
        blobs = []
        for number, page in enumerate(PdfReader(path).pages):
            drawn = page.get_contents()
            parts = [b"" if drawn is None else drawn.get_data(), *_forms(page.get("/Resources"))]
            blobs.append(b"%d " % number + b"\n".join(parts) + b"".join(_notes(page)))
        return Content(tuple(line for text in texts for line in text.splitlines()), tuple(blobs))


def _forms(resources: Any, depth: int = 0) -> Iterator[bytes]:
    """Pictures and forms that a page draws."""
    held = None if resources is None else resources.get_object().get("/XObject")
    objects = {} if held is None else held.get_object()
    for name in sorted(objects):
        drawn = objects[name].get_object()
        yield name.encode() + drawn._data
        if depth < _DEEPEST:
            yield from _forms(drawn.get("/Resources"), depth + 1)


def _notes(page: Any) -> Iterator[bytes]:
    """What was laid over a page: comments, stamps, text boxes."""
    for note in page.get("/Annots") or ():
        entry = note.get_object()
        yield f"{entry.get('/Subtype')} {entry.get('/Contents', '')}".encode("utf-8", "replace")
