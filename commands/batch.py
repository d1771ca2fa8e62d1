"""``batch``: a task over the rows of a file; ``batches``: those that were begun."""

import logging
import os
import signal
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from workbench.batch import Batch, Item
from workbench.chat import COMPOSER
from workbench.rows import check_out, result_line

from .making import ordered
from .session import OUT_OF_REACH, SOME_FAILED, Session, note, say, services, t

app = typer.Typer(no_args_is_help=True, help="Tasks over the rows of a file.")
top = typer.Typer()

_IDLE = 3.0  # seconds without work after which the background process ends
_TOLD = 2.0  # seconds between two lines of progress


@top.command("batch")
def batch(
    scenario: str,
    task: str,
    rows: Annotated[Path, typer.Option(help="An .xlsx, .csv or .jsonl; a row is a request.")],
    out: Annotated[Path, typer.Option(help="The results, .xlsx or .jsonl.")],
    name: Annotated[list[str] | None, typer.Option("--kb", help="Knowledge base; may be repeated.")] = None,
    backend: Annotated[str, typer.Option(help="Which model writes; the one set in the settings unless named.")] = "",
    person: Annotated[str, typer.Option("--as", help="Id of the person who orders it.")] = "",
) -> None:
    """Run a task on every row. Said again, it goes on where it stopped. A failed row is named."""
    check_out(out)
    known = services().batches
    begun = known.open(ordered(scenario, task, {}, name, backend, person), rows)
    if begun.ignored:
        note(t("batch.ignored", columns=", ".join(begun.ignored)))
    if begun.done + begun.failed:
        note(t("batch.resumed", batch_id=begun.batch_id, done=begun.done + begun.failed, total=begun.total))
    for warning in services().ledger.warnings(begun.author, scenario, Session.lang):
        note(warning)
    progress = _Progress(out, begun)
    left = known.work(begun.batch_id, progress)
    known.write(left.batch_id, out)
    known.forget(left)
    _answer(left, {"out": str(out)})


class _Progress:
    """Tells how far it is on standard error, and adds each result to a .jsonl as it comes."""

    def __init__(self, out: Path, begun: Batch) -> None:
        self._out = out if out.suffix.lower() == ".jsonl" else None
        self._told = time.monotonic()
        if self._out is not None:
            services().batches.write(begun.batch_id, self._out, only_ended=True)

    def __call__(self, batch: Batch, item: Item) -> None:
        if self._out is not None:
            run = services().runs.get(item.run_id) if item.run_id else None
            with self._out.open("a", encoding="utf-8") as file:
                file.write(result_line(item, run))
        if time.monotonic() - self._told > _TOLD:
            self._told = time.monotonic()
            note(_line(batch))


@app.command("list")
def batches_list(limit: Annotated[int, typer.Option(min=1)] = 50) -> None:
    """The latest batches."""
    found = services().batches.store.list(limit)
    say({"batches": [one.model_dump(mode="json") for one in found]}, [_line(one) for one in found] or [t("none")])


@app.command("show")
def batches_show(
    batch_id: str, out: Annotated[Path | None, typer.Option(help="Write the results so far there.")] = None
) -> None:
    """How far a batch is, and which rows failed."""
    known = services().batches
    found = known.store.get(batch_id)
    if out is not None:
        known.write(batch_id, out)
    say(
        found.model_dump(mode="json") | {"failed": _failed(batch_id), "out": None if out is None else str(out)},
        [_line(found), *_failed_lines(batch_id)],
    )


@app.command("pause")
def batches_pause(batch_id: str) -> None:
    """Stop after the row that is being worked on."""
    services().batches.pause(batch_id)
    _state(batch_id)


@app.command("cancel")
def batches_cancel(batch_id: str) -> None:
    """Stop for good; what was made stays."""
    services().batches.cancel(batch_id)
    _state(batch_id)


@app.command("resume")
def batches_resume(batch_id: str) -> None:
    """Go on, here and now."""
    _answer(services().batches.work(batch_id, _tell))


@app.command("retry")
def batches_retry(batch_id: str) -> None:
    """Try the rows that failed again, here and now."""
    known = services().batches
    known.store.retry(batch_id)
    known.store.move(batch_id, "paused", ("done", "cancelled"))
    _answer(known.work(batch_id, _tell))


@app.command("work", hidden=True)
def batches_work() -> None:
    """Do what waits, then end. Pages start it by themselves."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))  # a killed batch goes on where it stopped
    if hasattr(os, "nice"):
        os.nice(10)  # pages come first
    last = time.monotonic()
    while time.monotonic() - last < _IDLE:
        if services().batches.work_waiting():
            last = time.monotonic()
        time.sleep(0.3)


def _tell(batch: Batch, item: Item) -> None:
    note(f"{_line(batch)}  {item.error}".rstrip())


def _state(batch_id: str) -> None:
    found = services().batches.store.get(batch_id)
    say(found.model_dump(mode="json"), [_line(found)])


def _answer(left: Batch, more: dict[str, Any] | None = None) -> None:
    failed = _failed(left.batch_id)
    if left.error:
        note(left.error)
    say(
        {"batch_id": left.batch_id, "state": left.state, "rows": left.total, "done": left.done, "failed": failed}
        | {"error": left.error, "ignored": left.ignored}
        | (more or {}),
        [_line(left), *_failed_lines(left.batch_id)],
    )
    if left.error:
        raise typer.Exit(OUT_OF_REACH if left.backend != COMPOSER else SOME_FAILED)
    if failed or left.state != "done":
        raise typer.Exit(SOME_FAILED)


def _failed(batch_id: str) -> list[dict[str, Any]]:
    return [
        {"row": item.number, "error": item.error, "run_id": item.run_id}
        for item in services().batches.store.items(batch_id, "failed")
    ]


def _failed_lines(batch_id: str) -> list[str]:
    return [f"{one['row']}  {one['error']}" for one in _failed(batch_id)]


def _line(batch: Batch) -> str:
    return t(
        "batch.line", batch_id=batch.batch_id, state=t(f"batch.{batch.state}"), done=batch.done + batch.failed,
        total=batch.total, failed=batch.failed,
    )  # fmt: skip
