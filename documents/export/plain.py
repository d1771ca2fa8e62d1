"""Plain text for pasting into a mail, a chat or a form: the words, then the label."""

from itertools import count
from pathlib import Path

from workbench.language import without_markers

from .paper import Paper, rows


def write_plain(paper: Paper, path: Path, markers: bool = False) -> None:
    """Write ``paper`` as .txt in UTF-8, without the citation markers unless they are asked for. Raises ``OSError``."""
    blocks = []
    for section in paper.sections:
        lead = (f"{number}. " if section.ordered else "- " for number in count(1))
        lines = [section.heading] if section.heading and len(paper.sections) > 1 else []
        lines += [line for paragraph in section.paragraphs for line in paragraph.split("\n")]
        lines += [next(lead) + item for item in section.items]
        lines += [paper.say("picture", alt=section.picture.alt)] if section.picture else []
        lines += ["\t".join(" ".join(cell.split()) for cell in row) for row in rows(section)]
        blocks.append("\n".join(lines if markers else map(without_markers, lines)))
    label = f"（{paper.label}；{paper.status}）" if paper.lang == "zh" else f"({paper.label}; {paper.status.lower()})"
    path.write_text("\n\n".join([*filter(str.strip, blocks), label]), "utf-8")
