"""A draft as a Word document: title, parties, clauses with headings, tables, a signature page, attachments."""

from collections.abc import Iterator
from dataclasses import replace

from workbench.scenario import Section
from workbench.texts import Lang

from .draft import Drafted
from .editing import _END, _HEADING


def sections(draft: Drafted, lang: Lang) -> list[Section]:
    """The contract in order. Numbers stand in the words, so that they are those that were checked."""
    text, written = draft.text, draft.language
    heads = list(_HEADING[written].finditer(text))
    end = _END[written].search(text)
    stop = end.start() if end else len(text)
    heads = [head for head in heads if head.start() < stop]
    first = heads[0].start() if heads else stop
    made = [Section(draft.title, _paragraphs(text[:first].removeprefix(draft.title)))]
    starts = [*(head.start() for head in heads), stop]
    for head, after in zip(heads, starts[1:], strict=True):
        made += _blocks(head.group().strip(), text[head.end() : after])
    if end:
        made += _tail(text[stop:], written)
    return made


def _tail(text: str, lang: Lang) -> Iterator[Section]:
    """The signature page and each attachment, on a page of its own."""
    ends = list(_END[lang].finditer(text))
    for found, after in zip(ends, [*(one.start() for one in ends[1:]), len(text)], strict=True):
        block = text[found.start() : after].strip()
        head, _, body = block.partition("\n")
        first, *rest = _blocks(head.strip(), body)
        yield replace(first, new_page=True)
        yield from rest


def _blocks(heading: str, body: str) -> Iterator[Section]:
    """Paragraphs and tables of a clause, in order."""
    lines: list[str] = []
    rows: list[tuple[str, ...]] = []
    first = True
    for line in [*body.split("\n"), ""]:
        if line.startswith("|"):
            rows.append(tuple(cell.strip() for cell in line.strip().strip("|").split("|")))
            continue
        if rows:
            yield Section(heading if first else "", tuple(lines), table=tuple(rows), level=2)
            lines, rows, first = [], [], False
        if line.strip():
            lines.append(line.strip())
    if lines or first:
        yield Section(heading if first else "", tuple(lines), level=2)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())
