"""Text formats: plain text, Markdown, CSV."""

import csv
import re
from io import StringIO

from workbench.document import BlockKind

from .builder import Builder

_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*$")
_ITEM = re.compile(r"\s*(?:[-*+•]|\d+[.)、])\s+")
_UNDERLINE = re.compile(r"(=+|-{2,})\s*$")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)+\|?\s*$")
_CHAPTER = re.compile(
    r"(第[一二三四五六七八九十百零\d]+[章编节][^，。；]{0,20}$)|[一二三四五六七八九十]{1,3}、[^，。；：]{1,20}$"
)
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def read_text(text: str, built: Builder) -> None:
    """Paragraphs between blank lines; chapters and sections of Chinese texts as headings."""
    for part in re.split(r"\n\s*\n", text):
        lines = list[str]()
        for line in part.split("\n"):
            if match := _CHAPTER.match(line.strip()):
                built.add("paragraph", "\n".join(lines))
                built.add("heading", line, 1 if match.group(1) else 2)
                lines = []
            else:
                lines.append(line)
        built.add("paragraph", "\n".join(lines))


def read_markdown(text: str, built: Builder) -> None:
    """Headings, lists, tables and code as they stand."""
    kind: BlockKind = "paragraph"
    gathered: list[str] = []
    lines = _FRONT.sub("", text).split("\n")

    def flush() -> None:
        nonlocal gathered
        built.add(kind, "\n".join(gathered))
        gathered = []

    for number, line in enumerate(lines):
        fence = line.lstrip().startswith(("```", "~~~"))
        if kind == "code":
            gathered.append(line)
            if fence:
                flush()
                kind = "paragraph"
        elif fence:
            flush()
            kind, gathered = "code", [line]
        elif heading := _HEADING.match(line):
            flush()
            built.add("heading", heading.group(2), len(heading.group(1)))
        elif len(gathered) == 1 and kind == "paragraph" and (rule := _UNDERLINE.match(line)):
            built.add("heading", gathered.pop(), 1 if rule.group(1)[0] == "=" else 2)
        elif not line.strip():
            flush()
            kind = "paragraph"
        else:
            now = _kind(line, lines[number + 1 : number + 2], kind)
            if now != kind:
                flush()
            kind = now
            gathered.append(line)
    flush()


def _kind(line: str, following: list[str], before: BlockKind) -> BlockKind:
    """What a line belongs to, given what stands before and after it."""
    if line.lstrip().startswith("|") or ("|" in line and (before == "table" or any(map(_RULE.match, following)))):
        return "table"
    return "list" if _ITEM.match(line) or before == "list" else "paragraph"


def read_csv(text: str, built: Builder) -> None:
    """One table. Raises ``csv.Error`` for what cannot be one."""
    built.table(list(csv.reader(StringIO(text), delimiter=_separator(text))))


def _separator(text: str) -> str:
    """The character that stands equally often in the first lines."""
    lines = [line for line in text[:20_000].split("\n")[:20] if line.strip()]
    counts = {mark: [line.count(mark) for line in lines] for mark in ",;\t|"}
    steady = [mark for mark in counts if lines and min(counts[mark]) == max(counts[mark]) > 0]
    return max(steady or counts, key=lambda mark: sum(counts[mark]))
