"""A file that is made when its button is pressed."""

import tempfile
from collections.abc import Callable
from pathlib import Path

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def made_file(suffix: str, write: Callable[[Path], object]) -> bytes:
    """The bytes of the file that ``write`` makes at a path ending in ``suffix``."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file{suffix}"
        write(path)
        return path.read_bytes()
