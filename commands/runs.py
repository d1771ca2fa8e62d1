"""``runs``: the records of runs; ``export``: a run's deliverable as a file."""

from pathlib import Path
from typing import Annotated

import typer

from workbench.errors import RequestError
from workbench.history import Filter, Forgotten
from workbench.run import numbered
from workbench.services import ExportFormat

from .making import finish
from .session import SOME_FAILED, Session, day_of, opened, say, services, t

As = Annotated[str, typer.Option("--as", help="Id of the person who looks: runs with people's data have readers.")]
app = typer.Typer(no_args_is_help=True, help="The records of runs.")
top = typer.Typer()


@app.command("list")
def runs_list(
    words: Annotated[str, typer.Option(help="Words that stand in the request or the text.")] = "",
    scenario: str = "",
    task: str = "",
    status: str = "",
    author: Annotated[str, typer.Option(help="A person's id.")] = "",
    department: str = "",
    backend: str = "",
    model: str = "",
    since: Annotated[str, typer.Option("--from", help="First day, YYYY-MM-DD.")] = "",
    until: Annotated[str, typer.Option("--to", help="Last day, YYYY-MM-DD.")] = "",
    limit: Annotated[int, typer.Option(min=1)] = 50,
    offset: Annotated[int, typer.Option(min=0)] = 0,
    person: As = "",
) -> None:
    """The latest runs that fit. What they are about is shown to who may see them."""
    wanted = Filter(
        words=words, scenario=scenario, task=task, status=status, author=author, department=department, backend=backend,
        model=model, since=day_of(since), until=day_of(until),
    )  # fmt: skip
    known = services()
    found = [
        one if known.views.may(one, person) else one.model_copy(update={"subject": "", "excerpt": ""})
        for one in known.history.find(wanted, limit, offset)
    ]
    lines = [
        "  ".join((one.run_id, one.scenario, one.task, one.status, " ".join((one.subject or one.excerpt).split())[:40]))
        for one in found
    ]
    say({"runs": [one.model_dump(mode="json") for one in found]}, lines or [t("none")])


@app.command("show")
def runs_show(run_id: str, person: As = "") -> None:
    """A run with all that was recorded."""
    run = opened(run_id, person)
    say({**run.model_dump(mode="json"), "versions": services().runs.versions(run_id)})


@app.command("extras")
def runs_extras(run_id: str, person: As = "") -> None:
    """The further files that `export --extra NAME` writes of the newest version."""
    opened(run_id, person)
    found = services().desk.extras(run_id)
    say(
        {"extras": [{"name": one.name, "title": one.title} for one in found]},
        [one.name for one in found] or [t("none")],
    )


@app.command("views")
def runs_views(run_id: str) -> None:
    """Who saw a run that holds people's data, and when."""
    known = services()
    known.runs.get(run_id)
    found = known.views.store.of(run_id)
    lines = [f"{one.at.astimezone():%Y-%m-%d %H:%M}  {one.actor.person}  ({one.actor.real})" for one in found]
    say({"views": [one.model_dump(mode="json") for one in found]}, lines or [t("none")])


@app.command("again")
def runs_again(
    run_id: str,
    backend: Annotated[str, typer.Option(help="Which model writes; the same unless named.")] = "",
    person: Annotated[str, typer.Option("--as", help="Id of the person who orders it.")] = "",
) -> None:
    """Run the same request once more and print what `run` prints."""
    known = services()
    author = known.desk.actor(person).person if person else ""
    finish(known.history.again(run_id, backend, author))


@app.command("forget")
def runs_forget(
    run_id: str,
    file: Annotated[str, typer.Argument(help="A person's file, as it stands in the list.")],
    person: As = "",
) -> None:
    """Remove one person from a run and from all others of its scenario that name the same file."""
    opened(run_id, person)
    gone = services().history.forget_person(run_id, file)
    say(gone.model_dump(mode="json"), [t("forgotten", runs=len(gone.runs), rewritten=len(gone.rewritten))])


@app.command("purge")
def runs_purge(
    run_ids: Annotated[list[str] | None, typer.Argument(help="These runs, whatever their approval.")] = None,
    due: Annotated[bool, typer.Option("--due", help="All whose time is over by the settings.")] = False,
    daily: Annotated[bool, typer.Option("--daily", help="With --due: unless it was done today.")] = False,
    dry: Annotated[bool, typer.Option("--dry-run", help="Only say which.")] = False,
) -> None:
    """Remove the words of runs everywhere. That they were, by whom and what they cost stays."""
    history = services().history
    if bool(run_ids) == due or (daily and not due):
        raise RequestError("commands:purge.what")
    if dry:
        found = history.due() if due else {"": list(run_ids or [])}
        say({"due": found}, [f"{slug}  {len(ids)}" for slug, ids in found.items()] or [t("none")])
        return
    if daily:
        gone = history.purge_daily() or Forgotten()
    else:
        gone = history.purge_due() if due else history.purge(run_ids or [])
    say(gone.model_dump(mode="json"), [t("purged", runs=len(gone.runs), kept=len(gone.kept))])


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
    extra: Annotated[
        str, typer.Option(help="A further file by its name, see `runs extras`, instead of a format.")
    ] = "",
    person: As = "",
) -> None:
    """Write a run's deliverable as a file that carries the AI-content label."""
    known = services()
    run = opened(run_id, person)
    chosen = numbered(known.runs.versions(run_id), version or None, run_id)
    if extra:
        known.exporter.write_extra(run, chosen, known.desk.find_extra(run_id, extra, chosen.number), out, final=final)
        label = known.exporter.label(run, chosen).visible
        say({"file": str(out), "label": label, "version": chosen.number, "final": final}, [f"{out}  {label}"])
        return
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
