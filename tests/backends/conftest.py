from collections.abc import Callable

import pytest

from backends.registry import ConfiguredBackends
from tests.fakes.openai_server import FakeOpenAI, openai_server
from workbench.settings import Backend, Settings

__all__ = ["openai_server"]

Opener = Callable[..., ConfiguredBackends]


@pytest.fixture
def configured(openai_server: FakeOpenAI, monkeypatch: pytest.MonkeyPatch) -> Opener:
    """A registry with the one backend ``fake``, which talks to ``openai_server``."""

    def make(**settings: object) -> ConfiguredBackends:
        values = {"kind": "openai", "model": "fake-1", "base_url": openai_server.url, "timeout": 5, **settings}
        return ConfiguredBackends(Settings(backends={"fake": Backend.model_validate(values)}))

    monkeypatch.setattr("backends.faults.FIRST_WAIT", 0.01)
    return make
