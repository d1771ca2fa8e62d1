"""What goes into a marked-up Word file: the text as it was, as it is proposed, and remarks in the margin."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment on the words from ``start`` to ``end`` of the text as it was; on its first line without a place."""

    text: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Redline:
    """``original`` is the text as it was read, ``proposed`` what it shall become: the difference is tracked.

    Every change and remark carries ``author`` and ``at``.
    """

    original: str
    proposed: str
    author: str
    at: datetime
    remarks: tuple[Remark, ...] = ()
