"""The ledger: what was spent and by whom, whether more may be, and what a department is charged."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel

from .chains import Person
from .chat import COMPOSER, Usage
from .costs import Budget, Costs, Measure
from .errors import BudgetError, RequestError
from .run import Run
from .scenario import Section
from .spending import Expected, Spend, UsageStore, check_month, this_month
from .statement import Statement, charge, sections
from .texts import Lang, text


class BudgetState(BaseModel):
    """How much of a budget is used this month. ``share`` is of the measure that is used most."""

    budget: Budget
    measure: Measure
    spent: Decimal
    limit: Decimal
    share: float

    @property
    def level(self) -> Literal["fine", "warning", "stopped"]:
        """Whether those covered are warned, or their runs stopped."""
        if self.share >= 1:
            return "stopped"
        return "warning" if self.share >= self.budget.warn else "fine"

    def sentence(self, lang: Lang, currency: str) -> str:
        """What is used, for the person."""
        name = text("workbench:cost.company", lang) if self.budget.name == "*" else self.budget.name
        unit = currency if self.measure == "money" else text(f"workbench:cost.unit.{self.measure}", lang)
        return text(
            f"workbench:cost.{self.level}", lang, name=name, spent=f"{self.spent:,.2f}".removesuffix(".00"),
            limit=f"{self.limit:,.2f}".removesuffix(".00"), unit=unit, percent=round(self.share * 100),
        )  # fmt: skip


_UNKNOWN = Usage(input_tokens=4000, output_tokens=2000)
"""What a run of a kind that nobody has made yet is expected to use: as much as a long one."""
_UNKNOWN_CHARACTERS = 2000


@dataclass(frozen=True)
class Ledger:
    """The one place that knows prices, budgets and plans. ``store`` adds up the records; ``models`` tells the model of
    a backend by its name."""

    costs: Costs
    people: Sequence[Person]
    store: UsageStore
    models: Mapping[str, str] = field(default_factory=dict)

    # -- for the engine

    def department(self, person: str) -> str:
        """The department of a person; empty for somebody who is not on the list."""
        return next((one.department for one in self.people if one.id == person), "")

    def price(self, usage: Usage, at: datetime) -> float | None:
        """What ``usage`` cost; None where it cannot be told."""
        cost = self.costs.price(usage, at.astimezone().date())
        return None if cost is None else float(cost)

    @contextmanager
    def admitted(self, run: Run) -> Iterator[Expected | None]:
        """Let ``run`` begin: inside it is recorded with what it is expected to consume. Raises ``BudgetError``.

        Admissions that a budget covers come one at a time, so that runs which begin together see each other's
        expectations: together they overshoot a budget no further than one run alone could.
        """
        department = self.department(run.author)
        if not any(budget.covers(run.author, department, run.scenario) for budget in self.costs.budgets):
            yield None
            return
        with self.store.alone():
            self.admit(run.author, run.scenario, run.usage.backend)
            yield self._expected(run)

    def _expected(self, run: Run) -> Expected:
        backend = run.usage.backend
        if (known := self.store.typical(run.scenario, run.task, backend)) is not None:
            return known
        if backend == COMPOSER:
            return Expected(input_tokens=0, output_tokens=0, cost=0, characters=_UNKNOWN_CHARACTERS)
        usage = _UNKNOWN.model_copy(update={"backend": backend, "model": self.models.get(backend, "")})
        return Expected(
            input_tokens=usage.input_tokens or 0,
            output_tokens=usage.output_tokens or 0,
            cost=self.price(usage, run.created_at),
            characters=_UNKNOWN_CHARACTERS,
        )

    def admit(self, person: str, scenario: str, backend: str) -> None:
        """Raise ``BudgetError`` when a budget that covers the run is used up.

        The composer costs neither money nor tokens, so that budgets of those do not stop it.
        """
        for state in self.states(person, scenario):
            free = backend == COMPOSER and state.measure in ("money", "tokens")
            if state.level == "stopped" and not free:
                raise BudgetError(state, self.costs.currency)

    # -- for people

    def states(self, person: str = "", scenario: str = "", *, covering: bool = True) -> list[BudgetState]:
        """The budgets that cover a run of ``person`` in ``scenario`` (all of them unless ``covering``), as they stand
        this month, one for each measure, the most used first."""
        month, department = this_month(), self.department(person)
        found = []
        for budget in self.costs.budgets:
            if covering and not budget.covers(person, department, scenario):
                continue
            sums = self.store.spend(
                since=month, until=month, person=budget.person, department=budget.department or None,
                scenario=budget.scenario,
            )  # fmt: skip
            spend = sums[0] if sums else Spend()
            for measure, limit in budget.limits.items():
                spent = spend.measure(measure)
                share = float(spent / limit) if limit else 1.0
                found.append(BudgetState(budget=budget, measure=measure, spent=spent, limit=limit, share=share))
        return sorted(found, key=lambda state: -state.share)

    def warnings(self, person: str, scenario: str, lang: Lang) -> list[str]:
        """A sentence for each budget that covers the run and is nearly used up."""
        found = [state for state in self.states(person, scenario) if state.level != "fine"]
        return [state.sentence(lang, self.costs.currency) for state in found]

    def statement(self, month: str, department: str, lang: Lang) -> Statement:
        """What ``department`` is charged for ``month``: by its plans; without any, what its models cost.

        Raises ``RequestError`` for a month that is none and for a department that nobody works in or ever ran anything.
        """
        check_month(month)
        known = {person.department for person in self.people} | {plan.department for plan in self.costs.plans}
        if department and department not in known:
            known |= {one.group["department"] for one in self.store.spend(["department"])}
        if department and department not in known:
            told = ", ".join(sorted(filter(None, known)))
            raise RequestError("workbench:cost.unknown", kind="department", name=department, known=told)
        sums = self.store.spend(since=month, until=month, department=department or None)
        spend = sums[0] if sums else Spend()
        plans = [plan for plan in self.costs.plans if plan.department == department and plan.applies(month)]
        lines = charge(plans, month, spend, lang)
        return Statement(
            department=department,
            month=month,
            currency=self.costs.currency,
            lines=lines,
            total=sum((line.amount for line in lines), Decimal(0)),
            spend=spend,
        )

    def sections(self, made: Statement, lang: Lang) -> list[Section]:
        """A statement as a document: the lines, then what was used by person, scenario and model, then every run."""
        return sections(made, self.store, {person.id: person.name for person in self.people}, lang)
