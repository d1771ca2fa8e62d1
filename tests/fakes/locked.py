"""A Word file with a password as Office saves it: an OLE container with two streams ([MS-OFFCRYPTO] 2.3.4)."""

import struct

_SECTOR, _FREE, _END = 512, 0xFFFFFFFF, 0xFFFFFFFE
_STREAM = 8
"""Sectors of each stream: 4096 bytes, the least that stands in sectors of its own."""


def locked_word() -> bytes:
    """The container, its two streams filled with zeros: their names alone say that it is encrypted."""
    chains = [chain for first in (2, 2 + _STREAM) for chain in (*range(first + 1, first + _STREAM), _END)]
    table = struct.pack("<128I", 0xFFFFFFFD, _END, *chains, *[_FREE] * (126 - len(chains)))
    folder = (
        _entry("Root Entry", 5, child=2, first=_END)
        + _entry("EncryptionInfo", 2, first=2, size=_STREAM * _SECTOR)
        + _entry("EncryptedPackage", 2, left=1, first=2 + _STREAM, size=_STREAM * _SECTOR)
        + bytes(128)
    )
    head = struct.pack("<8s16x5H6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
                       0, 1, 1, 0, 4096, _END, 0, _END, 0)  # fmt: skip
    return head + struct.pack("<109I", 0, *[_FREE] * 108) + table + folder + bytes(2 * _STREAM * _SECTOR)


def _entry(name: str, kind: int, *, left: int = _FREE, child: int = _FREE, first: int = 0, size: int = 0) -> bytes:
    written = name.encode("utf-16-le")
    return struct.pack("<64sHBB3I16xI16xIQ", written, len(written) + 2, kind, 1, left, _FREE, child, 0, first, size)
