"""Markdown: the label first, and text that is only ever text."""

import re
from itertools import count
from pathlib import Path

from .paper import Paper, rows

_ACTIVE = re.compile(r"[\\`*_\[\]<>&|~$!#]")
_LINK = re.compile(r":(?=//)|(?<=www)\.|@", re.IGNORECASE)  # what some renderers make a link of unasked
_BLOCK = re.compile(r"^(\d{0,9})([-+=.)])")  # a list item or an underline


def write_markdown(paper: Paper, path: Path) -> None:
    """Write ``paper`` as .md in UTF-8. Raises ``OSError``."""
    blocks = [f"> {escaped(paper.label)}", f"# {escaped(paper.title)}", escaped(paper.about)]
    for section in paper.sections:
        if section.heading and section.heading != paper.title:
            blocks.append(f"{'#' * (section.level + 1)} {escaped(section.heading)}")
        for paragraph in section.paragraphs:
            blocks += [escaped(line) for line in paragraph.split("\n") if line.strip()]
        if section.items:
            lead = (f"{number}. " if section.ordered else "- " for number in count(1))
            blocks.append("\n".join(next(lead) + escaped(item) for item in section.items))
        if section.picture:
            blocks.append(f"*{escaped(paper.say('picture', alt=section.picture.alt))}*")
        if section.table:
            header, *rest = (f"| {' | '.join(map(escaped, row))} |" for row in rows(section))
            blocks.append("\n".join([header, "|" + " --- |" * len(section.table[0]), *rest]))
    path.write_text("\n\n".join(blocks) + "\n", "utf-8")


def escaped(words: str) -> str:
    """``words`` on one line so that they render as themselves: no HTML, link, image, list or heading comes of them."""
    line = " ".join(words.split())
    line = _LINK.sub(r"\\\g<0>", _ACTIVE.sub(r"\\\g<0>", line))
    return _BLOCK.sub(r"\1\\\2", line)
