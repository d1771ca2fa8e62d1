"""Prices, budgets and plans as settings write them, and what they come to."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from workbench.chat import Usage
from workbench.costs import Costs
from workbench.errors import ConfigError
from workbench.settings import load

NOW = datetime.now(UTC)
PRICES = [
    {"model": "m", "from": "2026-01-01", "input": 2, "output": 8},
    {"model": "m", "from": "2026-06-01", "input": 1, "output": "4.5"},
    {"model": "server", "input": 0, "output": 0},
]


def costs(**values):
    return Costs.model_validate(values)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 12, 31), None),
        (date(2026, 1, 1), "0.0018"),
        (date(2026, 5, 31), "0.0018"),
        (date(2027, 1, 1), "0.001"),
    ],
)
def test_the_price_of_the_day_applies(day, expected):
    usage = Usage(backend="b", model="m", input_tokens=100, output_tokens=200)
    assert costs(prices=PRICES).price(usage, day) == (expected and Decimal(expected))


def test_what_nobody_counted_or_priced_has_no_cost_and_the_composer_costs_nothing():
    known = costs(prices=PRICES)
    assert known.price(Usage(backend="b", model="m", input_tokens=None), NOW.date()) is None
    assert known.price(Usage(backend="b", model="other"), NOW.date()) is None
    assert known.price(Usage(backend="server", model="other", input_tokens=9, output_tokens=9), NOW.date()) == 0
    assert costs().price(Usage(), NOW.date()) == 0


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.decimals(0, 1000, places=4))
def test_a_cost_is_the_sum_of_its_parts_to_a_millionth(tokens_in, tokens_out, rate):
    known = costs(prices=[{"model": "m", "input": rate, "output": rate}])
    made = known.price(Usage(backend="b", model="m", input_tokens=tokens_in, output_tokens=tokens_out), NOW.date())
    assert abs(made - rate * (tokens_in + tokens_out) / 10**6) <= Decimal("0.0000005")


@pytest.mark.parametrize(
    "wrong",
    [
        'prices = [{ model = "m", inputs = 1, output = 2 }]',
        'prices = [{ model = "m", input = -1, output = 2 }]',
        'prices = [{ model = "m", input = 1, output = 2 }, { model = "m", input = 1, output = 2 }]',
        'budgets = [{ department = "市场部" }]',
        'budgets = [{ runs = 5, per = "day" }]',
        'plans = [{ kind = "volume", seats = 5 }]',
        'plans = [{ kind = "project" }]',
        'plans = [{ kind = "monthly", fee = 5 }]',
        'currency = "yuan"',
    ],
)
def test_a_wrong_entry_is_one_sentence(tmp_path, wrong):
    path = tmp_path / "w.toml"
    path.write_text(f"[cost]\n{wrong}\n", "utf-8")
    with pytest.raises((ConfigError, ValidationError)) as told:
        load(path)
    assert isinstance(told.value, ConfigError)
    assert "\n" not in told.value.text("zh")


def test_a_budget_of_somebody_unknown_is_refused():
    with pytest.raises(ConfigError, match="sales"):
        costs(budgets=[{"department": "sales", "runs": 1}]).check(["chen"], ["业务部"], ["support"])
