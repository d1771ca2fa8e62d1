"""The looks that Word, Excel, PDF and pictures share: colours, faces, sizes."""

from typing import Any

from workbench.texts import Lang

INK, ACCENT, MUTED = "1F2933", "1D4E89", "6B7580"
RULE, SHADE = "C9D1DA", "EEF2F6"

# East Asian and Latin faces that Word on Windows and macOS and WPS have. The others are told as alternatives in the
# font table, for machines that lack them.
EAST_ASIAN, _LATIN = "微软雅黑", "Calibri"
_ALTERNATIVES = {
    "微软雅黑": "Microsoft YaHei;PingFang SC;Noto Sans CJK SC;Source Han Sans SC;思源黑体;等线;宋体",
    "Calibri": "Carlito;Segoe UI;Arial",
}
_THEME = ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme")
# Name, points, bold, colour, points before and after.
_STYLES = (
    ("Normal", 10.5, None, INK, 0, 6),
    ("Title", 20, True, INK, 0, 4),
    ("Heading 1", 14, True, ACCENT, 16, 6),
    ("Heading 2", 12, True, INK, 12, 4),
    ("Heading 3", 10.5, True, INK, 8, 4),
    ("List Number", 10.5, None, INK, 0, 3),
    ("List Bullet", 10.5, None, INK, 0, 3),
    ("About", 9, None, MUTED, 0, 10),
    ("Label", 9, None, MUTED, 0, 12),
)


def set_looks(document: Any, lang: Lang) -> None:
    """Give the styles of a python-docx document their looks; those that it lacks are added."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name, size, bold, colour, before, after in _STYLES:
        style = style_of(document, name)
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, None
        style.font.color.rgb = RGBColor.from_string(colour)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in _THEME:  # a theme font would win over a named one
            fonts.attrib.pop(qn(f"w:{attribute}"), None)
        for attribute, face in (("ascii", _LATIN), ("hAnsi", _LATIN), ("cs", _LATIN), ("eastAsia", EAST_ASIAN)):
            fonts.set(qn(f"w:{attribute}"), face)
    document.styles["Normal"].paragraph_format.line_spacing = 1.5 if lang == "zh" else 1.3
    title = document.styles["Title"].element.get_or_add_pPr()
    for borders in title.findall(qn("w:pBdr")):
        title.remove(borders)
    label = document.styles["Label"].element.get_or_add_pPr()
    borders, shade = OxmlElement("w:pBdr"), OxmlElement("w:shd")
    for side, points, space, colour in (("top", 12, 2, SHADE), ("left", 18, 6, ACCENT), ("bottom", 12, 2, SHADE)):
        rule = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", points), ("space", space), ("color", colour)):
            rule.set(qn(f"w:{key}"), str(value))
        borders.append(rule)
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
        shade.set(qn(f"w:{key}"), value)
    for node in (borders, shade):
        label.insert_element_before(node, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "zh-CN" if lang == "zh" else "en-US")
        language.set(qn("w:eastAsia"), "zh-CN")
    _name_alternatives(document)


def style_of(document: Any, name: str) -> Any:
    """The paragraph style called ``name``; added, on the ground of Normal, when the document lacks it."""
    from docx.enum.style import WD_STYLE_TYPE

    if name not in {style.name for style in document.styles}:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
    return document.styles[name]


def _name_alternatives(document: Any) -> None:
    """Say in the font table what may stand in for our faces."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from lxml import etree

    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    root = etree.fromstring(part.blob)
    for face, others in _ALTERNATIVES.items():
        for font in root.findall(f"{space}font"):
            if font.get(f"{space}name") == face:
                root.remove(font)
        font = etree.SubElement(root, f"{space}font", {f"{space}name": face})
        etree.SubElement(font, f"{space}altName", {f"{space}val": others})
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
