"""Files wait in turns, survive restarts, and can be stopped."""

import io
import sqlite3
import zipfile
from pathlib import Path

import pytest

from vectorstore.queue import Queue
from workbench.errors import DocumentError
from workbench.settings import Limits


@pytest.fixture
def queue(tmp_path: Path) -> Queue:
    return Queue(tmp_path, lambda: None)


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as container:
        for name, content in files.items():
            container.writestr(name, content)
    return packed.getvalue()


def names_in_turn(queue: Queue) -> list[str]:
    names = []
    while taken := queue.take():
        names.append(taken[0].name)
        queue.finish(taken[0].id, 1, "")
    return names


def test_one_persons_many_files_do_not_hold_up_anothers_single_one(queue: Queue) -> None:
    for number in range(50):
        queue.submit("kb", f"many-{number}", b"%d" % number, submitter="wang")
    first = queue.take()
    assert first is not None
    queue.finish(first[0].id, 1, "")
    queue.submit("kb", "single", b"single", submitter="li")
    order = names_in_turn(queue)
    assert order[0] == "single"
    assert order[1:] == [f"many-{number}" for number in range(1, 50)]


def test_what_a_killed_worker_had_in_hand_waits_again_and_is_given_up_after_two_tries(tmp_path: Path) -> None:
    queue = Queue(tmp_path, lambda: None)
    queue.submit("kb", "bad", b"bad")
    for _ in range(2):
        taken = Queue(tmp_path, lambda: None).take()
        assert taken is not None
        assert taken[1].read_bytes() == b"bad"
        given_up = Queue(tmp_path, lambda: None).recover()
    assert [job.name for job in given_up] == ["bad"]
    assert queue.take() is None


def test_a_stop_in_good_order_is_no_try(queue: Queue) -> None:
    (job_id,) = queue.submit("kb", "a", b"a")
    for _ in range(5):
        assert queue.take()
        queue.put_back(job_id)
    assert queue.recover() == []
    assert queue.jobs()[0].state == "waiting"


def test_pause_rests_and_resume_goes_on(queue: Queue) -> None:
    first, second = (queue.submit("kb", name, name.encode())[0] for name in "ab")
    other = queue.submit("other", "c", b"c")[0]
    assert queue.take()
    queue.pause("kb")
    assert queue.advance(first, 1, 2) is False
    queue.put_back(first)
    assert {job.id: job.state for job in queue.jobs()} == {first: "paused", second: "paused", other: "waiting"}
    queue.resume("kb", second)
    assert [job.state for job in queue.jobs("kb")] == ["paused", "waiting"]
    queue.resume("kb")
    assert sorted(names_in_turn(queue)) == ["a", "b", "c"]


def test_a_cancelled_job_stays_so_until_it_is_retried(queue: Queue) -> None:
    (job_id,) = queue.submit("kb", "a", b"a")
    assert queue.take()
    queue.cancel(job_id)
    assert queue.advance(job_id, 1, 2) is False
    queue.put_back(job_id)
    queue.finish(job_id, 1, "")
    assert queue.jobs()[0].state == "cancelled"
    assert queue.take() is None
    queue.retry(job_id)
    assert queue.take()


def test_a_zipped_folder_becomes_a_job_a_file(queue: Queue, tmp_path: Path) -> None:
    content = zipped({"手册/退货.md": b"a", "../../evil.md": b"b", "__MACOSX/x": b"", ".DS_Store": b"", "手册/": b""})
    ids = queue.submit("kb", "folder.zip", content, submitter="wang")
    assert [job.name for job in queue.jobs()] == ["手册/退货.md", "evil.md"]
    assert len(ids) == 2
    assert not list(tmp_path.parent.rglob("evil.md"))


def test_names_from_chinese_windows_are_read(queue: Queue) -> None:
    content = bytearray(zipped({"AAAA.md": b"a"}))
    while (at := content.find(b"AAAA.md")) >= 0:
        content[at : at + 7] = "退货".encode("gbk") + b".md"
    queue.submit("kb", "folder.zip", bytes(content))
    assert queue.jobs()[0].name == "退货.md"


@pytest.mark.parametrize(
    "content", [b"no zip", zipped({}), zipped({"a.md": b"x"})[:-30]], ids=["no zip", "empty", "cut off"]
)
def test_a_bad_zip_is_one_sentence_and_leaves_nothing(queue: Queue, content: bytes) -> None:
    with pytest.raises(DocumentError):
        queue.submit("kb", "folder.zip", content)
    assert queue.jobs() == []


def test_a_zip_that_would_unpack_to_too_much_is_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("zeros.txt", bytes(20 * 2**20))
    with pytest.raises(DocumentError):
        Queue(tmp_path, lambda: None, Limits()).submit("kb", "bomb.zip", packed.getvalue())


def test_reindexing_is_queued_once(queue: Queue) -> None:
    assert queue.reindex("kb") == queue.reindex("kb")
    assert [job.kind for job in queue.jobs("kb")] == ["reindex"]


def test_a_queue_of_the_first_version_keeps_its_jobs(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "queue.sqlite3") as connection:
        connection.executescript(
            "CREATE TABLE jobs (id INTEGER PRIMARY KEY AUTOINCREMENT, knowledge_base TEXT NOT NULL, name TEXT NOT NULL,"
            " file TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'waiting', done INTEGER NOT NULL DEFAULT 0,"
            " total INTEGER NOT NULL DEFAULT 0, chunks INTEGER NOT NULL DEFAULT 0, error TEXT NOT NULL DEFAULT '');"
            "INSERT INTO jobs (knowledge_base, name, file) VALUES ('kb', 'old', 'x');"
        )
    connection.close()
    taken = Queue(tmp_path, lambda: None).take()
    assert taken is not None
    assert taken[0].name == "old"
