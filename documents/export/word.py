"""Word: headings, paragraphs, tables whose header row repeats, Chinese fonts, the label on every page."""

import json
from pathlib import Path
from typing import Any

from .paper import Paper

# East Asian and Latin faces that Word on Windows and macOS has; elsewhere they are replaced by what is there.
_FONTS = {"ascii": "Calibri", "hAnsi": "Calibri", "cs": "Calibri", "eastAsia": "微软雅黑"}
_THEME = ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme")
_STYLES = ("Normal", "Title", "Heading 1", "Header")
_CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_CUSTOM_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_USER_PROPERTIES = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the property set of every custom property


def write_word(paper: Paper, path: Path) -> None:
    """Write ``paper`` as .docx. Raises ``OSError``."""
    from docx import Document

    document = Document()
    _set_fonts(document, paper)
    document.core_properties.title = paper.title[:255]
    document.core_properties.author = paper.author[:255]
    document.core_properties.comments = ""
    document.core_properties.created = paper.created
    page = document.sections[0]
    page.different_first_page_header_footer = True  # the first page has the label in its text
    page.header.paragraphs[0].text = paper.label
    document.add_paragraph(paper.label)
    document.add_heading(paper.title, 0)
    for section in paper.sections:
        if section.heading and section.heading != paper.title:
            document.add_heading(section.heading, 1)
        for paragraph in section.paragraphs:
            for line in filter(str.strip, paragraph.split("\n")):
                document.add_paragraph(line)
        if section.table:
            _add_table(document, section.table)
    _add_property(document, "AIGC", json.dumps(paper.metadata, ensure_ascii=False))
    with path.open("wb") as file:
        document.save(file)


def _set_fonts(document: Any, paper: Paper) -> None:
    from docx.oxml.ns import qn

    for name in _STYLES:
        fonts = document.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in _THEME:  # a theme font would win over a named one
            fonts.attrib.pop(qn(f"w:{attribute}"), None)
        for attribute, face in _FONTS.items():
            fonts.set(qn(f"w:{attribute}"), face)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "zh-CN" if paper.lang == "zh" else "en-US")
        language.set(qn("w:eastAsia"), "zh-CN")


def _add_table(document: Any, rows: tuple[tuple[str, ...], ...]) -> None:
    from docx.oxml import OxmlElement

    page = document.sections[0]
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    widths = _widths(rows, page.page_width - page.left_margin - page.right_margin)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, row in enumerate(rows):
        added = table.add_row()
        added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit" if number else "w:tblHeader"))
        for cell, words, width in zip(added.cells, row, widths, strict=True):
            cell.width = width
            cell.paragraphs[0].add_run(words).bold = number == 0 or None
    document.add_paragraph()


def _widths(rows: tuple[tuple[str, ...], ...], whole: int) -> list[int]:
    """``whole`` shared among the columns by their longest text: a number needs less room than a clause."""
    shares = [min(max(6, *map(len, column)), 36) for column in zip(*rows, strict=True)]
    return [whole * share // sum(shares) for share in shares]


def _add_property(document: Any, name: str, value: str) -> None:
    """Add a custom property, for which python-docx has no call."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from lxml import etree

    root = etree.Element(f"{{{_CUSTOM_SPACE}}}Properties", nsmap={None: _CUSTOM_SPACE, "vt": _TYPES_SPACE})
    entry = etree.SubElement(root, f"{{{_CUSTOM_SPACE}}}property", fmtid=_USER_PROPERTIES, pid="2", name=name)
    etree.SubElement(entry, f"{{{_TYPES_SPACE}}}lpwstr").text = value
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    package = document.part.package
    package.relate_to(Part(PackURI("/docProps/custom.xml"), _CUSTOM, blob, package), _CUSTOM_RELATION)
