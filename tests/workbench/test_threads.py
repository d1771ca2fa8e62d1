"""Threads: taken in from files and over HTTP, once each, and answered answers that are reviewed."""

import json
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.threads import intake_server
from records.database import Database
from records.runs import RunRecords
from records.threads import ProposalRecords, ThreadRecords
from tests.fakes.knowledge import FewPassages
from workbench.approvals import Actor
from workbench.errors import AccessError, RequestError
from workbench.faq import FAQ, Faq
from workbench.run import Run
from workbench.threads import Thread, Threads, read

MAIL = b"From: =?utf-8?b?546L5aWz5aOr?= <wang@example.com>\nSubject: Return\nMessage-ID: <a1@example.com>\nDate: Mon, 02 Nov 2026 09:00:00 +0800\n\nCan I return it?\n"  # noqa: E501


@pytest.fixture
def threads(tmp_path: Path) -> Threads:
    return Threads(ThreadRecords(Database(f"sqlite:///{tmp_path / 'records.sqlite3'}")))


def test_each_kind_of_file_gives_a_thread() -> None:
    csv = "id,message,name\n1,能退吗？,王女士\n".encode()
    lines = json.dumps({"message": "在吗"}).encode() + b"\n"
    (from_csv,), (from_lines,), (mail,) = read("a.csv", csv), read("a.jsonl", lines), read("a.eml", MAIL)
    assert (from_csv.thread_id, from_csv.customer) == ("1", {"name": "王女士"})
    assert from_lines.last.text == "在吗"
    assert (mail.channel, mail.subject, mail.last.text) == ("email", "Return", "Can I return it?")
    assert mail.customer == {"name": "王女士", "email": "wang@example.com"}


@pytest.mark.parametrize(
    ("name", "content"), [("a.csv", b"name\nx\n"), ("a.json", b"[1]"), ("a.txt", b""), ("a.json", b"{")]
)
def test_what_is_no_thread_is_refused_with_a_sentence(name: str, content: bytes) -> None:
    with pytest.raises(RequestError):
        read(name, content)


@given(st.binary(max_size=200), st.sampled_from(["a.csv", "a.json", "a.jsonl", "a.eml"]))
def test_no_bytes_end_in_a_traceback(content: bytes, name: str) -> None:
    with suppress(RequestError):
        read(name, content)


def test_a_thread_is_taken_in_once_and_opens_again_with_a_new_message(threads: Threads) -> None:
    first = read("a.json", json.dumps({"id": "7", "message": "能退吗？"}).encode())[0]
    assert threads.receive(first)
    assert not threads.receive(first)
    threads.close(threads.store.get("7"))
    assert threads.receive(read("a.json", json.dumps({"id": "7", "message": "还在吗？"}).encode())[0])
    kept = threads.store.get("7")
    assert (kept.state, [post.text for post in kept.posts]) == ("open", ["能退吗？", "还在吗？"])


def test_the_queue_is_in_the_order_in_which_answers_are_due(threads: Threads) -> None:
    for name, minutes in (("slow", 240), ("urgent", 15)):
        thread = read("a.json", json.dumps({"id": name, "message": name}).encode())[0]
        threads.receive(thread)
        threads.triage(thread, {"priority": name}, minutes)
    assert [thread.thread_id for thread in threads.store.list("open")] == ["urgent", "slow"]


def test_what_is_done_can_be_forgotten(threads: Threads) -> None:
    thread = read("a.json", json.dumps({"id": "1", "message": "x"}).encode())[0]
    threads.receive(thread)
    later = datetime.now(UTC) + timedelta(days=1)
    assert threads.store.forget(later) == 0
    threads.answered(thread, "好的", "run")
    assert threads.store.forget(later) == 1


def test_a_folder_is_taken_in_and_bad_files_are_named(threads: Threads, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.json").write_text(json.dumps([{"message": "a"}, {"message": "b"}]))
    (folder / "bad.json").write_text("{")
    new, failed = threads.intake(folder)
    assert (new, [name for name, _ in failed]) == (2, ["bad.json"])


def test_the_endpoint_takes_threads_from_whoever_shows_the_token(threads: Threads) -> None:
    server = intake_server(threads, "127.0.0.1", 0, "secret")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}/threads"
    body = json.dumps({"threads": [{"id": "9", "message": "能退吗？"}]}).encode()
    try:
        asked = Request(address, body, {"Authorization": "Bearer secret"})
        with urlopen(asked, timeout=5) as answer:  # noqa: S310  # our own server
            assert json.load(answer) == {"new": 1, "known": 0}
        with pytest.raises(HTTPError) as refused:
            urlopen(Request(address, body, {"Authorization": "Bearer other"}), timeout=5)
        assert refused.value.code == 401
    finally:
        server.shutdown()
        server.server_close()
    assert isinstance(threads.store.get("9"), Thread)


class Library(FewPassages):
    """Remembers what is published in it."""

    def __init__(self) -> None:
        super().__init__()
        self.published: dict[str, str] = {}

    def list(self) -> list[object]:
        return []

    def create(self, name: str, **_: object) -> None:
        assert name == FAQ

    def ingest_material(self, name: str, material: object) -> None:
        self.published[material.id] = material.document.text  # type: ignore[attr-defined]


def test_an_answer_is_published_only_when_somebody_else_approved_it(tmp_path: Path) -> None:
    runs = RunRecords(f"sqlite:///{tmp_path / 'records.sqlite3'}")
    run = Run(run_id="r1", scenario="support", task="reply", lang="zh", created_at=datetime.now(UTC))
    runs.save(run)
    library = Library()
    faq = Faq(ProposalRecords(runs.database), library)  # type: ignore[arg-type]
    mine, other = Actor(person="a", real="a"), Actor(person="b", real="b")
    faq.propose("r1", "能退吗？", "7 天内可退。", [], mine)
    with pytest.raises(AccessError):
        faq.decide("r1", mine, approve=True)
    with pytest.raises(RequestError):
        faq.decide("r1", other, approve=False)
    assert library.published == {}
    decided = faq.decide("r1", other, approve=True, answer="签收后 7 天内可退。")
    assert (decided.state, library.published) == ("approved", {"r1": "签收后 7 天内可退。"})
    assert [one.run_id for one in faq.store.list("approved")] == ["r1"]
