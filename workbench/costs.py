"""What runs cost, as settings write it: prices of models, budgets, and the plans by which departments are charged.

::

    [cost]
    currency = "CNY"

    [[cost.prices]]
    model = "deepseek-chat"     # as the backend reports it
    from = 2026-01-01           # applies from that day until the next entry of the same model
    input = 2                   # for a million tokens
    output = 8

    [[cost.budgets]]            # of every calendar month
    department = "市场部"        # and, or: person, scenario; without any of them the whole company
    money = 500                 # and, or: tokens, runs, characters

    [[cost.plans]]
    department = "市场部"
    kind = "subscription"       # seats and an included volume
    seats = 5
    seat_price = 99             # a seat and month
    included = 200000           # characters of content a month
    overage = 1.5               # for a thousand characters more
"""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from .chat import COMPOSER, Usage
from .errors import ConfigError
from .strict import Strict

Money = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=6)]
Measure = Literal["money", "tokens", "runs", "characters"]
MEASURES: tuple[Measure, ...] = ("money", "tokens", "runs", "characters")
MILLION = 1_000_000


class Dated(Strict):
    """What applies from a day on. TOML calls it ``from``, which Python keeps for itself."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    since: date = Field(date(2000, 1, 1), alias="from")


class Price(Dated):
    """The price of a million tokens of a model, in the currency of the settings."""

    model: str = Field(min_length=1)
    input: Money
    output: Money


class Budget(Strict):
    """What may be spent in a calendar month by those whom it covers.

    From ``warn`` of it they are told, at 1 no run begins.
    """

    person: str = ""
    department: str = ""
    scenario: str = ""
    money: Money | None = None
    tokens: int | None = Field(None, gt=0)
    runs: int | None = Field(None, gt=0)
    characters: int | None = Field(None, gt=0)
    warn: float = Field(0.8, gt=0, le=1)

    @model_validator(mode="after")
    def _limits_something(self) -> "Budget":
        if not self.limits:
            raise ConfigError("workbench:cost.budget_empty", name=self.name)
        return self

    @property
    def limits(self) -> dict[Measure, Decimal]:
        """What is limited, and to how much."""
        return {measure: Decimal(value) for measure in MEASURES if (value := getattr(self, measure)) is not None}

    @property
    def name(self) -> str:
        """Whom it covers; ``*`` for the whole company."""
        return " / ".join(filter(None, (self.department, self.person, self.scenario))) or "*"

    def covers(self, person: str, department: str, scenario: str) -> bool:
        """Whether a run of this person in this scenario counts."""
        given = ((self.person, person), (self.department, department), (self.scenario, scenario))
        return all(wanted in ("", value) for wanted, value in given)


class Plan(Dated):
    """How a department is charged; the company as a whole when ``department`` is empty.

    ``subscription``: ``seats`` at ``seat_price`` a month with ``included`` characters of content, and ``overage`` for
    each thousand more. ``volume``: ``rate`` for each thousand characters, or for each run. ``project``: a model made to
    measure, ``fee`` once, in the month of ``from``, then ``monthly`` until ``to``.
    """

    kind: Literal["subscription", "volume", "project"]
    department: str = ""
    name: str = ""
    until: date | None = Field(None, alias="to")
    seats: int = Field(0, ge=0)
    seat_price: Money = Decimal(0)
    included: int = Field(0, ge=0)
    overage: Money = Decimal(0)
    unit: Literal["characters", "runs"] = "characters"
    rate: Money = Decimal(0)
    fee: Money = Decimal(0)
    monthly: Money = Decimal(0)

    @model_validator(mode="after")
    def _of_one_kind(self) -> "Plan":
        foreign = self.model_fields_set & {key for kind, keys in _OF_KIND.items() if kind != self.kind for key in keys}
        if foreign:
            raise ConfigError("workbench:cost.plan_key", kind=self.kind, field=sorted(foreign)[0])
        if not self.model_fields_set & _OF_KIND[self.kind]:
            raise ConfigError("workbench:cost.plan_empty", kind=self.kind, keys=", ".join(sorted(_OF_KIND[self.kind])))
        return self

    def applies(self, month: str) -> bool:
        """Whether it applies in ``month`` (YYYY-MM), from its first or last day's month on."""
        last = "9999-99" if self.until is None else f"{self.until:%Y-%m}"
        return f"{self.since:%Y-%m}" <= month <= last


_OF_KIND = {
    "subscription": {"seats", "seat_price", "included", "overage"},
    "volume": {"unit", "rate"},
    "project": {"fee", "monthly"},
}


class Costs(Strict):
    """Everything about money."""

    currency: str = Field("CNY", pattern="^[A-Z]{3}$")
    prices: tuple[Price, ...] = ()
    budgets: tuple[Budget, ...] = ()
    plans: tuple[Plan, ...] = ()

    @model_validator(mode="after")
    def _one_price_a_day(self) -> "Costs":
        seen = set()
        for price in self.prices:
            if (price.model, price.since) in seen:
                raise ConfigError("workbench:cost.price_twice", model=price.model, day=price.since)
            seen.add((price.model, price.since))
        return self

    def check(self, people: Iterable[str], departments: Iterable[str], scenarios: Iterable[str]) -> None:
        """Raise ``ConfigError`` for a budget or plan of somebody who is not there."""
        known = {"person": {*people}, "department": {*departments}, "scenario": {*scenarios}}
        for entry in (*self.budgets, *self.plans):
            for kind, names in known.items():
                wanted = getattr(entry, kind, "")
                if wanted and wanted not in names:
                    told = ", ".join(sorted(filter(None, names)))
                    raise ConfigError("workbench:cost.unknown", kind=kind, name=wanted, known=told)

    def price(self, usage: Usage, day: date) -> Decimal | None:
        """What ``usage`` cost on ``day``, to a millionth. The composer costs nothing; None where no price is known, or
        the server did not count tokens."""
        if usage.backend == COMPOSER:
            return Decimal(0)
        named = [price for price in self.prices if price.model in (usage.model, usage.backend) and price.since <= day]
        named.sort(key=lambda price: (price.model == usage.model, price.since))
        if not named or usage.input_tokens is None or usage.output_tokens is None:
            return None
        price = named[-1]
        total = price.input * usage.input_tokens + price.output * usage.output_tokens
        return (total / MILLION).quantize(Decimal("0.000001"), ROUND_HALF_UP)


def cents(amount: Decimal) -> Decimal:
    """``amount`` to a hundredth, halves up."""
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
