"""Batches as pages start them: in the background, paused and stopped, with no way to the server's files."""

from dataclasses import replace

import pytest

from records.batches import BatchRecords
from records.runs import RunRecords
from tests.fakes.knowledge import NoKnowledge
from tests.workbench.test_run import DEMO, Ask, Scripted, Writing
from workbench.batch import Batches
from workbench.chat import Gate
from workbench.engine import Engine, Order
from workbench.errors import BackendError, RequestError
from workbench.files import FilePath
from workbench.prompts import Prompt
from workbench.scenario import Scenario
from workbench.texts import ROOT


class AskFile(Ask):
    file: FilePath = ""


class Reading(Writing):
    name = "read"
    request = AskFile


@pytest.fixture
def opened(tmp_path):
    runs = RunRecords(f"sqlite:///{tmp_path / 'r.sqlite3'}")
    yield runs
    runs.close()


@pytest.fixture
def made(opened):
    def make(*answers, scenario=DEMO):
        engine = Engine(NoKnowledge(), Gate(Scripted(*answers)), opened)
        started = []
        batches = Batches(
            {"demo": scenario},
            engine,
            opened,
            BatchRecords(opened.database),
            None,
            lambda: started.append(1),
            parallel=1,
        )
        return batches, started

    return make


@pytest.fixture(autouse=True)
def prompt(monkeypatch):
    made = Prompt("demo/write.zh@1", ROOT, "system", "{question}")
    monkeypatch.setattr("workbench.engine.load_prompt", lambda *_: made)


def rows(tmp_path, *lines):
    path = tmp_path / "r.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_a_page_starts_a_batch_and_the_process_works_it_off(made, tmp_path):
    batches, started = made()
    order = Order(DEMO, "write", {})
    batch = batches.open(order, rows(tmp_path, '{"question": "a"}', '{"question": "b"}'), "客户.jsonl", background=True)
    assert (started, batch.state, batch.name) == ([1], "waiting", "客户.jsonl")
    assert batches.open(order, rows(tmp_path, '{"question": "a"}', '{"question": "b"}')).batch_id == batch.batch_id
    assert batches.work_waiting() == 1
    assert [(one.state, one.done) for one in batches.list()] == [("done", 2)]
    assert all(run.request["question"] == item.request["question"] for item, run in batches.answers(batch.batch_id))


def test_a_batch_stops_after_the_row_at_which_it_was_paused_and_goes_on(made, tmp_path):
    batches, _ = made()
    batch = batches.open(Order(DEMO, "write", {}), rows(tmp_path, *['{"question": "a"}'] * 4), background=True)
    seen = []

    def report(now, item):
        seen.append(item.number)
        if item.number == 2:
            batches.pause(now.batch_id)

    assert batches.work(batch.batch_id, report).state == "paused"
    assert seen == [1, 2, 3]  # the pause is noticed when the next row is recorded
    batches.resume(batch.batch_id)
    batches.work_waiting()
    assert batches.store.get(batch.batch_id).state == "done"


def test_an_outage_pauses_the_batch_instead_of_failing_all_of_it(made, tmp_path):
    down = BackendError("workbench:draft.not_json", retryable=True)
    batches, _ = made(*[down] * 10, '{"words": "ok"}', '{"words": "ok"}')
    batch = batches.open(Order(DEMO, "write", {}, backend="m"), rows(tmp_path, *['{"question": "a"}'] * 12))
    left = batches.work(batch.batch_id)
    assert (left.state, left.failed, left.done) == ("paused", 10, 0)
    assert left.error
    assert batches.retry(batch.batch_id) == 10


def test_rows_are_with_a_model_several_at_a_time(made, tmp_path):
    batches, _ = made(*['{"words": "ok"}'] * 20)
    batches = replace(batches, parallel=4)
    path = rows(tmp_path, *(f'{{"question": "q{number}"}}' for number in range(20)))
    batch = batches.open(Order(DEMO, "write", {}, backend="m"), path)
    seen = []
    left = batches.work(batch.batch_id, lambda now, item: seen.append(item.number))
    assert (left.state, left.done) == ("done", 20)
    assert sorted(seen) == list(range(1, 21))
    for item, run in batches.answers(batch.batch_id):
        assert run.request["question"] == f"q{item.number - 1}"


def test_a_row_from_a_page_may_name_no_file_of_this_machine(made, tmp_path):
    scenario = Scenario("demo", "edit", (Reading(),))
    batches, _ = made(scenario=scenario)
    path = rows(tmp_path, '{"question": "a", "file": "/etc/passwd"}', '{"question": "b"}')
    order = Order(scenario, "read", {})
    batch = batches.open(order, path, background=True)
    assert [item.state for item in batches.store.items(batch.batch_id)] == ["failed", "waiting"]
    with pytest.raises(RequestError):
        batches.open(order, rows(tmp_path, ""))
