"""``scenarios`` and ``run``: what can be made, and making it."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from workbench.errors import BackendError, RequestError, StoreError

if TYPE_CHECKING:
    from workbench.engine import Order

from .session import OUT_OF_REACH, SOME_FAILED, WRONG_REQUEST, Session, note, say, services, t

app = typer.Typer()


@app.command("scenarios")
def list_scenarios() -> None:
    """Every scenario and task with the JSON schemas of its request and its deliverable."""
    answer = {
        slug: {
            "title": scenario.title(Session.lang),
            "tasks": {
                task.name: {
                    "request": task.request.model_json_schema(),
                    "deliverable": task.deliverable.model_json_schema(),
                }
                for task in scenario.tasks
            },
        }
        for slug, scenario in services().scenarios.items()
    }
    say({"scenarios": answer}, [f"{slug}: {', '.join(entry['tasks'])}" for slug, entry in answer.items()])


@app.command("run")
def run_task(
    scenario: str,
    task: str,
    request: Annotated[Path, typer.Option(help="A JSON file with the filled form; - for standard input.")],
    name: Annotated[list[str] | None, typer.Option("--kb", help="Knowledge base; may be repeated.")] = None,
    backend: Annotated[str, typer.Option(help="Which model writes; the one set in the settings unless named.")] = "",
    person: Annotated[str, typer.Option("--as", help="Id of the person who orders it.")] = "",
) -> None:
    """Run a task and print its deliverable, findings and citations."""
    finish(ordered(scenario, task, request_of(request), name, backend, person))


def finish(order: "Order") -> None:
    """Run an order and print what came of it."""
    from workbench.chat import COMPOSER, Delta
    from workbench.engine import Finished, Step

    known = services()
    if order.backend != COMPOSER:
        known.backends.open(order.backend)
    for warning in known.ledger.warnings(order.author, order.scenario.slug, Session.lang):
        note(warning)
    finished: Finished | None = None
    for event in known.engine.execute(order):
        match event:
            case Step(name=step):
                note(t(f"step.{step}"))
            case Delta(text=part) if not Session.json:
                print(part, end="", file=sys.stderr, flush=True)
            case Finished():
                finished = event
    assert finished is not None  # noqa: S101  # the engine's last event
    run = finished.run
    answer = run.model_dump(
        mode="json", include={"run_id", "status", "deliverable", "findings", "evidence", "citations", "usage", "error"}
    )
    say(answer)
    if finished.error is not None:
        note(run.error)
        raise typer.Exit(_status(finished.error))


def _status(error: Exception) -> int:
    """The exit status of a run that failed: what it asked for was wrong, something was out of reach, or it broke."""
    if isinstance(error, BackendError | StoreError):
        return OUT_OF_REACH
    return WRONG_REQUEST if isinstance(error, RequestError) else SOME_FAILED


def ordered(
    scenario: str, task: str, request: dict[str, Any], names: list[str] | None, backend: str, person: str
) -> "Order":
    """An order, once everything that it names is there. Raises ``NotFoundError`` or ``RequestError``."""
    import wiring
    from workbench.engine import Order

    known = services()
    declared = wiring.scenario(scenario)
    declared.task(task)
    existing = {base.name for base in known.knowledge.list()}
    order = Order(
        scenario=declared,
        task=task,
        request=request,
        lang=Session.lang,
        knowledge_bases=names if names is not None else [base for base in declared.knowledge if base in existing],
        backend=backend or known.settings.default_backend,
        author=known.desk.actor(person).person if person else "",
    )
    for base in order.knowledge_bases:
        known.knowledge.get(base)
    if order.backend != "composer":
        known.backends.open(order.backend)
    return order


def request_of(path: Path) -> dict[str, Any]:
    """The JSON object in a file, or on standard input for ``-``. Raises ``RequestError``."""
    try:
        values = json.loads(sys.stdin.read() if str(path) == "-" else path.read_text("utf-8-sig"))
    except OSError as error:
        raise RequestError("workbench:request.unreadable", path=path, reason=error.strerror) from error
    except ValueError as error:
        raise RequestError("workbench:request.not_json", path=path, reason=error) from error
    if not isinstance(values, dict):
        raise RequestError("workbench:request.not_json", path=path, reason=type(values).__name__)
    return cast("dict[str, Any]", values)
