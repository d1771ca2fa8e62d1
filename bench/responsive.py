"""How long a page takes while documents are ingested: python -m bench.responsive [--documents 500]

A real Streamlit server on a data folder of its own, and a client that speaks its websocket as a browser does: a rerun
is timed from the request to ``script_finished``. Each page is rerun in turn, a person's pace apart; first with nothing
else to do, then while the worker ingests what was handed in, until it is done or ``--reruns`` were made. The bar is a
p95 under 300 ms.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import cycle, islice
from pathlib import Path
from urllib.request import urlopen

import numpy as np

import wiring
from workbench.services import Services
from workbench.settings import Settings
from workbench.texts import ROOT

from .kill import write

PAGES = ("", "knowledge", "support", "history")
PACE = 0.25
"""Seconds between the reruns."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--reruns", type=int, default=200)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as (port, services):
        services.knowledge.create("kb", title="资料")
        client = Client(port)
        reruns(client, 2 * len(PAGES))  # what is imported and opened at first use is not what is asked here
        _print("nothing else to do", reruns(client, 10 * len(PAGES)))
        write(Path(folder) / "files", asked.documents)
        for path in sorted((Path(folder) / "files").iterdir()):
            services.queue.submit("kb", path.name, path.read_bytes(), submitter="bench")
        while not any(job.state == "done" for job in services.queue.jobs("kb")):
            time.sleep(0.2)
        times = reruns(client, asked.reruns, lambda: _waiting(services))
        states = Counter(job.state for job in services.queue.jobs("kb"))
        _print(f"while documents are ingested ({dict(states)})", times)
        for job in services.queue.jobs("kb"):
            services.queue.cancel(job.id)


def reruns(client: "Client", most: int, going: Callable[[], bool] = lambda: True) -> list[tuple[str, float]]:
    """(page, seconds) of up to ``most`` reruns of the pages in turn, while ``going``."""
    times = []
    for page in islice(cycle(PAGES), most):
        if not going():
            break
        times.append((page, client.rerun(page)))
        time.sleep(PACE)
    return times


class Client:
    """A browser's side of one session."""

    def __init__(self, port: int) -> None:
        from websocket import create_connection

        self._socket = create_connection(
            f"ws://localhost:{port}/_stcore/stream", subprotocols=["streamlit"], timeout=60
        )

    def rerun(self, page: str) -> float:
        """Seconds until the script of ``page`` has finished."""
        from streamlit.proto.BackMsg_pb2 import BackMsg
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        request = BackMsg()
        request.rerun_script.page_name = page
        began = time.perf_counter()
        self._socket.send_binary(request.SerializeToString())
        while True:
            answer = ForwardMsg.FromString(self._socket.recv())
            # One that ends early to begin anew sends this twice; only its true end counts.
            if answer.WhichOneof("type") == "script_finished" and (
                answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
            ):
                return time.perf_counter() - began


@contextmanager
def served(folder: Path) -> Iterator[tuple[int, Services]]:
    """A server's port, and services on the same data as a page has them."""
    config, data = folder / "workbench.toml", folder / "data"
    config.write_text(f'load_builtin_knowledge = false\nmodels = "{Settings().models.resolve()}"\n', "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"WORKBENCH_CONFIG": str(config), "WORKBENCH_DATA": str(data)}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.headless=true"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            with suppress(OSError):
                urlopen(f"http://localhost:{port}/_stcore/health").read()
                break
            time.sleep(0.2)
        yield port, wiring.services(Settings(data=data, models=Settings().models, load_builtin_knowledge=False))
    finally:
        server.kill()
        server.wait()


def _waiting(services: Services) -> bool:
    return any(job.state in ("waiting", "working") for job in services.queue.jobs("kb"))


def _print(what: str, times: Sequence[tuple[str, float]]) -> None:
    print(what)
    for page in (*PAGES, None):
        taken = [1000 * seconds for name, seconds in times if page in (name, None)]
        if taken:
            p50, p95 = np.percentile(taken, [50, 95])
            name = "all pages" if page is None else f"/{page}"
            print(f"  {name:12}{len(taken):5} reruns   p50 {p50:6.0f} ms   p95 {p95:6.0f} ms", flush=True)


if __name__ == "__main__":
    main()
