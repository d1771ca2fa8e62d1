"""Ollama's own API, which streams JSON lines."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from backends.model import ModelBackend
from backends.registry import ConfiguredBackends
from workbench.chat import Cancel, Delta, Message, ModelCall, Thought, Usage
from workbench.errors import BackendError
from workbench.settings import Backend, Settings

CALL = ModelCall((Message("user", "Hello?"),), schema={"type": "object"})


class Server:
    """Answers ``/api/chat`` with ``lines``, or with ``status`` and an error."""

    def __init__(self) -> None:
        self.lines: list[dict[str, Any]] = []
        self.status = 200
        self.requests: list[dict[str, Any]] = []


@pytest.fixture
def ollama() -> Iterator[tuple[Server, ModelBackend]]:
    server = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            server.requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(server.status)
            self.end_headers()
            for line in server.lines if server.status == 200 else [{"error": "scripted"}]:
                self.wfile.write(json.dumps(line).encode() + b"\n")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    settings = Backend(
        kind="ollama",
        model="tiny",
        base_url=f"http://127.0.0.1:{http.server_port}/v1",
        context=5000,
        retries=1,
        extra_body={"options": {"seed": 7}, "keep_alive": "1m"},
    )
    yield server, ConfiguredBackends(Settings(backends={"home": settings})).open("home")
    http.shutdown()
    http.server_close()


def line(text: str = "", thinking: str = "", **more: object) -> dict[str, Any]:
    return {"model": "tiny", "message": {"role": "assistant", "content": text, "thinking": thinking}, **more}


def test_answer_thinking_and_usage_come_apart(ollama):
    server, backend = ollama
    end = line(done=True, done_reason="stop", prompt_eval_count=5, eval_count=9)
    server.lines = [line(thinking="hm"), line('{"a"'), line(": 1}"), end]
    pieces = list(backend.stream(CALL, Cancel()))
    assert pieces[:3] == [Thought("hm"), Delta('{"a"'), Delta(": 1}")]
    usage = pieces[3]
    assert isinstance(usage, Usage) and (usage.input_tokens, usage.output_tokens) == (5, 9)


def test_settings_reach_the_server(ollama):
    server, backend = ollama
    server.lines = [line("{}"), line(done=True, done_reason="stop")]
    list(backend.stream(CALL, Cancel()))
    sent = server.requests[0]
    assert sent["options"] == {"num_ctx": 5000, "num_predict": 2048, "temperature": 0.2, "seed": 7}
    assert (sent["model"], sent["format"], sent["keep_alive"]) == ("tiny", {"type": "object"}, "1m")
    assert "think" not in sent


def test_a_stream_without_an_end_is_cut(ollama):
    server, backend = ollama
    server.lines = [line("{}")]
    with pytest.raises(BackendError) as caught:
        list(backend.stream(CALL, Cancel()))
    assert (caught.value.key, caught.value.retryable) == ("backends:cut", True)


@pytest.mark.parametrize(("status", "key", "tries"), [(404, "model.unknown", 1), (500, "server", 2)])
def test_errors_are_translated(ollama, status, key, tries):
    server, backend = ollama
    server.status = status
    with pytest.raises(BackendError) as caught:
        list(backend.stream(CALL, Cancel()))
    assert (caught.value.key, len(server.requests)) == (f"backends:{key}", tries)


def test_a_server_that_does_not_run_is_named():
    settings = Backend(kind="ollama", model="tiny", base_url="http://127.0.0.1:9", retries=0)
    health = ConfiguredBackends(Settings(backends={"home": settings})).check("home")
    assert not health.ok and "http://127.0.0.1:9" in health.message
