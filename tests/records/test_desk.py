"""Decisions, waivers and edits in progress on each kind of database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from records.desk import DeskRecords
from records.runs import RunRecords
from scenarios.contracts.approval import SEED
from workbench.answers import Answer
from workbench.approvals import Actor, Comment, Decision, fold, plan
from workbench.chains import SAMPLE_PEOPLE
from workbench.desk_store import Edit, Waiver
from workbench.errors import AccessError, NotFoundError, RequestError, WorkbenchError
from workbench.run import Run, Version

NOW = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)


@pytest.fixture
def records(url):
    opened = RunRecords(url)
    yield opened
    opened.close()


@pytest.fixture
def desk(records):
    for run_id, text in (("r1", "甲方应付 100% 货款"), ("r2", "another text")):
        records.save(
            Run(
                run_id=run_id,
                scenario="contracts",
                task="draft",
                lang="zh",
                status="done",
                deliverable={"text": text},
                text=text,
                created_at=NOW,
            )
        )
    return DeskRecords(records.database)


def decision(records, run_id, act, person, minutes=0, **values):
    newest = records.versions(run_id)[-1]
    steps = plan(SEED, SAMPLE_PEOPLE, person) if act == "submit" else ()
    filled = {"version": newest.number, "sha256": newest.sha256, "plan": steps, "at": NOW + timedelta(minutes=minutes)}
    return Decision(act=act, actor=Actor(person=person, real="root"), **filled | values)


def through(records, desk, run_id="r1"):
    """Pass the seed chain of contracts."""
    for minutes, (act, person) in enumerate(
        [("submit", "chen"), *(("approve", one) for one in ("wang", "zhou", "lin", "he", "lin")), ("archive", "xu")]
    ):
        now = desk.decide(run_id, decision(records, run_id, act, person, minutes))
    return now


def test_decisions_come_back_as_they_were_made(records, desk):
    made = [
        decision(records, "r1", "submit", "chen"),
        decision(records, "r1", "return", "wang", 5, comments=(Comment(text="改\0", quote="100%"), Comment(text="b"))),
    ]
    for one in made:
        desk.decide("r1", one)
    kept = desk.decisions("r1")
    assert kept == made
    assert fold(kept) == desk.approval("r1")


def test_a_contract_passes_the_seed_chain_into_the_archive(records, desk):
    assert through(records, desk).status == "archived"
    assert [one.run_id for one in desk.archive()] == ["r1"]
    assert [one.run_id for one in desk.archive("甲方 100%", "contracts")] == ["r1"]
    assert desk.archive("50%") == []
    assert desk.waiting() == []
    assert len(desk.spent("contracts")) == 6


def test_what_is_refused_leaves_nothing(records, desk):
    for run_id, one, error in (
        ("nope", decision(records, "r1", "submit", "chen"), NotFoundError),
        ("r1", decision(records, "r1", "approve", "wang"), RequestError),
        ("r1", decision(records, "r1", "submit", "chen", sha256="0" * 64), RequestError),
    ):
        with pytest.raises(error):
            desk.decide(run_id, one)
    desk.decide("r1", decision(records, "r1", "submit", "chen"))
    with pytest.raises(AccessError):
        desk.decide("r1", decision(records, "r1", "approve", "xu"))
    assert [one.act for one in desk.decisions("r1")] == ["submit"]


def test_of_two_who_decide_at_once_one_counts(records, desk, url):
    desk.decide("r1", decision(records, "r1", "submit", "chen"))
    others = [RunRecords(url) for _ in range(2)]
    one = decision(records, "r1", "approve", "wang")

    def decide(number):
        try:
            DeskRecords(others[number % 2].database).decide("r1", one)
        except WorkbenchError:
            return 0
        return 1

    with ThreadPoolExecutor(4) as pool:
        counted = sum(pool.map(decide, range(8)))
    for other in others:
        other.close()
    assert counted == 1
    assert [kept.act for kept in desk.decisions("r1")] == ["submit", "approve"]


def test_a_new_version_opens_the_steps_in_the_same_transaction(records, desk):
    desk.decide("r1", decision(records, "r1", "submit", "chen"))
    desk.decide("r1", decision(records, "r1", "approve", "wang"))
    version = Version(number=0, text="改", deliverable={"text": "改"}, author="lin", real="root", created_at=NOW)
    kept = records.add_version("r1", version)
    now = desk.approval("r1")
    assert (now.version, now.sha256, now.waiting_for) == (2, kept.sha256, ("wang",))
    assert desk.decisions("r1")[-1].actor == Actor(person="lin", real="root")


def test_an_archived_run_takes_no_version(records, desk):
    through(records, desk)
    with pytest.raises(RequestError, match="archived"):
        records.add_version("r1", Version(number=0, text="x", deliverable={"text": "x"}, created_at=NOW))
    assert len(records.versions("r1")) == 1


def test_the_hash_is_of_what_is_kept(records, desk):
    dirty = Version(number=0, text="a\0b\ud83d", deliverable={"text": "a\0b\ud83d", "n": 1.50}, created_at=NOW)
    kept = records.add_version("r1", dirty)
    assert records.versions("r1")[-1].sha256 == kept.sha256


def test_waivers_are_kept_in_order(records, desk):
    values = {"key": "k", "rule": "r", "quote": "“甲”", "reason": "因为", "version": 1, "at": NOW}
    made = [Waiver(actor=Actor(person="lin", real="root"), lifted=lifted, **values) for lifted in (False, True)]
    for waiver in made:
        desk.waive("r1", waiver)
    assert desk.waivers("r1") == made
    assert desk.waivers("r2") == []
    with pytest.raises(NotFoundError):
        desk.waive("nope", made[0])


def test_answers_are_kept_in_order_with_or_without_a_wording(records, desk):
    values = {"key": "k", "rule": "r", "quote": "“甲”", "note": "过高", "version": 1, "at": NOW}
    who = Actor(person="lin", real="root")
    made = [Answer(act="edit", wording="20%", actor=who, **values), Answer(act="undo", actor=who, **values)]
    for answer in made:
        desk.answer("r1", answer)
    assert desk.answers("r1") == made
    assert desk.answers("r2") == []
    with pytest.raises(NotFoundError):
        desk.answer("nope", made[0])


def test_an_edit_in_progress_outlives_its_process(records, desk, url):
    edit = Edit(person="chen", base=1, text="写到一半", updated_at=NOW)
    desk.keep_edit("r1", edit)
    other = RunRecords(url)
    assert DeskRecords(other.database).edits("r1") == [edit]
    other.close()
    desk.drop_edit("r1", "chen")
    desk.drop_edit("r1", "chen")
    assert desk.edits("r1") == []
