"""An HTTP fake of an OpenAI endpoint for faults: chat completions (streamed or not), models and embeddings.

::

    with FakeOpenAI() as server:
        server.script(Reply(status=429, headers={"Retry-After": "0"}), Reply("Hello"))
        ...  # call server.url
        assert len(server.requests) == 2

Each chat request takes the next reply of the script; when none is left, ``server.default`` answers. Embeddings are
deterministic: the same text always has the same unit vector.
"""

import hashlib
import json
import math
import select
import socket
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import pytest

DIMENSIONS = 32


@dataclass
class Reply:
    """How one chat request is answered. ``pieces`` (else ``text`` in pieces of four characters) stream one by one.

    ``body`` is sent instead, just as it is, with status 200.
    """

    text: str = "Hello from the fake."
    pieces: list[str] = field(default_factory=list)
    reasoning: list[str] = field(default_factory=list)
    reasoning_field: str = "reasoning_content"
    status: int = 200
    error: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    first_byte: float = 0
    between: float = 0
    cut_after: int | None = None
    reset: bool = False
    garbled: bool = False
    body: str = ""
    usage: bool = True
    finish: str | None = "stop"

    def parts(self) -> list[str]:
        return self.pieces or [self.text[at : at + 4] for at in range(0, len(self.text), 4)]


@dataclass
class Received:
    """A request that came: its path, headers in lower case and JSON body."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


class FakeOpenAI:
    """The server, on a free port of the loopback interface. ``url`` ends in ``/v1``.

    ``refuses`` names request fields that are answered with 400, such as ``response_format``; ``key``, when set, is the
    only one accepted. ``asked`` is set by the first request, ``hung_up`` when a client goes away while it waits.
    """

    def __init__(self) -> None:
        self.default = Reply()
        self.replies: deque[Reply] = deque()
        self.requests: list[Received] = []
        self.refuses: set[str] = set()
        self.key = ""
        self.asked = Event()
        self.hung_up = Event()
        self.closing = Event()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_port}/v1"

    def script(self, *replies: Reply) -> None:
        """Answer the next chat requests so, in this order."""
        self.replies.extend(replies)

    def __enter__(self) -> "FakeOpenAI":
        Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()


@pytest.fixture
def openai_server() -> Iterator[FakeOpenAI]:
    with FakeOpenAI() as server:
        yield server


def vector(text: str) -> list[float]:
    """A unit vector that depends on ``text`` alone."""
    digest = hashlib.sha256(text.encode()).digest()
    raw = [byte - 127.5 for byte in digest[:DIMENSIONS]]
    length = math.sqrt(sum(value * value for value in raw))
    return [value / length for value in raw]


def _handler(fake: FakeOpenAI) -> type[BaseHTTPRequestHandler]:
    class Handler(_Handler):
        server_fake = fake

    return Handler


class _Handler(BaseHTTPRequestHandler):
    server_fake: FakeOpenAI

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        if self._authorized() and self.path == "/v1/models":
            self._json(200, {"object": "list", "data": [{"id": "fake", "object": "model"}]})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server_fake.requests.append(Received(self.path, headers, body))
        self.server_fake.asked.set()
        if not self._authorized():
            return
        with suppress(BrokenPipeError, ConnectionResetError):
            if self.path == "/v1/embeddings":
                self._embeddings(body)
            elif self.path == "/v1/chat/completions":
                self._chat(body)
            else:
                self._error(404, f"Unknown path {self.path}")

    def _authorized(self) -> bool:
        key, sent = self.server_fake.key, self.headers.get("Authorization", "").removeprefix("Bearer ")
        if key and sent != key:
            self._error(401, f"Incorrect API key provided: {sent}")
            return False
        return True

    def _embeddings(self, body: dict[str, Any]) -> None:
        texts = [body["input"]] if isinstance(body["input"], str) else body["input"]
        data = [{"object": "embedding", "index": at, "embedding": vector(text)} for at, text in enumerate(texts)]
        usage = {"prompt_tokens": len(texts), "total_tokens": len(texts)}
        self._json(200, {"object": "list", "model": body.get("model", ""), "data": data, "usage": usage})

    def _chat(self, body: dict[str, Any]) -> None:
        fake = self.server_fake
        if refused := fake.refuses & body.keys():
            self._error(400, f"Unknown parameter: '{refused.pop()}'")
            return
        reply = fake.replies.popleft() if fake.replies else fake.default
        if not self._wait(reply.first_byte):
            return
        if reply.reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            self.connection.close()
        elif reply.status != 200:
            self._error(reply.status, reply.error or f"scripted {reply.status}", reply.headers)
        elif reply.body:
            self._send(200, reply.body.encode(), {"Content-Type": "text/event-stream"})
        elif body.get("stream"):
            self._stream(reply, body)
        else:
            message = {"role": "assistant", "content": "".join(reply.parts())}
            choice = {"index": 0, "message": message, "finish_reason": reply.finish}
            self._json(200, {**_frame(body), "object": "chat.completion", "choices": [choice], "usage": _usage(reply)})

    def _stream(self, reply: Reply, body: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        deltas = [{reply.reasoning_field: part} for part in reply.reasoning]
        deltas += [{"content": part} for part in reply.parts()]
        for at, delta in enumerate(deltas):
            if at == reply.cut_after:
                return
            if at and not self._wait(reply.between):
                return
            if reply.garbled and at == 1:
                self._event('{"choices": [{"del')
            choice = {"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": None}
            self._event(json.dumps({**_frame(body), "choices": [choice]}))
        if reply.finish:
            end = {"index": 0, "delta": {}, "finish_reason": reply.finish}
            self._event(json.dumps({**_frame(body), "choices": [end]}))
        if reply.usage and (body.get("stream_options") or {}).get("include_usage"):
            self._event(json.dumps({**_frame(body), "choices": [], "usage": _usage(reply)}))
        self._event("[DONE]")

    def _event(self, data: str) -> None:
        self.wfile.write(f"data: {data}\n\n".encode())
        self.wfile.flush()

    def _wait(self, seconds: float) -> bool:
        """Wait; False when the client hung up or the server closes meanwhile."""
        step = 0.02
        for _ in range(round(seconds / step)):
            readable, _, _ = select.select([self.connection], [], [], step)
            if readable and not self.connection.recv(1, socket.MSG_PEEK):
                self.server_fake.hung_up.set()
                return False
            if self.server_fake.closing.is_set():
                return False
        return True

    def _error(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        self._json(status, {"error": {"message": message, "type": "fake", "code": None}}, headers)

    def _json(self, status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        self._send(status, json.dumps(body).encode(), {"Content-Type": "application/json", **(headers or {})})

    def _send(self, status: int, data: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def _frame(body: dict[str, Any]) -> dict[str, Any]:
    return {"id": "fake-1", "object": "chat.completion.chunk", "created": 0, "model": body.get("model", "fake")}


def _usage(reply: Reply) -> dict[str, int]:
    written = len(reply.parts())
    return {"prompt_tokens": 7, "completion_tokens": written, "total_tokens": 7 + written}
