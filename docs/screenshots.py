"""Takes the pictures of the README again: ``python docs/screenshots.py``. Needs Chromium and the development packages.

Loads the sample company into a data folder of its own, starts a workbench on it, answers the first example in each
language and opens the passage behind the first citation.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
WORDS = {"zh": ("zh-CN", "载入示例", "生成"), "en": ("en-GB", "Load an example", "Generate")}


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Chromium is not installed.")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"WORKBENCH_DATA": folder}
        load = [sys.executable, "cli.py", "--data", folder, "builtin", "load", "--wait", "sample-support"]
        subprocess.run(load, cwd=ROOT, check=True)
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            _wait(f"http://localhost:{port}")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
                for lang in WORDS:
                    _take(browser, f"http://localhost:{port}", lang)
                browser.close()
        finally:
            server.terminate()
            server.wait(20)


def _wait(address: str) -> None:
    for _ in range(120):
        try:
            urlopen(f"{address}/_stcore/health").read()
            return
        except OSError:
            time.sleep(0.5)
    sys.exit("The workbench did not start.")


def _take(browser: Browser, address: str, lang: str) -> None:
    locale, example, generate = WORDS[lang]
    page = browser.new_page(viewport={"width": 1440, "height": 900}, locale=locale, color_scheme="light")
    page.set_default_timeout(60_000)
    page.goto(f"{address}/support?lang={lang}")
    page.get_by_role("button", name=example).click()
    page.get_by_role("menuitem").first.click()
    page.wait_for_timeout(1000)
    page.get_by_role("button", name=generate, exact=True).click()
    page.locator(".marker").first.click()
    page.mouse.move(0, 0)
    page.wait_for_timeout(1000)
    page.screenshot(path=ROOT / "docs" / "images" / f"support-{lang}.png")


if __name__ == "__main__":
    main()
