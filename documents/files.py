"""The files that requests name: read one, walk folders and zip files, keep uploads."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from workbench.archive import is_archive, unpack
from workbench.document import SourceDocument
from workbench.errors import DocumentError
from workbench.files import CellValue, FileRead
from workbench.redline import Redline
from workbench.settings import Limits

from .grid import grid
from .guarded import read
from .kept_readings import KeptReadings
from .reader import is_word

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


class RequestFiles:
    """``workbench.files.Files`` on a disk; uploads are kept in ``folder``, by what is in them. ``readings`` remembers
    what was read from the many files of a folder."""

    def __init__(self, folder: Path, limits: Limits, readings: KeptReadings | None = None) -> None:
        self._folder = folder
        self._limits = limits
        self._readings = readings

    def read(self, path: str | Path) -> SourceDocument:
        path = Path(path)
        if not _is_file(path):
            raise DocumentError("workbench:files.missing", path=path)
        return read(path, self._limits)

    def grid(self, path: str | Path) -> list[list[CellValue]]:
        path = Path(path)
        if not _is_file(path):
            raise DocumentError("workbench:files.missing", path=path)
        return grid(path, self._limits)

    def each(self, paths: Iterable[str | Path]) -> Iterator[FileRead]:
        for path in map(Path, paths):
            if not _is_folder(path):
                yield from self._each_of(path)
                continue
            for file in sorted(path.rglob("*")):
                hidden = any(part.startswith((".", "~$")) for part in file.relative_to(path).parts)
                if file.is_file() and not hidden:
                    yield from self._each_of(file)

    def _each_of(self, path: Path) -> Iterator[FileRead]:
        if not _is_file(path):
            yield FileRead(str(path), error=DocumentError("workbench:files.missing", path=path))
        elif not is_archive(path.name):
            yield self._one(path, str(path))
        else:
            try:
                with TemporaryDirectory() as folder:
                    for inside, file in unpack(path, path.name, self._limits, Path(folder)):
                        yield self._one(file, f"{path}/{inside}")
            except DocumentError as error:
                yield FileRead(str(path), error=error)

    def _one(self, path: Path, name: str) -> FileRead:
        try:
            with path.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            return FileRead(name, sha256, self._read(path, name, sha256))
        except DocumentError as error:
            return FileRead(name, error=error)

    def _read(self, path: Path, name: str, sha256: str) -> SourceDocument:
        if self._readings is None:
            return read(path, self._limits, name=Path(name).name)
        key = f"{sha256} document {_reader()} {Path(name).name}"
        if kept := self._readings.get(key):
            return _documents().validate_json(kept)
        document = read(path, self._limits, name=Path(name).name)
        self._readings.put(key, name, _documents().dump_json(document))
        return document

    def derived(self, read: FileRead, what: str, make: Callable[[SourceDocument], bytes]) -> bytes:
        if read.document is None:
            raise read.error or DocumentError("workbench:files.missing", path=read.name)
        if self._readings is None or not read.sha256:
            return make(read.document)
        key = f"{read.sha256} {what} {Path(read.name).name}"
        kept = self._readings.get(key)
        if kept is None:
            kept = make(read.document)
            self._readings.put(key, read.name, kept)
        return kept

    def keep(self, name: str, content: bytes) -> Path:
        safe = _UNSAFE.sub("_", name).strip(". ")[-120:] or "file"
        path = self._folder / hashlib.sha256(content).hexdigest()[:16] / safe
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def redline(self, path: str | Path | None, asked: Redline) -> bytes:
        from .redline.file import marked_up, plain_word

        if path is not None and is_word(Path(path), self._limits):
            return marked_up(Path(path), asked)
        with TemporaryDirectory() as folder:
            plain = Path(folder) / "text.docx"
            plain.write_bytes(plain_word(asked.original))
            return marked_up(plain, asked)

    def forget(self, paths: Iterable[str | Path]) -> int:
        """Delete those of ``paths`` that were kept here; how many. Files from elsewhere are not ours to delete, but
        what was read from them is forgotten too."""
        paths = list(paths)
        if self._readings is not None:
            self._readings.forget(str(path) for path in paths)
        count = 0
        for path in map(Path, paths):
            if path.is_file() and path.resolve().is_relative_to(self._folder.resolve()):
                path.unlink()
                count += 1
                with suppress(OSError):  # another file lies beside it
                    path.parent.rmdir()
        return count


@cache
def _documents() -> "TypeAdapter[SourceDocument]":
    from pydantic import TypeAdapter

    return TypeAdapter(SourceDocument)


@cache
def _reader() -> str:
    """A mark of the code that reads: what another program read is not taken for its own."""
    code = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        code.update(file.read_bytes())
    return code.hexdigest()[:16]


def _is_file(path: Path) -> bool:
    """Whether there is such a file; False for what cannot be a path, such as a text that is too long for one."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
