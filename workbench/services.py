"""The services that pages and ``cli.py`` are handed. ``wiring.py`` makes them; nobody else names a concrete class."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from .chat import Backends
from .desk import Desk
from .knowledge import IngestQueue, Knowledge
from .run import Engine, Run, RunStore, Version
from .scenario import Scenario
from .settings import Settings

ExportFormat = Literal["docx", "xlsx", "md"]


class Runs(RunStore, Protocol):
    """The records of runs, also for looking through them."""

    def list(self, *, scenario: str | None = None, limit: int = 50) -> Sequence[Run]:
        """The latest runs first."""
        ...


class Exporter(Protocol):
    """Writes a run's deliverable as a file that carries the AI-content label."""

    def export(self, run: Run, version: Version, form: ExportFormat, path: Path) -> str:
        """Write the file; returns the visible label in it. Raises ``DocumentError`` when it cannot be written."""
        ...


class BuiltinKnowledge(Protocol):
    """The sample company and the law library that come with the product."""

    def names(self) -> Sequence[str]:
        """The knowledge bases that it can load."""
        ...

    def progress(self) -> Mapping[str, tuple[int, int]]:
        """(documents loaded, documents in all) by knowledge base, for those that are not complete."""
        ...

    def load_defaults(self) -> None:
        """Ask for the sample company and the first part of the law library unless somebody did, or removed them."""
        ...

    def load(self, name: str) -> None:
        """Load or complete one of them behind; returns at once. Raises ``RequestError`` when its data is missing."""
        ...

    def remove(self, name: str) -> None:
        """Delete it and do not load it again by itself."""
        ...


@dataclass(frozen=True)
class Services:
    """All of them, for one data folder."""

    settings: Settings
    scenarios: Mapping[str, Scenario]
    knowledge: Knowledge
    queue: IngestQueue
    builtin: BuiltinKnowledge
    backends: Backends
    runs: Runs
    exporter: Exporter
    engine: Engine
    desk: Desk
