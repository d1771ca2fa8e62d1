"""The record of a run with its versions, and what a task may use while it runs."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol

from pydantic import BaseModel, computed_field

from .answers import Answer
from .chat import Usage
from .errors import NotFoundError, RequestError
from .evidence import Citation, Hit
from .files import Files, NoFiles
from .findings import Finding
from .knowledge import Knowledge
from .spending import Expected
from .statutes import NoStatutes, Statutes
from .texts import Lang

Status = Literal["running", "done", "failed", "cancelled"]


class Run(BaseModel):
    """The record of a run. ``deliverable`` is None until it is written; ``text`` is the part of it that people edit.

    ``evidence`` are all passages found, ``citations`` those that the text uses; ``error`` is a sentence for the person.
    ``settings`` are those of the backend; ``again_of`` is the run that this one repeats. Without ``inputs_kept`` the
    words of the request were not recorded; a run that was purged (``purged_at``) has no words at all. ``subject`` is
    what it was asked about, in a line.
    """

    run_id: str
    scenario: str
    task: str
    lang: Lang
    status: Status = "running"
    request: dict[str, Any] = {}
    subject: str = ""
    knowledge: list[str] = []
    evidence: list[Citation] = []
    deliverable: dict[str, Any] | None = None
    text: str = ""
    findings: list[Finding] = []
    citations: list[Citation] = []
    usage: Usage = Usage()
    prompt: str = ""
    thinking: str = ""
    error: str = ""
    author: str = ""
    department: str = ""
    settings: dict[str, Any] = {}
    again_of: str | None = None
    inputs_kept: bool = True
    purged_at: datetime | None = None
    created_at: datetime
    finished_at: datetime | None = None


class Version(BaseModel):
    """One state of a run's deliverable with its own citations and findings. Number 1 is what was generated.

    ``base`` is the version that it was made from (0 for the first); ``restored`` the older one that it brings back.
    ``author`` is a person's id, ``real`` the account of who sat there while nobody signs in.
    """

    number: int
    base: int = 0
    restored: int | None = None
    text: str
    deliverable: dict[str, Any]
    citations: list[Citation] = []
    findings: list[Finding] = []
    author: str = ""
    real: str = ""
    created_at: datetime

    @computed_field  # type: ignore[prop-decorator]  # pydantic's own way to put a property into the JSON
    @property
    def sha256(self) -> str:
        """What decisions are bound to: SHA-256 of the canonical JSON of deliverable and text, in hexadecimal.

        Canonical: keys sorted, no white space, everything outside ASCII escaped.
        """
        content = {"deliverable": self.deliverable, "text": self.text}
        return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    @property
    def branched(self) -> bool:
        """Whether others had saved versions after its base, so that it lacks what they changed."""
        return 0 < self.base < self.number - 1


class RunStore(Protocol):
    """Where runs are kept. An unknown id raises ``NotFoundError``."""

    def save(self, run: Run, expected: Expected | None = None) -> None:
        """Insert or update by ``run_id``. A deliverable becomes version 1 the first time that it comes with the run.

        ``expected`` counts as spent until the run is saved again, or its process dies.
        """
        ...

    def get(self, run_id: str) -> Run: ...

    def versions(self, run_id: str) -> Sequence[Version]:
        """All versions, the first first."""
        ...

    def add_version(self, run_id: str, version: Version) -> Version:
        """Keep ``version`` as the newest; its number is given here and returned. A run without version 1 is refused."""
        ...


@dataclass
class RunContext:
    """What a task may use while it runs. ``passages`` is the evidence so far; ``[n]`` in a text is the n-th of it.

    ``answers`` are what people decided about findings and ``editor`` is the name of who did, for further files.
    ``notes`` is what ``gather`` wants to hand on to the writers; it is not recorded. ``files`` reads those that the
    request names. ``earlier`` gives a run by its id with its newest version; raises ``NotFoundError``.
    """

    lang: Lang
    knowledge: Knowledge
    knowledge_bases: tuple[str, ...]
    as_of: date | None = None
    passages: list[Citation] = field(default_factory=list)
    notes: dict[str, Any] = field(default_factory=dict)
    files: Files = field(default_factory=NoFiles)
    statutes: Statutes = field(default_factory=NoStatutes)
    answers: Sequence[Answer] = ()
    editor: str = ""
    earlier: Callable[[str], tuple[Run, Version]] = field(default=lambda run_id: _no_run(run_id))

    def search(self, query: str, limit: int = 5) -> Sequence[Hit]:
        """The best passages of the run's knowledge bases, only to look at."""
        if not self.knowledge_bases:
            return []
        return self.knowledge.search(query, names=self.knowledge_bases, limit=limit, as_of=self.as_of)

    def keep(self, hits: Iterable[Hit]) -> None:
        """Add what is new of ``hits`` to ``passages``."""
        for hit in hits:
            if self._place(hit) is None:
                self.passages.append(_passage(hit, len(self.passages) + 1))

    def retrieve(self, query: str, limit: int = 5) -> Sequence[Hit]:
        """Search and keep what was found. Returns this query's hits, best first."""
        found = self.search(query, limit)
        self.keep(found)
        return found

    def marker(self, hit: Hit) -> str:
        """The citation marker of a hit that was kept, such as ``[1]``."""
        place = self._place(hit)
        if place is None:
            raise KeyError(hit.chunk.id)
        return self.passages[place].marker

    def _place(self, hit: Hit) -> int | None:
        key = (hit.knowledge_base, hit.chunk.id)
        known = ((passage.knowledge_base, passage.chunk_id) for passage in self.passages)
        return next((place for place, other in enumerate(known) if other == key), None)


def _no_run(run_id: str) -> tuple[Run, Version]:
    raise NotFoundError("workbench:run.unknown", run_id=run_id)


def _passage(hit: Hit, number: int) -> Citation:
    """A hit as a citation that nobody has verified yet."""
    return Citation(
        marker=f"[{number}]",
        knowledge_base=hit.knowledge_base,
        document_id=hit.chunk.document_id,
        chunk_id=hit.chunk.id,
        title=hit.chunk.title,
        page=hit.chunk.page,
        heading=hit.chunk.context,
        quote=hit.chunk.text,
        passage=hit.chunk.text,
    )


def numbered(versions: Sequence[Version], number: int | None, run_id: str) -> Version:
    """Version ``number`` of a run, the newest for None. Raises ``RequestError`` when there is none such."""
    for version in reversed(versions):
        if number in (None, version.number):
            return version
    raise RequestError("workbench:run.no_version", run_id=run_id, version=number or 1)
