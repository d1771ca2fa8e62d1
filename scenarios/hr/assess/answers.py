# ruff: noqa: E501  # a pattern is read best in one piece
"""Uploaded answers: a table with a column for each item, or one person's numbered answers in a text."""

import re
from collections.abc import Sequence
from pathlib import PurePath

from workbench.document import SourceDocument
from workbench.errors import WorkbenchError
from workbench.run import RunContext
from workbench.texts import text

from .models import Item, Response, Unread

_NUMBER = re.compile(r"^[ \t]*(?:第\s*)?[Qq]?(\d{1,3})\s*(?:题)?\s*[.、．:：)）]\s*|^[ \t]*(?:第\s*(\d{1,3})\s*题|[Qq](\d{1,3}))\s+", re.MULTILINE)  # fmt: skip
_NAME = re.compile(
    r"(?:^|\n)[ \t]*(?:姓\s*名|考生|应聘者|候选人|name|candidate)\s*[:：]\s*(\S[^\n]{0,60})", re.IGNORECASE
)
_WHO = re.compile(r"姓名|考生|候选人|应聘者|name|candidate|person|学号|编号|id", re.IGNORECASE)
_COLUMN = re.compile(r"^(?:第\s*)?[Qq]?(\d{1,3})\s*(?:题)?(?:[.、:：\s].*)?$")


def responses(paths: Sequence[str], items: Sequence[Item], context: RunContext) -> tuple[list[Response], list[Unread]]:
    """Everybody's answers, and the files that held none."""
    found: list[Response] = []
    unread = []
    for file in context.files.each(paths):
        if file.document is None:
            error: WorkbenchError | None = file.error
            unread.append(Unread(file=file.name, error=error.text(context.lang) if error else ""))
            continue
        given = _table(file.document, items) or _written(file.document, file.name, items)
        if given:
            found += given
        else:
            unread.append(Unread(file=file.name, error=text("scenarios.hr:assess.no_answers", context.lang)))
    return found, unread


def _table(document: SourceDocument, items: Sequence[Item]) -> list[Response]:
    """Rows of people under a header that names items, as ``q1``, ``1`` or ``第1题``."""
    ids = {one.id for one in items}
    rows = [_cells(line) for line in document.text.split("\n") if line.strip().startswith("|")]
    header: list[str] = []
    found: list[Response] = []
    for cells in rows:
        named = [_item(cell) for cell in cells]
        if sum(one in ids for one in named) >= 2 or (len(ids) == 1 and named[-1] in ids):
            header = named
            who = next((place for place, cell in enumerate(cells) if _WHO.search(cell) and named[place] not in ids), 0)
            continue
        if not header or len(cells) != len(header) or all(set(cell) <= {"-", ":", " "} for cell in cells):
            continue
        answers = {name: cell.replace("<br>", "\n") for name, cell in zip(header, cells, strict=True) if name in ids}
        if any(answers.values()):
            name = cells[who].strip() or f"#{len(found) + 1}"
            found.append(Response(candidate=name, answers=answers))
    return found


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def _item(cell: str) -> str:
    match = _COLUMN.match(cell.strip())
    return f"q{int(match.group(1))}" if match else ""


def _written(document: SourceDocument, name: str, items: Sequence[Item]) -> list[Response]:
    """Answers after their numbers; what stands before the first is about the person."""
    ids = {one.id for one in items}
    text = document.text
    marks = list(_NUMBER.finditer(text))
    answers: dict[str, str] = {}
    for place, match in enumerate(marks):
        number = f"q{int(next(filter(None, match.groups())))}"
        end = marks[place + 1].start() if place + 1 < len(marks) else len(text)
        if number in ids and number not in answers:
            answers[number] = text[match.end() : end].strip()
    if not any(answers.values()):
        return []
    who = _NAME.search(text[: marks[0].start()])
    return [Response(candidate=who.group(1).strip() if who else PurePath(name).stem, answers=answers)]
