"""What is done once a day in a data folder, by whichever process comes first."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout

from workbench.errors import StoreError

Done = TypeVar("Done")
_BEGUN = " begun"


class Daily:
    """``workbench.history.OnceADay`` with the day of the last time in the file at ``path``."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def due(self) -> bool:
        """Whether it was not done today, where this program runs."""
        return self._last() != date.today().isoformat()

    def run(self, job: Callable[[bool], Done]) -> Done | None:
        """Do ``job`` unless it was done today or another process is at it; then None.

        ``job`` is told whether the last one broke off. One that raises is due again.
        """
        try:
            with FileLock(self._path.with_suffix(".lock"), timeout=0):
                if not self.due:
                    return None
                interrupted = self._last().endswith(_BEGUN)
                today = date.today().isoformat()
                self._path.write_text(today + _BEGUN, "ascii")
                done = job(interrupted)
                self._path.write_text(today, "ascii")
                return done
        except Timeout:
            return None
        except OSError as error:
            raise StoreError("records:daily", path=self._path, reason=error) from error

    def _last(self) -> str:
        try:
            return self._path.read_text("ascii")
        except (OSError, UnicodeDecodeError):
            return ""
