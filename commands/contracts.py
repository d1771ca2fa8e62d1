"""``contracts``: the certificate before a contract is final, key dates, playbooks, Word templates, the signing hook."""

import hashlib
import json
import shlex
import subprocess
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from workbench.errors import RequestError
from workbench.run import numbered

from .session import SOME_FAILED, Session, say, services, t

app = typer.Typer(no_args_is_help=True, help="Completing and signing contracts, playbooks, templates.")
_ROOM = "scenarios.contracts.completion"


@app.command("certificate")
def contracts_certificate(run_id: str, number: Annotated[int | None, typer.Option("--version")] = None) -> None:
    """Whether a version is complete: blanks, attachments, findings, approval. Exit status 1 when it is not."""
    from scenarios.contracts.completion.certificate import certificate
    from workbench.texts import text

    made = certificate(services().desk, run_id, Session.lang, number)
    lines = [f"{'✓' if one.met else '✗'} {text(f'{_ROOM}:point.{one.point}', Session.lang)}" for one in made.points]
    say(made.model_dump(mode="json"), lines)
    if not made.complete:
        raise typer.Exit(SOME_FAILED)


@app.command("dates")
def contracts_dates(
    within: Annotated[int, typer.Option(min=0, help="So many days from today.")] = 90,
    ics: Annotated[Path | None, typer.Option(help="Write them as a calendar file with reminders, too.")] = None,
) -> None:
    """The key dates of archived contracts that come up, the next first."""
    from scenarios.contracts.completion.dates import calendar, upcoming

    found = upcoming(services().desk, date.today(), within, Session.lang)
    lines = [f"{one.date.day}  {one.title}  {one.date.label}{'  !' if one.due else ''}" for one in found]
    answer: dict[str, object] = {"dates": [one.model_dump(mode="json") for one in found]}
    if ics is not None:
        ics.write_bytes(calendar(found, Session.lang))
        answer["file"] = str(ics)
    say(answer, lines or [t("none")])


@app.command("playbooks")
def contracts_playbooks() -> None:
    """The playbooks that come with the product."""
    from scenarios.contracts.playbooks.playbook import shipped

    told = [
        {"name": name, "title": one.title, "kinds": one.kinds, "side": one.side, "positions": len(one.positions)}
        for name, one in shipped().items()
    ]
    say({"playbooks": told}, [f"{one['name']}: {one['title']}" for one in told])


@app.command("playbook")
def contracts_playbook(name: str, out: Annotated[Path, typer.Option(help="A .docx or .yaml file to edit.")]) -> None:
    """Write a playbook as a Word table or as YAML; ``contracts review`` reads it back as ``playbook_file``."""
    from scenarios.contracts.playbooks.files import write

    write(name, out)
    say({"file": str(out)})


@app.command("template")
def contracts_template(file: Path) -> None:
    """The placeholders of a company's Word form, checked; exit status 2 names what is wrong."""
    from scenarios.contracts.drafting.word_template import check, fields, placeholders

    found = placeholders(file)
    check(file)
    say({"placeholders": found, "fields": fields()}, found or [t("none")])


@app.command("sign")
def contracts_sign(
    run_id: str,
    out: Annotated[Path, typer.Option(help="A folder for contract.docx, contract.pdf and signing.json.")],
    hook: Annotated[str, typer.Option(help="A command that hands the folder to a signing service.")] = "",
) -> None:
    """Pack the newest version for electronic signing, once its certificate is complete (docs/signing.md)."""
    from scenarios.contracts.completion.certificate import certificate
    from scenarios.contracts.completion.signing import as_bytes, package
    from workbench.texts import text

    known = services()
    run, version = known.runs.get(run_id), numbered(known.runs.versions(run_id), None, run_id)
    if run.task != "draft" or run.scenario != "contracts":
        raise RequestError(f"{_ROOM}:not_draft")
    made = certificate(known.desk, run_id, Session.lang)
    if not made.complete:
        points = "；".join(text(f"{_ROOM}:point.{one.point}", Session.lang) for one in made.points if not one.met)
        raise RequestError(f"{_ROOM}:not_complete", points=points)
    out.mkdir(parents=True, exist_ok=True)
    digests = {}
    for form in ("docx", "pdf"):
        contract = out / f"contract.{form}"
        known.exporter.export(run, version, form, contract, final=True)
        digests[form] = hashlib.sha256(contract.read_bytes()).hexdigest()
    (out / "signing.json").write_bytes(as_bytes(package(run_id, version, run.request, digests["docx"], digests["pdf"])))
    answer: dict[str, object] = {
        "folder": str(out), "content_sha256": version.sha256,
        "file_sha256": digests["docx"], "pdf_sha256": digests["pdf"],
    }  # fmt: skip
    if hook:
        answer["service"] = _handed_over(hook, out)
    say(answer)


def _handed_over(hook: str, folder: Path) -> object:
    """What the hook answers: one JSON object on its standard output. Raises ``RequestError``."""
    try:
        done = subprocess.run(  # noqa: S603  # the person's own command, no shell
            [*shlex.split(hook), str(folder)], capture_output=True, text=True, timeout=120, check=True
        )
        return json.loads(done.stdout)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        reason = getattr(error, "stderr", "") or error
        raise RequestError(f"{_ROOM}:hook.failed", reason=str(reason).strip()[:300]) from error
