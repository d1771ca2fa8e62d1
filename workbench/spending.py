"""What was spent: sums over runs, and the runs behind them."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Literal, Protocol

from pydantic import BaseModel

from .costs import Measure
from .errors import RequestError

Dimension = Literal["month", "department", "person", "scenario", "task", "backend", "model"]
DIMENSIONS: tuple[Dimension, ...] = ("month", "department", "person", "scenario", "task", "backend", "model")


class Spend(BaseModel):
    """What a group of runs consumed. ``cost`` is in the settings' currency.

    ``characters`` is content produced: the text of the first versions. ``unpriced`` runs are not in ``cost``: there was
    no price for their model, or the server did not count tokens.
    """

    group: dict[str, str] = {}
    runs: int = 0
    failed: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0
    characters: int = 0
    cost: Decimal = Decimal(0)
    unpriced: int = 0

    def measure(self, measure: Measure) -> Decimal:
        """One of the measures that budgets limit."""
        match measure:
            case "money":
                return self.cost
            case "tokens":
                return Decimal(self.input_tokens + self.output_tokens)
            case "runs":
                return Decimal(self.runs)
            case "characters":
                return Decimal(self.characters)


class Expected(BaseModel):
    """What a run that begins will probably consume. It counts as spent until the run ends and its own figures stand.

    ``cost`` is None where no price is known.
    """

    input_tokens: int
    output_tokens: int
    cost: float | None
    characters: int


class Used(BaseModel):
    """One run on a statement."""

    run_id: str
    created_at: datetime
    person: str
    scenario: str
    task: str
    backend: str
    model: str
    input_tokens: int | None
    output_tokens: int | None
    seconds: float
    characters: int
    cost: Decimal | None


class UsageStore(Protocol):
    """Adds up what the runs recorded."""

    def alone(self) -> AbstractContextManager[None]:
        """Inside, no other thread or process that shares these records is inside too."""
        ...

    def typical(self, scenario: str, task: str, backend: str) -> Expected | None:
        """The mean of the latest runs of this kind that were done; None without any."""
        ...

    def spend(
        self,
        by: Sequence[Dimension] = (),
        *,
        since: str = "",
        until: str = "",
        person: str = "",
        department: str | None = None,
        scenario: str = "",
    ) -> Sequence[Spend]:
        """Sums by ``by``, the dearest first; months are YYYY-MM, both included. Without ``by`` one sum, or none."""
        ...

    def used(self, month: str, department: str | None = None) -> Sequence[Used]:
        """The runs of a month, the first first."""
        ...


def this_month() -> str:
    """YYYY-MM where this program runs."""
    return month_of(datetime.now(UTC))


def month_of(moment: datetime) -> str:
    """The calendar month of ``moment`` where this program runs, as YYYY-MM."""
    return f"{moment.astimezone():%Y-%m}"


def check_month(month: str) -> None:
    """Raise ``RequestError`` unless ``month`` is YYYY-MM."""
    try:
        date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise RequestError("workbench:cost.month", month=month) from error
