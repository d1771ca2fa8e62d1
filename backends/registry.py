"""The configured chat models by name. Importing this loads no vendor's library; opening a backend does."""

import os
import time
from collections.abc import Sequence
from importlib import import_module
from threading import Lock
from urllib.parse import urlsplit

from workbench.chat import COMPOSER, BackendInfo, Health
from workbench.errors import BackendError, ConfigError, NotFoundError, WorkbenchError
from workbench.settings import Backend, Settings
from workbench.texts import Lang

from .model import ModelBackend, describe

CHECK_SECONDS = 15.0


class ConfiguredBackends:
    """``Backends`` from the settings. A backend is opened once and kept."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings.backends
        self._opened: dict[str, ModelBackend] = {}
        self._lock = Lock()

    def list(self) -> Sequence[BackendInfo]:
        """The composer first, then the configured ones in the order of the file."""
        composer = BackendInfo(name=COMPOSER, kind=COMPOSER, local=True, streams=False)
        return [composer, *(describe(name, backend) for name, backend in self._settings.items())]

    def open(self, name: str) -> ModelBackend:
        """Raises ``NotFoundError`` for an unknown name, ``ConfigError`` when its settings cannot work."""
        settings = self._settings.get(name)
        if settings is None:
            known = ", ".join([COMPOSER, *self._settings])
            raise NotFoundError("backends:unknown", name=name, known=known)
        with self._lock:
            if name not in self._opened:
                self._opened[name] = _open(name, settings)
            return self._opened[name]

    def check(self, name: str, lang: Lang = "en") -> Health:
        """Ask the backend for one word. Never raises: ``message`` is the error's sentence in ``lang``."""
        began = time.monotonic()
        message = ""
        if name != COMPOSER:
            try:
                self.open(name).probe(CHECK_SECONDS)
            except WorkbenchError as error:
                message = error.text(lang)
            except Exception as error:
                kind = type(error).__name__
                message = BackendError("backends:unexpected", name=name, kind=kind).text(lang)
        return Health(ok=not message, message=message, seconds=time.monotonic() - began)


def _open(name: str, settings: Backend) -> ModelBackend:
    if settings.kind == "llamacpp":
        if settings.path is None or not settings.path.expanduser().is_file():
            raise ConfigError("backends:gguf.missing", name=name, path=settings.path or "?")
        path = settings.path.expanduser()
        settings = settings.model_copy(update={"path": path, "model": settings.model or path.stem})
    elif not settings.model:
        raise ConfigError("backends:model.unset", name=name)
    if settings.base_url and not _is_url(settings.base_url):
        raise ConfigError("backends:url.malformed", name=name, url=settings.base_url)
    key = _key(name, settings)
    try:
        kind = import_module(f".{settings.kind}", __package__)
    except ImportError as error:
        raise ConfigError("backends:package.missing", name=name, package=error.name) from error
    return ModelBackend(name, settings, kind.connect(settings, key))


def _key(name: str, settings: Backend) -> str:
    """The key from its environment variable; empty where none is needed."""
    variable = settings.api_key_env
    if not variable and settings.kind == "openai" and not settings.base_url:
        variable = "OPENAI_API_KEY"
    if not variable:
        return ""
    key = os.environ.get(variable, "").strip()
    if not key:
        raise ConfigError("backends:key.unset", name=name, variable=variable)
    if not (key.isascii() and key.isprintable()):
        raise ConfigError("backends:key.malformed", name=name, variable=variable)
    return key


def _is_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and " " not in url
    except ValueError:
        return False
