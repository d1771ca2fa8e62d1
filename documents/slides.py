"""PowerPoint files: a slide is a page, with its title, texts, tables, charts, drawings and notes."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .builder import Builder

_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_PARAGRAPH = "{http://schemas.openxmlformats.org/drawingml/2006/main}p"


def read_slides(path: Path, built: Builder) -> None:
    """Fill ``built``; of a slide that is broken in part, what can be read."""
    from pptx import Presentation

    for number, slide in enumerate(Presentation(str(path)).slides, 1):
        built.page(number)
        title = slide.shapes.title
        if title is not None:
            built.add("heading", " ".join(title.text_frame.text.split()), 2)
        _shapes((shape for shape in slide.shapes if title is None or shape.shape_id != title.shape_id), built)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            built.add("paragraph", slide.notes_slide.notes_text_frame.text)


def _shapes(shapes: Iterable[Any], built: Builder) -> None:
    for shape in shapes:
        if hasattr(shape, "shapes"):  # a group
            _shapes(shape.shapes, built)
        elif getattr(shape, "has_table", False):
            built.table([[cell.text for cell in row.cells] for row in shape.table.rows])
        elif getattr(shape, "has_chart", False):
            _chart(shape, built)
        elif getattr(shape, "has_text_frame", False):
            built.add("paragraph", shape.text_frame.text.replace("\v", "\n"))
        else:
            _drawing(shape, built)


def _chart(shape: Any, built: Builder) -> None:
    """Its title, then categories and series as a table."""
    try:
        chart = shape.chart
        if chart.has_title:
            built.add("paragraph", chart.chart_title.text_frame.text)
        for plot in chart.plots:
            series = list(plot.series)
            rows = [["", *(str(one.name or "") for one in series)]]
            columns = [list(one.values) for one in series]
            names = [str(name) for name in plot.categories] or [""] * max(map(len, columns), default=0)
            for place, name in enumerate(names):
                rows.append([name, *(_figure(column, place) for column in columns)])
            built.table(rows)
    except (KeyError, ValueError, AttributeError, IndexError, TypeError):
        built.note("documents:note.part")


def _figure(column: list[Any], place: int) -> str:
    from .excel import shown

    return shown(column[place]) if place < len(column) else ""


def _drawing(shape: Any, built: Builder) -> None:
    """The words of a drawing made of boxes (SmartArt), which stand in a part of their own."""
    for node in shape._element.iter():
        key = node.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm")
        if key is None:
            continue
        try:
            from .ooxml import parsed

            root = parsed(shape.part.related_part(key).blob)
        except (KeyError, ValueError, SyntaxError):
            built.note("documents:note.part")
            continue
        for paragraph in root.iter(_PARAGRAPH):
            built.add("paragraph", "".join(part.text or "" for part in paragraph.iter(_TEXT)))
