"""The entry loads only what the first page needs."""

import subprocess
import sys

from workbench.texts import ROOT

HEAVY = ("chromadb", "langchain_openai", "openai", "pandas", "pypdf", "pypdfium2", "docx", "onnxruntime", "sqlalchemy")


def test_importing_app_loads_nothing_heavy() -> None:
    code = f"import sys, app; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
