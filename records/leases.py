"""A lease says that a process lives: the operating system or the server lets go of it when the process dies.

No clock and no heartbeat is involved, so a laptop that slept or a slow model kills no run. Should a PostgreSQL server
restart under a living run, the run reads as failed until its process saves it again.
"""

import re
import secrets
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, text

_SPACE = 0x77_62  # our own corner of the server's advisory locks
_TOKEN = re.compile(r"[0-9a-f]{7}")


class Lease(Protocol):
    """This process's lease and a view of the others'. ``token`` names it in the ``owner`` column."""

    token: str

    def alive(self, token: str) -> bool:
        """Whether the process that took ``token`` still lives."""
        ...

    def end(self) -> None:
        """Give the lease back."""
        ...


class FileLease:
    """A locked file in ``folder``, for processes of one machine. Make it while nobody sweeps the folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.token = secrets.token_hex(4)[:7]
        self._lock = FileLock(self._path(self.token), thread_local=False)
        self._lock.acquire()

    def _path(self, token: str) -> Path:
        return self.folder / f"{token}.lock"

    def alive(self, token: str) -> bool:
        if token == self.token:
            return True
        if not _TOKEN.fullmatch(token) or not self._path(token).exists():
            return False
        try:
            with FileLock(self._path(token), timeout=0):
                return False
        except Timeout:
            return True

    def sweep(self) -> None:
        """Remove the files of processes that are gone."""
        for path in self.folder.glob("*.lock"):
            if not self.alive(path.stem):
                path.unlink(missing_ok=True)

    def end(self) -> None:
        self._lock.release()
        self._path(self.token).unlink(missing_ok=True)


class ServerLease:
    """A PostgreSQL advisory lock on a connection of its own, for processes of any machine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.token = secrets.token_hex(4)[:7]  # 28 bits: fits the server's signed 32
        self._held = self._connect()
        self._held.execute(text("SELECT pg_advisory_lock(:space, :key)"), self._key(self.token))

    def _connect(self) -> Connection:
        return self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")

    @staticmethod
    def _key(token: str) -> dict[str, int]:
        return {"space": _SPACE, "key": int(token, 16)}

    def alive(self, token: str) -> bool:
        if token == self.token:
            return True
        if not _TOKEN.fullmatch(token):
            return False
        with self._connect() as connection:
            free = connection.scalar(text("SELECT pg_try_advisory_lock(:space, :key)"), self._key(token))
            if free:
                connection.execute(text("SELECT pg_advisory_unlock(:space, :key)"), self._key(token))
            return not free

    def end(self) -> None:
        self._held.close()
        self._engine.dispose()
