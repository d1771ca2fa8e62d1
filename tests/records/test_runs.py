import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from records.runs import RunRecords
from workbench.chat import Usage
from workbench.errors import NotFoundError, RequestError, StoreError
from workbench.evidence import Citation
from workbench.findings import Finding, Where
from workbench.run import Run, Version

NOW = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
CITATION = Citation(
    marker="[1]", knowledge_base="faq", document_id="d1", title="退货规则", page=3, quote="七天内可退。"
)
FINDING = Finding(
    rule="promise", severity="warning", message="没有依据的承诺", where=Where(quote="一定", start=0, end=2)
)


@pytest.fixture
def records(url):
    opened = RunRecords(url)
    yield opened
    opened.close()


def run(run_id="r1", **values):
    filled = {"scenario": "support", "task": "reply", "lang": "zh", "status": "done", "created_at": NOW}
    return Run(run_id=run_id, **filled | values)


def finished(run_id="r1", **values):
    return run(
        run_id,
        **{
            "request": {"message": "能退吗？"},
            "knowledge": ["faq"],
            "evidence": [CITATION],
            "deliverable": {"reply": "可以[1] 🙂"},
            "text": "可以[1] 🙂",
            "citations": [CITATION],
            "findings": [FINDING],
            "usage": Usage(backend="cloud", model="m", input_tokens=None, output_tokens=7, seconds=1.5),
            "author": "李雷",
            "finished_at": NOW + timedelta(seconds=2),
        }
        | values,
    )


def version(text, author=""):
    return Version(number=0, text=text, deliverable={"reply": text}, author=author, created_at=NOW)


def test_a_run_comes_back_as_it_was_saved(records):
    records.save(finished())
    assert records.get("r1") == finished()


def test_saving_again_updates_the_run(records):
    records.save(run(status="running"))
    records.save(finished())
    assert records.get("r1").status == "done"
    assert len(records.list()) == 1


def test_the_first_deliverable_becomes_version_1_and_stays(records):
    records.save(run(status="running"))
    assert records.versions("r1") == []
    records.save(finished())
    records.save(finished(text="changed", deliverable={"reply": "changed"}))
    [first] = records.versions("r1")
    assert (first.number, first.text, first.author) == (1, "可以[1] 🙂", "李雷")
    assert (first.citations, first.findings) == ([CITATION], [FINDING])


def test_versions_are_numbered_in_order(records):
    records.save(finished())
    assert records.add_version("r1", version("第二稿", "韩梅梅")).number == 2
    assert records.add_version("r1", version("third")).number == 3
    assert [kept.text for kept in records.versions("r1")] == ["可以[1] 🙂", "第二稿", "third"]
    assert records.get("r1").text == "可以[1] 🙂"


def test_versions_written_at_once_get_numbers_without_gaps(records, url):
    records.save(finished())
    others = [RunRecords(url) for _ in range(2)]
    with ThreadPoolExecutor(6) as pool:
        numbers = list(pool.map(lambda n: others[n % 2].add_version("r1", version(str(n))).number, range(24)))
    for other in others:
        other.close()
    assert sorted(numbers) == list(range(2, 26))


def test_an_unknown_run_is_not_found(records):
    for call in (records.get, records.versions, lambda run_id: records.add_version(run_id, version("x"))):
        with pytest.raises(NotFoundError):
            call("nope")


def test_a_run_without_a_deliverable_has_nothing_to_edit(records):
    records.save(run(status="failed"))
    with pytest.raises(RequestError, match="produced nothing"):
        records.add_version("r1", version("x"))


def test_the_latest_runs_come_first_and_can_be_narrowed_to_a_scenario(records):
    for number in range(5):
        scenario = "hr" if number % 2 else "support"
        records.save(run(f"r{number}", scenario=scenario, created_at=NOW + timedelta(minutes=number)))
    assert [one.run_id for one in records.list()] == ["r4", "r3", "r2", "r1", "r0"]
    assert [one.run_id for one in records.list(scenario="hr")] == ["r3", "r1"]
    assert [one.run_id for one in records.list(limit=2)] == ["r4", "r3"]


