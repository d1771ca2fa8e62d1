"""Text formats: plain text, Markdown, HTML, CSV."""

import csv
import re
from io import StringIO

from workbench.errors import DocumentError

from .builder import Builder

_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*$")
_ITEM = re.compile(r"\s*(?:[-*+•]|\d+[.)、])\s+")
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def decode(content: bytes, name: str) -> str:
    """Bytes as text: UTF-8, UTF-16 with its mark, else GB18030. Raises ``DocumentError`` for what is no text."""
    for encoding in (*_utf16(content), "utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise DocumentError("documents:not_text", name=name)


def _utf16(content: bytes) -> list[str]:
    """UTF-16 where a byte order mark, or zero bytes on one side of each pair, say so."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ["utf-16"]
    sample = content[:2000]
    if sample.count(0) * 4 < len(sample):
        return []
    return ["utf-16-be" if sample[::2].count(0) > sample[1::2].count(0) else "utf-16-le"]


def read_text(text: str, built: Builder) -> None:
    """Paragraphs between blank lines."""
    for part in re.split(r"\n\s*\n", text):
        built.add("paragraph", part)


def read_markdown(text: str, built: Builder) -> None:
    """Headings, lists, tables and code as they stand."""
    kind, lines = "paragraph", list[str]()

    def flush() -> None:
        nonlocal lines
        built.add(kind, "\n".join(lines))  # type: ignore[arg-type]
        lines = []

    for line in _FRONT.sub("", text).split("\n"):
        fence = line.lstrip().startswith("```")
        if kind == "code":
            lines.append(line)
            if fence:
                flush()
                kind = "paragraph"
        elif fence:
            flush()
            kind, lines = "code", [line]
        elif heading := _HEADING.match(line):
            flush()
            built.add("heading", heading.group(2), len(heading.group(1)))
        elif not line.strip():
            flush()
        else:
            now = "table" if line.lstrip().startswith("|") else "list" if _ITEM.match(line) else "paragraph"
            if now != kind and not (kind == "list" and now == "paragraph"):
                flush()
            kind = now if not (kind == "list" and now == "paragraph" and lines) else "list"
            lines.append(line)
    flush()


def read_html(text: str, built: Builder) -> None:
    """The visible text in reading order; scripts, styles and navigation left out."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(text, "lxml")
    for gone in soup(["script", "style", "nav", "noscript", "template", "svg", "form"]):
        gone.decompose()
    for tag in (soup.body or soup).find_all(
        ["h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "table", "pre", "dt", "dd"]
    ):
        if tag.find_parent(["table", "li", "pre"]):
            continue
        words = " ".join(tag.get_text(" ").split()) if tag.name != "pre" else tag.get_text()
        if tag.name == "table":
            built.table([[cell.get_text(" ") for cell in row(["td", "th"])] for row in tag("tr")])
        elif tag.name[0] == "h":
            built.add("heading", words, int(tag.name[1]))
        else:
            built.add({"li": "list", "pre": "code"}.get(tag.name, "paragraph"), words)  # type: ignore[arg-type]


def read_csv(text: str, built: Builder) -> None:
    """One table."""
    separator = "\t" if text[:2000].count("\t") > text[:2000].count(",") else ","
    built.table(list(csv.reader(StringIO(text), delimiter=separator)))
