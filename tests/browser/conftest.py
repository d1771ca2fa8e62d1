"""The real workbench in a real browser: Streamlit as a process of its own, Debian's Chromium through Playwright."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def workbench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a workbench with an empty data folder and no built-in knowledge."""
    folder = tmp_path_factory.mktemp("workbench")
    config = folder / "workbench.toml"
    config.write_text(f'load_builtin_knowledge = false\nmodels = "{ROOT / "data" / "models"}"\n', "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"WORKBENCH_CONFIG": str(config), "WORKBENCH_DATA": str(folder / "data")}
    log = (folder / "log").open("wb")
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        for _ in range(120):
            try:
                urlopen(f"http://localhost:{port}/_stcore/health").read()
                break
            except OSError:
                time.sleep(0.5)
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Chromium; without it these tests are skipped, in CI they fail."""
    if CHROMIUM is None:
        if os.environ.get("WORKBENCH_REQUIRE_ALL"):
            pytest.fail("Chromium is needed here")
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def page(browser, workbench):  # type: ignore[no-untyped-def]
    """A Chinese person's page on the workbench."""
    context = browser.new_context(viewport={"width": 1440, "height": 950}, locale="zh-CN", accept_downloads=True)
    context.set_default_timeout(30_000)
    opened = context.new_page()
    opened.goto(workbench)
    yield opened
    context.close()
