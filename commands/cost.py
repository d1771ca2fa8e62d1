"""``cost``: what runs cost, how far budgets are used, and the statement of a department."""

from pathlib import Path
from typing import Annotated, Any

import typer

from workbench.errors import RequestError
from workbench.spending import DIMENSIONS, Dimension, check_month, this_month
from workbench.texts import text

from .session import Session, say, services, t

app = typer.Typer(no_args_is_help=True, help="What runs cost, and who is charged.")

Month = Annotated[str, typer.Option(help="YYYY-MM; this month unless told.")]


@app.command("report")
def cost_report(
    by: Annotated[str, typer.Option(help=f"Any of {', '.join(DIMENSIONS)}, with commas.")] = "month",
    month: Annotated[str, typer.Option(help="Only this month, YYYY-MM.")] = "",
    since: Annotated[str, typer.Option("--from", help="First month.")] = "",
    until: Annotated[str, typer.Option("--to", help="Last month.")] = "",
    person: Annotated[str, typer.Option(help="Only this person's id.")] = "",
    department: Annotated[str, typer.Option(help="Only this department.")] = "",
    scenario: Annotated[str, typer.Option(help="Only this scenario.")] = "",
) -> None:
    """Runs, tokens, seconds, characters produced and cost, added up."""
    for given in filter(None, (month, since, until)):
        check_month(given)
    ledger = services().ledger
    names = [_dimension(name.strip()) for name in by.split(",") if name.strip()]
    only: dict[str, Any] = {
        "since": month or since, "until": month or until, "person": person, "department": department or None,
        "scenario": scenario,
    }  # fmt: skip
    rows = [_spend(one) for one in ledger.store.spend(names, **only)]
    total = [_spend(one) for one in ledger.store.spend(**only)]
    currency = ledger.costs.currency
    lines = [
        "  ".join(
            (*(row[name] or "-" for name in names), f"{row['cost']} {currency}", t("cost.runs", count=row["runs"]))
        )
        for row in rows
    ]
    say({"currency": currency, "by": names, "rows": rows, "total": total[0] if total else None}, lines or [t("none")])


@app.command("budgets")
def cost_budgets() -> None:
    """How far each budget is used this month."""
    ledger = services().ledger
    states = ledger.states(covering=False)
    told = [
        state.budget.model_dump(mode="json", include={"person", "department", "scenario"})
        | {"measure": state.measure, "spent": float(state.spent), "limit": float(state.limit)}
        | {"share": round(state.share, 4), "level": state.level}
        for state in states
    ]
    lines = [state.sentence(Session.lang, ledger.costs.currency) for state in states]
    say({"month": this_month(), "currency": ledger.costs.currency, "budgets": told}, lines or [t("none")])


@app.command("statement")
def cost_statement(
    out: Annotated[Path, typer.Option(help="The Excel file to write.")],
    department: Annotated[str, typer.Option(help="Whose; the company as a whole unless told.")] = "",
    month: Month = "",
) -> None:
    """What a department is charged for a month, with every run behind it, as Excel."""
    if out.suffix.lower() != ".xlsx":
        raise RequestError("commands:statement.out", path=out)
    known = services()
    made = known.ledger.statement(month or this_month(), department, Session.lang)
    name = department or text("workbench:cost.company", Session.lang)
    title = text("workbench:statement.title", Session.lang, department=name, month=made.month)
    about = " · ".join(filter(None, (known.settings.producer, name, made.month, made.currency)))
    known.exporter.write_tables(out, title, about, known.ledger.sections(made, Session.lang), Session.lang)
    lines = [{**line.model_dump(mode="json"), "amount": float(line.amount)} for line in made.lines]
    say(
        {"file": str(out), "department": department, "month": made.month, "currency": made.currency}
        | {"lines": lines, "total": float(made.total), "usage": _spend(made.spend)},
        [*(f"{line.item}  {line.amount}" for line in made.lines), f"{made.total} {made.currency}  {out}"],
    )


def _dimension(name: str) -> Dimension:
    for known in DIMENSIONS:
        if name == known:
            return known
    raise RequestError("commands:cost.by", name=name, known=", ".join(DIMENSIONS))


def _spend(one: Any) -> dict[str, Any]:
    return {**one.group, **one.model_dump(mode="json", exclude={"group", "cost"}), "cost": float(one.cost)}
