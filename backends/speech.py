"""Speech: espeak-ng on this machine, or an endpoint that speaks like OpenAI's (``POST {base_url}/audio/speech``)."""

import os
import shutil
import subprocess
from typing import Any

from workbench.chat import Speech
from workbench.errors import BackendError, ConfigError
from workbench.settings import Voicing
from workbench.speech import Silence
from workbench.texts import Lang

PROGRAM = "espeak-ng"
_VOICES: dict[Lang, str] = {"zh": "cmn", "en": "en"}
_NAME = "speech"


def open_speech(settings: Voicing) -> Speech:
    """What ``[speech]`` names; espeak-ng where nothing is named and it is installed. Connects to nothing yet."""
    match settings.kind:
        case "openai":
            return HostedSpeech(settings)
        case "espeak":
            return Espeak(settings.timeout)
        case "auto" if shutil.which(PROGRAM):
            return Espeak(settings.timeout)
    return Silence()


class Espeak:
    """The program espeak-ng, offline. It sounds like a machine and pronounces Chinese by its readings."""

    name = PROGRAM

    def __init__(self, timeout: float) -> None:
        self._timeout = timeout

    def speak(self, words: str, lang: Lang) -> bytes:
        """Raises ``ConfigError`` where it is not installed, ``BackendError`` where it fails."""
        program = shutil.which(PROGRAM)
        if program is None:
            raise ConfigError("backends:speech.not_installed", program=PROGRAM)
        command = [program, "-v", _VOICES[lang], "--stdin", "--stdout"]
        try:
            done = subprocess.run(  # noqa: S603  # the words go in by standard input, never as arguments
                command, input=words.encode(), capture_output=True, timeout=self._timeout, check=True
            )
        except subprocess.TimeoutExpired as error:
            raise BackendError("backends:late", name=PROGRAM, where=program, seconds=f"{self._timeout:g}") from error
        except (subprocess.CalledProcessError, OSError) as error:
            reason = getattr(error, "stderr", b"") or b""
            raise BackendError(
                "backends:speech.failed", name=PROGRAM, reason=reason.decode("utf-8", "replace")[:200]
            ) from error
        return done.stdout


class HostedSpeech:
    """An endpoint. What is read aloud leaves for it."""

    def __init__(self, settings: Voicing) -> None:
        if not settings.model:
            raise ConfigError("backends:speech.no_model")
        self._settings = settings
        self.name = settings.model

    def speak(self, words: str, lang: Lang) -> bytes:
        """Raises ``BackendError``, retryable where another try may help; ``ConfigError`` for a key that is not set."""
        import openai

        asked = self._settings
        where = asked.base_url or "api.openai.com"
        about: dict[str, Any] = {"name": _NAME, "where": where}
        key = os.environ.get(asked.api_key_env, "") if asked.api_key_env else ""
        if asked.api_key_env and not key:
            raise ConfigError("backends:key.unset", name=_NAME, variable=asked.api_key_env)
        client = openai.OpenAI(
            api_key=key or "-", base_url=asked.base_url or None, timeout=asked.timeout, max_retries=asked.retries
        )
        try:
            with client:
                made = client.audio.speech.create(
                    model=asked.model, voice=asked.voice or "alloy", input=words, response_format="wav"
                )
                sound = made.read()
        except openai.APITimeoutError as error:
            raise BackendError(
                "backends:late", retryable=True, name=_NAME, where=where, seconds=f"{asked.timeout:g}"
            ) from error
        except openai.APIConnectionError as error:
            raise BackendError("backends:lost", retryable=True, **about) from error
        except openai.AuthenticationError as error:
            raise BackendError("backends:key.refused", **about) from error
        except openai.APIError as error:
            raise BackendError(
                "backends:server", retryable=True, name=_NAME, where=where, reason=type(error).__name__
            ) from error
        if sound[:4] != b"RIFF":
            raise BackendError("backends:speech.no_wav", **about)
        return sound
