"""The Word template: the built-in letterhead, or a company's own .docx with fields in double braces.

Fields: ``{{title}}``, ``{{label}}``, ``{{company}}``, ``{{scenario}}``, ``{{author}}``, ``{{date}}``, ``{{version}}``,
``{{status}}``, ``{{run}}`` and ``{{content}}``. ``{{label}}`` must be there, since the law wants it, and
``{{content}}`` must stand alone in a paragraph of the body; the deliverable takes its place. Fields are only words to
be replaced: nothing in a template is executed.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from workbench.errors import ConfigError
from workbench.texts import Lang

from .look import MUTED, RULE, set_looks

FIELDS = ("title", "label", "company", "scenario", "author", "date", "version", "status", "run", "content")
_REQUIRED = ("label", "content")
_FIELD = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_HALF = re.compile(r"\{\{|\}\}")


def built_in(lang: Lang) -> Any:
    """The built-in letterhead as a python-docx document: A4, company and status above, page numbers below."""
    from docx import Document
    from docx.shared import Cm

    document = Document()
    for paragraph in list(document.paragraphs):
        paragraph._p.getparent().remove(paragraph._p)
    set_looks(document, lang)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.6)
    page.top_margin, page.bottom_margin = Cm(2.8), Cm(2.4)
    page.header_distance, page.footer_distance = Cm(1.4), Cm(1.2)
    width = page.page_width - page.left_margin - page.right_margin
    _line(page.header.paragraphs[0], "{{company}}", "{{status}}", width, below=True)
    footer = page.footer.paragraphs[0]
    _line(footer, "{{label}}", "", width, below=False)
    _add_page_number(footer)
    document.add_paragraph("{{title}}", style="Title")
    about = document.add_paragraph(style="About")
    about.add_run("{{scenario}} · {{author}} · {{date}} · {{version}} · {{status}}")
    document.add_paragraph("{{label}}", style="Label")
    document.add_paragraph("{{content}}")
    document.core_properties.comments = ""
    return document


def opened(path: Path) -> Any:
    """A company's template. Raises ``ConfigError`` naming the field that is missing, unknown or misplaced."""
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import LxmlError

    try:
        with path.open("rb") as file:
            document = Document(file)
    except OSError as error:
        raise ConfigError("documents.export:template.missing", path=path, reason=error.strerror or error) from error
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, LxmlError) as error:
        raise ConfigError("documents.export:template.damaged", path=path) from error
    _check(document, path)
    return document


def filled(document: Any, values: Mapping[str, str]) -> Any:
    """Put ``values`` in place of the fields; returns the paragraph that held ``{{content}}``, now empty.

    An empty value leaves no separator behind: "``{{author}} · {{date}}``" without an author is only the date.
    """
    place = None
    for paragraph in _paragraphs(document):
        words = paragraph.text
        if _FIELD.fullmatch(words.strip()) and _names(words) == ["content"]:
            place = paragraph
            _replace(paragraph, {"content": ""})
        elif _FIELD.search(words):
            _replace(paragraph, values)
    return place


def _check(document: Any, path: Path) -> None:
    found: set[str] = set()
    bodies, body = 0, document.element.body
    for paragraph in _paragraphs(document):
        names = _names(paragraph.text)
        if _HALF.search(_FIELD.sub("", paragraph.text)):
            raise ConfigError("documents.export:template.half", path=path, words=paragraph.text.strip()[:60])
        for name in names:
            if name not in FIELDS:
                known = "、".join(f"{{{{{field}}}}}" for field in FIELDS)
                raise ConfigError("documents.export:template.unknown", path=path, field=f"{{{{{name}}}}}", known=known)
        if "content" in names:
            bodies += 1
            alone = _FIELD.fullmatch(paragraph.text.strip()) is not None
            if not alone or paragraph._p.getparent() is not body:
                raise ConfigError("documents.export:template.content", path=path)
        found |= set(names)
    for name in _REQUIRED:
        if name not in found:
            raise ConfigError("documents.export:template.lacks", path=path, field=f"{{{{{name}}}}}")
    if bodies > 1:
        raise ConfigError("documents.export:template.content", path=path)


