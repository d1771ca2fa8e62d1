"""The engine: form -> evidence -> draft -> checks -> record. The one way in which a deliverable comes to be."""

import json
import logging
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, Protocol
from uuid import uuid4

from pydantic import ValidationError

from .answers import Answer
from .chat import COMPOSER, Cancel, Delta, Gate, Message, ModelCall, Thought, Usage
from .citations import cite, unverified
from .errors import BackendError, Cancelled, RequestError, WorkbenchError
from .evidence import Citation
from .files import Files, NoFiles
from .findings import Finding
from .forms import blanked, recorded, validated
from .knowledge import Knowledge
from .prompts import load_prompt
from .run import Run, RunContext, RunStore, Version, numbered
from .scenario import Deliverable, Extra, Scenario, Task
from .spending import Expected
from .statutes import NoStatutes, Statutes
from .subjects import line
from .texts import Lang, text

log = logging.getLogger(__name__)


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

    def admitted(self, run: Run) -> AbstractContextManager[Expected | None]:
        """Inside, ``run`` begins: it is recorded with what it is expected to consume. Raises ``BudgetError``."""
        ...

    def price(self, usage: Usage, at: datetime) -> float | None:
        """What ``usage`` cost; None where it cannot be told."""
        ...


class Free:
    """Everything may run and nothing is priced."""

    def department(self, person: str) -> str:
        return ""

    def admitted(self, run: Run) -> AbstractContextManager[Expected | None]:
        return nullcontext()

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
        lang = task.language(request, order.lang)
        kept = self.keeps_inputs(order.scenario.slug)
        run = Run(
            run_id=uuid4().hex[:12],
            scenario=order.scenario.slug,
            task=task.name,
            lang=lang,
            request=(request if kept else blanked(request)).model_dump(mode="json", warnings=False),
            subject=line(task.subject(request)) if kept else "",
            inputs_kept=kept,
            again_of=order.again_of,
            knowledge=list(order.knowledge_bases),
            usage=Usage(backend=order.backend),
            author=order.author,
            department=self.ledger.department(order.author),
            created_at=datetime.now(UTC),
        )
        with self.ledger.admitted(run) as expected:
            self.runs.save(run, expected)
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

    def edit(
        self,
        scenario: Scenario,
        run_id: str,
        fields: dict[str, Any],
        author: str = "",
        base: int | None = None,
        real: str = "",
    ) -> Version:
        """Keep changed ``fields`` of the deliverable as the next version, reckoned again and checked like a draft.

        Fields that are not named stay. Raises like :meth:`revise`, and ``RequestError`` for a value that does not fit.
        """
        run, task, edited = self._version(scenario, run_id, base)
        deliverable = validated(task.deliverable, edited.deliverable | fields)
        deliverable = task.recomputed(recorded(task.request, run), deliverable, run.lang)
        return self._keep(run, task, deliverable, author=author, real=real, base=edited.number)

    def extras(
        self,
        scenario: Scenario,
        run_id: str,
        number: int | None = None,
        answers: Sequence[Answer] = (),
        editor: str = "",
    ) -> Sequence[Extra]:
        """The further files of a version, the newest unless told. Raises like :meth:`revise`."""
        run, task, version = self._version(scenario, run_id, number)
        request = recorded(task.request, run)
        context = self._context(run, request)
        context.passages = list(run.evidence)
        context.answers, context.editor = answers, editor
        return task.extras(request, validated(task.deliverable, version.deliverable), context)

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
            findings=_checked(task, request, deliverable, context),
            created_at=datetime.now(UTC),
            **origin,
        )
        return self.runs.add_version(run.run_id, version)

    def _context(self, run: Run, request: Any) -> RunContext:
        bases, as_of = tuple(run.knowledge), getattr(request, "as_of", None)
        return RunContext(
            run.lang, self.knowledge, bases, as_of, files=self.files, statutes=self.statutes, earlier=self._earlier
        )

    def _earlier(self, run_id: str) -> tuple[Run, Version]:
        run = self.runs.get(run_id)
        return run, numbered(self.runs.versions(run_id), None, run_id)

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
        run.findings = _checked(task, request, deliverable, context)

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


def _checked(task: Task[Any, Any, Any], request: Any, deliverable: Deliverable, context: RunContext) -> list[Finding]:
    """The task's own checks, and the one that holds for all that is written here: a marker's passage says the same."""
    found = task.check(request, deliverable, context)
    if not task.errors_block:  # somebody else's text, in which [1] is no marker of ours
        return found
    return [*found, *unverified(task.text(deliverable), context.passages, found, context.lang)]


def outermost_object(answer: str) -> str:
    """The text from the first ``{`` to the last ``}``: models wrap JSON in fences and words. Without one, all of it."""
    start, end = answer.find("{"), answer.rfind("}")
    return answer[start : end + 1] if 0 <= start < end else answer


def _sum(total: int | None, more: int | None) -> int | None:
    return None if total is None or more is None else total + more
