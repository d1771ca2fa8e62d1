"""``runs``: the records of runs; ``export``: a run's deliverable as a file."""

from pathlib import Path
from typing import Annotated

import typer

from workbench.run import numbered
from workbench.services import ExportFormat

from .session import SOME_FAILED, Session, say, services, t

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
    form: Annotated[ExportFormat, typer.Option("--format")] = "docx",
    version: Annotated[int, typer.Option(help="Which version; the newest unless told.")] = 0,
    final: Annotated[
        bool, typer.Option("--final", help="Not as a draft: refused while errors or approvals are open.")
    ] = False,
    markers: Annotated[bool, typer.Option("--markers", help="Keep the citation markers in a plain text.")] = False,
) -> None:
    """Write a run's deliverable as a file that carries the AI-content label."""
    known = services()
    run = known.runs.get(run_id)
    chosen = numbered(known.runs.versions(run_id), version or None, run_id)
    label = known.exporter.export(run, chosen, form, out, final=final, markers=markers)
    kept = known.exporter.label(run, chosen).kept
    say(
        {"file": str(out), "label": label, "version": chosen.number, "final": final, "kept": round(kept, 3)},
        [f"{out}  {label}"],
    )


@top.command("verify")
def verify(file: Path) -> None:
    """Read a file back: whose run made it, and whether it is as it was exported. Exit status 1 when it is not."""
    found = services().exporter.verify(file)
    say(
        found.model_dump(mode="json") | {"file": str(file), "message": found.sentence(Session.lang)},
        [found.sentence(Session.lang)],
    )
    if found.outcome != "intact":
        raise typer.Exit(SOME_FAILED)


@top.command("template")
def template(
    out: Annotated[Path | None, typer.Option(help="Write the built-in Word template there, to be changed.")] = None,
    check: Annotated[Path | None, typer.Option(help="Say whether this Word template can be used.")] = None,
) -> None:
    """The Word template of exports. ``[export] template`` in the settings names a company's own."""
    exporter = services().exporter
    if out is not None:
        exporter.write_template(out, Session.lang)
    if check is not None:
        exporter.check_template(check)
    fields = list(exporter.template_fields)
    path = out or check
    say({"file": None if path is None else str(path), "fields": fields}, [str(path or ""), " ".join(fields)])
