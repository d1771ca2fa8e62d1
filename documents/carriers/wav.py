"""WAV: the label stands in the ``INFO`` list of the RIFF file, in a chunk called ``AIGC``, its words in ``ICMT``.

Source of the container: IBM and Microsoft, Multimedia Programming Interface and Data Specifications 1.0, 1991, ch. 2.
"""

import json
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path

from .carrier import FIELD, Content
from .files import replaced
from .json_fields import strings

_LABEL, _COMMENT = FIELD.encode(), b"ICMT"
Chunks = list[tuple[bytes, bytes]]


class Wav:
    """``Carrier`` for .wav. What else stands in the file's list stays."""

    def stamp(self, path: Path, fields: Mapping[str, str]) -> None:
        _tell(path, _LABEL, json.dumps(dict(fields), ensure_ascii=False))

    def fields(self, path: Path) -> dict[str, str] | None:
        return strings(_told(path).get(_LABEL, ""))

    def content(self, path: Path) -> Content:
        """The form of the sound and the sound itself; the words of the label, for sound cannot be read back."""
        sound = b"".join(body for name, body in _chunks(path.read_bytes()) if name in (b"fmt ", b"data"))
        return Content((_told(path).get(_COMMENT, ""),), (sound,))


def label_sound(path: Path, visible: str) -> None:
    """Put the words of the label beside the sound. Raises ``ValueError`` for what is no WAV file."""
    _tell(path, _COMMENT, visible)


def _tell(path: Path, name: bytes, words: str) -> None:
    chunks = _chunks(path.read_bytes())
    told = [(one, body) for one, body in _listed(chunks) if one != name] + [(name, words.encode() + b"\0")]
    rest = [(one, body) for one, body in chunks if not (one == b"LIST" and body[:4] == b"INFO")]
    whole = b"WAVE" + _packed([*rest, (b"LIST", b"INFO" + _packed(told))])
    with replaced(path) as draft:
        draft.write_bytes(b"RIFF" + struct.pack("<I", len(whole)) + whole)


def _told(path: Path) -> dict[bytes, str]:
    return {name: body.rstrip(b"\0").decode("utf-8", "replace") for name, body in _listed(_chunks(path.read_bytes()))}


def _listed(chunks: Chunks) -> Chunks:
    inside = (body[4:] for name, body in chunks if name == b"LIST" and body[:4] == b"INFO")
    return [chunk for body in inside for chunk in _split(body)]


def _chunks(data: bytes) -> Chunks:
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise ValueError("no WAV file")
    return list(_split(data[12:]))


def _split(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks; one that claims more than there is ends with the data, as in a file that was written to a pipe."""
    place = 0
    while place + 8 <= len(data):
        (size,) = struct.unpack_from("<I", data, place + 4)
        body = data[place + 8 : place + 8 + size]
        yield data[place : place + 4], body
        place += 8 + len(body) + len(body) % 2


def _packed(chunks: Chunks) -> bytes:
    return b"".join(name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2) for name, body in chunks)
