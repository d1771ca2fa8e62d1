"""PowerPoint 97-2003 without LibreOffice: the words of the slides, not how they are laid out.

Records as in [MS-PPT]: a head of 8 bytes (version and instance, type, length), then content or further records. The
outline of the slides is a SlideListWithText container; text boxes that are no placeholders stand within the Slides.
"""

import struct
from collections.abc import Iterator

from .builder import Builder

_SLIDE, _SLIDE_LIST, _SLIDE_BEGINS, _CHARS, _BYTES = 0x03EE, 0x0FF0, 0x03F3, 0x0FA0, 0x0FA8
_CONTAINER = 0xF
_DEEPEST = 32
Record = tuple[int, int, bytes]
"""type, instance, content"""


def read_powerpoint(stream: bytes, built: Builder) -> None:
    """Fill ``built`` from a PowerPoint Document stream, a page a slide, its first words the heading."""
    boxes = [list(_texts(content)) for kind, _, content in _walk(stream) if kind == _SLIDE]
    for number, outline in enumerate(_outline(stream), 1):
        built.page(number)
        others = boxes[number - 1] if number <= len(boxes) else []
        for place, words in enumerate([*outline, *(words for words in others if words not in outline)]):
            built.add("paragraph" if place else "heading", words, 0 if place else 2)


def _outline(stream: bytes) -> Iterator[list[str]]:
    """The texts of each slide's placeholders."""
    for kind, instance, content in _walk(stream):
        if kind == _SLIDE_LIST and instance == 0:
            slide: list[str] | None = None
            for inner, _, text in _records(content):
                if inner == _SLIDE_BEGINS:
                    if slide is not None:
                        yield slide
                    slide = []
                elif slide is not None and inner in (_CHARS, _BYTES):
                    slide.append(_decoded(inner, text))
            if slide is not None:
                yield slide


def _texts(content: bytes) -> Iterator[str]:
    return (_decoded(kind, text) for kind, _, text in _walk(content) if kind in (_CHARS, _BYTES))


def _decoded(kind: int, text: bytes) -> str:
    words = text.decode("utf-16-le" if kind == _CHARS else "cp1252", "replace")
    return words.replace("\r", "\n").replace("\x0b", "\n")


def _walk(content: bytes, depth: int = 0) -> Iterator[Record]:
    """All records, those within containers too; slides and their lists are handed out whole as well."""
    for kind, instance, inner in _records(content):
        yield kind, instance & 0xFFF, inner
        if instance >> 12 and depth < _DEEPEST:
            yield from _walk(inner, depth + 1)


def _records(content: bytes) -> Iterator[Record]:
    """The records side by side in ``content``; bit 12 of the instance says that one is a container."""
    at = 0
    while at + 8 <= len(content):
        head, kind, length = struct.unpack_from("<HHI", content, at)
        at += 8
        yield kind, head >> 4 | (0x1000 if head & 0xF == _CONTAINER else 0), content[at : at + length]
        at += length
