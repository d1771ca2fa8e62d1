"""Sentences of English text whose lines were cut for the page."""

import re
from collections.abc import Iterator

from workbench.language import sentences

_LONGEST = 1500
_STOP = re.compile(r"[.;:!?]\W{0,3}$")


def statements(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of the sentences, those that only a line end cuts put together again."""
    opened: int | None = None
    last = 0
    for start, end in sentences(text):
        if opened is not None and (
            _STOP.search(text[opened:last]) or "\n\n" in text[last:start] or end - opened > _LONGEST
        ):
            yield opened, last
            opened = None
        opened = start if opened is None else opened
        last = end
    if opened is not None:
        yield opened, last
