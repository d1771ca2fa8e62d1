"""The seam to chat models: what a run sends, what comes back, and the gate that every call passes.

``backends/`` implements :class:`ChatBackend` over LangChain's ``BaseChatModel``. Nothing else of a vendor is visible.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Event as ThreadEvent
from typing import Any, Literal, Protocol

from pydantic import BaseModel

from .errors import Cancelled
from .evidence import Citation
from .texts import Lang

COMPOSER = "composer"
"""The name under which a run asks for the built-in composer: no model at all."""


@dataclass(frozen=True, slots=True)
class Message:
    """One chat message."""

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class ModelCall:
    """All that leaves for a model in one call, in parts, so that the gate can mask and route by what they hold."""

    messages: tuple[Message, ...]
    passages: tuple[Citation, ...] = ()
    schema: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of the answer as it streams."""

    text: str


@dataclass(frozen=True, slots=True)
class Thought:
    """A piece of a reasoning model's thinking. Shown apart, never part of a deliverable."""

    text: str


class Usage(BaseModel):
    """What a run consumed. Tokens are as the server counted them; ``None`` when it did not say.

    ``cost`` is in the settings' currency; ``None`` when there is no price for the model, or tokens were not counted.
    """

    backend: str = COMPOSER
    model: str = ""
    input_tokens: int | None = 0
    output_tokens: int | None = 0
    seconds: float = 0.0
    cost: float | None = 0.0


class BackendInfo(BaseModel):
    """What a configured backend is and can do. ``local``: text does not leave the company."""

    name: str
    kind: str
    model: str = ""
    local: bool = False
    streams: bool = True
    json_schema: bool = False
    temperature: float | None = None
    max_tokens: int | None = None


class Health(BaseModel):
    """Whether a backend answers. ``message`` is the error's sentence when it does not."""

    ok: bool
    message: str = ""
    seconds: float = 0.0


class Cancel:
    """A switch that the page flips and long work looks at."""

    def __init__(self) -> None:
        self._event = ThreadEvent()

    def set(self) -> None:
        """Ask the work to stop at its next step."""
        self._event.set()

    def is_set(self) -> bool:
        """Whether somebody asked for an end. A switch has no truth value: an unflipped one is not nothing."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise ``Cancelled`` when the switch is flipped."""
        if self.is_set():
            raise Cancelled


class ChatBackend(Protocol):
    """One chat model, ready to be called."""

    @property
    def info(self) -> BackendInfo: ...

    def stream(self, call: ModelCall, cancel: Cancel) -> Iterator[Delta | Thought | Usage]:
        """Answer ``call`` piece by piece, the usage last. Raises ``BackendError`` or ``Cancelled``."""
        ...


class Backends(Protocol):
    """The configured chat models by name. The composer is listed too, though no call ever reaches it."""

    def list(self) -> Sequence[BackendInfo]: ...

    def open(self, name: str) -> ChatBackend:
        """Raises ``NotFoundError`` for an unknown name, ``ConfigError`` when, say, its key is not set."""
        ...

    def check(self, name: str, lang: Lang = "en") -> Health:
        """Ask the backend for one word. Never raises; ``message`` is in ``lang``."""
        ...


class Speech(Protocol):
    """A program or service that speaks."""

    @property
    def name(self) -> str:
        """What it is, for people; empty when there is none."""
        ...

    def speak(self, words: str, lang: Lang) -> bytes:
        """``words`` as a WAV file. Raises ``BackendError`` when the service fails, ``ConfigError`` without one."""
        ...


class Gate:
    """The only door between a run and a model, whether it writes or speaks. Masking and routing by sensitivity stand
    here."""

    def __init__(self, backends: Backends) -> None:
        self._backends = backends

    def info(self, backend: str) -> BackendInfo:
        """What the named backend is."""
        return self._backends.open(backend).info

    def stream(self, backend: str, call: ModelCall, cancel: Cancel) -> Iterator[Delta | Thought | Usage]:
        """Send ``call`` to the backend named ``backend`` and pass its answer on."""
        return self._backends.open(backend).stream(call, cancel)

    def speak(self, speech: Speech, words: str, lang: Lang) -> bytes:
        """Have ``speech`` read ``words`` aloud: they may leave this machine as those for a chat model may."""
        return speech.speak(words, lang)
