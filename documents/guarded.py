"""Reading in a process of its own, so that a hostile file takes down neither a page nor the worker.

The processes are kept for the next file. One that takes too long or too much memory is ended, and the file is refused.
"""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from workbench.document import SourceDocument
from workbench.errors import DocumentError
from workbench.settings import Limits
from workbench.texts import ROOT

from .packing import unpacked

_FILES = 500
"""After so many files a process makes room for a fresh one: parsers leak."""
_SECRET = ("KEY", "TOKEN", "SECRET", "PASSWORD")


class _Child:
    """One reading process."""

    def __init__(self) -> None:
        environment = {name: value for name, value in os.environ.items() if not any(word in name for word in _SECRET)}
        self._process = subprocess.Popen(  # our own program, no shell
            [sys.executable, "-m", "documents.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=environment,
            start_new_session=True,
        )
        self.files = 0
        self.overdue = False

    def ask(self, request: dict[str, Any], seconds: float) -> dict[str, Any] | None:
        """The answer, or None where the process ended over it. Each sign of going on allows ``seconds`` more."""
        self.files += 1
        timer = self._timer(seconds)
        try:
            assert self._process.stdin is not None and self._process.stdout is not None  # noqa: S101
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
            while (line := self._process.stdout.readline()).endswith(b"\n"):
                answer: dict[str, Any] = json.loads(line)
                if "beat" not in answer:
                    return answer
                timer.cancel()
                timer = self._timer(seconds)
            return None
        except (OSError, ValueError):
            return None
        finally:
            timer.cancel()

    def _timer(self, seconds: float) -> threading.Timer:
        timer = threading.Timer(seconds, self._expire)
        timer.daemon = True
        timer.start()
        return timer

    def _expire(self) -> None:
        self.overdue = True
        self.end()

    def end(self) -> None:
        """End the process and what it started."""
        with suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()

    def close(self) -> None:
        """End the process and forget it."""
        self.end()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(5)


_idle: "queue.LifoQueue[_Child]" = queue.LifoQueue()
_turns = threading.BoundedSemaphore(max(2, min(4, os.cpu_count() or 2)))


def read(path: Path, limits: Limits, *, name: str | None = None) -> SourceDocument:
    """``documents.reader.read`` in another process, within ``limits.seconds`` and ``limits.memory_megabytes``.

    Raises ``DocumentError`` as that does, and for a file that was too much.
    """
    name = name or path.name
    request = {"path": str(path.resolve()), "name": name, "limits": limits.model_dump()}
    with _turns:
        try:
            child = _idle.get_nowait()
        except queue.Empty:
            child = _Child()
        answer = child.ask(request, limits.seconds)
        if answer is None and child.files > 1 and not child.overdue:  # it may have died before: not this file's fault
            child.close()
            child = _Child()
            answer = child.ask(request, limits.seconds)
        if answer is None:
            child.close()
            if child.overdue:
                raise DocumentError("documents:too_slow", name=name, seconds=f"{limits.seconds:g}")
            raise DocumentError("documents:too_much", name=name)
        if child.files < _FILES and "memory" not in answer:
            _idle.put(child)
        else:
            child.close()
    if "memory" in answer:
        raise DocumentError("documents:too_much", name=name)
    if "error" in answer:
        raise DocumentError(str(answer["error"]), **answer["values"])
    return unpacked(answer["document"])
