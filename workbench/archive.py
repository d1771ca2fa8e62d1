"""A folder handed in as a zip file: its files one by one, under the reader's limits, never outside the place given."""

import shutil
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from .errors import DocumentError
from .settings import Limits

FILES = 10_000
"""Most files in one zip."""
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, ValueError, RuntimeError)


def is_archive(name: str) -> bool:
    """Whether a file of this name is taken for a zipped folder."""
    return name.lower().endswith(".zip")


def unpack(content: Path | BinaryIO, name: str, limits: Limits, folder: Path) -> Iterator[tuple[str, Path]]:
    """(path within the zip, where it lies now) of each file; hidden files and what systems add are left out.

    A file lies in ``folder`` under a number of its own until the next one is asked for, so no name in the zip can place
    it elsewhere. Raises ``DocumentError`` for what is no zip, is encrypted or would unpack to more than is allowed.
    """
    try:
        with zipfile.ZipFile(content) as container:
            entries = [entry for entry in container.infolist() if not entry.is_dir()]
            packed = sum(entry.compress_size for entry in entries)
            unpacked = sum(entry.file_size for entry in entries)
            if any(entry.flag_bits & 1 for entry in entries):
                raise DocumentError("workbench:zip.encrypted", name=name)
            ratio_bad = unpacked > 10 * 2**20 and unpacked > limits.expansion * max(packed, 1)
            if unpacked > limits.unpacked_megabytes * 2**20 or ratio_bad or len(entries) > FILES:
                raise DocumentError("workbench:zip.too_large", name=name, files=FILES)
            wanted = [(inside, entry) for entry in entries if (inside := _inside(entry))]
            if not wanted:
                raise DocumentError("workbench:zip.empty", name=name)
            for number, (inside, entry) in enumerate(wanted):
                path = folder / f"{number}{PurePosixPath(inside).suffix}"
                with container.open(entry) as source, path.open("wb") as target:
                    shutil.copyfileobj(source, target)  # zipfile never gives more than file_size
                yield inside, path
                path.unlink(missing_ok=True)
    except _BROKEN as error:
        raise DocumentError("workbench:zip.damaged", name=name) from error


def _inside(entry: zipfile.ZipInfo) -> str:
    """The path of a file within its zip, for people; empty for files that no person put there."""
    name = entry.filename
    if not entry.flag_bits & 0x800:  # not marked as UTF-8: Chinese Windows writes GBK, which zipfile reads as cp437
        try:
            name = name.encode("cp437").decode("gb18030")
        except UnicodeError:
            name = entry.filename
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    hidden = any(part.startswith((".", "__MACOSX")) or part in ("Thumbs.db", "desktop.ini") for part in parts)
    return "" if hidden else "/".join(parts)
