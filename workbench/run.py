"""A run: form -> evidence -> draft -> checks -> record. The one way in which a deliverable comes to be."""

import hashlib
import json
import logging
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Literal, Protocol, TypeVar
from uuid import uuid4

from pydantic import BaseModel, TypeAdapter, ValidationError, computed_field

from .chat import COMPOSER, Cancel, Delta, Gate, Message, ModelCall, Thought, Usage
from .citations import cite
from .errors import BackendError, Cancelled, RequestError, WorkbenchError
from .evidence import Citation, Hit
from .files import Files, NoFiles
from .findings import Finding
from .knowledge import Knowledge
from .prompts import load_prompt
from .scenario import Deliverable, Scenario, Task
from .statutes import NoStatutes, Statutes
from .texts import Lang, text

log = logging.getLogger(__name__)

Form = TypeVar("Form", bound=BaseModel)
Status = Literal["running", "done", "failed", "cancelled"]


class Run(BaseModel):
    """The record of a run. ``deliverable`` is None until it is written; ``text`` is the part of it that people edit.

    ``evidence`` are all passages found, ``citations`` those that the text uses; ``error`` is a sentence for the person.
    ``settings`` are those of the backend; ``again_of`` is the run that this one repeats. Without ``inputs_kept`` the
    words of the request were not recorded; a run that was purged (``purged_at``) has no words at all.
    """

    run_id: str
    scenario: str
    task: str
    lang: Lang
    status: Status = "running"
    request: dict[str, Any] = {}
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

    def save(self, run: Run) -> None:
        """Insert or update by ``run_id``. A deliverable becomes version 1 the first time that it comes with the run."""
        ...

    def get(self, run_id: str) -> Run: ...

    def versions(self, run_id: str) -> Sequence[Version]:
        """All versions, the first first."""
        ...

    def add_version(self, run_id: str, version: Version) -> Version:
        """Keep ``version`` as the newest; its number is given here and returned. A run without version 1 is refused."""
        ...


@dataclass(frozen=True, slots=True)
class Started:
    """The run exists and has an id."""

    run_id: str


