"""What the engine asks of the ledger: whether a run may begin, whose it is, what it cost."""

from collections.abc import Iterator
from typing import Any

import pytest

from records.runs import RunRecords
from records.usage import UsageRecords
from tests.fakes.knowledge import NoKnowledge
from tests.workbench.test_run import DEMO, Scripted
from workbench.chains import SAMPLE_PEOPLE
from workbench.chat import Gate, Usage
from workbench.costs import Costs
from workbench.engine import Engine, Finished, Order
from workbench.errors import BudgetError
from workbench.ledger import Ledger
from workbench.prompts import Prompt
from workbench.texts import ROOT


class Counted(Scripted):
    """A backend whose server counts tokens."""

    def stream(self, call: Any, cancel: Any) -> Iterator[Any]:
        yield from (piece for piece in super().stream(call, cancel) if not isinstance(piece, Usage))
        yield Usage(backend="m", model="m-1", input_tokens=1000, output_tokens=500)


@pytest.fixture(autouse=True)
def prompt(monkeypatch):
    made = Prompt("demo/write.zh@1", ROOT, "system", "{question}")
    monkeypatch.setattr("workbench.engine.load_prompt", lambda *_: made)


@pytest.fixture
def engine(tmp_path):
    records = RunRecords(f"sqlite:///{tmp_path / 'r.sqlite3'}")
    backend = Counted(*['{"words": "ok"}'] * 9)

    def make(**costs):
        ledger = Ledger(Costs.model_validate(costs), SAMPLE_PEOPLE, UsageRecords(records.database))
        return Engine(NoKnowledge(), Gate(backend), records, ledger=ledger)

    yield make
    records.close()


def run(engine, backend="m"):
    *_, last = engine.execute(Order(DEMO, "write", {"question": "?"}, backend=backend, author="zhou"))
    assert isinstance(last, Finished)
    return engine.runs.get(last.run.run_id)


def test_a_run_records_its_price_and_department(engine):
    made = run(engine(prices=[{"model": "m-1", "input": 2, "output": 8}]))
    assert (made.usage.cost, made.department) == (0.006, "财务部")
    assert made.settings["kind"] == "fake"
    assert run(engine()).usage.cost is None
    assert run(engine(), "composer").usage.cost == 0


def test_a_run_over_budget_is_not_recorded(engine):
    made = engine(
        prices=[{"model": "m-1", "input": 2, "output": 8}], budgets=[{"department": "财务部", "money": "0.01"}]
    )
    run(made)
    run(made)
    with pytest.raises(BudgetError):
        run(made)
    assert run(made, "composer").status == "done"
    assert len(made.runs.list()) == 3
