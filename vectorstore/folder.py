"""The folder of knowledge bases: one SQLite file each."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from workbench.errors import NotFoundError, RequestError
from workbench.knowledge import Sensitivity

from .store import Store

_NAME = re.compile(r"[^\W_][\w-]{0,63}")


class StoreFolder:
    """Finds, makes and deletes the files; each is whole or not there."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def names(self) -> list[str]:
        """The knowledge bases there are."""
        return sorted(path.stem for path in self.path.glob("*.sqlite3"))

    def store(self, name: str) -> Store:
        """The file of one. Raises ``NotFoundError`` naming those there are."""
        if not _NAME.fullmatch(name) or not self._file(name).exists():
            raise NotFoundError("vectorstore:kb.unknown", name=name, known=", ".join(self.names()) or "-")
        return Store(self._file(name), name)

    def check_free(self, name: str) -> None:
        """Raise ``RequestError`` unless a knowledge base may be called so."""
        if not _NAME.fullmatch(name):
            raise RequestError("vectorstore:kb.bad_name", name=name)
        if name.casefold() in (known.casefold() for known in self.names()):
            raise RequestError("vectorstore:kb.taken", name=name)

    def make(
        self,
        name: str,
        title: str,
        sensitivity: Sensitivity,
        *,
        builtin: bool = False,
        embedder: str = "",
        fill: Callable[[Store], None] | None = None,
    ) -> None:
        """Make the file under another name and move it into place: a crash leaves no half knowledge base."""
        self.path.mkdir(parents=True, exist_ok=True)
        half = self.path / f".{name}.{uuid4().hex}"
        try:
            store = Store(half, name)
            store.create(
                {
                    "title": title,
                    "sensitivity": sensitivity,
                    "builtin": "1" if builtin else "0",
                    "embedder": embedder,
                    "collection": f"kb-{uuid4().hex}",
                    "created_at": datetime.now(UTC).isoformat(),
                }
            )
            if fill is not None:
                fill(store)
            half.rename(self._file(name))
        finally:
            _unlink(half)

    def delete(self, name: str) -> None:
        """Delete a knowledge base that there is."""
        _unlink(self._file(name))

    def _file(self, name: str) -> Path:
        return self.path / f"{name}.sqlite3"


def _unlink(path: Path) -> None:
    """Delete a SQLite file with what belongs to it."""
    for extra in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + extra).unlink(missing_ok=True)
