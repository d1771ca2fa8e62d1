"""A deliverable's life at the desk, with real records and the support scenario's real checks."""

import pytest

from records.desk import DeskRecords
from records.runs import RunRecords
from scenarios.support.scenario import SUPPORT
from tests.fakes.knowledge import FewPassages
from workbench.approvals import Comment
from workbench.chains import ONE_APPROVAL, Chain, Name, Person, Step, staffed
from workbench.chat import Gate
from workbench.desk import Desk
from workbench.engine import Engine, Finished, Order
from workbench.errors import AccessError, NotFoundError, RequestError
from workbench.findings import keyed

PEOPLE = (
    Person(id="chen", name="陈晨"),
    Person(id="wang", name="王芳"),
    Person(id="he", name="何建国", roles=("leader",)),
    Person(id="xu", name="许文", roles=("archive",)),
)
PROMISE = "您好，K2 整机保修 99 个月。"


class NoModels:
    """No chat model is configured."""


@pytest.fixture
def records(tmp_path):
    opened = RunRecords(f"sqlite:///{tmp_path / 'records.sqlite'}")
    yield opened
    opened.close()


def make(records, chain=None):
    engine = Engine(FewPassages(("保修", "暖壶 K2 整机保修 24 个月。")), Gate(NoModels()), records)
    chosen = chain or staffed(ONE_APPROVAL, PEOPLE)
    return Desk({"support": SUPPORT}, PEOPLE, lambda _: chosen, engine, DeskRecords(records.database))


@pytest.fixture
def desk(records):
    return make(records)


@pytest.fixture
def run_id(desk):
    order = Order(SUPPORT, "reply", {"message": "暖壶 K2 保修多久？"}, knowledge_bases=["kb"], author="chen")
    last = list(desk.engine.execute(order))[-1]
    assert isinstance(last, Finished)
    return last.run.run_id


def newest(desk, run_id):
    return desk.engine.runs.versions(run_id)[-1]


def edit(desk, run_id, text, person="chen", base=None):
    return desk.revise(run_id, text, desk.actor(person), base)


def decide(desk, run_id, act, person, **values):
    sha256 = values.pop("sha256", newest(desk, run_id).sha256)
    return desk.decide(run_id, act, desk.actor(person), sha256, **values)


def test_what_was_generated_stays_as_it_was(desk, run_id):
    first = newest(desk, run_id)
    edit(desk, run_id, "您好。")
    edit(desk, run_id, "您好！", person="wang")
    versions = desk.engine.runs.versions(run_id)
    assert versions[0] == first
    assert [(one.number, one.base, one.author) for one in versions] == [(1, 0, "chen"), (2, 1, "chen"), (3, 2, "wang")]
    assert all(one.real for one in versions[1:])


def test_a_version_can_be_restored_as_a_new_one(desk, run_id):
    first = newest(desk, run_id)
    edit(desk, run_id, PROMISE)
    again = desk.restore(run_id, 1, desk.actor("wang"))
    assert (again.number, again.restored, again.base) == (3, 1, 2)
    assert (again.text, again.sha256, again.findings) == (first.text, first.sha256, first.findings)


def test_two_who_edit_the_same_version_both_keep_their_text(desk, run_id):
    edit(desk, run_id, "甲的修改。", person="chen", base=1)
    second = edit(desk, run_id, "乙的修改。", person="wang", base=1)
    assert second.branched
    assert [one.text for one in desk.engine.runs.versions(run_id)][1:] == ["甲的修改。", "乙的修改。"]


def test_an_edit_in_progress_is_offered_back_until_it_is_saved(desk, run_id):
    desk.keep_edit(run_id, desk.actor("chen"), 1, "写到一半")
    desk.keep_edit(run_id, desk.actor("chen"), 1, "写到一半，又多了")
    desk.keep_edit(run_id, desk.actor("wang"), 1, "另一个人")
    assert {one.person: one.text for one in desk.store.edits(run_id)} == {
        "chen": "写到一半，又多了",
        "wang": "另一个人",
    }
    edit(desk, run_id, "写完了。")
    assert [one.person for one in desk.store.edits(run_id)] == ["wang"]


def test_an_edit_of_an_unknown_run_is_refused(desk):
    with pytest.raises(NotFoundError):
        desk.keep_edit("nope", desk.actor("chen"), 1, "x")


