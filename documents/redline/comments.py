"""Margin comments: the part that holds them and the marks in the text."""

from typing import Any

from .places import SPACE, W

KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_NAMESPACE = W.strip("{}")


class Comments:
    """Adds comments to the root of a comments part, which is made where there is none."""

    def __init__(self, root: Any, author: str, at: str) -> None:
        from lxml import etree

        self.root = etree.Element(f"{W}comments", nsmap={"w": _NAMESPACE}) if root is None else root
        self._author, self._at = author, at
        used = [int(node.get(f"{W}id", "0")) for node in self.root.iter(f"{W}comment")]
        self._next = max(used, default=-1) + 1

    def add(self, words: str, first: Any, last: Any) -> None:
        """A comment on what stands from the element ``first`` to ``last``, which are in paragraphs."""
        from lxml import etree

        number = str(self._next)
        self._next += 1
        comment = etree.SubElement(self.root, f"{W}comment")
        comment.set(f"{W}id", number)
        comment.set(f"{W}author", self._author)
        comment.set(f"{W}date", self._at)
        comment.set(f"{W}initials", self._author[:2])
        for line in words.split("\n"):
            run = etree.SubElement(etree.SubElement(comment, f"{W}p"), f"{W}r")
            said = etree.SubElement(run, f"{W}t")
            said.text = line
            said.set(SPACE, "preserve")
        start, end = etree.Element(f"{W}commentRangeStart"), etree.Element(f"{W}commentRangeEnd")
        start.set(f"{W}id", number)
        end.set(f"{W}id", number)
        reference = etree.Element(f"{W}r")
        etree.SubElement(reference, f"{W}commentReference").set(f"{W}id", number)
        _outermost(first).addprevious(start)
        _outermost(last).addnext(end)
        end.addnext(reference)


def _outermost(node: Any) -> Any:
    """The element of the paragraph that holds ``node``: comment marks stand beside tracked changes, not within."""
    while node.getparent() is not None and node.getparent().tag != f"{W}p":
        node = node.getparent()
    return node
