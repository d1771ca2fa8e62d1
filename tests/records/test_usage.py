"""The ledger over real records: sums, budgets that warn and stop, charges by plan."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from multiprocessing import get_context

import pytest

from records.runs import RunRecords
from records.usage import UsageRecords
from workbench.chains import SAMPLE_PEOPLE
from workbench.chat import Usage
from workbench.costs import Costs
from workbench.errors import BudgetError, RequestError
from workbench.ledger import Ledger
from workbench.run import Run
from workbench.spending import this_month

NOW = datetime.now(UTC)


def costs(**values):
    return Costs.model_validate(values)


@pytest.fixture
def ledger(url):
    records = RunRecords(url)

    def make(**values):
        return Ledger(costs(**values), SAMPLE_PEOPLE, UsageRecords(records.database)), records

    yield make
    records.close()


def used(number, person="chen", department="业务部", scenario="support", cost=0.5, text="一二三四五", **usage):
    filled = {"backend": "b", "model": "m", "input_tokens": 100, "output_tokens": 50, "seconds": 1.5, "cost": cost}
    return Run(
        run_id=f"r{number}", scenario=scenario, task="reply", lang="zh", status="done", deliverable={"reply": text},
        text=text, author=person, department=department, created_at=NOW - timedelta(seconds=number),
        usage=Usage(**filled | usage),
    )  # fmt: skip


def test_spend_is_added_up_by_the_database(ledger):
    made, records = ledger()
    records.save(used(1))
    records.save(used(2, person="wang", cost=None))
    records.save(used(3, person="zhou", department="财务部", model="n", cost=0.1, input_tokens=None))
    by = {one.group["department"]: one for one in made.store.spend(["department"])}
    assert list(by) == ["业务部", "财务部"]
    business = by["业务部"]
    assert (business.runs, business.cost, business.unpriced, business.characters) == (2, Decimal("0.5"), 1, 10)
    assert (business.input_tokens, business.output_tokens, business.seconds) == (200, 100, 3.0)
    assert by["财务部"].input_tokens == 0
    both = made.store.spend(["person", "model"], department="业务部")
    assert [one.group for one in both] == [{"person": "chen", "model": "m"}, {"person": "wang", "model": "m"}]
    assert made.store.spend(["month"])[0].group == {"month": this_month()}
    assert made.store.spend(since="2001-01", until="2001-12") == []


def test_a_budget_warns_at_80_percent_and_stops_at_100(ledger):
    made, records = ledger(budgets=[{"department": "业务部", "money": 2}])
    for number in range(3):
        records.save(used(number))
    assert made.warnings("chen", "support", "zh") == []
    records.save(used(4, cost=0.25))
    [warning] = made.warnings("wang", "support", "zh")
    assert "1.75 / 2 CNY" in warning
    made.admit("chen", "support", "b")
    records.save(used(5, cost=0.25))
    with pytest.raises(BudgetError, match="used up"):
        made.admit("chen", "support", "b")
    made.admit("chen", "support", "composer")
    made.admit("zhou", "support", "b")


@pytest.mark.parametrize(
    ("limit", "stops_composer"), [({"runs": 2}, True), ({"characters": 10}, True), ({"tokens": 300}, False)]
)
def test_quotas_count_runs_characters_and_tokens(ledger, limit, stops_composer):
    made, records = ledger(budgets=[{"scenario": "support", **limit}])
    records.save(used(1))
    made.admit("", "support", "b")
    records.save(used(2))
    with pytest.raises(BudgetError):
        made.admit("", "support", "b")
    made.admit("", "hr", "b")
    if stops_composer:
        with pytest.raises(BudgetError):
            made.admit("", "support", "composer")
    else:
        made.admit("", "support", "composer")


def _begin(records, costs, numbers):
    """Begin these runs as far as the budget lets them; how many began."""
    made = Ledger(Costs.model_validate(costs), SAMPLE_PEOPLE, UsageRecords(records.database), {"b": "m"})
    begun = 0
    for number in numbers:
        run = used(number, cost=None, text="").model_copy(update={"status": "running", "deliverable": None})
        try:
            with made.admitted(run) as expected:
                records.save(run, expected)
        except BudgetError:
            continue
        begun += 1
    return begun


def _begin_elsewhere(url, costs, numbers, ready, begun, end):
    records = RunRecords(url)
    ready.wait(60)
    begun.put(_begin(records, costs, numbers))
    end.wait(60)  # a run whose process is gone counts no more
    records.close()


# A run of a kind that nobody made yet is expected to use 4,000 tokens in and 2,000 out: 0.01 here.
TEN_RUNS = [{"runs": 10}, {"tokens": 60_000}, {"money": "0.1"}, {"characters": 20_000}]
PRICE = {"model": "m", "input": "1", "output": "3"}


@pytest.mark.parametrize("limit", TEN_RUNS)
def test_runs_that_begin_in_many_threads_overshoot_no_budget(ledger, limit):
    _, records = ledger()
    costs = {"budgets": [limit], "prices": [PRICE]}
    with ThreadPoolExecutor(6) as pool:
        counts = pool.map(lambda part: _begin(records, costs, range(part * 4, part * 4 + 4)), range(6))
    assert sum(counts) == 10


def test_runs_that_begin_in_two_processes_overshoot_no_budget(url):
    RunRecords(url).close()
    context = get_context("spawn")
    ready, end, begun = context.Event(), context.Event(), context.Queue()
    costs = {"budgets": [{"money": "0.1"}], "prices": [PRICE]}
    words = [(url, costs, range(part * 20, part * 20 + 20), ready, begun, end) for part in range(2)]
    processes = [context.Process(target=_begin_elsewhere, args=one) for one in words]
    for process in processes:
        process.start()
    ready.set()
    assert begun.get(timeout=60) + begun.get(timeout=60) == 10
    end.set()
    for process in processes:
        process.join(60)


def test_a_run_whose_process_died_counts_no_more_with_what_it_was_expected_to_use(url):
    records = RunRecords(url)
    made = Ledger(Costs.model_validate({"budgets": [{"tokens": 9000}]}), SAMPLE_PEOPLE, UsageRecords(records.database))
    begun = used(1, cost=None, text="", input_tokens=None, output_tokens=None)
    begun = begun.model_copy(update={"status": "running", "deliverable": None})
    with made.admitted(begun) as expected:
        records.save(begun, expected)
    assert made.states()[0].spent == 6000
    records.close()
    again = RunRecords(url)
    [state] = Ledger(made.costs, SAMPLE_PEOPLE, UsageRecords(again.database)).states()
    assert (again.get("r1").status, state.spent) == ("failed", 0)
    again.close()


def test_a_run_that_ends_counts_with_what_it_used_and_tells_what_the_next_will(ledger):
    made, records = ledger(budgets=[{"money": 9}])
    begun = used(1, cost=None, text="").model_copy(update={"status": "running", "deliverable": None})
    with made.admitted(begun) as expected:
        records.save(begun, expected)
    assert made.states()[0].spent == 0  # no price is known
    records.save(used(1, cost=0.25))
    assert made.states()[0].spent == Decimal("0.25")
    with made.admitted(used(2)) as expected:
        assert (expected.cost, expected.input_tokens, expected.characters) == (0.25, 100, 5)


@pytest.mark.parametrize(
    ("plan", "total"),
    [
        ({"kind": "subscription", "seats": 3, "seat_price": 99, "included": 4, "overage": 1000}, "303.00"),
        ({"kind": "subscription", "seats": 3, "seat_price": 99, "included": 400}, "297.00"),
        ({"kind": "volume", "rate": 1500}, "15.00"),
        ({"kind": "volume", "unit": "runs", "rate": "0.125"}, "0.25"),
        ({"kind": "project", "fee": 80000, "monthly": 500, "from": f"{NOW.astimezone():%Y-%m}-01"}, "80500.00"),
        ({"kind": "project", "fee": 80000, "monthly": 500, "from": "2020-01-01"}, "500.00"),
    ],
)
def test_a_department_is_charged_by_its_plan(ledger, plan, total):
    made, records = ledger(plans=[{"department": "业务部", **plan}])
    records.save(used(1))
    records.save(used(2))
    told = made.statement(this_month(), "业务部", "zh")
    assert told.total == Decimal(total)
    assert sum(line.amount for line in told.lines) == told.total
    assert made.statement(this_month(), "", "zh").total == Decimal("1.00")  # without a plan: what the models cost


def test_an_unknown_department_or_month_is_refused(ledger):
    made, _ = ledger()
    with pytest.raises(RequestError, match="财务部"):
        made.statement(this_month(), "nobody", "zh")
    with pytest.raises(RequestError):
        made.statement("2026-13", "业务部", "zh")
