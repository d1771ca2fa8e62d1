"""The statement of a department: what its plans charge for what it used."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pydantic import BaseModel

from .costs import Plan, cents
from .scenario import Cell, Kind, Section
from .spending import Dimension, Spend, UsageStore
from .texts import Lang, text


class Line(BaseModel):
    """One line of a statement."""

    plan: str
    item: str
    quantity: Decimal
    unit: str
    price: Decimal
    amount: Decimal


class Statement(BaseModel):
    """What a department (the company when empty) is charged for a month, and what it used."""

    department: str
    month: str
    currency: str
    lines: list[Line]
    total: Decimal
    spend: Spend


def charge(plans: Sequence[Plan], month: str, spend: Spend, lang: Lang) -> list[Line]:
    """What ``plans`` charge for ``spend``; without any, what the models cost."""
    if not plans:
        return [_line("", "models", Decimal(spend.runs), "runs", Decimal(0), lang, spend.cost)]
    return [line for plan in plans for line in _charged(plan, month, spend, lang)]


def sections(made: Statement, store: UsageStore, names: Mapping[str, str], lang: Lang) -> list[Section]:
    """A statement as a document: the lines, then what was used by person, scenario and model, then every run."""

    def say(*keys: str) -> tuple[str, ...]:
        return tuple(text(f"workbench:statement.{key}", lang) for key in keys)

    lines: list[tuple[Cell, ...]] = [say("plan", "item", "quantity", "unit", "price", "amount")]
    lines += [(one.plan, one.item, one.quantity, one.unit, one.price, one.amount) for one in made.lines]
    lines.append((*say("total"), "", None, "", made.currency, made.total))
    kinds: tuple[Kind, ...] = ("", "", "number", "", "money", "money")
    parts = [Section(say("lines")[0], table=tuple(lines), kinds=kinds)]
    department, month = made.department or None, made.month
    dimensions: tuple[Dimension, ...] = ("person", "scenario", "model")
    for dimension in dimensions:
        rows: list[tuple[Cell, ...]] = [
            say(dimension, "runs", "characters", "input_tokens", "output_tokens", "seconds", "cost", "unpriced")
        ]
        for one in store.spend([dimension], since=month, until=month, department=department):
            name = _named(dimension, one.group[dimension], names, lang)
            rows.append(
                (name, one.runs, one.characters, one.input_tokens, one.output_tokens, one.seconds, one.cost,
                 one.unpriced)
            )  # fmt: skip
        counts: tuple[Kind, ...] = ("", *(("number",) * 5), "money", "number")
        parts.append(Section(say(f"by_{dimension}")[0], table=tuple(rows), kinds=counts))
    runs: list[tuple[Cell, ...]] = [
        say("run", "time", "person", "scenario", "task", "backend", "model", "input_tokens", "output_tokens",
            "seconds", "characters", "cost")
    ]  # fmt: skip
    for used in store.used(month, department):
        told = used.created_at.astimezone()
        runs.append(
            (used.run_id, told, names.get(used.person, used.person), _named("scenario", used.scenario, {}, lang),
             used.task, used.backend, used.model, used.input_tokens, used.output_tokens, used.seconds,
             used.characters, used.cost)
        )  # fmt: skip
    figures: tuple[Kind, ...] = (*(("",) * 7), *(("number",) * 4), "money")
    parts.append(Section(say("all_runs")[0], table=tuple(runs), kinds=figures))
    return parts


def _named(dimension: str, value: str, names: Mapping[str, str], lang: Lang) -> str:
    if dimension == "scenario" and value:
        try:
            return text(f"scenarios.{value}:title", lang)
        except (KeyError, OSError):
            return value
    if dimension == "person":
        return names.get(value, value) or "-"
    return value or "-"


def _line(
    plan: str, item: str, quantity: Decimal, unit: str, price: Decimal, lang: Lang, amount: Decimal | None = None
) -> Line:
    return Line(
        plan=plan,
        item=text(f"workbench:statement.item.{item}", lang),
        quantity=quantity,
        unit=text(f"workbench:cost.unit.{unit}", lang),
        price=price,
        amount=cents(quantity * price if amount is None else amount),
    )


def _charged(plan: Plan, month: str, spend: Spend, lang: Lang) -> list[Line]:
    name = plan.name or text(f"workbench:statement.kind.{plan.kind}", lang)
    match plan.kind:
        case "subscription":
            over = Decimal(max(0, spend.characters - plan.included)) / 1000
            return [
                _line(name, "seats", Decimal(plan.seats), "seats", plan.seat_price, lang),
                _line(name, "overage", over, "thousand", plan.overage, lang),
            ]
        case "volume" if plan.unit == "runs":
            return [_line(name, "volume", Decimal(spend.runs - spend.failed), "runs", plan.rate, lang)]
        case "volume":
            return [_line(name, "volume", Decimal(spend.characters) / 1000, "thousand", plan.rate, lang)]
    first = [_line(name, "fee", Decimal(1), "once", plan.fee, lang)] if f"{plan.since:%Y-%m}" == month else []
    return first + ([_line(name, "monthly", Decimal(1), "months", plan.monthly, lang)] if plan.monthly else [])