def test_open_errors_block_approval_until_somebody_answers_for_them(desk, run_id):
    edit(desk, run_id, PROMISE)
    desk.submit(run_id, desk.actor("chen"))
    with pytest.raises(RequestError, match="still fails 1 checks"):
        decide(desk, run_id, "approve", "he")
    [(key, finding)] = desk.open_errors(run_id)
    with pytest.raises(RequestError, match="Say why"):
        desk.waive(run_id, key, " ", desk.actor("wang"))
    waiver = desk.waive(run_id, key, "产品部已确认", desk.actor("wang"))
    assert (waiver.rule, waiver.actor.person) == (finding.rule, "wang")
    assert desk.open_errors(run_id) == []
    assert decide(desk, run_id, "approve", "he").status == "approved"


def test_a_final_export_needs_settled_errors_too(desk, run_id):
    desk.check_final(run_id)
    edit(desk, run_id, PROMISE)
    with pytest.raises(RequestError, match="Version 2 still fails"):
        desk.check_final(run_id)
    desk.check_final(run_id, 1)


def test_a_final_export_needs_the_approval_that_the_chain_requires(records, desk, run_id):
    desk.check_leaving(run_id)  # the built-in chain of support does not ask for it
    strict = make(records, Chain(steps=staffed(ONE_APPROVAL, PEOPLE).steps))
    with pytest.raises(RequestError, match="Version 1 is not approved"):
        strict.check_leaving(run_id)
    strict.submit(run_id, strict.actor("chen"))
    with pytest.raises(RequestError, match="not approved"):
        strict.check_leaving(run_id)
    decide(strict, run_id, "approve", "he")
    strict.check_leaving(run_id)
    edit(strict, run_id, "暖壶 K2 整机保修 24 个月。[1]")
    with pytest.raises(RequestError, match="Version 2 is not approved"):
        strict.check_leaving(run_id)


def test_a_waiver_lives_as_long_as_its_finding(desk, run_id):
    edit(desk, run_id, PROMISE)
    [(key, _)] = desk.open_errors(run_id)
    desk.waive(run_id, key, "已确认", desk.actor("wang"))
    edit(desk, run_id, PROMISE + "祝好。")
    assert desk.open_errors(run_id) == []
    edit(desk, run_id, "您好，K2 整机保修 88 个月。")
    assert len(desk.open_errors(run_id)) == 1
    edit(desk, run_id, PROMISE)  # it had gone: whoever brings it back answers for it anew
    assert [one for one, _ in desk.open_errors(run_id)] == [key]


def test_a_waiver_can_be_taken_back_and_both_stay_on_record(desk, run_id):
    edit(desk, run_id, PROMISE)
    [(key, _)] = desk.open_errors(run_id)
    desk.waive(run_id, key, "已确认", desk.actor("wang"))
    desk.waive(run_id, key, "弄错了", desk.actor("wang"), lift=True)
    assert len(desk.open_errors(run_id)) == 1
    assert [one.lifted for one in desk.store.waivers(run_id)] == [False, True]


def test_only_a_role_that_the_chain_names_may_waive(records):
    desk = make(records, staffed(ONE_APPROVAL, PEOPLE).model_copy(update={"waivers": ("leader",)}))
    order = Order(SUPPORT, "reply", {"message": "保修多久？"}, author="chen")
    run_id = list(desk.engine.execute(order))[-1].run.run_id
    edit(desk, run_id, PROMISE)
    [(key, _)] = desk.open_errors(run_id)
    with pytest.raises(AccessError, match="leader"):
        desk.waive(run_id, key, "想放行", desk.actor("wang"))
    desk.waive(run_id, key, "我负责", desk.actor("he"))


def test_a_finding_that_is_not_there_cannot_be_waived(desk, run_id):
    edit(desk, run_id, PROMISE)
    key, _ = keyed(newest(desk, run_id).findings)[0]
    with pytest.raises(RequestError, match="no finding"):
        desk.waive(run_id, key, "x", desk.actor("wang"), 1)


def test_a_change_after_approval_asks_again(desk, run_id):
    desk.submit(run_id, desk.actor("chen"))
    decide(desk, run_id, "approve", "he")
    edit(desk, run_id, "您好。", person="wang")
    now = desk.store.approval(run_id)
    assert (now.status, now.waiting_for, now.version) == ("pending", ("he",), 2)
    assert [(one.act, one.actor.person) for one in desk.store.decisions(run_id)] == [
        ("submit", "chen"), ("approve", "he"), ("change", "wang"),
    ]  # fmt: skip


