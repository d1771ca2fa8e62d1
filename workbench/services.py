"""The services that pages and ``cli.py`` are handed. ``wiring.py`` makes them; nobody else names a concrete class."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

from pydantic import BaseModel

from .batch import Batches
from .chat import Backends
from .desk import Desk
from .engine import Engine
from .errors import RequestError, WorkbenchError
from .faq import Faq
from .feedback import Judgements
from .files import Files
from .history import History
from .knowledge import IngestQueue, Knowledge
from .ledger import Ledger
from .publishing import Publishing
from .run import Run, RunStore, Version
from .scenario import Extra, Scenario, Section
from .settings import Settings
from .speech import Voice
from .texts import Lang, text
from .threads import Threads
from .views import Views

ExportFormat = Literal["docx", "xlsx", "pdf", "md", "txt"]


class Runs(RunStore, Protocol):
    """The records of runs, also for looking through them."""

    def list(self, *, scenario: str | None = None, limit: int = 50) -> Sequence[Run]:
        """The latest runs first."""
        ...


class LabelMade(Protocol):
    """The AI-content label of a version: the words to show, the share (0 to 1) of them that are still the draft's.

    ``quotes``: the version also holds words that somebody handed in.
    """

    @property
    def visible(self) -> str: ...

    @property
    def kept(self) -> float: ...

    @property
    def quotes(self) -> bool: ...


class SealState(BaseModel):
    """What a seal says of a file. ``intact``: its content is as sealed; ``signed``: with this workspace's key.

    All are None without a seal of ours.
    """

    intact: bool | None = None
    signed: bool | None = None
    final: bool | None = None


class LabelFound(BaseModel):
    """The label in a file: the visible words and the metadata, each None when it is not there."""

    visible: str | None = None
    metadata: dict[str, str] | None = None


Outcome = Literal["intact", "altered", "elsewhere", "foreign", "visible_only", "unlabelled"]


class Verification(SealState):
    """What a file says about where it came from.

    ``outcome`` is intact (ours and as exported), altered (sealed, but the content changed since), elsewhere (sealed by
    another workspace, or the label was tampered with), foreign (another product's metadata), visible_only, unlabelled.
    ``author`` and ``created_at`` are of the version, where this workspace knows the run (``known``).
    """

    file: str
    format: str
    outcome: Outcome
    label: LabelFound
    producer: str = ""
    run_id: str | None = None
    version: int | None = None
    known: bool = False
    author: str = ""
    created_at: datetime | None = None

    def sentence(self, lang: Lang) -> str:
        """The outcome in one sentence for the person."""
        return text(
            f"workbench:verify.{self.outcome}", lang, file=self.file, run_id=self.run_id, version=self.version,
            producer=self.producer,
        )  # fmt: skip


class Exporter(Protocol):
    """Writes a run's deliverable as a file that carries the AI-content label, and reads such a file back."""

    def export(
        self,
        run: Run,
        version: Version,
        form: ExportFormat,
        path: Path,
        *,
        final: bool = False,
        markers: bool = False,
    ) -> str:
        """Write the file; returns the visible label in it. A draft says in the file that it is one.

        ``markers`` keeps the citation markers in a plain text. Raises ``DocumentError`` when the file cannot be
        written, ``RequestError`` when ``final`` is asked for and the version may not leave as final.
        """
        ...

    def obstacle(self, run: Run, version: Version) -> RequestError | None:
        """Why this version may not leave as final; None when it may."""
        ...

    def label(self, run: Run, version: Version) -> LabelMade:
        """The label that an export of this version carries."""
        ...

    def mark(self, run: Run, version: Version, path: Path, *, final: bool = False) -> str:
        """Put the label, visible and in the metadata, on a .pptx or .png that a scenario made; returns the visible
        words. Raises ``DocumentError``.
        """
        ...

    def write_extra(self, run: Run, version: Version, extra: Extra, path: Path, *, final: bool = False) -> None:
        """Write a further file of a version; what kind of file can carry the label's metadata carries it.

        Raises ``DocumentError`` when it cannot be written, ``RequestError`` like :meth:`export`.
        """
        ...

    def write_tables(self, path: Path, title: str, about: str, sections: Sequence[Section], lang: Lang) -> None:
        """Write sections that no model made as .xlsx, a sheet each. Raises ``DocumentError``."""
        ...

    @property
    def template_fields(self) -> Sequence[str]:
        """The fields that a Word template may hold."""
        ...

    def write_template(self, path: Path, lang: Lang) -> None:
        """Write the built-in Word template, for a company to change. Raises ``DocumentError``."""
        ...

    def check_template(self, path: Path) -> None:
        """Raise ``ConfigError`` saying what is wrong with a Word template."""
        ...

    def verify(self, path: Path, name: str = "") -> Verification:
        """Whose a file is and whether it is as it was exported. ``name`` is what the person calls it.

        Raises ``DocumentError`` for a file that cannot be read.
        """
        ...


class BuiltinKnowledge(Protocol):
    """The sample company and the law library that come with the product."""

    def names(self) -> Sequence[str]:
        """The knowledge bases that it can load."""
        ...

    def title(self, name: str, lang: Lang, stored: str = "") -> str:
        """What the product calls the knowledge base ``name`` in ``lang``; its ``stored`` title if that is another."""
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
    """All of them, for one data folder.

    ``notices``: what does not work here as it is set, one sentence each; everything else does.
    """

    settings: Settings
    scenarios: Mapping[str, Scenario]
    knowledge: Knowledge
    queue: IngestQueue
    builtin: BuiltinKnowledge
    backends: Backends
    runs: Runs
    exporter: Exporter
    voice: Voice
    engine: Engine
    files: Files
    desk: Desk
    batches: Batches
    ledger: Ledger
    history: History
    judgements: Judgements
    publishing: Publishing
    views: Views
    threads: Threads
    faq: Faq
    notices: Sequence[WorkbenchError] = ()
