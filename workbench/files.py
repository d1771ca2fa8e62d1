"""The seam to files that a request names: one read into text, folders and zip files of them one by one."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Protocol, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from .document import SourceDocument
from .errors import DocumentError
from .redline import Redline

CellValue = str | int | float | bool
"""What a cell of a table holds; an empty one holds ``""``."""


class FileMark:
    """Marks a field of a request that holds a path: a page draws an upload there, never a free path."""


FilePath = Annotated[str, FileMark()]
"""A path in a request. Programs name any file that they may read; a page hands in what was uploaded."""


def holds_files(field: FieldInfo) -> bool:
    """Whether a field of a request holds a path, or paths."""
    return any(isinstance(mark, FileMark) for mark in field.metadata) or _marked(field.annotation)


def file_fields(request: type[BaseModel]) -> list[str]:
    """The fields of ``request`` that hold paths."""
    return [name for name, field in request.model_fields.items() if holds_files(field)]


def _marked(kind: Any) -> bool:
    marked = get_origin(kind) is Annotated and any(isinstance(mark, FileMark) for mark in kind.__metadata__)
    return marked or any(_marked(part) for part in get_args(kind))


@dataclass(frozen=True, slots=True)
class FileRead:
    """What became of one file. ``name`` is its path, within its zip where it came in one; ``sha256`` of its bytes.

    Exactly one of ``document`` and ``error`` is given.
    """

    name: str
    sha256: str = ""
    document: SourceDocument | None = None
    error: DocumentError | None = None


class Files(Protocol):
    """Reads what a request names. A relative path starts where the program was started."""

    def read(self, path: str | Path) -> SourceDocument:
        """The text of one file. Raises ``DocumentError``."""
        ...

    def each(self, paths: Iterable[str | Path]) -> Iterator[FileRead]:
        """The files named, those in folders and in zip files, in the order of their names; a bad one harms no other."""
        ...

    def grid(self, path: str | Path) -> list[list[CellValue]]:
        """The cells of a spreadsheet's first filled sheet or of a CSV, row by row, none taken for a header.

        Rows without a value are left out; rows may differ in length. Raises ``DocumentError``.
        """
        ...

    def derived(self, read: FileRead, what: str, make: Callable[[SourceDocument], bytes]) -> bytes:
        """What ``make`` gives for a file that was read, kept by the file's hash and ``what``, which names the maker and
        whatever else it depends on. A purge forgets it with the file."""
        ...

    def keep(self, name: str, content: bytes) -> Path:
        """Keep what somebody uploaded in the data folder; returns where, for a request to name."""
        ...

    def redline(self, path: str | Path | None, asked: Redline) -> bytes:
        """A Word file with tracked changes and remarks: the one at ``path``, or a plain one where that is no .docx or
        None. Raises ``DocumentError``.
        """
        ...


class NoFiles:
    """Where no file can be read: every path is missing."""

    def read(self, path: str | Path) -> SourceDocument:
        raise DocumentError("workbench:files.missing", path=path)

    def each(self, paths: Iterable[str | Path]) -> Iterator[FileRead]:
        for path in paths:
            yield FileRead(str(path), error=DocumentError("workbench:files.missing", path=path))

    def grid(self, path: str | Path) -> list[list[CellValue]]:
        raise DocumentError("workbench:files.missing", path=path)

    def derived(self, read: FileRead, what: str, make: Callable[[SourceDocument], bytes]) -> bytes:
        if read.document is None:
            raise DocumentError("workbench:files.missing", path=read.name)
        return make(read.document)

    def keep(self, name: str, content: bytes) -> Path:
        raise DocumentError("workbench:files.missing", path=name)

    def redline(self, path: str | Path | None, asked: Redline) -> bytes:
        raise DocumentError("workbench:files.missing", path=path)
