"""A row of the register: from a file, or from a review or a draft of the history."""

from collections.abc import Iterator
from pathlib import PurePath

from workbench.document import SourceDocument
from workbench.errors import WorkbenchError
from workbench.findings import Finding
from workbench.run import RunContext
from workbench.texts import Lang, text

from ..compose import read_contract
from ..contract import Contract
from ..models import Review, ReviewRequest
from ..review import review
from ..unseen import unseen
from .facts import facts
from .models import Entry, RegisterRequest, Unreadable
from .topics import clauses

_SHOWN = 3
"""So many of a contract's findings are told in the table."""
_LOUDEST = "text.instruction"
"""An order to the reviewing system is told before all else."""


def rows(request: RegisterRequest, context: RunContext) -> Iterator[Entry | Unreadable]:
    """A row for each contract; what cannot be read is named and harms no other."""
    for read in context.files.each(request.files):
        if read.document is not None:
            yield _of_file(_short(read.name), read.document, context.lang)
        elif read.error is not None:
            yield Unreadable(source=_short(read.name), error=read.error.text(context.lang))
    for run_id in request.runs:
        try:
            yield _of_run(run_id, context)
        except WorkbenchError as error:
            yield Unreadable(source=run_id, error=error.text(context.lang))


def _of_file(source: str, document: SourceDocument, lang: Lang) -> Entry:
    made = read_contract(ReviewRequest(text=document.text or " "), document, lang)
    found = review(Contract(made.text, made.contract_type), lang, None, made.pages)
    return _entry(source, made, [*unseen(made, lang), *found])


def _of_run(run_id: str, context: RunContext) -> Entry:
    """The newest version of a run with the findings that are on record for it."""
    run, version = context.earlier(run_id)
    if run.scenario != "contracts" or run.task not in ("review", "draft"):
        raise _unfit(run_id)
    if run.task == "review":
        made = Review.model_validate(version.deliverable)
    else:
        document = SourceDocument(version.text, version.deliverable["title"], "text/plain")
        made = read_contract(ReviewRequest(text=version.text), document, context.lang)
    return _entry(made.title or run_id, made, version.findings, run_id)


def _unfit(run_id: str) -> WorkbenchError:
    from workbench.errors import RequestError

    return RequestError("scenarios.contracts.register:unfit", run_id=run_id)


def _entry(source: str, made: Review, findings: list[Finding], run_id: str = "") -> Entry:
    contract = Contract(made.text, made.contract_type)
    graded = [one for one in findings if one.severity != "info"]
    graded.sort(key=lambda one: (one.rule != _LOUDEST, one.severity != "error"))
    return Entry(
        source=source,
        run=run_id,
        title=made.title or source,
        contract_type=made.contract_type,
        language=made.language,
        facts=facts(contract, made.parties),
        clauses=clauses(contract, made.pages),
        errors=sum(one.severity == "error" for one in graded),
        warnings=sum(one.severity == "warning" for one in graded),
        gravest=[one.message for one in graded[:_SHOWN]],
        notes=made.notes,
    )


def _short(name: str) -> str:
    """The file's name, within its zip where it came in one."""
    parts = PurePath(name).parts
    inside = next((at for at, part in enumerate(parts[:-1]) if part.lower().endswith(".zip")), None)
    return "/".join(parts[inside:]) if inside is not None else parts[-1]


def named(entry: Entry, lang: Lang) -> str:
    """A contract in a sentence: its title, and its file where the title says another thing."""
    if entry.title == entry.source:
        return entry.title
    return text("scenarios.contracts.register:named", lang, title=entry.title, source=entry.source)
