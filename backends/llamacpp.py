"""Kind ``llamacpp``: a GGUF file run inside this process by llama.cpp, through the ``xllamacpp`` wheel.

Imported only when such a backend is opened; the model is loaded at its first call.
"""

import asyncio
import atexit
import os
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import Any
from weakref import WeakSet

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel, generate_from_stream
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.messages.utils import convert_to_openai_messages
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr

from workbench.settings import Backend

from .client import Client

CLOSING_SECONDS = 10
"""How long the end of the process waits for a call to let go of the model."""

Step = dict[str, Any] | Exception | None


class LlamaError(Exception):
    """What llama.cpp answered instead of a completion; the code is as of HTTP."""

    def __init__(self, message: str, status_code: int) -> None:
        super().__init__(message)
        self.message = message
        self.status_code = status_code


class LlamaChat(BaseChatModel):
    """llama.cpp in this process as a LangChain model. One call at a time: the next waits for its turn."""

    path: Path
    context: int
    temperature: float
    max_tokens: int
    extra_body: dict[str, Any] = {}
    _server: Any = PrivateAttr(None)
    _turn: Any = PrivateAttr(default_factory=Lock)
    _stops: Any = PrivateAttr(default_factory=WeakSet)

    @property
    def _llm_type(self) -> str:
        return "llamacpp"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return generate_from_stream(self._stream(messages, stop, run_manager, **kwargs))

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        events: SimpleQueue[Step] = SimpleQueue()
        halt = self._begin(self._payload(messages, stop, kwargs), events.put)
        try:
            while (event := events.get()) is not None:
                yield chunk(event)
        finally:
            halt.set()

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        loop, events = asyncio.get_running_loop(), asyncio.Queue[Step]()
        halt = self._begin(
            self._payload(messages, stop, kwargs), lambda event: loop.call_soon_threadsafe(events.put_nowait, event)
        )
        try:
            while (event := await events.get()) is not None:
                yield chunk(event)
        finally:
            halt.set()

    def _payload(self, messages: list[BaseMessage], stop: list[str] | None, more: dict[str, Any]) -> dict[str, Any]:
        return {
            "messages": convert_to_openai_messages(messages),
            "temperature": self.temperature,
            "max_tokens": self.max_tokens,
            "stream": True,
            "stream_options": {"include_usage": True},
            **({"stop": stop} if stop else {}),
            **more,
            **self.extra_body,
        }

    def _begin(self, payload: dict[str, Any], put: Callable[[Step], object]) -> Event:
        """Answer in a thread, handing each event to ``put`` and None at the end. Set what is returned to stop it."""
        halt = Event()
        self._stops.add(halt)
        Thread(target=self._answer, args=(payload, put, halt), name="llamacpp", daemon=True).start()
        return halt

    def _answer(self, payload: dict[str, Any], put: Callable[[Step], object], halt: Event) -> None:
        def receive(event: dict[str, Any]) -> bool:
            if not halt.is_set():
                put(event)
            return halt.is_set()

        try:
            while not self._turn.acquire(timeout=0.1):
                if halt.is_set():
                    return
            try:
                if not halt.is_set():
                    self._load().handle_chat_completions(payload, receive)
            finally:
                self._turn.release()
        except Exception as error:
            put(error)
        finally:
            put(None)

    def _load(self) -> Any:
        if self._server is None:
            import xllamacpp

            params = xllamacpp.CommonParams()
            params.model.path = str(self.path)
            params.n_ctx = self.context
            params.n_parallel = 1
            params.verbosity = 0
            # Its threads wait by spinning: on all cores, any other load makes it several times slower.
            params.cpuparams.n_threads = params.cpuparams_batch.n_threads = max(1, (os.cpu_count() or 1) - 1)
            # It opens a port on the loopback interface whether we want it or not: nobody else shall be answered there.
            params.api_keys = [secrets.token_hex()]
            try:
                self._server = xllamacpp.Server(params)
            except RuntimeError as error:
                raise LlamaError(str(error), 0) from error
            atexit.register(self.close)
        return self._server

    def close(self) -> None:
        """Stop the calls and let go of the model. A later call would load it again."""
        for halt in list(self._stops):
            halt.set()
        if self._turn.acquire(timeout=CLOSING_SECONDS):
            self._server = None
            self._turn.release()


def chunk(event: dict[str, Any] | Exception) -> ChatGenerationChunk:
    """An event of llama.cpp as LangChain has it. Raises what went wrong instead of an event."""
    if isinstance(event, Exception):
        raise event
    if "error" in event:
        raise LlamaError(str(event["error"].get("message", "")), int(event["error"].get("code", 500)))
    choice = event["choices"][0] if event.get("choices") else {}
    delta = choice.get("delta") or {}
    message = AIMessageChunk(content=delta.get("content") or "")
    if thought := delta.get("reasoning_content"):
        message.additional_kwargs["reasoning_content"] = thought
    if usage := event.get("usage"):
        read, written = usage["prompt_tokens"], usage["completion_tokens"]
        message.usage_metadata = {"input_tokens": read, "output_tokens": written, "total_tokens": read + written}
    reason = choice.get("finish_reason")
    return ChatGenerationChunk(message=message, generation_info={"finish_reason": reason} if reason else None)


def connect(settings: Backend, key: str) -> Client:
    """The model in ``settings.path``, not loaded yet. A key is not needed."""
    path = settings.path or Path()
    model = LlamaChat(
        path=path,
        context=settings.context,
        temperature=settings.temperature,
        max_tokens=settings.max_tokens,
        extra_body=settings.extra_body,
    )
    return Client(model, str(path), tagged=False)