def _names(words: str) -> list[str]:
    return _FIELD.findall(words)


def _paragraphs(document: Any) -> Iterator[Any]:
    """Every paragraph of body, tables, text boxes, headers and footers."""
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    parts = [document]
    for section in document.sections:
        for name in ("header", "footer", "first_page_header", "first_page_footer", "even_page_header",
                     "even_page_footer"):  # fmt: skip
            part = getattr(section, name)
            if not part.is_linked_to_previous:
                parts.append(part)
    for part in parts:
        element = part.element.body if part is document else part._element
        for paragraph in list(element.iter(qn("w:p"))):
            yield Paragraph(paragraph, part)


def _replace(paragraph: Any, values: Mapping[str, str]) -> None:
    """Replace the fields of a paragraph; Word may have cut one into several runs, and the first of them keeps it."""
    from docx.oxml.ns import qn

    nodes = [node for node in paragraph._p.iter(qn("w:t")) if _own(node, paragraph._p)]
    words = "".join(node.text or "" for node in nodes)
    starts = [0]
    for node in nodes:
        starts.append(starts[-1] + len(node.text or ""))
    pieces = [list(node.text or "") for node in nodes]
    for match in reversed(list(_FIELD.finditer(words))):
        start, end = match.span()
        value = values.get(match.group(1), "")
        if not value:
            start, end = _with_separator(words, start, end)
        for number, piece in enumerate(pieces):
            first, last = max(start, starts[number]), min(end, starts[number + 1])
            if first < last:
                piece[first - starts[number] : last - starts[number]] = [""] * (last - first)
        home = next(number for number in range(len(nodes)) if starts[number] <= match.start() < starts[number + 1])
        pieces[home][match.start() - starts[home]] = value
    for node, piece in zip(nodes, pieces, strict=True):
        node.text = "".join(piece)
        node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _with_separator(words: str, start: int, end: int) -> tuple[int, int]:
    after = re.match(r"\s*[·|｜]\s*", words[end:])
    if after:
        return start, end + after.end()
    before = re.search(r"\s*[·|｜]\s*$", words[:start])
    return (before.start(), end) if before else (start, end)


def _own(node: Any, paragraph: Any) -> bool:
    """Whether a text belongs to this paragraph and not to one in a text box within it."""
    from docx.oxml.ns import qn

    return next(node.iterancestors(qn("w:p"))) is paragraph


def _line(paragraph: Any, left: str, right: str, width: int, *, below: bool) -> None:
    """A small grey line with words on the left and on the right, and a rule to the page's side."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for stops in list(
        paragraph.style.element.iter(qn("w:tabs"))
    ):  # the style's own stop in the middle would come first
        stops.getparent().remove(stops)
    paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
    for words in (left, "\t" + right):
        run = paragraph.add_run(words)
        run.font.size, run.font.color.rgb = Pt(8.5), RGBColor.from_string(MUTED)
    borders = OxmlElement("w:pBdr")
    rule = OxmlElement("w:bottom" if below else "w:top")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "4"), ("color", RULE)):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
    # The schema wants borders before shading, tabs and spacing.
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _add_page_number(paragraph: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    def add(words: str = "") -> Any:
        run = paragraph.add_run(words)
        run.font.size, run.font.color.rgb = Pt(8.5), RGBColor.from_string(MUTED)
        return run._r

    def mark(kind: str) -> None:
        node = OxmlElement("w:fldChar")
        node.set(qn("w:fldCharType"), kind)
        add().append(node)

    for lead, field in (("", "PAGE"), (" / ", "NUMPAGES")):
        add(lead)
        mark("begin")
        code = OxmlElement("w:instrText")
        code.text = field
        add().append(code)
        mark("separate")
        add("1")
        mark("end")
