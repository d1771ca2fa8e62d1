"""Word, Excel and PowerPoint files."""

from pathlib import Path
from typing import Any

from .builder import Builder

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_word(path: Path, built: Builder) -> None:
    """The body in reading order; tracked insertions in, deletions out."""
    from docx import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    document = Document(str(path))
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            built.table([[cell.text for cell in row.cells] for row in item.rows])
        elif isinstance(item, Paragraph):
            _paragraph(item, built)


def _paragraph(paragraph: Any, built: Builder) -> None:
    words = "".join(node.text or "" for node in paragraph._p.iter(f"{_W}t"))
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    if style == "Title":
        built.add("heading", words, 1)
    elif style.startswith("Heading"):
        built.add("heading", words, int(style.split()[-1]) if style[-1].isdigit() else 1)
    else:
        listed = "List" in style or paragraph._p.find(f"{_W}pPr/{_W}numPr") is not None
        built.add("list" if listed else "paragraph", words)


def read_excel(path: Path, built: Builder) -> None:
    """Each sheet a heading and a table."""
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            built.add("heading", sheet.title, 2)
            rows = sheet.iter_rows(values_only=True, max_row=20_000, max_col=200)
            built.table([["" if value is None else _cell(value) for value in row] for row in rows])
    finally:
        book.close()


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    return text.removesuffix(" 00:00:00")


def read_slides(path: Path, built: Builder) -> None:
    """A slide is a page: its title a heading, then its texts, tables and notes."""
    from pptx import Presentation

    for number, slide in enumerate(Presentation(str(path)).slides, 1):
        built.page(number)
        title = slide.shapes.title
        if title is not None:
            built.add("heading", title.text_frame.text, 2)
        for shape in slide.shapes:
            if shape.has_table:
                built.table([[cell.text for cell in row.cells] for row in shape.table.rows])
            elif shape.has_text_frame and (title is None or shape.shape_id != title.shape_id):
                built.add("paragraph", shape.text_frame.text)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            built.add("paragraph", slide.notes_slide.notes_text_frame.text)
