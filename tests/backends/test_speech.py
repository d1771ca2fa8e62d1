"""Speech: a hosted endpoint and espeak-ng; the sound says that it is AI-made and carries the label."""

import io
import json
import os
import shutil
import wave
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from backends.speech import PROGRAM, open_speech
from workbench.errors import BackendError, ConfigError
from workbench.settings import Voicing


def sound() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\x01\x02" * 40)
    return out.getvalue()


class Endpoint:
    """An ``/audio/speech`` that answers with ``body`` and ``status``; ``asked`` are the requests."""

    def __init__(self) -> None:
        self.status, self.body = 200, sound()
        self.asked: list[tuple[str, str, dict[str, Any]]] = []
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                body = json.loads(self.rfile.read(length))
                endpoint.asked.append((self.path, self.headers.get("Authorization", ""), body))
                self.send_response(endpoint.status)
                self.end_headers()
                self.wfile.write(endpoint.body)

            def log_message(self, *_: object) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    made = Endpoint()
    Thread(target=made.server.serve_forever, daemon=True).start()
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_a_hosted_voice_is_asked_for_wav(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPEECH_KEY", "sk-test")
    settings = Voicing(kind="openai", model="tts", voice="nova", base_url=endpoint.url, api_key_env="SPEECH_KEY")
    assert open_speech(settings).speak("您好", "zh") == sound()
    ((path, key, body),) = endpoint.asked
    assert (path, key) == ("/v1/audio/speech", "Bearer sk-test")
    assert (body["model"], body["voice"], body["input"], body["response_format"]) == ("tts", "nova", "您好", "wav")


@pytest.mark.parametrize(
    ("status", "body", "key"),
    [
        (401, b"{}", "backends:key.refused"),
        (500, b"{}", "backends:server"),
        (200, b"ID3", "backends:speech.no_wav"),
    ],
)
def test_what_goes_wrong_is_one_sentence(endpoint: Endpoint, status: int, body: bytes, key: str) -> None:
    endpoint.status, endpoint.body = status, body
    voice = open_speech(Voicing(kind="openai", model="tts", base_url=endpoint.url, retries=0))
    with pytest.raises(BackendError) as failed:
        voice.speak("hello", "en")
    assert failed.value.key == key
    assert failed.value.text("zh")


def test_a_server_that_is_not_there_can_be_tried_again() -> None:
    voice = open_speech(Voicing(kind="openai", model="tts", base_url="http://127.0.0.1:9/v1", retries=0))
    with pytest.raises(BackendError) as failed:
        voice.speak("hello", "en")
    assert failed.value.retryable


def test_without_a_voice_it_is_said_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    silent = open_speech(Voicing())
    assert silent.name == ""
    for voice in (silent, open_speech(Voicing(kind="espeak"))):
        with pytest.raises(ConfigError):
            voice.speak("hello", "en")
    with pytest.raises(ConfigError):
        open_speech(Voicing(kind="openai"))


@pytest.mark.parametrize(("words", "lang"), [("您好，七天内可以退货。", "zh"), ("You can return it.", "en")])
def test_espeak_speaks(words: str, lang: str) -> None:
    if shutil.which(PROGRAM) is None and not os.environ.get("WORKBENCH_REQUIRE_ALL"):
        pytest.skip("espeak-ng is not installed")
    said = open_speech(Voicing(kind="espeak")).speak(words, lang)  # type: ignore[arg-type]
    assert said[:4] == b"RIFF"
    assert len(said) > 20_000
