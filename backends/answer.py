"""LangChain's chunks as the pieces that a run knows."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.chat import Delta, Thought, Usage
from workbench.errors import BackendError

from .thinking import Thinking

if TYPE_CHECKING:
    from langchain_core.messages import AIMessageChunk

LENGTH = {"length", "max_tokens"}
FILTERED = {"content_filter", "sensitive", "safety"}
BROKEN = {"insufficient_system_resource", "network_error", "error", "abort"}


class Answer:
    """One answer while it streams. It is whole only when the server said why it ended."""

    def __init__(self, name: str, model: str, *, hold: bool) -> None:
        self._usage = Usage(backend=name, model=model, input_tokens=None, output_tokens=None)
        self._began = time.monotonic()
        self._finish = ""
        self._said = False
        self.thinking = Thinking(hold=hold)

    def feed(self, chunk: "AIMessageChunk") -> Iterator[Delta | Thought]:
        """The pieces in ``chunk``."""
        metadata = chunk.response_metadata
        self._finish = metadata.get("finish_reason") or metadata.get("done_reason") or self._finish
        self._usage.model = metadata.get("model_name") or self._usage.model
        if usage := chunk.usage_metadata:
            self._usage.input_tokens, self._usage.output_tokens = usage["input_tokens"], usage["output_tokens"]
        if thought := chunk.additional_kwargs.get("reasoning_content"):
            yield Thought(thought)
        if text := str(chunk.text):
            yield from self._kept(self.thinking.feed(text))
        if self.thinking.leaked:
            raise BackendError("backends:leaked", retryable=True, name=self._usage.backend)

    def end(self) -> Iterator[Delta | Thought | Usage]:
        """What was held back, the usage, and then the error when the answer is not a whole one."""
        name = self._usage.backend
        if not self._finish:
            raise BackendError("backends:cut", retryable=True, name=name)
        yield from self._kept(self.thinking.end())
        self._usage.seconds = time.monotonic() - self._began
        yield self._usage
        if self._finish in LENGTH:
            raise BackendError("backends:length", name=name)
        if self._finish in FILTERED:
            raise BackendError("backends:filtered", name=name)
        if self._finish in BROKEN:
            raise BackendError("backends:cut", retryable=True, name=name)
        if not self._said:
            raise BackendError("backends:empty", retryable=True, name=name)

    def _kept(self, pieces: list[Delta | Thought]) -> Iterator[Delta | Thought]:
        for piece in pieces:
            self._said = self._said or (isinstance(piece, Delta) and bool(piece.text.strip()))
            yield piece
