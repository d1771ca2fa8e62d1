"""PDF files by pypdfium2: pages kept, repeated headers and footers left out, lines joined into paragraphs."""

import re
from collections import Counter
from pathlib import Path

from workbench.errors import DocumentError
from workbench.settings import Limits

from .builder import Builder

_HAN = re.compile(r"[\u3400-\u9fff，。；：、！？（）《》“”]")
_HEADING = re.compile(
    r"^(第[一二三四五六七八九十百零\d]+[章节编](\s|$|[^，。；]{1,20}$)|[一二三四五六七八九十]{1,3}、[^。；]{1,28}$|\d{1,2}(\.\d{1,2}){0,2}\.?\s+[^。；.]{1,40}$)"
)
_ENDS = re.compile(r"[。！？；：:.!?;]\W*$")
_STARTS = re.compile(
    r"^([-•●○▪*]|\d{1,3}[.)、]|[（(][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十百零\d]+条)"
)
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
        pages = []
        for page in document:
            text = page.get_textpage()
            pages.append([" ".join(line.split()) for line in text.get_text_bounded().replace("\r", "").split("\n")])
            text.close()
            page.close()
    except PdfiumError as error:
        raise DocumentError("documents:damaged", name=name) from error
    finally:
        document.close()
    if not any(any(lines) for lines in pages):
        raise DocumentError("documents:scan", name=name)
    furniture = _furniture(pages)
    for number, lines in enumerate(pages, 1):
        built.page(number)
        _paragraphs([line for line in lines if line and line not in furniture and not _NUMBER.match(line)], built)
    if any(not any(lines) for lines in pages):
        built.note("documents:note.page_without_text")


def _furniture(pages: list[list[str]]) -> set[str]:
    """Lines that stand at the top or bottom of most pages."""
    edges = Counter(line for lines in pages for line in {*[x for x in lines if x][:2], *[x for x in lines if x][-2:]})
    return {line for line, count in edges.items() if count >= 3 and count > 0.6 * len(pages)}


def _paragraphs(lines: list[str], built: Builder) -> None:
    current = ""
    longest = max(map(len, lines), default=0)
    for line in lines:
        if _HEADING.match(line):
            built.add("paragraph", current)
            built.add("heading", line, 1 if line.startswith("第") else 2)
            current = ""
            continue
        if current and (
            _STARTS.match(line) or _ENDS.search(current) or len(current.rsplit("\n", 1)[-1]) < 0.6 * longest
        ):
            built.add("paragraph", current)
            current = ""
        if current.endswith("-") and line[:1].islower():
            current = current[:-1] + line
        else:
            glue = "" if not current or (_HAN.match(current[-1]) or _HAN.match(line[0])) else " "
            current += glue + line
    built.add("paragraph", current)
