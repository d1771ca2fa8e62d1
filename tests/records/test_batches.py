"""Batches in the records: claimed by one process, paused, resumed, retried."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from records.batches import BatchRecords
from records.runs import RunRecords
from workbench.batch import Batch, Item
from workbench.errors import NotFoundError
from workbench.texts import ROOT


@pytest.fixture
def opened(url):
    runs = RunRecords(url)
    yield runs
    runs.close()


@pytest.fixture
def store(opened):
    return BatchRecords(opened.database)


def batch(batch_id="b1", **values):
    filled = {"scenario": "support", "task": "reply", "lang": "zh", "key": "k", "created_at": datetime.now(UTC)}
    return Batch(batch_id=batch_id, **filled | values)


ITEMS = [
    Item(number=1, request={"message": "一"}),
    Item(number=2, state="failed", error="坏"),
    Item(number=3, request={}),
]


def test_a_batch_comes_back_with_its_rows(store):
    store.add(batch(header=["message"]), ITEMS)
    assert store.items("b1") == ITEMS
    kept = store.get("b1")
    assert (kept.total, kept.done, kept.failed, kept.header) == (3, 0, 1, ["message"])
    with pytest.raises(NotFoundError):
        store.get("nope")


def test_one_process_works_on_a_batch(store, url):
    store.add(batch(), ITEMS)
    other = RunRecords(url)
    assert store.claim("b1").state == "running"
    assert BatchRecords(other.database).claim("b1") is None
    other.close()


def test_a_batch_is_done_when_no_row_waits(store):
    store.add(batch(), ITEMS)
    store.claim("b1")
    assert store.record("b1", ITEMS[0].model_copy(update={"state": "done", "run_id": "r1"})) == "running"
    assert store.leave("b1", "中断").state == "paused"
    assert store.get("b1").error == "中断"
    store.claim("b1")
    store.record("b1", ITEMS[2].model_copy(update={"state": "failed", "error": "坏"}))
    assert store.leave("b1").state == "done"
    assert store.unfinished("k") is None
    assert store.retry("b1") == 1  # a line that could not be read stays failed


def test_somebody_who_pauses_stops_the_worker_after_its_row(store):
    store.add(batch(), ITEMS)
    store.claim("b1")
    store.move("b1", "paused", ("waiting", "running"))
    assert store.record("b1", ITEMS[0].model_copy(update={"state": "done"})) == "paused"
    assert store.leave("b1").state == "paused"
    store.move("b1", "cancelled", ("paused",))
    assert store.claim("b1") is None


@pytest.mark.parametrize(("background", "state"), [(True, "waiting"), (False, "paused")])
def test_a_batch_whose_process_died_can_go_on(store, url, background, state):
    store.add(batch(background=background), ITEMS)
    code = (
        "import os, sys; from records.runs import RunRecords; from records.batches import BatchRecords;"
        "print(BatchRecords(RunRecords(sys.argv[1]).database).claim('b1').state, flush=True); os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", code, url], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == "running\n"
    assert store.get("b1").state == state
    assert store.claim("b1").state == "running"
