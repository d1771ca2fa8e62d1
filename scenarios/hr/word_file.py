"""Sections as a plain Word file, for the further files of a version: a paper, letters, one person's report."""

from collections.abc import Sequence
from io import BytesIO

from workbench.scenario import Formula, Section


def word_file(sections: Sequence[Section], *, pages: bool = False) -> bytes:
    """The bytes of a .docx; with ``pages`` every section begins a page of its own."""
    from docx import Document
    from docx.enum.text import WD_BREAK
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(10.5)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Microsoft YaHei")
    for number, section in enumerate(sections):
        if pages and number:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        if section.heading:
            document.add_heading(section.heading, section.level)
        for words in (*section.paragraphs, *section.items):
            document.add_paragraph(words)
        if section.table:
            table = document.add_table(0, len(section.table[0]), style="Table Grid")
            for row in section.table:
                for cell, value in zip(table.add_row().cells, row, strict=True):
                    shown = value.value if isinstance(value, Formula) else value
                    cell.text = "" if shown is None else str(shown)
    out = BytesIO()
    document.save(out)
    return out.getvalue()
