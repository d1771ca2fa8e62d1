"""PDF: the same pages as Word's, with the Chinese font that every common viewer brings."""

from itertools import count
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from workbench.scenario import Picture, Section

from .look import ACCENT, INK, MUTED, RULE, SHADE
from .paper import Paper, is_number, rows

# An Adobe character collection (GB1) that viewers know by name: nothing is embedded, so that files stay small and no
# font's licence is touched. It has Latin letters too and no bold face.
_FONT = "STSong-Light"
_SIDE, _TOP, _BOTTOM = 74, 79, 68  # points
_HIGHEST = 600  # points of a picture, on a page of 842
_MOST_IN_A_CELL = 1500  # characters; a row that is higher than a page cannot be laid out


def write_pdf(paper: Paper, path: Path) -> None:
    """Write ``paper`` as .pdf on A4. Raises ``OSError``."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    styles = _styles(paper)
    story = [_words(paper.title, styles["title"]), _words(paper.about, styles["about"])]
    story.append(_words(paper.label, styles["label"]))
    for section in paper.sections:
        story += _flow(section, paper, styles, A4[0] - 2 * _SIDE - 12)  # the frame pads 6 points each side
    with path.open("wb") as file:
        document = SimpleDocTemplate(
            file,
            pagesize=A4,
            leftMargin=_SIDE,
            rightMargin=_SIDE,
            topMargin=_TOP,
            bottomMargin=_BOTTOM,
            title=paper.title,
            author=paper.author or paper.company,
            invariant=1,
        )

        def draw(canvas: Any, _: Any) -> None:
            _furnish(canvas, paper, A4)

        document.build(story, onFirstPage=draw, onLaterPages=draw)


def _styles(paper: Paper) -> dict[str, Any]:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle

    def style(name: str, size: float, colour: str = INK, **more: Any) -> Any:
        leading = size * (1.65 if paper.lang == "zh" else 1.45)
        wrap = "CJK" if paper.lang == "zh" else None
        return ParagraphStyle(
            name,
            fontName=_FONT,
            fontSize=size,
            leading=leading,
            textColor=HexColor(f"#{colour}"),
            wordWrap=wrap,
            **more,
        )

    return {
        "title": style("title", 20, spaceAfter=2),
        "about": style("about", 9, MUTED, spaceAfter=8),
        "label": style("label", 9, MUTED, spaceAfter=12, backColor=HexColor(f"#{SHADE}"), borderPadding=(3, 6, 4, 6)),
        "1": style("1", 14, ACCENT, spaceBefore=12, spaceAfter=5, keepWithNext=1),
        "2": style("2", 12, spaceBefore=9, spaceAfter=4, keepWithNext=1),
        "3": style("3", 11, spaceBefore=6, spaceAfter=3, keepWithNext=1),
        "body": style("body", 10.5, spaceAfter=5),
        "item": style("item", 10.5, spaceAfter=2, leftIndent=22, bulletIndent=2),
        "cell": style("cell", 9),
        "figure": style("figure", 9, alignment=2),
        "head": style("head", 9, ACCENT),
    }


def _words(words: str, style: Any, **more: Any) -> Any:
    from reportlab.platypus import Paragraph

    # The font knows the basic plane alone; what is beyond it shows as a box instead of breaking the page.
    plain = "".join(char if ord(char) < 0x10000 else "□" for char in words)
    return Paragraph(escape(plain), style, **more)


def _flow(section: Section, paper: Paper, styles: dict[str, Any], width: float) -> list[Any]:
    from reportlab.platypus import PageBreak, Spacer

    parts: list[Any] = [PageBreak()] if section.new_page else []
    if section.heading and section.heading != paper.title:
        parts.append(_words(section.heading, styles[str(section.level)]))
    parts += [
        _words(line, styles["body"])
        for paragraph in section.paragraphs
        for line in filter(str.strip, paragraph.split("\n"))
    ]
    lead = (f"{number}." if section.ordered else "•" for number in count(1))
    parts += [_words(item, styles["item"], bulletText=next(lead)) for item in section.items]
    if section.picture:
        parts += [_image(section.picture, width), Spacer(1, 8)]
    if section.table:
        parts += [_table(section, styles, width), Spacer(1, 10)]
    return parts


def _image(picture: Picture, width: float) -> Any:
    """The picture at its own shape, no wider than the text and no higher than most of a page."""
    from io import BytesIO

    from reportlab.lib.units import cm
    from reportlab.platypus import Image

    image = Image(BytesIO(picture.png))
    scale = min(min(picture.width * cm, width) / image.imageWidth, _HIGHEST / image.imageHeight)
    image.drawWidth, image.drawHeight = image.imageWidth * scale, image.imageHeight * scale
    return image


def _table(section: Section, styles: dict[str, Any], width: float) -> Any:
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import LongTable

    words = rows(section)
    cells = [
        [
            _words(
                word if len(word) <= _MOST_IN_A_CELL else word[: _MOST_IN_A_CELL - 1] + "…",
                styles["figure" if place and is_number(section.table[place][column]) else "cell" if place else "head"],
            )
            for column, word in enumerate(row)
        ]
        for place, row in enumerate(words)
    ]
    shares = [min(max(6, *map(len, column)), 36) for column in zip(*words, strict=True)]
    rule = ("GRID", (0, 0), (-1, -1), 0.5, HexColor(f"#{RULE}"))
    return LongTable(
        cells,
        colWidths=[width * share / sum(shares) for share in shares],
        repeatRows=1,
        splitInRow=1,
        style=[
            rule,
            ("BACKGROUND", (0, 0), (-1, 0), HexColor(f"#{SHADE}")),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
        ],
    )


def _furnish(canvas: Any, paper: Paper, size: tuple[float, float]) -> None:
    """Company and status above, the label and the page's number below."""
    from reportlab.lib.colors import HexColor

    width, height = size
    canvas.saveState()
    canvas.setFont(_FONT, 8.5)
    canvas.setFillColor(HexColor(f"#{MUTED}"))
    canvas.setStrokeColor(HexColor(f"#{RULE}"))
    canvas.setLineWidth(0.5)
    canvas.drawString(_SIDE, height - 48, paper.company[:40])
    canvas.drawRightString(width - _SIDE, height - 48, paper.status)
    canvas.line(_SIDE, height - 55, width - _SIDE, height - 55)
    canvas.line(_SIDE, 50, width - _SIDE, 50)
    canvas.drawString(_SIDE, 38, _fitting(canvas, paper.label, width - 2 * _SIDE - 40))
    canvas.drawRightString(width - _SIDE, 38, str(canvas.getPageNumber()))
    canvas.restoreState()


def _fitting(canvas: Any, words: str, width: float) -> str:
    if canvas.stringWidth(words, _FONT, 8.5) <= width:
        return words
    while words and canvas.stringWidth(words + "…", _FONT, 8.5) > width:
        words = words[:-1]
    return words + "…"
