"""The words of old PowerPoint files, read from their records."""

import struct

from hypothesis import given
from hypothesis import strategies as st

from documents.builder import Builder
from documents.powerpoint import read_powerpoint

SLIDE, SLIDE_LIST, SLIDE_BEGINS, CHARS, BYTES, DRAWING = 0x03EE, 0x0FF0, 0x03F3, 0x0FA0, 0x0FA8, 0x040C


def record(kind: int, content: bytes, version: int = 0, instance: int = 0) -> bytes:
    return struct.pack("<HHI", version | instance << 4, kind, len(content)) + content


def holder(kind: int, *inner: bytes, instance: int = 0) -> bytes:
    return record(kind, b"".join(inner), 0xF, instance)


def read(stream: bytes):
    built = Builder()
    read_powerpoint(stream, built)
    return built.build("a", "application/vnd.ms-powerpoint")


def test_slides_are_pages_with_their_placeholders_and_then_their_boxes() -> None:
    outline = holder(
        SLIDE_LIST,
        record(SLIDE_BEGINS, bytes(20)),
        record(CHARS, "退货政策".encode("utf-16-le")),
        record(BYTES, b"Seven days\rTen days"),
        record(SLIDE_BEGINS, bytes(20)),
        record(BYTES, b"Prices"),
    )
    masters = holder(SLIDE_LIST, record(SLIDE_BEGINS, bytes(20)), record(BYTES, b"Click to edit"), instance=1)
    box = holder(DRAWING, record(BYTES, b"A text box"), record(BYTES, b"Prices"))
    document = read(holder(0x03E8, masters, outline) + holder(SLIDE) + holder(SLIDE, box))
    assert document.text == "退货政策\n\nSeven days\nTen days\n\nPrices\n\nA text box"
    assert [document.page_at(document.text.index(words)) for words in ("退货", "Prices", "A text")] == [1, 2, 2]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_harm(stream: bytes) -> None:
    read(stream)
