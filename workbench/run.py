"""A run: form -> evidence -> draft -> checks -> record. The one way in which a deliverable comes to be."""

import json
import logging
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Literal, Protocol, TypeVar
from uuid import uuid4

from pydantic import BaseModel, ValidationError

from .chat import COMPOSER, Cancel, Delta, Gate, Message, ModelCall, Thought, Usage
from .citations import cite
from .errors import BackendError, Cancelled, RequestError, WorkbenchError
from .evidence import Citation, Hit
from .findings import Finding
from .knowledge import Knowledge
from .prompts import load_prompt
from .scenario import Deliverable, Scenario, Task
from .texts import Lang, text

log = logging.getLogger(__name__)

Form = TypeVar("Form", bound=BaseModel)
Status = Literal["running", "done", "failed", "cancelled"]


class Run(BaseModel):
    """The record of a run. ``deliverable`` is None until it is written; ``error`` is a sentence for the person."""

    run_id: str
    scenario: str
    task: str
    lang: Lang
    status: Status = "running"
    request: dict[str, Any] = {}
    knowledge: list[str] = []
    deliverable: dict[str, Any] | None = None
    findings: list[Finding] = []
    citations: list[Citation] = []
    usage: Usage = Usage()
    prompt: str = ""
    thinking: str = ""
    error: str = ""
    author: str = ""
    created_at: datetime
    finished_at: datetime | None = None


class RunStore(Protocol):
    """Where runs are kept. ``save`` inserts or updates by ``run_id``."""

    def save(self, run: Run) -> None: ...

    def get(self, run_id: str) -> Run:
        """Raises ``NotFoundError``."""
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
    """The end of every run, also of a failed or cancelled one: look at ``run.status``."""

    run: Run


Event = Started | Step | Evidence | Delta | Thought | Finished


@dataclass
class RunContext:
    """What a task may use while it runs. ``hits`` are the passages so far; ``[n]`` in a text means ``hits[n - 1]``."""

    lang: Lang
    knowledge: Knowledge
    knowledge_bases: tuple[str, ...]
    as_of: date | None = None
    hits: list[Hit] = field(default_factory=list)

    def retrieve(self, query: str, limit: int = 5) -> Sequence[Hit]:
        """Search the run's knowledge bases and add what is new to ``hits``. Returns this query's hits, best first."""
        found = self.knowledge.search(query, names=self.knowledge_bases, limit=limit, as_of=self.as_of)
        known = {(hit.knowledge_base, hit.chunk.id) for hit in self.hits}
        self.hits += [hit for hit in found if (hit.knowledge_base, hit.chunk.id) not in known]
        return found

    def marker(self, hit: Hit) -> str:
        """The citation marker of a hit that ``retrieve`` returned, such as ``[1]``."""
        keys = [(known.knowledge_base, known.chunk.id) for known in self.hits]
        return f"[{keys.index((hit.knowledge_base, hit.chunk.id)) + 1}]"

    def passages(self) -> tuple[Citation, ...]:
        """All hits as citations that nobody has verified yet."""
        return tuple(
            Citation(
                marker=f"[{number}]",
                knowledge_base=hit.knowledge_base,
                document_id=hit.chunk.document_id,
                title=hit.chunk.title,
                page=hit.chunk.page,
                heading=hit.chunk.context,
                quote=hit.chunk.text,
                passage=hit.chunk.text,
            )
            for number, hit in enumerate(self.hits, 1)
        )


@dataclass(frozen=True)
class Order:
    """What a person asks for: which task, the filled form, which knowledge, which writer."""

    scenario: Scenario
    task: str
    request: dict[str, Any]
    lang: Lang = "zh"
    knowledge_bases: Sequence[str] = ()
    backend: str = COMPOSER
    author: str = ""


