"""The process that ingests: uploads first, built-in knowledge in between. One a data folder, by a lock."""

import json
import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

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
_CRASHES = 20
"""So often a worker is started again within one call; files that bring it down are given up before."""


def lock_of(data: Path):  # type: ignore[no-untyped-def]  # filelock is imported late
    """The lock that the running worker of a data folder holds."""
    from filelock import FileLock

    data.mkdir(parents=True, exist_ok=True)
    return FileLock(data / "worker.lock", timeout=0, thread_local=False)


def is_running(data: Path) -> bool:
    """Whether a worker is at work on this data folder."""
    from filelock import Timeout

    try:
        with lock_of(data):
            return False
    except Timeout:
        return True


def holder(data: Path) -> dict[str, Any]:
    """The running worker (pid, since), as it wrote down itself; empty when none runs."""
    if is_running(data):
        with suppress(OSError, ValueError):
            return dict(json.loads((data / "worker.json").read_text("utf-8")))
    return {}


class Starter:
    """Starts a worker of a data folder, on its own so that it outlives the page, unless one runs (``running``)."""

    def __init__(
        self, data: Path, command: Sequence[str], log: str = "worker.log", running: Callable[[], bool] | None = None
    ) -> None:
        self._data = data
        self._command = command
        self._log = log
        self._running = running or partial(is_running, data)
        self._lock = threading.Lock()
        self._started: subprocess.Popen[bytes] | None = None

    def __call__(self) -> None:
        with self._lock:
            # One that was started a moment ago has not taken the lock yet.
            if (self._started is not None and self._started.poll() is None) or self._running():
                return
            self._data.mkdir(parents=True, exist_ok=True)
            with (self._data / self._log).open("ab") as written:
                self._started = subprocess.Popen(  # noqa: S603  # our own program, no shell
                    self._command, stdin=subprocess.DEVNULL, stdout=written, stderr=written, start_new_session=True
                )


def supervise(command: Sequence[str]) -> int:
    """Run a worker as a child process and start it again when it crashed, so that one bad file stops no other.

    Returns the exit status of the last one.
    """
    stopped = Cancel()
    child: subprocess.Popen[bytes] | None = None

    def stop(*_: object) -> None:
        stopped.set()
        if child is not None:
            child.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    status = 0
    for _ in range(_CRASHES):
        child = subprocess.Popen(command)  # noqa: S603  # our own program, no shell
        status = child.wait()
        if status == 0 or stopped.is_set():
            break
        log.warning("the worker ended with status %s: it is started again", status)
        time.sleep(1)
    return status


class Worker:
    """Works off the queue of one data folder."""

    def __init__(self, data: Path, queue: Queue, builtin: Builtin, knowledge: KnowledgeBases, lang: Lang) -> None:
        self._data = data
        self._queue = queue
        self._builtin = builtin
        self._knowledge = knowledge
        self._lang = lang
        self._stop = Cancel()

    def stop(self) -> None:
        """Stop in good order: what is being worked on waits again."""
        self._stop.set()

    def run(self, idle: float = IDLE, *, defaults: bool = False) -> None:
        """Work until nothing came for ``idle`` seconds. Returns at once when another worker is at it.

        ``defaults``: ask for the default built-in knowledge first, for whoever is at it.
        """
        from filelock import Timeout

        if defaults:
            self._builtin.load_defaults()
        while not self._stop.is_set():
            try:
                with lock_of(self._data):
                    self._sign()
                    for job in self._queue.recover():
                        self._queue.finish(job.id, 0, text("vectorstore:ingest.crashed", self._lang, name=job.name))
                    self._work(idle)
                    self._queue.sweep()
            except Timeout:
                return
            # Something may have come in between the last look and letting go of the lock.
            if not any(job.state == "waiting" for job in self._queue.jobs()):
                return

    def _sign(self) -> None:
        since = datetime.now().astimezone().isoformat(timespec="seconds")
        (self._data / "worker.json").write_text(json.dumps({"pid": os.getpid(), "since": since}), "utf-8")

    def _work(self, idle: float) -> None:
        last = time.monotonic()
        while time.monotonic() - last < idle and not self._stop.is_set():
            if self.drain() or self._step_builtin():
                last = time.monotonic()
            else:
                time.sleep(0.2)

    def drain(self) -> int:
        """Do all waiting jobs; how many there were."""
        count = 0
        while not self._stop.is_set() and (taken := self._queue.take()):
            self._do(*taken)
            count += 1
        return count

    def _step_builtin(self) -> bool:
        """Load built-in knowledge, uploads between; whether anything was done."""
        worked = False
        for result in self._builtin.fulfil(self._uploads_first):
            worked = worked or result.status in ("indexed", "replaced")
            if not self._uploads_first():
                break
        return worked

    def _uploads_first(self) -> bool:
        """Do what waits, then say whether to go on."""
        self.drain()
        return not self._stop.is_set()

    def _do(self, job: Job, path: Path) -> None:
        cancel = Cancel()

        def progress(done: int, total: int) -> None:
            if not self._queue.advance(job.id, done, total) or self._stop.is_set():
                cancel.set()

        try:
            if job.kind == "reindex":
                chunks, error = self._knowledge.reindex(job.knowledge_base, progress=progress, cancel=cancel), ""
            else:
                result = self._knowledge.ingest_file(
                    job.knowledge_base, path, job.name, source=job.name, progress=progress, cancel=cancel
                )
                chunks, error = result.chunks, result.error
            self._queue.finish(job.id, chunks, error)
        except Cancelled:
            log.info("%s was stopped", job.name)
            self._queue.put_back(job.id)
        except WorkbenchError as error:
            self._queue.finish(job.id, 0, error.text(self._lang))
        except Exception as error:
            log.exception("ingesting %s failed", job.name)
            reason = text("vectorstore:ingest.unexpected", self._lang, name=job.name, kind=type(error).__name__)
            self._queue.finish(job.id, 0, reason)
