"""One chat model behind the seam: send, pass on, try again while nothing was passed on, stop when asked to."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import CancelledError
from queue import Empty, SimpleQueue
from typing import Any

from workbench.chat import BackendInfo, Cancel, Delta, Message, ModelCall, Thought, Usage
from workbench.errors import BackendError, WorkbenchError
from workbench.settings import Backend

from .answer import Answer
from .client import Client
from .faults import Fault, fault, pause
from .loop import background

LOOK = 0.1
"""Seconds between two looks at the cancel switch."""

Piece = Delta | Thought | Usage


class ModelBackend:
    """A ``ChatBackend`` over a LangChain model. Safe to call from several threads."""

    def __init__(self, name: str, settings: Backend, client: Client) -> None:
        self._name = name
        self._settings = settings
        self._client = client
        self._refused: set[str] = set()
        self._hold = client.tagged
        self._stray = False

    @property
    def info(self) -> BackendInfo:
        """``json_schema`` turns false once the server has refused one."""
        known = describe(self._name, self._settings)
        return known.model_copy(update={"json_schema": known.json_schema and "schema" not in self._refused})

    def stream(self, call: ModelCall, cancel: Cancel) -> Iterator[Piece]:
        """Answer ``call`` piece by piece, the usage last. Raises ``BackendError`` or ``Cancelled``."""
        return self._pieces(call, cancel, self._settings.retries, None)

    def probe(self, within: float) -> None:
        """Ask for one word. Raises ``BackendError`` when none has begun to come after ``within`` seconds."""
        call = ModelCall((Message("user", "Answer with the one word: ready"),))
        for _ in self._pieces(call, Cancel(), 0, within):
            return

    def _pieces(self, call: ModelCall, cancel: Cancel, retries: int, within: float | None) -> Iterator[Piece]:
        cancel.check()
        began = time.monotonic()
        pieces: SimpleQueue[Piece | WorkbenchError | None] = SimpleQueue()
        task = asyncio.run_coroutine_threadsafe(self._answer(call, pieces.put, retries), background())
        try:
            while True:
                cancel.check()
                if within is not None and time.monotonic() - began > within:
                    raise self._silent(within)
                try:
                    piece = pieces.get(timeout=LOOK)
                except Empty:
                    if task.done() and pieces.empty():
                        raise self._fault(RuntimeError()).error from None  # never wait for what will not come
                    continue
                if piece is None:
                    return
                if isinstance(piece, WorkbenchError):
                    raise piece
                yield piece
        finally:
            task.cancel()

    async def _answer(
        self, call: ModelCall, put: Callable[[Piece | WorkbenchError | None], object], retries: int
    ) -> None:
        """Put the pieces, then None; or the error. It runs on the loop, where cancelling it closes the connection."""
        attempt, passed = 0, False
        while True:
            try:
                async for piece in self._once(call):
                    passed = True
                    put(piece)
                put(None)
                return
            except (CancelledError, asyncio.CancelledError):
                raise
            except Exception as error:
                trouble = self._fault(error)
            if not passed and trouble.refused and trouble.refused not in self._refused:
                self._refused.add(trouble.refused)
                continue
            if passed or not trouble.transient or attempt >= retries:
                put(trouble.error)
                return
            await asyncio.sleep(pause(attempt, trouble.wait))
            attempt += 1

    async def _once(self, call: ModelCall) -> AsyncIterator[Piece]:
        """One try."""
        from langsmith import tracing_context

        answer = Answer(self._name, self._settings.model, hold=self._hold or self._stray)
        messages = [(message.role, message.text) for message in call.messages]
        with tracing_context(enabled=False):  # an environment variable must not send prompts elsewhere
            stream = self._client.model.astream(messages, **self._options(call))
            try:
                async for chunk in stream:
                    for piece in answer.feed(chunk):
                        yield piece
            finally:
                self._stray = self._stray or answer.thinking.stray
                await stream.aclose()  # type: ignore[attr-defined]
        for last in answer.end():
            yield last
        self._hold = False

    def _options(self, call: ModelCall) -> dict[str, Any]:
        options: dict[str, Any] = {}
        if call.schema is not None and self.info.json_schema:
            form = {"name": "answer", "schema": call.schema}
            options["response_format"] = {"type": "json_schema", "json_schema": form}
        if "usage" in self._refused:
            options["stream_usage"] = False
        return options

    def _silent(self, seconds: float) -> BackendError:
        where = self._client.where
        return BackendError("backends:late", retryable=True, name=self._name, where=where, seconds=f"{seconds:g}")

    def _fault(self, error: Exception) -> Fault:
        return fault(error, self._client, self._name, self._settings.model, self._settings.timeout)


def describe(name: str, settings: Backend) -> BackendInfo:
    """What is known of a backend without opening it."""
    return BackendInfo(
        name=name,
        kind=settings.kind,
        model=settings.model or (settings.path.stem if settings.path else ""),
        local=settings.local or settings.kind == "llamacpp",
        json_schema=settings.json_schema,
        temperature=settings.temperature,
        max_tokens=settings.max_tokens,
    )