def test_text_that_no_database_takes_is_cleaned(records):
    records.save(finished(text="a\0b\ud83d", thinking="\0", deliverable={"reply": "a\0b\ud83d"}))
    assert records.get("r1").text == "ab?"


def test_records_outlive_their_process(url):
    first = RunRecords(url)
    first.save(finished())
    first.close()
    second = RunRecords(url)
    assert second.get("r1") == finished()
    second.close()


CHILD = """
import sys
from datetime import UTC, datetime
from records.runs import RunRecords
from workbench.run import Run
records = RunRecords(sys.argv[1])
records.save(Run(run_id="r1", scenario="hr", task="match", lang="en", status="running", created_at=datetime.now(UTC)))
print("saved", flush=True)
sys.stdin.read()
"""


def test_a_run_whose_process_was_killed_reads_as_failed(records, url):
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    try:
        assert child.stdout.readline() == b"saved\n"
        assert records.get("r1").status == "running"  # its process lives
        child.send_signal(signal.SIGKILL)
        child.wait()
        until = time.monotonic() + 30  # a server takes a moment to see that a connection is gone
        while (broken := records.get("r1")).status == "running" and time.monotonic() < until:
            time.sleep(0.1)
    finally:
        child.kill()
        child.communicate()
    assert broken.status == "failed"
    assert (
        broken.error == "The program that was at work on this run ended before it was done; the run can be tried again."
    )
    assert broken.finished_at is not None
    assert records.list()[0].status == "failed"


def test_a_run_of_this_process_goes_on_while_another_opens_the_records(records, url):
    records.save(run(status="running"))
    other = RunRecords(url)
    assert other.get("r1").status == "running"
    other.close()
    assert records.get("r1").status == "running"


def test_leases_of_dead_processes_are_swept(tmp_path):
    folder = tmp_path / "records.sqlite.leases"
    folder.mkdir()
    (folder / "abcdef0.lock").touch()
    records = RunRecords(f"sqlite:///{tmp_path / 'records.sqlite'}")
    assert [path.name for path in folder.iterdir()] != ["abcdef0.lock"]
    assert len(list(folder.iterdir())) == 1
    records.close()
    assert list(folder.iterdir()) == []


def test_a_damaged_file_is_one_sentence(tmp_path):
    path = tmp_path / "records.sqlite"
    path.write_bytes(b"this is no database at all" * 200)
    with pytest.raises(StoreError, match="is damaged: file is not a database") as caught:
        RunRecords(f"sqlite:///{path}")
    assert "\n" not in str(caught.value)


def test_damage_under_an_open_database_is_one_sentence(tmp_path):
    path = tmp_path / "records.sqlite"
    records = RunRecords(f"sqlite:///{path}")
    for number in range(200):
        records.save(finished(f"r{number}"))
    records.close()
    content = bytearray(path.read_bytes())
    content[4096:-4096] = b"\xff" * (len(content) - 8192)
    path.write_bytes(content)
    with pytest.raises(StoreError, match="is damaged"):
        RunRecords(f"sqlite:///{path}").list()


def test_a_part_that_cannot_be_read_is_reported(tmp_path):
    path = tmp_path / "records.sqlite"
    records = RunRecords(f"sqlite:///{path}")
    records.save(finished())
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE runs SET findings = '{broken'")
    with pytest.raises(StoreError, match="is damaged"):
        records.get("r1")
    records.close()


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="out of reach"):
        RunRecords(f"sqlite:///{tmp_path / 'file' / 'records.sqlite'}")


@pytest.mark.parametrize("address", ["", "nonsense", "mysql://u@h/d", "sqlite://", "sqlite:///:memory:"])
def test_an_address_of_another_kind_is_refused(address):
    with pytest.raises(StoreError, match="address"):
        RunRecords(address)


def test_a_password_never_stands_in_a_message():
    with pytest.raises(StoreError) as caught:
        RunRecords("postgresql://who:secret@127.0.0.1:1/none")
    assert "secret" not in str(caught.value)
    assert caught.value.key in {"records:driver", "records:unreachable"}
