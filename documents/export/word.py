"""Word: real styles, headings, numbered lists, tables whose header row repeats, on a letterhead."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from workbench.scenario import Picture, Section

from .letterhead import built_in, filled, opened
from .look import ACCENT, RULE, SHADE, style_of
from .paper import Paper, clean, is_number, rows

_TABLE_POINTS = 9
_HIGHEST_CM = 21  # of a picture, on a page of 29.7


def write_word(paper: Paper, path: Path, template: Path | None = None) -> None:
    """Write ``paper`` as .docx on ``template``, else on the built-in letterhead.

    Raises ``OSError``, and ``ConfigError`` for a template that cannot be used.
    """
    document = opened(template) if template else built_in(paper.lang)
    properties = document.core_properties
    properties.title, properties.author = paper.title[:255], (paper.author or paper.company)[:255]
    properties.created = properties.modified = paper.created
    place = filled(
        document,
        {
            "title": paper.title,
            "label": paper.label,
            "company": paper.company,
            "scenario": paper.scenario,
            "author": paper.author,
            "date": paper.created.date().isoformat(),
            "version": paper.say("version", number=paper.number),
            "status": paper.status,
            "run": f"{paper.run_id}-{paper.number}",
        },
    )
    for section in paper.sections:
        elements = list(_elements(document, section, paper))
        if section.new_page:
            _break_before(elements)
        for element in elements:
            place._p.addprevious(element)
    place._p.getparent().remove(place._p)
    with path.open("wb") as file:
        document.save(file)


def _break_before(elements: Sequence[Any]) -> None:
    """Let the first paragraph begin a page."""
    from docx.oxml.ns import qn

    first = next((element for element in elements if element.tag == qn("w:p")), None)
    if first is not None:
        first.get_or_add_pPr().get_or_add_pageBreakBefore()


def _elements(document: Any, section: Section, paper: Paper) -> Iterator[Any]:
    """The XML elements of a section, made by python-docx at the document's end."""

    def paragraph(words: str, style: str) -> Any:
        return document.add_paragraph(words, style=style_of(document, style))

    if section.heading and section.heading != paper.title:
        yield paragraph(section.heading, f"Heading {section.level}")._p
    for words in section.paragraphs:
        for line in filter(str.strip, words.split("\n")):
            yield paragraph(line, "Normal")._p
    number = _new_list(document, section.ordered) if section.items else 0
    for item in section.items:
        added = paragraph(item, "List Number" if section.ordered else "List Bullet")
        properties = added._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 0, number
        yield added._p
    if section.picture:
        yield _image(document, section.picture)._p
    if section.table:
        yield _table(document, section)._tbl
        gap = paragraph("", "Normal")
        gap.paragraph_format.space_after = 0
        yield gap._p


def _image(document: Any, picture: Picture) -> Any:
    """A paragraph with the picture, no wider than the text and no higher than most of a page, and its words."""
    from io import BytesIO

    from docx.shared import Cm

    page = document.sections[-1]
    room = page.page_width - page.left_margin - page.right_margin
    added = document.add_paragraph(style=style_of(document, "Normal"))
    shape = added.add_run().add_picture(BytesIO(picture.png))
    scale = min(min(Cm(picture.width), room) / shape.width, _HIGHEST_CM * Cm(1) / shape.height)
    shape.width, shape.height = round(shape.width * scale), round(shape.height * scale)
    shape._inline.docPr.set("descr", clean(picture.alt))
    return added


def _table(document: Any, section: Section) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor, Twips

    words = rows(section)
    page = document.sections[-1]
    table = document.add_table(rows=0, cols=len(words[0]))
    table.autofit = False
    _set_borders(table)
    widths = _widths(words, page.page_width - page.left_margin - page.right_margin - Twips(100))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, row in enumerate(words):
        added = table.add_row()
        added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        if not number:
            added._tr.trPr.append(OxmlElement("w:tblHeader"))
        for column, (cell, content, width) in enumerate(zip(added.cells, row, widths, strict=True)):
            cell.width = width
            line = cell.paragraphs[0]
            line.paragraph_format.line_spacing, line.paragraph_format.space_after = 1.2, 0
            if number and is_number(section.table[number][column]):
                line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            run = line.add_run(content)
            run.font.size = Pt(_TABLE_POINTS)
            if not number:
                run.bold, run.font.color.rgb = True, RGBColor.from_string(ACCENT)
                shade = OxmlElement("w:shd")
                for name, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
                    shade.set(qn(f"w:{name}"), value)
                cell._tc.get_or_add_tcPr().append(shade)
    return table


def _set_borders(table: Any) -> None:
    """Thin rules and room around the words, told in the table itself: a company's template may lack our table style."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        rule = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", RULE)):
            rule.set(qn(f"w:{name}"), value)
        borders.append(rule)
    margins = OxmlElement("w:tblCellMar")
    for side, twips in (("top", "50"), ("left", "100"), ("bottom", "50"), ("right", "100")):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), twips)
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    layout = table._tbl.tblPr.find(qn("w:tblLayout"))  # the schema wants them around it
    indent = OxmlElement("w:tblInd")  # the rules, not the words, stand at the text's edge
    indent.set(qn("w:w"), "100")
    indent.set(qn("w:type"), "dxa")
    layout.addprevious(indent)
    layout.addprevious(borders)
    layout.addnext(margins)


def _widths(table: list[list[str]], whole: int) -> list[int]:
    """``whole`` shared among the columns by their longest text: a number needs less room than a clause."""
    shares = [min(max(6, *map(len, column)), 36) for column in zip(*table, strict=True)]
    return [whole * share // sum(shares) for share in shares]


def _new_list(document: Any, ordered: bool) -> int:
    """The id of a list that counts from 1."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    numbering = _numbering(document)
    ids = [int(node.get(qn("w:abstractNumId"))) for node in numbering.findall(qn("w:abstractNum"))]
    abstract = max(ids, default=0) + 1
    kind, words = ("decimal", "%1.") if ordered else ("bullet", "•")
    definition = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{words}"/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="420" w:hanging="420"/></w:pPr></w:lvl></w:abstractNum>'
    )
    first = numbering.find(qn("w:num"))  # the schema wants all definitions before the lists
    numbering.append(definition) if first is None else first.addprevious(definition)
    return int(numbering.add_num(abstract).numId)


def _numbering(document: Any) -> Any:
    """The numbering part's root; a template without lists has none, and python-docx makes none."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.parts.numbering import NumberingPart

    try:
        return document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
    except KeyError:
        root = parse_xml(f"<w:numbering {nsdecls('w')}/>")
        name = PackURI("/word/numbering.xml")
        part = NumberingPart(name, CONTENT_TYPE.WML_NUMBERING, root, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
        return part.element
