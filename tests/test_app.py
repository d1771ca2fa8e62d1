"""The entry loads only what the first page needs."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import app
import wiring
from tests.vectorstore.conftest import CountedCharacters
from vectorstore.queue import Queue
from workbench.settings import Settings
from workbench.texts import ROOT

HEAVY = ("chromadb", "langchain_openai", "openai", "pandas", "pypdf", "pypdfium2", "docx", "onnxruntime", "sqlalchemy")


def test_importing_app_loads_nothing_heavy() -> None:
    code = f"import sys, app; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.mark.parametrize(("embedder", "asked"), [("before", []), ("after", ["reindex"])])
def test_another_embedder_than_before_has_the_index_rebuilt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, embedder: str, asked: list[str]
) -> None:
    settings = Settings(data=tmp_path / "data", load_builtin_knowledge=False)
    (tmp_path / "policy.md").write_text("七天内可以退货。", "utf-8")
    monkeypatch.setattr(wiring, "open_embedder", lambda *_: CountedCharacters("before"))
    before = wiring.services(settings).knowledge
    before.create("kb")
    assert [one.status for one in before.ingest("kb", [tmp_path / "policy.md"])] == ["indexed"]
    monkeypatch.setattr(wiring, "open_embedder", lambda *_: CountedCharacters(embedder))
    queue = Queue(settings.data, lambda: None)
    app._warm(replace(wiring.services(settings), queue=queue))
    assert [job.kind for job in queue.jobs("kb")] == asked
