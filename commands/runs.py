"""``runs``: the records of runs; ``export``: a run's deliverable as a file."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from workbench.errors import RequestError

from .session import say, services, t

app = typer.Typer(no_args_is_help=True, help="The records of runs.")
top = typer.Typer()


@app.command("list")
def runs_list(scenario: str = "", limit: Annotated[int, typer.Option(min=1)] = 50) -> None:
    """The latest runs."""
    found = services().runs.list(scenario=scenario or None, limit=limit)
    entries = [
        run.model_dump(mode="json", include={"run_id", "scenario", "task", "status", "created_at", "author", "error"})
        for run in found
    ]
    lines = ["  ".join(str(entry[key]) for key in ("run_id", "scenario", "task", "status")) for entry in entries]
    say({"runs": entries}, lines or [t("none")])


@app.command("show")
def runs_show(run_id: str) -> None:
    """A run with all that was recorded."""
    records = services().runs
    say({**records.get(run_id).model_dump(mode="json"), "versions": records.versions(run_id)})


@top.command("export")
def export(
    run_id: str,
    out: Annotated[Path, typer.Option(help="The file to write.")],
    form: Annotated[Literal["docx", "xlsx", "md"], typer.Option("--format")] = "docx",
    version: Annotated[int, typer.Option(help="Which version; the newest unless told.")] = 0,
) -> None:
    """Write a run's deliverable as a file that carries the AI-content label."""
    known = services()
    run = known.runs.get(run_id)
    versions = {kept.number: kept for kept in known.runs.versions(run_id)}
    chosen = versions.get(version or max(versions, default=0))
    if chosen is None:
        raise RequestError("workbench:run.no_version", run_id=run_id, version=version or 1)
    label = known.exporter.export(run, chosen, form, out)
    say({"file": str(out), "label": label}, [f"{out}  {label}"])
