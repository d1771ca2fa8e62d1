"""The files that requests name: read one, walk folders and zip files, keep uploads."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from workbench.archive import is_archive, unpack
from workbench.document import SourceDocument
from workbench.errors import DocumentError
from workbench.files import CellValue, FileRead
from workbench.redline import Redline
from workbench.settings import Limits

from .grid import grid
from .guarded import read
from .reader import is_word

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


class RequestFiles:
    """``workbench.files.Files`` on a disk; uploads are kept in ``folder``, by what is in them."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder = folder
        self._limits = limits

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
            document = read(path, self._limits, name=Path(name).name)
        except DocumentError as error:
            return FileRead(name, error=error)
        with path.open("rb") as file:
            return FileRead(name, hashlib.file_digest(file, "sha256").hexdigest(), document)

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
        """Delete those of ``paths`` that were kept here; how many. Files from elsewhere are not ours to delete."""
        count = 0
        for path in map(Path, paths):
            if path.is_file() and path.resolve().is_relative_to(self._folder.resolve()):
                path.unlink()
                count += 1
                with suppress(OSError):  # another file lies beside it
                    path.parent.rmdir()
        return count


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
