"""One task over many requests: the rows of a spreadsheet or the lines of a JSONL file.

What was asked and how each row ended stands in the records, row by row: a batch whose process died goes on where
it stopped and no row is paid for twice. One process works on a batch at a time.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, Literal, Protocol
from uuid import uuid4

from pydantic import BaseModel

from .chat import COMPOSER, Cancel
from .engine import Engine, Finished, Order
from .errors import BackendError, BudgetError, NotFoundError, RequestError
from .rows import Rows, SheetFiles, read_rows, results
from .run import Run, RunStore
from .scenario import Scenario
from .texts import Lang

log = logging.getLogger(__name__)

BatchState = Literal["waiting", "running", "paused", "cancelled", "done"]
ItemState = Literal["waiting", "done", "failed"]

_OUTAGE = 10
"""After so many rows in a row that a backend failed, a batch pauses instead of failing all the rest."""


class Item(BaseModel):
    """One row. ``number`` counts from 1, below the header. ``request`` is None where the row could not be read as one;
    ``cells`` is the row as it stood in a spreadsheet; ``error`` is a sentence for the person."""

    number: int
    cells: list[Any] = []
    request: dict[str, Any] | None = None
    state: ItemState = "waiting"
    run_id: str | None = None
    error: str = ""


class Batch(BaseModel):
    """A batch and how far it is. ``header`` are a spreadsheet's columns, ``ignored`` those that are no field.

    ``background``: a page started it, and the background process takes it up again by itself. ``key`` tells the same
    order over the same file again.
    """

    batch_id: str
    scenario: str
    task: str
    lang: Lang
    knowledge: list[str] = []
    backend: str = COMPOSER
    author: str = ""
    name: str = ""
    key: str = ""
    header: list[str] = []
    ignored: list[str] = []
    background: bool = False
    state: BatchState = "waiting"
    error: str = ""
    created_at: datetime
    finished_at: datetime | None = None
    total: int = 0
    done: int = 0
    failed: int = 0


class BatchStore(Protocol):
    """Where batches are kept. An unknown id raises ``NotFoundError``."""

    def add(self, batch: Batch, items: Sequence[Item]) -> None: ...

    def get(self, batch_id: str) -> Batch: ...

    def list(self, limit: int = 50) -> Sequence[Batch]:
        """The latest first."""
        ...

    def unfinished(self, key: str) -> Batch | None:
        """The latest batch with this key that is neither done nor cancelled."""
        ...

    def items(self, batch_id: str, state: ItemState | None = None) -> Sequence[Item]:
        """The rows in order, or those in one state."""
        ...

    def claim(self, batch_id: str) -> Batch | None:
        """Take a batch that waits or is paused to work on; None when another process has it or nothing is left."""
        ...

    def waiting(self) -> Batch | None:
        """The batch that has waited longest for the background process."""
        ...

    def record(self, batch_id: str, item: Item) -> BatchState:
        """Keep how a row ended; tells whether the batch shall go on (running) or somebody paused or cancelled it."""
        ...

    def leave(self, batch_id: str, error: str = "") -> Batch:
        """Stop working on it: done when no row waits, else paused with the reason."""
        ...

    def move(self, batch_id: str, state: BatchState, of: Sequence[BatchState]) -> None:
        """Bring a batch that is in one of the states ``of`` to ``state``; another stays."""
        ...

    def retry(self, batch_id: str) -> int:
        """Let failed rows wait again; how many."""
        ...

    def blank(self, batch_id: str) -> None:
        """Forget what the rows of a batch said."""
        ...


@dataclass(frozen=True)
class Batches:
    """``start_worker`` makes sure that the background process runs; ``parallel`` rows are with a chat model at once."""

    scenarios: Mapping[str, Scenario]
    engine: Engine
    runs: RunStore
    store: BatchStore
    sheets: SheetFiles
    start_worker: Callable[[], None] = field(default=lambda: None)
    parallel: int = 4

    def open(self, order: Order, path: Path, name: str = "", *, background: bool = False) -> Batch:
        """The batch of ``order`` (whose request is not looked at) over the file at ``path``.

        The same order over the same file goes on where it stopped, unless it was finished. A page starts a batch with
        ``background``: its rows may name no file of this machine. Raises ``DocumentError`` for
        a file that cannot be read, ``RequestError`` when it has no rows or lacks a column that the task needs.
        """
        task = order.scenario.task(order.task)
        rows = read_rows(path, name or path.name, order.scenario, task, self.sheets, files=not background)
        key = _key(order, rows)
        if (known := self.store.unfinished(key)) is not None:
            return known
        items = [
            Item(number=number, cells=row.cells, request=row.request, error=row.error(order.lang))
            for number, row in enumerate(rows.rows, 1)
        ]
        batch = Batch(
            batch_id=uuid4().hex[:12],
            scenario=order.scenario.slug,
            task=task.name,
            lang=order.lang,
            knowledge=list(order.knowledge_bases),
            backend=order.backend,
            author=order.author,
            name=name or path.name,
            key=key,
            header=list(rows.header),
            ignored=list(rows.ignored),
            background=background,
            created_at=datetime.now(UTC),
            total=len(items),
        )
        self.store.add(batch, [_settled(item) for item in items])
        if background:
            self.start_worker()
        return batch

    def list(self, limit: int = 50) -> Sequence[Batch]:
        """The latest first. One that waits gets its process."""
        found = self.store.list(limit)
        if any(batch.state == "waiting" and batch.background for batch in found):
            self.start_worker()
        return found

    def pause(self, batch_id: str) -> None:
        """Stop after the row that is being worked on."""
        self.store.move(batch_id, "paused", ("waiting", "running"))

    def cancel(self, batch_id: str) -> None:
        """Stop for good; what was made stays."""
        self.store.move(batch_id, "cancelled", ("waiting", "running", "paused"))

    def resume(self, batch_id: str) -> None:
        """Let a paused batch go on in the background."""
        self.store.move(batch_id, "waiting", ("paused",))
        self.start_worker()

    def retry(self, batch_id: str) -> int:
        """Try the rows of a finished batch that failed again, in the background; how many there are."""
        count = self.store.retry(batch_id)
        if count:
            self.store.move(batch_id, "waiting", ("done", "cancelled", "paused"))
            self.start_worker()
        return count

    def work(self, batch_id: str, report: Callable[[Batch, Item], None] = lambda batch, item: None) -> Batch:
        """Do the rows that wait, here and now, telling ``report`` of each. Returns where the batch stands then.

        Raises ``RequestError`` when another process is at work on it.
        """
        batch = self.store.claim(batch_id)
        if batch is None:
            found = self.store.get(batch_id)
            if found.state == "running":
                raise RequestError("workbench:batch.taken", batch_id=batch_id)
            return found
        stop, reason, outage, lock = Cancel(), "", 0, Lock()

        def one(item: Item) -> None:
            nonlocal reason, outage
            if stop.is_set():
                return
            ended, failure = self._do(batch, item)
            if isinstance(failure, BudgetError):  # the row did not begin: it waits until there is money again
                reason = failure.text(batch.lang)
                stop.set()
                return
            state = self.store.record(batch_id, ended)
            with lock:
                outage = outage + 1 if isinstance(failure, BackendError) else 0
                if outage >= _OUTAGE:
                    reason = reason or ended.error
                batch.done += ended.state == "done"
                batch.failed += ended.state == "failed"
                report(batch, ended)
            if reason or state != "running":
                stop.set()

        try:
            waiting = self.store.items(batch_id, "waiting")
            if batch.backend == COMPOSER or self.parallel == 1:
                for item in waiting:
                    one(item)
            else:
                with ThreadPoolExecutor(self.parallel, "batch") as pool:
                    for _ in pool.map(one, waiting):
                        pass
        finally:
            stop.set()
            left = self.store.leave(batch_id, reason)
        if left.background:
            self.forget(left)
        return left

    def forget(self, batch: Batch) -> None:
        """Forget what the rows of a finished batch said, where the settings keep no requests."""
        if batch.state == "done" and not self.engine.keeps_inputs(batch.scenario):
            self.store.blank(batch.batch_id)

    def work_waiting(self) -> int:
        """Do every batch that waits for the background process; how many there were."""
        count = 0
        while (batch := self.store.waiting()) is not None:
            try:
                self.work(batch.batch_id)
            except RequestError:  # another process was quicker
                continue
            count += 1
        return count

    def answers(self, batch_id: str) -> Iterator[tuple[Item, Run | None]]:
        """Each row with its run; None where none was begun."""
        for item in self.store.items(batch_id):
            run = None
            if item.run_id:
                try:
                    run = self.runs.get(item.run_id)
                except NotFoundError:
                    log.warning("run %s of batch %s is gone", item.run_id, batch_id)
            yield item, run

    def write(self, batch_id: str, path: Path, *, only_ended: bool = False) -> None:
        """Write the results as .xlsx or .jsonl. Raises ``RequestError`` for another kind, ``DocumentError``."""
        batch = self.store.get(batch_id)
        task = self.scenarios[batch.scenario].task(batch.task)
        rows = ((item, run) for item, run in self.answers(batch_id) if not only_ended or item.state != "waiting")
        results(path, batch.header, rows, task, batch.lang, self.sheets)

    def _do(self, batch: Batch, item: Item) -> tuple[Item, Exception | None]:
        scenario = self.scenarios[batch.scenario]
        order = Order(
            scenario, batch.task, item.request or {}, batch.lang, tuple(batch.knowledge), batch.backend, batch.author
        )
        run: Run | None = None
        failure: Exception | None = None
        try:
            for event in self.engine.execute(order):
                if isinstance(event, Finished):
                    run, failure = event.run, event.error
        except RequestError as error:
            return item.model_copy(update={"state": "failed", "error": error.text(batch.lang)}), error
        if run is None or run.status != "done":
            told = run.error if run else ""
            return item.model_copy(update={"state": "failed", "run_id": run and run.run_id, "error": told}), failure
        return item.model_copy(update={"state": "done", "run_id": run.run_id, "error": ""}), None


def _settled(item: Item) -> Item:
    return item if item.request is not None else item.model_copy(update={"state": "failed"})


def _key(order: Order, rows: Rows) -> str:
    told = [
        order.scenario.slug, order.task, order.lang, sorted(order.knowledge_bases), order.backend, order.author,
        rows.digest,
    ]  # fmt: skip
    return sha256(repr(told).encode()).hexdigest()[:32]