def test_a_decision_on_a_text_that_has_changed_is_not_recorded(desk, run_id):
    seen = newest(desk, run_id).sha256
    desk.submit(run_id, desk.actor("chen"))
    edit(desk, run_id, "您好。")
    with pytest.raises(RequestError, match="changed to version 2"):
        decide(desk, run_id, "approve", "he", sha256=seen)
    assert desk.store.approval(run_id).status == "pending"


def test_only_the_text_that_was_seen_is_submitted(desk, run_id):
    seen = newest(desk, run_id).sha256
    edit(desk, run_id, "您好。")
    with pytest.raises(RequestError, match="changed to version 2"):
        desk.submit(run_id, desk.actor("chen"), seen)


def test_only_who_is_asked_may_decide(desk, run_id):
    desk.submit(run_id, desk.actor("chen"))
    with pytest.raises(AccessError):
        decide(desk, run_id, "approve", "wang")
    with pytest.raises(RequestError, match="nobody with the id mallory"):
        decide(desk, run_id, "approve", "mallory")


def test_every_decision_says_who_sat_there(desk, run_id):
    desk.submit(run_id, desk.actor("chen"))
    [decision] = desk.store.decisions(run_id)
    assert decision.actor.person == "chen"
    assert decision.actor.real


def test_a_comment_quotes_the_text(desk, run_id):
    desk.submit(run_id, desk.actor("chen"))
    with pytest.raises(RequestError, match="do not stand in this version"):
        decide(desk, run_id, "return", "he", comments=[Comment(text="改", quote="没有的话")])
    decide(desk, run_id, "return", "he", comments=[Comment(text="语气", quote="整机 保修")])
    assert desk.store.decisions(run_id)[-1].comments[0].quote == "整机 保修"


def test_nothing_is_delegated_to_who_asked(desk, run_id):
    desk.submit(run_id, desk.actor("chen"))
    with pytest.raises(RequestError):
        decide(desk, run_id, "delegate", "he", to="chen")
    with pytest.raises(RequestError):
        decide(desk, run_id, "delegate", "he", to="nobody")
    assert decide(desk, run_id, "delegate", "he", to="wang").waiting_for == ("wang",)


def test_the_inbox_shows_what_waits_for_a_person(desk, run_id):
    desk.submit(run_id, desk.actor("chen"))
    [listed] = desk.inbox("he")
    assert (listed.run_id, listed.text) == (run_id, newest(desk, run_id).text)
    assert desk.inbox("chen") == []
    assert [one.run_id for one in desk.store.submitted("chen")] == [run_id]
    decide(desk, run_id, "approve", "he")
    assert desk.inbox("he") == []
    [duration] = desk.durations("support")
    assert (duration.name.zh, duration.count) == ("审批", 1)


def archiving():
    names = (("审批", "leader", "review"), ("归档", "archive", "archive"))
    return Chain(steps=tuple(Step(name=Name(zh=zh, en=zh), roles=(role,), kind=kind) for zh, role, kind in names))


def test_the_archive_is_searched_and_can_no_longer_be_changed(records):
    desk = make(records, archiving())
    order = Order(SUPPORT, "reply", {"message": "暖壶 K2 保修多久？"}, knowledge_bases=["kb"], author="chen")
    run_id = list(desk.engine.execute(order))[-1].run.run_id
    desk.submit(run_id, desk.actor("chen"))
    decide(desk, run_id, "approve", "he")
    assert desk.store.archive() == []  # approved, but not filed yet
    decide(desk, run_id, "archive", "xu")
    assert [one.run_id for one in desk.store.archive("整机 保修", "support")] == [run_id]
    assert desk.store.archive("不存在") == [] == desk.store.archive("100%") == desk.store.archive(scenario="hr")
    with pytest.raises(RequestError, match="archived"):
        edit(desk, run_id, "改一下")
    assert len(desk.engine.runs.versions(run_id)) == 1


def test_a_run_that_produced_nothing_cannot_be_submitted(desk):
    with pytest.raises(NotFoundError):
        desk.submit("nope", desk.actor("chen"))
