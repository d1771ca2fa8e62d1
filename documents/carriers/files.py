"""A file is replaced whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """A path to write to; what was written takes the place of ``path`` at the end, unless something was raised."""
    draft = path.parent / f".{uuid4().hex[:8]}.part"
    try:
        yield draft
        draft.replace(path)
    finally:
        with suppress(OSError):  # the folder is gone or is none: there is nothing to tidy up
            draft.unlink(missing_ok=True)