@dataclass(frozen=True, slots=True)
class Step:
    """What is being done now. ``name`` is one of evidence, draft, checks."""

    name: Literal["evidence", "draft", "checks"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The passages found, in the order of their markers."""

    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """The end of every run, also of a failed or cancelled one: look at ``run.status``. ``error`` is what failed it."""

    run: Run
    error: Exception | None = None


Event = Started | Step | Evidence | Delta | Thought | Finished


@dataclass
class RunContext:
    """What a task may use while it runs. ``passages`` is the evidence so far; ``[n]`` in a text is the n-th of it.

    ``notes`` is what ``gather`` wants to hand on to the writers; it is not recorded. ``files`` reads those that the
    request names.
    """

    lang: Lang
    knowledge: Knowledge
    knowledge_bases: tuple[str, ...]
    as_of: date | None = None
    passages: list[Citation] = field(default_factory=list)
    notes: dict[str, Any] = field(default_factory=dict)
    files: Files = field(default_factory=NoFiles)
    statutes: Statutes = field(default_factory=NoStatutes)

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


@dataclass(frozen=True)
class Order:
    """What a person asks for: which task, the filled form, which knowledge, which writer; what it repeats, if any."""

    scenario: Scenario
    task: str
    request: dict[str, Any]
    lang: Lang = "zh"
    knowledge_bases: Sequence[str] = ()
    backend: str = COMPOSER
    author: str = ""
    again_of: str | None = None


class Admission(Protocol):
    """Whether a run may begin, whose it is, and what it cost: the ledger, seen from the engine."""

    def department(self, person: str) -> str:
        """The department that is charged for what ``person`` runs."""
        ...

    def admit(self, person: str, scenario: str, backend: str) -> None:
        """Raise ``BudgetError`` when the run may not begin."""
        ...

    def price(self, usage: Usage, at: datetime) -> float | None:
        """What ``usage`` cost; None where it cannot be told."""
        ...


class Free:
    """Everything may run and nothing is priced."""

    def department(self, person: str) -> str:
        return ""

    def admit(self, person: str, scenario: str, backend: str) -> None: ...

    def price(self, usage: Usage, at: datetime) -> float | None:
        return 0.0 if usage.backend == COMPOSER else None


@dataclass(frozen=True)
class Engine:
    """The services that a run needs. ``keeps_inputs`` tells of a scenario whether requests are recorded."""

    knowledge: Knowledge
    gate: Gate
    runs: RunStore
    files: Files = field(default_factory=NoFiles)
    statutes: Statutes = field(default_factory=NoStatutes)
    ledger: Admission = field(default_factory=Free)
    keeps_inputs: Callable[[str], bool] = field(default=lambda scenario: True)

    def execute(self, order: Order, cancel: Cancel | None = None) -> Iterator[Event]:
        """Run ``order``, yielding events as they happen; the last is ``Finished``.

        A wrong request raises ``RequestError`` before anything is recorded, a budget that is used up ``BudgetError``.
        From then on every ending is recorded, and an error's sentence stands in the run: nothing is lost and nothing
        is raised.
        """
        task = order.scenario.task(order.task)
        request = validated(task.request, order.request)
        self.ledger.admit(order.author, order.scenario.slug, order.backend)
        lang = task.language(request, order.lang)
        kept = self.keeps_inputs(order.scenario.slug)
        run = Run(
            run_id=uuid4().hex[:12],
            scenario=order.scenario.slug,
            task=task.name,
            lang=lang,
            request=(request if kept else blanked(request)).model_dump(mode="json", warnings=False),
            inputs_kept=kept,
            again_of=order.again_of,
            knowledge=list(order.knowledge_bases),
            usage=Usage(backend=order.backend),
            author=order.author,
            department=self.ledger.department(order.author),
            created_at=datetime.now(UTC),
        )
        self.runs.save(run)
        yield Started(run.run_id)
        began = time.perf_counter()
        failure: Exception | None = None
        try:
            yield from self._produce(order, task, request, run, cancel or Cancel())
            run.status = "done"
        except (Cancelled, GeneratorExit) as error:
            run.status = "cancelled"
            if isinstance(error, GeneratorExit):  # the page went away: keep the record, then let go
                raise
        except WorkbenchError as error:
            run.status, run.error = "failed", error.text(order.lang)
            failure = error
        except Exception as error:
            log.exception("run %s failed", run.run_id)
            run.status = "failed"
            run.error = text("workbench:run.unexpected", order.lang, kind=type(error).__name__)
            failure = error
        finally:
            run.usage.seconds = round(time.perf_counter() - began, 3)
            if not kept:
                run.thinking = ""  # it repeats what was asked
            run.usage.cost = self.ledger.price(run.usage, run.created_at)
            run.finished_at = datetime.now(UTC)
            self.runs.save(run)
        yield Finished(run, failure)

    def revise(
        self, scenario: Scenario, run_id: str, text: str, author: str = "", base: int | None = None, real: str = ""
    ) -> Version:
        """Keep a person's text as the next version, cited and checked like a draft.

        ``base`` is the version that the person edited, the newest unless told. When others saved meanwhile, both are
        kept: the version returned is ``branched``. Raises ``NotFoundError`` for an unknown run and ``RequestError``
        for one that produced nothing or has no such version.
        """
        run, task, edited = self._version(scenario, run_id, base)
        deliverable = task.revised(validated(task.deliverable, edited.deliverable), text)
        return self._keep(run, task, deliverable, author=author, real=real, base=edited.number)

    def restore(self, scenario: Scenario, run_id: str, number: int, author: str = "", real: str = "") -> Version:
        """Bring version ``number`` back as the newest, checked by the checks of today. Raises like :meth:`revise`."""
        run, task, old = self._version(scenario, run_id, number)
        newest = self.runs.versions(run_id)[-1].number
        deliverable = validated(task.deliverable, old.deliverable)
        return self._keep(run, task, deliverable, author=author, real=real, base=newest, restored=number)

    def _version(self, scenario: Scenario, run_id: str, number: int | None) -> tuple[Run, Task[Any, Any, Any], Version]:
        run = self.runs.get(run_id)
        versions = self.runs.versions(run_id)
        if not versions:
            raise RequestError("workbench:run.nothing_to_edit", run_id=run_id)
        return run, scenario.task(run.task), numbered(versions, number, run_id)

    def _keep(self, run: Run, task: Task[Any, Any, Any], deliverable: Deliverable, **origin: Any) -> Version:
        request = recorded(task.request, run)
        context = self._context(run, request)
        context.passages = list(run.evidence)
        text = task.text(deliverable)
        version = Version(
            number=0,
            text=text,
            deliverable=deliverable.model_dump(mode="json"),
            citations=cite(text, context.passages),
            findings=task.check(request, deliverable, context),
            created_at=datetime.now(UTC),
            **origin,
        )
        return self.runs.add_version(run.run_id, version)

    def _context(self, run: Run, request: Any) -> RunContext:
        bases, as_of = tuple(run.knowledge), getattr(request, "as_of", None)
        return RunContext(run.lang, self.knowledge, bases, as_of, files=self.files, statutes=self.statutes)

    def _produce(
        self, order: Order, task: Task[Any, Any, Any], request: Any, run: Run, cancel: Cancel
    ) -> Iterator[Event]:
        context = self._context(run, request)
        yield Step("evidence")
        task.gather(request, context)
        cancel.check()
        run.evidence = list(context.passages)
        yield Evidence(tuple(context.passages))

        yield Step("draft")
        if order.backend == COMPOSER:
            deliverable: Deliverable = task.compose(request, context)
        else:
            deliverable = yield from self._write(order, task, request, run, context, cancel)
        cancel.check()

        yield Step("checks")
        run.evidence = list(context.passages)
        run.deliverable, run.text = deliverable.model_dump(mode="json"), task.text(deliverable)
        run.citations = cite(run.text, context.passages)
        run.findings = task.check(request, deliverable, context)

    def _write(
        self, order: Order, task: Task[Any, Any, Any], request: Any, run: Run, context: RunContext, cancel: Cancel
    ) -> Generator[Event, None, Deliverable]:
        """Let a chat model draft, with one chance to mend an answer that is not in the form asked for."""
        prompt = load_prompt(run.scenario, run.task, run.lang)
        run.prompt = prompt.id
        info = self.gate.info(order.backend)
        run.usage.model = info.model
        run.settings = info.model_dump(mode="json", exclude={"name", "model"}, exclude_none=True)
        schema = task.draft.model_json_schema()
        system, user = prompt.fill(**task.brief(request, context))
        form = text("workbench:draft.form", run.lang, schema=json.dumps(schema, ensure_ascii=False))
        messages = [Message("system", f"{system}\n\n{form}"), Message("user", user)]
        for attempt in (1, 2):
            answer = ""
            call = ModelCall(tuple(messages), tuple(context.passages), schema if info.json_schema else None)
            for piece in self.gate.stream(order.backend, call, cancel):
                match piece:
                    case Delta(text=part):
                        answer += part
                        yield piece
                    case Thought(text=part):
                        run.thinking += part
                        yield piece
                    case Usage():
                        run.usage.model = piece.model or run.usage.model
                        run.usage.input_tokens = _sum(run.usage.input_tokens, piece.input_tokens)
                        run.usage.output_tokens = _sum(run.usage.output_tokens, piece.output_tokens)
            try:
                draft = task.draft.model_validate_json(outermost_object(answer))
                settled: Deliverable = task.settle(request, draft, context)
                return settled
            except ValidationError as error:
                if attempt == 2:
                    raise BackendError("workbench:draft.not_json", retryable=True) from error
                repair = text("workbench:draft.repair", run.lang, errors=str(error)[:1500])
                messages += [Message("assistant", answer), Message("user", repair)]
        raise AssertionError("unreachable")


def numbered(versions: Sequence[Version], number: int | None, run_id: str) -> Version:
    """Version ``number`` of a run, the newest for None. Raises ``RequestError`` when there is none such."""
    for version in reversed(versions):
        if number in (None, version.number):
            return version
    raise RequestError("workbench:run.no_version", run_id=run_id, version=number or 1)


def validated(kind: type[Form], values: dict[str, Any]) -> Form:
    """``values`` as a ``kind``. Raises ``RequestError`` naming the first wrong place."""
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or kind.__name__
        raise RequestError("workbench:request.invalid", place=place, reason=first["msg"]) from error


def recorded(kind: type[Form], run: Run) -> Form:
    """The request of a run. Where the words of it were not kept, they are empty in it. Raises ``RequestError``."""
    if run.purged_at is not None:
        raise RequestError("workbench:run.purged", run_id=run.run_id)
    if run.inputs_kept:
        return validated(kind, run.request)
    values = {}
    for name, one in kind.model_fields.items():
        try:
            values[name] = TypeAdapter[Any](one.annotation or str).validate_python(run.request.get(name))
        except ValidationError:  # an empty word where some are asked for
            values[name] = run.request.get(name)
    return kind.model_construct(**values)


def blanked(request: Form) -> Form:
    """``request`` without what a person wrote: choices, figures, days and switches stay."""
    empty: dict[type, Any] = {str: "", list: [], dict: {}, tuple: ()}
    values = {}
    for name, one in type(request).model_fields.items():
        value = getattr(request, name)
        chosen = "Literal" in repr(one.annotation) and isinstance(value, str)
        plain = value is None or isinstance(value, bool | int | float | date | Decimal | Enum)
        values[name] = value if chosen or plain else empty.get(type(value))
    return type(request).model_construct(**values)


def outermost_object(answer: str) -> str:
    """The text from the first ``{`` to the last ``}``: models wrap JSON in fences and words. Without one, all of it."""
    start, end = answer.find("{"), answer.rfind("}")
    return answer[start : end + 1] if 0 <= start < end else answer


def _sum(total: int | None, more: int | None) -> int | None:
    return None if total is None or more is None else total + more
