"""Files of old Office: .xls and Outlook mail are read, .doc and .ppt converted where LibreOffice is installed; without
it the words of a .ppt are read."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from workbench.errors import DocumentError
from workbench.settings import Limits

from .builder import Builder

_MAIN = {"doc": "WordDocument", "ppt": "PowerPoint Document"}
_NEW = {"doc": "docx", "ppt": "pptx"}


def read_ole(path: Path, limits: Limits, name: str, built: Builder, again: Callable[[Path], str]) -> str:
    """Fill ``built`` from an OLE container; its media type. ``again`` reads a file that was converted.

    Raises ``DocumentError`` for an encrypted one, and for .doc and .ppt without LibreOffice.
    """
    import olefile

    try:
        with olefile.OleFileIO(path) as container:
            if container.exists("EncryptedPackage") or container.exists("EncryptionInfo"):
                raise DocumentError("documents:encrypted", name=name)
            if container.exists("__properties_version1.0"):
                from .mail import read_msg

                read_msg(container, name, built)
                return "application/vnd.ms-outlook"
            if container.exists("Workbook") or container.exists("Book"):
                read_calamine(path, limits, name, built)
                return "application/vnd.ms-excel"
            kind = next((kind for kind, part in _MAIN.items() if container.exists(part)), "")
            if container.exists("EncryptedSummary") or (kind == "doc" and _is_locked(container)):
                raise DocumentError("documents:encrypted", name=name)
    except (OSError, ValueError, IndexError, TypeError, AttributeError) as error:
        raise DocumentError("documents:damaged", name=name) from error
    if not kind:
        raise DocumentError("documents:damaged", name=name)
    with TemporaryDirectory() as folder:
        try:
            converted = _converted(path, kind, name, limits, Path(folder))
        except DocumentError:
            if kind != "ppt":
                raise
            from .powerpoint import read_powerpoint

            with olefile.OleFileIO(path) as container:
                read_powerpoint(container.openstream(_MAIN[kind]).read(), built)
            return "application/vnd.ms-powerpoint"
        return again(converted)


def _is_locked(container: Any) -> bool:
    """The flag fEncrypted of [MS-DOC] 2.5.2."""
    head = container.openstream("WordDocument").read(12)
    return len(head) == 12 and bool(head[11] & 1)


def read_calamine(path: Path, limits: Limits, name: str, built: Builder) -> None:
    """Fill ``built`` from a workbook of any age: .xls, .xlsb, .ods and sheets that openpyxl cannot open."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    from .excel import put_sheet, shown

    try:
        book = CalamineWorkbook.from_path(str(path))
        for title in book.sheet_names:
            rows = book.get_sheet_by_name(title).iter_rows()
            put_sheet(title, ([shown(value) for value in row] for row in rows), limits, built)
    except PasswordError as error:
        raise DocumentError("documents:encrypted", name=name) from error
    except CalamineError as error:
        key = "encrypted" if "password" in str(error).lower() or "encrypt" in str(error).lower() else "damaged"
        raise DocumentError(f"documents:{key}", name=name) from error


def _converted(path: Path, kind: str, name: str, limits: Limits, folder: Path) -> Path:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise DocumentError("documents:legacy", name=name, new=_NEW[kind])
    source = folder / f"source.{kind}"
    shutil.copyfile(path, source)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--norestore", "--convert-to", _NEW[kind], "--outdir", str(folder)]
    command.append(str(source))
    try:
        subprocess.run(command, timeout=limits.seconds, capture_output=True, check=False)  # noqa: S603  # no shell
    except (subprocess.TimeoutExpired, OSError) as error:
        raise DocumentError("documents:legacy", name=name, new=_NEW[kind]) from error
    made = folder / f"source.{_NEW[kind]}"
    if not made.exists():
        raise DocumentError("documents:damaged", name=name)
    return made
