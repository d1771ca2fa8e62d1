"""PowerPoint: the visible label on the first and the last slide."""

from pathlib import Path
from typing import Any

from documents.carriers.files import replaced

from .look import MUTED
from .paper import clean

_NAME = "AIGC label"  # so that a second marking replaces the first


def label_slides(path: Path, label: str) -> None:
    """Write ``label`` at the foot of the first and the last slide of the .pptx at ``path``.

    GB 45438-2025 asks for the label at the start, the end or a fitting place of a text. Raises what python-pptx raises
    for a file that is no presentation.
    """
    from pptx import Presentation
    from pptx.dml.color import RGBColor
    from pptx.util import Emu, Pt

    deck: Any = Presentation(str(path))
    slides = list(deck.slides)
    for slide in slides:
        for shape in [shape for shape in slide.shapes if shape.name == _NAME]:
            shape._element.getparent().remove(shape._element)
    height = Pt(24)
    for slide in {id(slide): slide for slide in (*slides[:1], *slides[-1:])}.values():
        margin = Emu(deck.slide_width // 40)
        box = slide.shapes.add_textbox(
            margin, deck.slide_height - height - Pt(4), deck.slide_width - 2 * margin, height
        )
        box.name = _NAME
        box.text_frame.word_wrap = True
        run = box.text_frame.paragraphs[0].add_run()
        run.text = clean(label)
        run.font.size = Pt(11)
        run.font.color.rgb = RGBColor(*bytes.fromhex(MUTED))  # type: ignore[no-untyped-call]
    with replaced(path) as draft:
        deck.save(str(draft))
