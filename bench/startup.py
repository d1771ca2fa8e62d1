"""From `make run` to a page and an answer, in a real browser: python -m bench.startup [--starts 5]

Each start is the one of the Makefile, on a port and a data folder of its own, with Chromium open already. Seconds
count from the start of the process: until the server answers (up), until the first page's heading is seen (painted),
and until a question about the sample company has come back with a cited reply (answered). The first start has an empty
data folder and must build the encoder. Installing is not counted: it depends on the network.
"""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

from workbench.texts import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

BARS = {"up": 5.0, "painted": 4.0, "answered": 20.0}
"""Seconds. ``up`` and ``painted`` are promised for a prepared machine, ``answered`` for an empty data folder too."""
QUESTION, ANSWER = "恒温 K2 电热水壶保修多久？", "12 个月"
PATIENCE = 120.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starts", type=int, default=5, help="starts after the first one")
    starts = parser.parse_args().starts
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("skipped: Chromium is not installed")
        return
    from playwright.sync_api import sync_playwright

    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        rows = {"first start, empty data folder": [measure(browser.new_page(locale="zh-CN"), Path(folder))]}
        again = [measure(browser.new_page(locale="zh-CN"), Path(folder)) for _ in range(starts)]
        browser.close()
    for name, column in (("fastest", min), ("median", _median), ("slowest", max)):
        rows[f"start again, {name} of {starts}"] = [{key: column(one[key] for one in again) for key in BARS}]
    print(f"{'seconds from make run':38}" + "".join(f"{key:>10}" for key in BARS))
    for name, (times,) in rows.items():
        print(f"{name:38}" + "".join(f"{times[key]:10.1f}" for key in BARS))
    print(f"{'bar':38}" + "".join(f"{'< ' + format(bar, '.0f'):>10}" for bar in BARS.values()))
    print(f"importing app takes {_import_seconds():.2f} s; load before and after: {load:.1f}, {os.getloadavg()[0]:.1f}")


def measure(page: "Page", folder: Path) -> dict[str, float]:
    """One start on the data in ``folder``: seconds until each of ``BARS``."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    began = time.monotonic()
    with started(folder, port):
        times = {}
        wait_for(f"http://localhost:{port}/_stcore/health")
        times["up"] = time.monotonic() - began
        page.goto(f"http://localhost:{port}")
        page.get_by_role("heading", level=1).wait_for(timeout=PATIENCE * 1000)
        times["painted"] = time.monotonic() - began
        page.goto(f"http://localhost:{port}/support")
        ask(page, began + PATIENCE)
        times["answered"] = time.monotonic() - began
    page.close()
    return times


@contextmanager
def started(folder: Path, port: int) -> Iterator[None]:
    """The workbench as ``make run`` starts it, with all its processes stopped at the end."""
    config = folder / "workbench.toml"
    config.write_text(f'models = "{(folder / "models").as_posix()}"\n', "utf-8")
    environment = os.environ | {
        "WORKBENCH_CONFIG": str(config),
        "WORKBENCH_DATA": str(folder / "data"),
        "STREAMLIT_SERVER_PORT": str(port),
    }
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            ["make", "--old-file=.venv/run.stamp", "run"],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(20)
            time.sleep(2)  # the worker lets go of the data folder


def wait_for(address: str) -> None:
    """Until the server answers."""
    for _ in range(int(PATIENCE / 0.05)):
        try:
            with urlopen(address):  # noqa: S310  # our own server
                return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(address)


def ask(page: "Page", until: float) -> None:
    """Ask, as an impatient person would, until the reply states the fact and carries a marker."""
    box = page.get_by_label("客户的消息")
    box.fill(QUESTION)
    box.press("Tab")
    while time.monotonic() < until:
        page.get_by_role("button", name="生成", exact=True).click()
        reply = page.get_by_test_id("stMain").locator(".root").first
        reply.wait_for()
        if ANSWER in reply.inner_text() and reply.get_by_role("button").count():
            return
        time.sleep(0.5)
    raise TimeoutError(QUESTION)


def _median(values: Iterator[float]) -> float:
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


def _import_seconds() -> float:
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", "import app"], cwd=ROOT, check=True)
    return time.monotonic() - began


if __name__ == "__main__":
    main()
