"""What was read from files, kept by their hash, so that the same file need not be read twice.

It can be deleted at any time. It holds the files' words, so what a purge forgets is removed here as well, and nothing
stays longer than ``DAYS`` after it was last asked for.
"""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from workbench.errors import StoreError

DAYS = 30
_DAY = 86_400.0
_TABLE = """CREATE TABLE IF NOT EXISTS readings
    (key TEXT PRIMARY KEY, path TEXT NOT NULL, content BLOB NOT NULL, used REAL NOT NULL)"""


class KeptReadings:
    """A table of bytes by key. ``path`` is what the request called the file, for forgetting it."""

    def __init__(self, file: Path, now: Callable[[], float] = time.time) -> None:
        self._file = file
        self._now = now
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def get(self, key: str) -> bytes | None:
        """What was kept, if anything was."""
        with self._lock:
            found = self._open().execute("SELECT content, used FROM readings WHERE key = ?", (key,)).fetchone()
            if found and found[1] < self._now() - _DAY:
                self._open().execute("UPDATE readings SET used = ? WHERE key = ?", (self._now(), key))
        return found[0] if found else None

    def put(self, key: str, path: str, content: bytes) -> None:
        """Keep ``content``, and let go what nobody asked for."""
        with self._lock:
            self._open().execute(
                "INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?)", (key, path, content, self._now())
            )

    def forget(self, paths: Iterable[str]) -> None:
        """Remove what was read from files of these paths, and of folders and zip files of these paths."""
        if not self._file.exists():
            return
        with self._lock:
            for path in paths:
                inside = path.rstrip("/\\").replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "/%"
                self._open().execute("DELETE FROM readings WHERE path = ? OR path LIKE ? ESCAPE '\\'", (path, inside))
            self._open().execute("DELETE FROM readings WHERE used < ?", (self._now() - DAYS * _DAY,))
            self._open().execute("VACUUM")
            self._open().execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the log holds what was removed until then

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                self._connection = sqlite3.connect(
                    self._file, timeout=30, isolation_level=None, check_same_thread=False
                )
                self._connection.execute("PRAGMA journal_mode = WAL")
                self._connection.execute("PRAGMA synchronous = OFF")
                self._connection.execute("PRAGMA secure_delete = ON")
                self._connection.execute(_TABLE)
                self._connection.execute("DELETE FROM readings WHERE used < ?", (self._now() - DAYS * _DAY,))
            except sqlite3.Error as error:
                raise StoreError("documents:kept.broken", path=self._file) from error
        return self._connection
