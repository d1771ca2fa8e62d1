"""What tests of several rooms use."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import cli

settings.register_profile("patient", deadline=None)  # a test asserts no time: machines differ
settings.load_profile("patient")


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """Streamlit's AppTest leaves its script as ``__main__``, which a process that a later test spawns would run."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command on a data folder of its own; answers (exit status, JSON)."""
    monkeypatch.setenv("WORKBENCH_DATA", "")

    def run(*words: object) -> tuple[int, Any]:
        capsys.readouterr()
        status = cli.main([*map(str, words), "--json", "--data", str(tmp_path / "data")])
        return status, json.loads(capsys.readouterr().out)

    return run
