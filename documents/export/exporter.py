"""Writes the file: whole or not at all."""

from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import uuid4

from workbench.errors import DocumentError
from workbench.run import Run, Version
from workbench.scenario import Section
from workbench.services import ExportFormat

from .excel import write_excel
from .markdown import write_markdown
from .paper import Label, Paper, paper
from .word import write_word

_WRITERS: dict[ExportFormat, Callable[[Paper, Path], None]] = {
    "docx": write_word,
    "xlsx": write_excel,
    "md": write_markdown,
}


class DocumentExporter:
    """``workbench.services.Exporter``. ``sections`` gives a version as a document, ``label`` its AI-content label."""

    def __init__(
        self, sections: Callable[[Run, Version], Sequence[Section]], label: Callable[[Run, Version], Label]
    ) -> None:
        self._sections = sections
        self._label = label

    def export(self, run: Run, version: Version, form: ExportFormat, path: Path) -> str:
        """Write ``version`` to ``path`` in ``form``; returns the visible label in it.

        A file that is there is replaced only by a finished one. Raises ``DocumentError`` when it cannot be written.
        """
        label = self._label(run, version)
        content = paper(run, version, self._sections(run, version), label)
        draft = path.parent / f".{uuid4().hex[:8]}.part"
        try:
            _WRITERS[form](content, draft)
            draft.replace(path)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise DocumentError("documents.export:unwritable", path=path, reason=reason) from error
        finally:
            _discard(draft)
        return label.visible


def _discard(draft: Path) -> None:
    try:
        draft.unlink(missing_ok=True)
    except OSError:  # the folder is gone or is none: there is nothing to tidy up
        return
