"""Bytes as text: which encoding a file without a label is in."""

import codecs
import re
from collections.abc import Iterable

from workbench.errors import DocumentError

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,20})""", re.IGNORECASE)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252", "ascii": "utf-8", "big5": "big5hkscs"}
_SAMPLE = 200_000
_LIKELY = 0.8
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Both sorted their characters by how common they are: the first part of the table holds the everyday ones.
_COMMON = {"gb18030": (0xB0, 0xD7), "big5hkscs": (0xA4, 0xC6)}


def decode(content: bytes, name: str, declared: bool = False) -> str:
    """The text of ``content``, line ends as ``\\n``. ``declared``: the file may state its encoding (HTML).

    Tried are UTF-8, UTF-16, what the file states, then GB18030, Big5 and Windows-1252 by how everyday the characters
    are that come out. Raises ``DocumentError`` for what is no text.
    """
    for encoding in _candidates(content, declared):
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if len(_CONTROL.findall(text[:_SAMPLE])) * 100 <= len(text[:_SAMPLE]) and "\x00" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise DocumentError("documents:not_text", name=name)


def _candidates(content: bytes, declared: bool) -> Iterable[str]:
    yield from _wide(content)
    yield "utf-8-sig"
    if declared and (match := _DECLARED.search(content[:_SAMPLE])):
        try:
            stated = codecs.lookup(match.group(1).decode("ascii")).name
        except (LookupError, UnicodeDecodeError):
            stated = ""
        if stated and not stated.startswith("utf-16"):
            yield _WIDER.get(stated, stated)
    yield from _by_use(content)


def _wide(content: bytes) -> list[str]:
    """UTF-16 and UTF-32 where a byte order mark, or what comes out, says so."""
    if content[:4] in (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff"):
        return ["utf-32"]
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ["utf-16"]
    sample = content[: _SAMPLE & ~1]
    if len(content) % 2 or b"\x00" not in sample:
        return []
    # Spaces and line ends are zero on one side of a pair in any language.
    sides = {"utf-16-le": sample[1::2].count(0), "utf-16-be": sample[::2].count(0)}
    likely = max(sides, key=lambda side: sides[side])
    return [likely] if sides[likely] > max(1, len(sample) // 400, 4 * min(sides.values())) else []


def _by_use(content: bytes) -> Iterable[str]:
    sample = content[:_SAMPLE]
    shares = {encoding: share for encoding in _COMMON if (share := _everyday(sample, encoding)) >= _LIKELY}
    yield from sorted(shares, key=lambda encoding: -shares[encoding])
    beyond = sum(byte > 0x7F for byte in sample)
    if beyond * 3 < len(sample):  # Latin letters with a few accents
        yield "cp1252"
    elif len(sample) < 40 and _everyday(sample, "gb18030"):  # a rare name or two; too little for any statistics
        yield "gb18030"
    from charset_normalizer import from_bytes

    best = from_bytes(sample, threshold=0.15).best()
    if best is not None:
        yield best.encoding


def _everyday(sample: bytes, encoding: str) -> float:
    """The share (0 to 1) of everyday characters among the letters beyond ASCII, as ``encoding`` reads them."""
    text = sample.decode(encoding, "ignore")
    if "\ufffd" in text or len(text.encode(encoding)) < len(sample) - 2:  # a character may be cut at the end
        return 0
    first, last = _COMMON[encoding]
    # A letter with a combining mark is one character of the table and two here: neither can be written alone.
    wide = [character.encode(encoding, "ignore") for character in text if ord(character) > 0x7F]
    # Marks such as ， and 。 stand in rows A1 to A3 of both tables and speak for neither.
    letters = [pair for pair in wide if len(pair) != 2 or not 0xA1 <= pair[0] <= 0xA3]
    common = sum(len(pair) == 2 and first <= pair[0] <= last and pair[1] >= 0x40 for pair in letters)
    return common / len(letters) if letters else 0.5
