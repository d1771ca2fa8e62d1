"""Cuts a document into passages that follow its headings, clauses, paragraphs and table rows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.document import Block, SourceDocument
from workbench.language import sentences

SIZE = 420
"""Largest passage in reading units (a Chinese character or a Latin word is about one): it fits e5's 512 tokens with its
title and heading path."""
LEAST = 160
"""A heading starts a new passage only when the one before has at least so many units: tiny sections stay together. A
heading that asks always does: each entry of a list of questions answers another one."""

_UNIT = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7a3]|[^\W_]+")
_LONG_WORD = 12
_QUESTION = re.compile(r"[?？]\s*$")


@dataclass(frozen=True, slots=True)
class Part:
    """A passage: ``document.text[start:end]``, and what stands above it (heading path, a split table's header)."""

    start: int
    end: int
    context: str


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    units: int
    path: tuple[str, ...]
    heading: bool = False
    header: str = ""
    question: bool = False


def reading_units(text: str) -> int:
    """How long a text is to a reader: Chinese characters plus Latin words, very long words counted by their length."""
    return sum(1 + len(match.group()) // _LONG_WORD for match in _UNIT.finditer(text))


def cut(document: SourceDocument, size: int = SIZE, least: int = LEAST) -> list[Part]:
    """The passages of ``document`` in order. Together they hold all of its text but the white space between."""
    parts: list[Part] = []
    current: list[_Piece] = []

    def flush(carry_headings: bool = False) -> None:
        nonlocal current
        carried: list[_Piece] = []
        while carry_headings and current and current[-1].heading:
            carried.insert(0, current.pop())
        if current:
            context = [*current[0].path] + ([current[0].header] if current[0].header else [])
            parts.append(Part(current[0].start, current[-1].end, "\n".join(context)))
        current = carried

    for piece in _pieces(document, size):
        units = sum(known.units for known in current)
        if piece.heading and (units >= least or piece.question):
            flush(carry_headings=piece.question)
        elif units + piece.units > size:
            flush(carry_headings=True)
        current.append(piece)
    flush()
    return parts


def _pieces(document: SourceDocument, size: int) -> Iterator[_Piece]:
    """Blocks, the long ones split at sentences or rows, each with the headings above it."""
    path: list[tuple[int, str]] = []
    blocks = document.blocks or (Block("paragraph", 0, len(document.text)),)
    for block in blocks:
        text = document.slice(block)
        if not text.strip():
            continue
        if block.kind == "heading":
            path = [(level, title) for level, title in path if level < block.level]
            above = tuple(title for _, title in path)
            path.append((block.level, " ".join(text.split()).lstrip("# ")))
            asks = bool(_QUESTION.search(text))
            yield _Piece(block.start, block.end, reading_units(text), above, heading=True, question=asks)
            continue
        above = tuple(title for _, title in path)
        units = reading_units(text)
        if units <= size:
            yield _Piece(block.start, block.end, units, above)
        elif block.kind == "table":
            yield from _rows(block, text, above, size)
        else:
            yield from _sentences(block.start, text, above, size)


def _sentences(offset: int, text: str, path: tuple[str, ...], size: int) -> Iterator[_Piece]:
    for start, end in sentences(text):
        units = reading_units(text[start:end])
        # A sentence beyond the size (a list without stops, a string of codes) is cut by length as the last resort.
        pieces = 1 + units // (size + 1)
        step = -(-(end - start) // pieces)
        for at in range(start, end, step):
            stop = min(at + step, end)
            yield _Piece(offset + at, offset + stop, units // pieces, path)


def _rows(block: Block, table: str, path: tuple[str, ...], size: int) -> Iterator[_Piece]:
    """A Markdown table row by row. Every row but the first carries the header, for the passage that begins with it."""
    lines = table.splitlines(keepends=True)
    header = "".join(lines[:2]).rstrip("\n")
    at = block.start
    first = len(lines[0]) + (len(lines[1]) if len(lines) > 1 else 0)
    yield _Piece(at, at + len(table[:first].rstrip()), reading_units(table[:first]), path)
    at += first
    for line in lines[2:]:
        text = line.rstrip("\n")
        if text.strip():
            units = reading_units(text)
            if units > size:
                for piece in _sentences(at, text, path, size):
                    yield _Piece(piece.start, piece.end, piece.units, path, header=header)
            else:
                yield _Piece(at, at + len(text), units, path, header=header)
        at += len(line)
