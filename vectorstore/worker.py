"""The process that ingests: uploads first, built-in knowledge in between. One a data folder, by a lock."""

import logging
import time
from pathlib import Path

from workbench.chat import Cancel
from workbench.errors import Cancelled, WorkbenchError
from workbench.knowledge import Job
from workbench.texts import Lang, text

from .builtin import Builtin
from .knowledge import KnowledgeBases
from .queue import Queue

log = logging.getLogger(__name__)

IDLE = 3.0
"""Seconds without work after which the worker ends; the next upload starts another."""


def lock_of(data: Path):  # type: ignore[no-untyped-def]  # filelock is imported late
    """The lock that the running worker of a data folder holds."""
    from filelock import FileLock

    data.mkdir(parents=True, exist_ok=True)
    return FileLock(data / "worker.lock", timeout=0)


def is_running(data: Path) -> bool:
    """Whether a worker is at work on this data folder."""
    from filelock import Timeout

    try:
        with lock_of(data):
            return False
    except Timeout:
        return True


class Worker:
    """Works off the queue of one data folder."""

    def __init__(self, data: Path, queue: Queue, builtin: Builtin, knowledge: KnowledgeBases, lang: Lang) -> None:
        self._data = data
        self._queue = queue
        self._builtin = builtin
        self._knowledge = knowledge
        self._lang = lang

    def run(self, idle: float = IDLE) -> None:
        """Work until nothing came for ``idle`` seconds. Returns at once when another worker is at it."""
        from filelock import Timeout

        while True:
            try:
                with lock_of(self._data):
                    self._queue.requeue()
                    self._work(idle)
            except Timeout:
                return
            # Something may have come in between the last look and letting go of the lock.
            if not any(job.state == "waiting" for job in self._queue.jobs()):
                return

    def _work(self, idle: float) -> None:
        last = time.monotonic()
        while time.monotonic() - last < idle:
            if self.drain() or self._step_builtin():
                last = time.monotonic()
            else:
                time.sleep(0.2)

    def drain(self) -> int:
        """Do all waiting jobs; how many there were."""
        count = 0
        while taken := self._queue.take():
            self._do(*taken)
            count += 1
        return count

    def _step_builtin(self) -> bool:
        """Load built-in knowledge document by document, uploads between; whether anything was done."""
        worked = False
        for result in self._builtin.fulfil():
            worked = worked or result.status in ("indexed", "replaced")
            self.drain()
        return worked

    def _do(self, job: Job, path: Path) -> None:
        cancel = Cancel()

        def progress(done: int, total: int) -> None:
            if not self._queue.advance(job.id, done, total):
                cancel.set()

        try:
            result = self._knowledge.ingest_file(job.knowledge_base, path, job.name, progress=progress, cancel=cancel)
            self._queue.finish(job.id, result.chunks, result.error)
        except Cancelled:
            log.info("%s was cancelled", job.name)
        except WorkbenchError as error:
            self._queue.finish(job.id, 0, error.text(self._lang))
        except Exception as error:
            log.exception("ingesting %s failed", job.name)
            reason = text("vectorstore:ingest.unexpected", self._lang, name=job.name, kind=type(error).__name__)
            self._queue.finish(job.id, 0, reason)
