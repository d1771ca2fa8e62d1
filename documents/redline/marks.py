"""Tracked changes as Word writes them: w:ins, w:del, and the same on the ends of paragraphs."""

import copy
import re
from itertools import count
from typing import Any

from .places import SPACE, W

_TRACKED = frozenset({f"{W}ins", f"{W}moveTo"})
_PIECES = re.compile(r"[\n\t]|[^\n\t]+")
_WORDS = frozenset(
    f"{W}{name}" for name in ("rPr", "t", "tab", "ptab", "br", "cr", "noBreakHyphen", "softHyphen", "sym")
)
_UNSTYLED = frozenset({"numPr", "outlineLvl", "pageBreakBefore", "sectPr", "rPr", "pPrChange", "framePr"})


class Marks:
    """Makes the marks of one author at one time; their ids follow those that the document has."""

    def __init__(self, root: Any, author: str, at: str) -> None:
        used = (node.get(f"{W}id", "") for node in root.iter() if isinstance(node.tag, str))
        self._ids = count(max((int(one) for one in used if one.isdigit() and len(one) < 9), default=0) + 1)
        self._author, self._at = author, at

    def mark(self, name: str) -> Any:
        """An element such as w:ins with author and date."""
        from lxml import etree

        made = etree.Element(f"{W}{name}")
        made.set(f"{W}id", str(next(self._ids)))
        made.set(f"{W}author", self._author)
        made.set(f"{W}date", self._at)
        return made

    def delete(self, run: Any) -> Any:
        """Mark a run as deleted where it stands, also within what somebody else inserted; returns the mark.

        Pictures, notes and fields that hang on it stay.
        """
        kept = [node for node in run if node.tag not in _WORDS]
        if kept:
            beside = copy.copy(run)
            for node in list(beside):
                beside.remove(node)
            beside.extend(kept)
            if (properties := run.find(f"{W}rPr")) is not None:
                beside.insert(0, copy.deepcopy(properties))
            run.addprevious(beside)
        made = self.mark("del")
        run.addprevious(made)
        made.append(run)
        for node in run.iter(f"{W}t"):
            node.tag = f"{W}delText"
            node.set(SPACE, "preserve")
        return made

    def insert(self, words: str, like: Any, *, behind: Any = None, ahead: Any = None) -> Any:
        """Words as an insertion in the formatting of the run ``like``, behind or ahead of an element."""
        made = self.mark("ins")
        made.append(_run(words, like))
        beside = behind if behind is not None else ahead
        outer = beside.getparent()
        if outer.tag in _TRACKED:  # an insertion does not stand within another: that one is parted
            beside = _parted(beside, after=behind is not None)
            beside.addprevious(made)
        elif behind is not None:
            beside.addnext(made)
        else:
            beside.addprevious(made)
        return made

    def delete_end(self, paragraph: Any) -> None:
        """Mark the end of a paragraph as deleted: it goes with its words."""
        self._mark_end(paragraph, "del")

    def paragraph(self, words: str, like: Any) -> Any:
        """A new paragraph in the formatting of ``like``, without its place in a list or an outline."""
        from lxml import etree

        made = etree.Element(f"{W}p")
        old = like.find(f"{W}pPr")
        properties = copy.deepcopy(old) if old is not None else etree.Element(f"{W}pPr")
        for node in list(properties):
            if node.tag.rpartition("}")[2] in _UNSTYLED:
                properties.remove(node)
        number = etree.SubElement(etree.Element(f"{W}numPr"), f"{W}numId")
        number.set(f"{W}val", "0")
        style = properties.find(f"{W}pStyle")
        at = 0 if style is None else list(properties).index(style) + 1
        while at < len(properties) and properties[at].tag in (f"{W}keepNext", f"{W}keepLines", f"{W}widowControl"):
            at += 1
        properties.insert(at, number.getparent())
        made.append(properties)
        self._mark_end(made, "ins")
        inserted = self.mark("ins")
        inserted.append(_run(words, next(like.iter(f"{W}r"), None)))
        made.append(inserted)
        return made

    def _mark_end(self, paragraph: Any, name: str) -> None:
        from lxml import etree

        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            properties = etree.Element(f"{W}pPr")
            paragraph.insert(0, properties)
        marks = properties.find(f"{W}rPr")
        if marks is None:
            marks = etree.Element(f"{W}rPr")
            late = [node for node in properties if node.tag in (f"{W}sectPr", f"{W}pPrChange")]
            if late:
                late[0].addprevious(marks)
            else:
                properties.append(marks)
        if marks.find(f"{W}{name}") is None:
            place = sum(node.tag in (f"{W}ins", f"{W}moveFrom", f"{W}moveTo") for node in marks) if name == "del" else 0
            marks.insert(place, self.mark(name))


def _run(words: str, like: Any) -> Any:
    from lxml import etree

    made = etree.Element(f"{W}r")
    properties = like.find(f"{W}rPr") if like is not None else None
    if properties is not None:
        made.append(copy.deepcopy(properties))
    for piece in _PIECES.findall(words):
        node = etree.SubElement(made, f"{W}{'br' if piece == chr(10) else 'tab' if piece == chr(9) else 't'}")
        if piece not in "\n\t":
            node.text = piece
            node.set(SPACE, "preserve")
    return made


def _parted(beside: Any, *, after: bool) -> Any:
    """Part the tracked insertion around ``beside``; what is put before the element returned stands between."""
    outer = beside.getparent()
    rest = copy.copy(outer)
    for node in list(rest):
        rest.remove(node)
    place = list(outer).index(beside) + after
    rest.extend(list(outer)[place:])
    outer.addnext(rest)
    return rest
