"""``feedback``: what people think of results, and what became of them."""

from typing import Annotated, Any, Literal

import typer

from workbench.feedback import Outcome

from .session import say, services, t

app = typer.Typer(no_args_is_help=True, help="What people think of results, and what became of them.")


@app.command("give")
def feedback_give(
    run_id: str,
    verdict: Literal["up", "down"],
    person: Annotated[str, typer.Option("--as", help="Id of the person who judges.")],
    reason: Annotated[str, typer.Option(help="Why; needed for a thumb down.")] = "",
    number: Annotated[int | None, typer.Option("--version", help="Which version; the newest unless told.")] = None,
) -> None:
    """A thumb up or down."""
    known = services()
    given = known.judgements.give(run_id, verdict, known.desk.actor(person), reason, number)
    say(given.model_dump(mode="json"), [f"{given.run_id}  {given.verdict}  {given.reason}"])


@app.command("show")
def feedback_show(run_id: str) -> None:
    """All feedback on a run, how far it was edited and how long approval took."""
    known = services()
    known.runs.get(run_id)
    found = known.judgements.outcome(run_id)
    given = [one.model_dump(mode="json", exclude={"run_id"}) for one in known.judgements.store.feedback(run_id)]
    say({"run_id": run_id, "feedback": given, "outcome": _outcome(found) if found else None})


@app.command("list")
def feedback_list(scenario: str = "", limit: Annotated[int, typer.Option(min=1)] = 100) -> None:
    """What became of the latest runs that somebody edited, judged or asked approval for."""
    found = [_outcome(one) for one in services().judgements.store.outcomes(scenario=scenario, limit=limit)]
    lines = [f"{one['run_id']}  {one['scenario']}  {one['changed']:.0%}  +{one['up']} -{one['down']}" for one in found]
    say({"outcomes": found}, lines or [t("none")])


@app.command("summary")
def feedback_summary(scenario: str = "") -> None:
    """Outcomes added up."""
    say(services().judgements.summary(scenario).model_dump(mode="json"))


def _outcome(found: Outcome) -> dict[str, Any]:
    return found.model_dump(mode="json") | {"changed": round(found.changed, 4)}