@dataclass(frozen=True)
class Engine:
    """The services that a run needs."""

    knowledge: Knowledge
    gate: Gate
    runs: RunStore

    def execute(self, order: Order, cancel: Cancel | None = None) -> Iterator[Event]:
        """Run ``order``, yielding events as they happen; the last is ``Finished``.

        A wrong request raises ``RequestError`` before anything is recorded. From then on every ending is recorded,
        and an error's sentence stands in the run: nothing is lost and nothing is raised.
        """
        task = order.scenario.task(order.task)
        request = validated(task.request, order.request)
        lang = task.language(request, order.lang)
        run = Run(
            run_id=uuid4().hex[:12],
            scenario=order.scenario.slug,
            task=task.name,
            lang=lang,
            request=request.model_dump(mode="json"),
            knowledge=list(order.knowledge_bases),
            usage=Usage(backend=order.backend),
            author=order.author,
            created_at=datetime.now(UTC),
        )
        self.runs.save(run)
        yield Started(run.run_id)
        began = time.perf_counter()
        try:
            yield from self._produce(order, task, request, run, cancel or Cancel())
            run.status = "done"
        except (Cancelled, GeneratorExit) as error:
            run.status = "cancelled"
            if isinstance(error, GeneratorExit):  # the page went away: keep the record, then let go
                raise
        except WorkbenchError as error:
            run.status, run.error = "failed", error.text(order.lang)
        except Exception as error:
            log.exception("run %s failed", run.run_id)
            run.status = "failed"
            run.error = text("workbench:run.unexpected", order.lang, kind=type(error).__name__)
        finally:
            run.usage.seconds = round(time.perf_counter() - began, 3)
            run.finished_at = datetime.now(UTC)
            self.runs.save(run)
        yield Finished(run)

    def _produce(self, order: Order, task: Task[Any, Any], request: Any, run: Run, cancel: Cancel) -> Iterator[Event]:
        context = RunContext(
            lang=run.lang,
            knowledge=self.knowledge,
            knowledge_bases=tuple(order.knowledge_bases),
            as_of=getattr(request, "as_of", None),
        )
        yield Step("evidence")
        task.gather(request, context)
        cancel.check()
        yield Evidence(context.passages())

        yield Step("draft")
        if order.backend == COMPOSER:
            deliverable: Deliverable = task.compose(request, context)
        else:
            deliverable = yield from self._write(order, task, request, run, context, cancel)
        cancel.check()
        run.deliverable = deliverable.model_dump(mode="json")

        yield Step("checks")
        run.citations = cite(task.text(deliverable), context.passages())
        run.findings = task.check(request, deliverable, context)

    def _write(
        self, order: Order, task: Task[Any, Any], request: Any, run: Run, context: RunContext, cancel: Cancel
    ) -> Generator[Event, None, Deliverable]:
        """Let a chat model draft, with one chance to mend an answer that is not in the form asked for."""
        prompt = load_prompt(run.scenario, run.task, run.lang)
        run.prompt = prompt.id
        info = self.gate.info(order.backend)
        run.usage.model = info.model
        schema = task.draft.model_json_schema()
        system, user = prompt.fill(**task.brief(request, context))
        form = text("workbench:draft.form", run.lang, schema=json.dumps(schema, ensure_ascii=False))
        messages = [Message("system", f"{system}\n\n{form}"), Message("user", user)]
        for attempt in (1, 2):
            answer = ""
            call = ModelCall(tuple(messages), context.passages(), schema if info.json_schema else None)
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


def validated(kind: type[Form], values: dict[str, Any]) -> Form:
    """``values`` as a ``kind``. Raises ``RequestError`` naming the first wrong place."""
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or kind.__name__
        raise RequestError("workbench:request.invalid", place=place, reason=first["msg"]) from error


def outermost_object(answer: str) -> str:
    """The text from the first ``{`` to the last ``}``: models wrap JSON in fences and words. Without one, all of it."""
    start, end = answer.find("{"), answer.rfind("}")
    return answer[start : end + 1] if 0 <= start < end else answer


def _sum(total: int | None, more: int | None) -> int | None:
    return None if total is None or more is None else total + more
