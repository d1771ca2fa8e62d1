"""``faq``: replies that people edited, on their way to answering the next who asks."""

from typing import Annotated

import typer

from scenarios.support.templates import check
from workbench.run import numbered

from .session import say, services, t

app = typer.Typer(no_args_is_help=True, help="Answers proposed from replies, reviewed before they answer.")
Person = Annotated[str, typer.Option("--as", help="Id of the person who acts.")]


@app.command("list")
def faq_list(state: str = "") -> None:
    """Proposed, approved and rejected answers."""
    found = services().faq.store.list(state or None)  # type: ignore[arg-type]  # checked by the query
    lines = [f"{one.run_id}  {one.state}  {one.question[:50]}" for one in found]
    say({"faq": [one.model_dump(mode="json") for one in found]}, lines or [t("none")])


@app.command("propose")
def faq_propose(
    run_id: str,
    person: Person,
    question: Annotated[str, typer.Option(help="The question; the customer's message unless told.")] = "",
    answer: Annotated[str, typer.Option(help="Another wording; a template with variables such as {name}.")] = "",
) -> None:
    """Put the newest version of a reply up for review."""
    known = services()
    run = known.runs.get(run_id)
    newest = numbered(known.runs.versions(run_id), None, run_id)
    asked = question or str(run.request.get("message", ""))
    made = known.faq.propose(run_id, asked, check(answer) or newest.text, newest.citations, known.desk.actor(person))
    say(made.model_dump(mode="json"), [f"{made.run_id}  {made.state}"])


@app.command("decide")
def faq_decide(
    run_id: str,
    person: Person,
    approve: Annotated[bool, typer.Option("--approve/--reject")],
    reason: str = "",
    answer: Annotated[str, typer.Option(help="Another wording; a template with variables such as {name}.")] = "",
) -> None:
    """Approve a proposal or reject it with a reason."""
    known = services()
    made = known.faq.decide(run_id, known.desk.actor(person), approve=approve, reason=reason, answer=check(answer))
    say(made.model_dump(mode="json"), [f"{made.run_id}  {made.state}"])
