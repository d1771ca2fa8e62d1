"""``threads``: conversations taken in for the support desk, from files, a watched folder or over HTTP."""

import json
import secrets
import time
from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Annotated, Any

import typer

from workbench.errors import RequestError
from workbench.threads import READERS, Threads, read

from .session import SOME_FAILED, Session, note, say, services, t

app = typer.Typer(no_args_is_help=True, help="Conversations of the support desk.")
LARGEST = 5_000_000
"""Bytes of one HTTP request."""


@app.command("import")
def threads_import(path: Annotated[Path, typer.Argument(help="A CSV, JSON, JSONL or EML file, or a folder.")]) -> None:
    """Take conversations in. Known ones get what they lack."""
    if not path.exists():
        raise RequestError("workbench:request.unreadable", path=path, reason="-")
    new, failed = services().threads.intake(path)
    lines = [t("threads.taken", new=new), *(t("threads.failed", name=name, why=why) for name, why in failed)]
    say({"new": new, "failed": [{"file": name, "error": why} for name, why in failed]}, lines)
    if failed:
        raise typer.Exit(SOME_FAILED)


@app.command("list")
def threads_list(state: str = "", limit: Annotated[int, typer.Option(min=1)] = 50) -> None:
    """The conversations, those due first at the top."""
    found = services().threads.store.list(state or None, limit)  # type: ignore[arg-type]  # checked by the query
    lines = [f"{one.thread_id}  {one.state}  {one.last.text[:50]}" for one in found]
    say({"threads": [one.model_dump(mode="json") for one in found]}, lines or [t("none")])


@app.command("forget")
def threads_forget(days: Annotated[int, typer.Option(min=0, help="Keep those of the last so many days.")]) -> None:
    """Delete conversations that are done and older."""
    count = services().threads.store.forget(datetime.now(UTC) - timedelta(days=days))
    say({"forgotten": count}, [t("threads.forgotten", count=count)])


@app.command("watch")
def threads_watch(
    folder: Annotated[Path, typer.Argument(help="Where other programs put files.")],
    every: Annotated[float, typer.Option(min=0.1, help="Seconds between two looks.")] = 5.0,
    once: Annotated[bool, typer.Option("--once", help="Look once and end.")] = False,
) -> None:
    """Take in what appears in a folder. A file that fails moves to its folder failed."""
    known = services().threads
    note(t("threads.watching", folder=folder))
    new = 0
    while True:
        for file in sorted(one for one in folder.iterdir() if one.suffix.lower() in READERS):
            taken, failed = known.intake(file)
            new += taken
            for name, why in failed:
                note(t("threads.failed", name=name, why=why))
            place = folder / ("failed" if failed else "done")
            place.mkdir(exist_ok=True)
            file.replace(place / file.name)
        if once:
            break
        time.sleep(every)
    say({"new": new}, [t("threads.taken", new=new)])


@app.command("listen")
def threads_listen(
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8765,
    host: Annotated[str, typer.Option(help="Where to listen; this machine alone unless told.")] = "127.0.0.1",
    token: Annotated[str, typer.Option(envvar="WORKBENCH_THREADS_TOKEN", help="What senders must show.")] = "",
) -> None:
    """Take in conversations posted as JSON."""
    token = token or secrets.token_urlsafe(24)
    server = intake_server(services().threads, host, port, token)
    address = f"http://{host}:{server.server_address[1]}/threads"
    note(t("threads.listening", address=address, token=token))
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


def intake_server(threads: Threads, host: str, port: int, token: str) -> ThreadingHTTPServer:
    """A server that keeps what is posted to ``/threads`` by whoever shows ``token``."""

    class Intake(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """One conversation, a list of them, or ``{"threads": [...]}``."""
            length = int(self.headers.get("Content-Length") or 0)
            if not compare_digest(self.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()):
                self._answer(401, {"error": "token"})
            elif self.path != "/threads":
                self._answer(404, {"error": "path"})
            elif length > LARGEST:
                self._answer(413, {"error": "size"})
            else:
                try:
                    taken = [threads.receive(thread) for thread in read("posted.json", self.rfile.read(length))]
                except RequestError as error:
                    self._answer(400, {"error": error.text(Session.lang)})
                else:
                    self._answer(200, {"new": sum(taken), "known": len(taken) - sum(taken)})

        def _answer(self, status: int, body: dict[str, Any]) -> None:
            content = json.dumps(body, ensure_ascii=False).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *values: Any) -> None:
            """Nothing: what customers write belongs into no log."""

    return ThreadingHTTPServer((host, port), Intake)
