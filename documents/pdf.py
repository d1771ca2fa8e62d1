"""PDF files by pypdfium2: pages kept, repeated headers and footers left out, lines joined into paragraphs."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from workbench.document import Comment
from workbench.errors import DocumentError
from workbench.settings import Limits

from .builder import Builder
from .pdf_columns import by_column
from .pdf_lines import Line, Ranks, Setting, put_lines
from .pdf_page import Table, drawn_on, tables, unseen_words

_FEW = 30  # a page with fewer characters and a picture is taken for a scan
_EDGE = 3  # lines at the top and at the bottom of a page that may be header or footer
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"^\W*(第?\s*\d{1,4}\s*页?)(\s*(/|of|共)\s*\d{1,4}\s*页?)?\W*$")


def read_pdf(path: Path, limits: Limits, name: str, built: Builder) -> None:
    """Fill ``built``. Raises ``DocumentError`` for encrypted, damaged and picture-only files."""
    import pypdfium2
    from pypdfium2 import PdfiumError

    try:
        document = pypdfium2.PdfDocument(path)
    except PdfiumError as error:
        kind = "encrypted" if "assword" in str(error) else "damaged"
        raise DocumentError(f"documents:{kind}", name=name) from error
    try:
        if len(document) > limits.pages:
            raise DocumentError("documents:too_many_pages", name=name, pages=len(document), limit=limits.pages)
        if document.get_formtype():
            document.init_forms()
        stated = document.get_metadata_value("Title")
        for key in ("Title", "Subject", "Keywords"):
            built.aside(document.get_metadata_value(key))
        pages = _read_pages(document, limits, name, built)
    except PdfiumError as error:
        raise DocumentError("documents:damaged", name=name) from error
    finally:
        document.close()
    if not any(page.parts or page.fields for page in pages):
        from .ocr import is_ready

        key = "scan" if any(page.has_picture for page in pages) and not is_ready(limits) else "no_text"
        raise DocumentError(f"documents:{key}", name=name)
    furniture = _furniture(pages)
    for page in pages:
        _strip(page, furniture, built)
    ranks = Ranks(line for page in pages for line in page.lines)
    built.title = ranks.title([line for page in pages[:1] for line in page.lines], stated)
    for number, page in enumerate(pages, 1):
        built.page(number, page.ocr)
        for part in page.parts:
            if isinstance(part, Table):
                built.table(part.rows)
            else:
                put_lines(part, ranks, built)
        for field in page.fields:
            built.add("paragraph", field)
        if page.has_picture and not page.parts:
            built.note("documents:note.page_without_text")


@dataclass(slots=True)
class _Page:
    """Lines and tables in turn, filled-in fields, and whether it holds a picture."""

    parts: list[list[Line] | Table]
    fields: list[str]
    has_picture: bool
    ocr: bool = False

    @property
    def lines(self) -> list[Line]:
        return [line for part in self.parts if not isinstance(part, Table) for line in part]


def _read_pages(document: Any, limits: Limits, name: str, built: Builder) -> list[_Page]:
    """Each page, the scanned ones through text recognition where that is installed."""
    from . import ocr

    pages = [_read_page(document, number, built) for number in range(len(document))]
    scans = [number for number, page in enumerate(pages) if page.has_picture and _words_on(page) < _FEW]
    if not scans or not ocr.is_ready(limits):
        return pages
    if len(scans) > limits.ocr_pages:
        raise DocumentError("documents:too_many_scans", name=name, limit=limits.ocr_pages)
    for number in scans:
        recognised = ocr.lines_of_page(document[number])
        built.beat()
        if sum(map(len, recognised)) > _words_on(pages[number]):
            lines = [Line(line) for line in recognised]
            pages[number] = _Page([lines], pages[number].fields, has_picture=True, ocr=True)
            built.note("documents:note.ocr")
    return pages


def _words_on(page: _Page) -> int:
    return sum(len(line.text) for line in page.lines) + _FEW * any(isinstance(part, Table) for part in page.parts)


def _read_page(document: Any, number: int, built: Builder) -> _Page:
    page = document[number]
    text = page.get_textpage()
    try:
        drawn = drawn_on(page)
        words = by_column(text, text.get_text_bounded(), page.get_bbox())
        setting = Setting(text)
        hidden = unseen_words(page, text, drawn) if drawn.suspects else []
        for unseen, how in hidden:
            built.hide(unseen, how, number + 1)
        found = tables(text, drawn) if len(drawn.upright) > 2 and len(drawn.across) > 2 else []
        parts = _parts(text, words, found, page.get_bbox(), setting) if found else [setting.lines(words)]
        seen = [part if isinstance(part, Table) else _seen(part, [unseen for unseen, _ in hidden]) for part in parts]
        fields = _fields(document, page) if document.formenv else []
        built.comments += _comments(page)
        return _Page([part for part in seen if part], fields, drawn.has_picture)
    finally:
        text.close()
        page.close()


def _parts(
    text: Any, words: str, found: list[Table], box: tuple[float, ...], setting: Setting
) -> list[list[Line] | Table]:
    """Tables and what stands between them. Where that would lose or double any words, the plain text instead."""
    left, bottom, right, top = box
    parts: list[str | Table] = []
    upper = top
    for table in found:
        if table.top > upper:
            return [setting.lines(words)]
        parts += [text.get_text_bounded(left, table.top + 1, right, upper), table]
        upper = table.bottom - 1
    parts.append(text.get_text_bounded(left, bottom, right, upper))
    kept: Counter[str] = Counter()
    for part in parts:
        for line in part.rows if isinstance(part, Table) else [part]:
            kept.update(_letters("".join(line)))
    wanted = Counter(_letters(words))
    doubled, lost = (kept - wanted).total(), (wanted - kept).total()
    # A cell that spans rows is said again in each, so some more is right; lost is never right.
    if lost > 0.005 * wanted.total() or doubled > 0.25 * wanted.total():
        return [setting.lines(words)]
    return [part if isinstance(part, Table) else setting.lines(part) for part in parts]


def _letters(words: str) -> str:
    return "".join(words.split())


def _seen(lines: list[Line], hidden: list[str]) -> list[Line]:
    """The lines without the words that nobody sees."""
    for words in hidden:
        for piece in filter(None, (" ".join(line.split()) for line in words.splitlines() or [words])):
            for place in range(len(lines) - 1, -1, -1):
                if piece in lines[place].text:
                    lines[place] = replace(lines[place], text=lines[place].text.replace(piece, "").strip())
                    break
    return [line for line in lines if line.text]


def _fields(document: Any, page: Any) -> list[str]:
    """What was filled into the fields of a form, as ``name: value``."""
    import ctypes

    from pypdfium2 import raw

    def said(ask: Any, annotation: Any) -> str:
        length = ask(document.formenv.raw, annotation, None, 0)
        buffer = (ctypes.c_ushort * max(length // 2, 1))()
        ask(document.formenv.raw, annotation, buffer, length)
        return bytes(buffer).decode("utf-16-le", "ignore").rstrip("\x00").strip()

    found = []
    for number in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, number)
        if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_WIDGET:
            value = said(raw.FPDFAnnot_GetFormFieldValue, annotation)
            if value and value != "Off":
                found.append(f"{said(raw.FPDFAnnot_GetFormFieldName, annotation)}: {value}")
        raw.FPDFPage_CloseAnnot(annotation)
    return found


def _comments(page: Any) -> Iterator[Comment]:
    """The notes that somebody stuck on a page."""
    import ctypes

    from pypdfium2 import raw

    for number in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, number)
        told = []
        for key in (b"T", b"Contents"):
            length = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
            buffer = (ctypes.c_ushort * max(length // 2, 1))()
            raw.FPDFAnnot_GetStringValue(annotation, key, buffer, length)
            told.append(bytes(buffer).decode("utf-16-le", "ignore").rstrip("\x00").strip())
        if told[1] and raw.FPDFAnnot_GetSubtype(annotation) not in (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_POPUP):
            yield Comment(*told)
        raw.FPDFPage_CloseAnnot(annotation)


def _edges(page: _Page) -> list[tuple[list[Line], int]]:
    """The lines at the top and at the bottom of a page, each as the part that it stands in and its place there."""
    ends: dict[tuple[int, int], tuple[list[Line], int]] = {}
    for part, top in ((page.parts[0], True), (page.parts[-1], False)) if page.parts else ():
        if not isinstance(part, Table):
            places = range(len(part))
            ends |= {(id(part), place): (part, place) for place in (places[:_EDGE] if top else places[-_EDGE:])}
    return list(ends.values())


def _furniture(pages: list[_Page]) -> set[str]:
    """Lines that stand at the top or bottom of many pages, whatever numbers are in them."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_DIGITS.sub("#", part[place].text) for part, place in _edges(page)})
    return {line for line, count in counts.items() if count >= 3 and count > 0.4 * len(pages)}


def _strip(page: _Page, furniture: set[str], built: Builder) -> None:
    """Leave out page numbers, and put headers and footers aside."""
    for part, place in sorted(_edges(page), key=lambda edge: -edge[1]):
        line = part[place].text
        if _DIGITS.sub("#", line) in furniture:
            built.aside(line)
            del part[place]
        elif _NUMBER.match(line):
            del part[place]
