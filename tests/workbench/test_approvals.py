"""The state machine of approvals: what it allows, and that nothing reaches "approved" without every decision."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.approvals import Actor, Comment, Decision, advance, fold, plan
from workbench.chains import Chain, Name, Person, Step
from workbench.errors import AccessError, RequestError, WorkbenchError

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
PEOPLE = (
    Person(id="author", name="陈晨"),
    Person(id="fin1", name="周宁", roles=("finance",)),
    Person(id="fin2", name="吴迪", roles=("finance",)),
    Person(id="law", name="林悦", roles=("legal",)),
    Person(id="boss", name="何建国", roles=("leader",)),
    Person(id="files", name="许文", roles=("archive",)),
    Person(id="guest", name="客人"),
)


def step(name, *roles, **values):
    return Step(name=Name(zh=name, en=name), roles=roles, **values)


CHAIN = Chain(
    steps=(
        step("起草", kind="draft"),
        step("财务", "finance", parallel="reviews", quorum="all"),
        step("法务", "legal", parallel="reviews"),
        step("领导", "leader"),
        step("归档", "archive", kind="archive"),
    )
)
ONE = Chain(steps=(step("审批", "leader"),))


def act(name, person, sha="a", minutes=0, version=1, **values):
    return Decision(
        act=name,
        actor=Actor(person=person, real="desk"),
        version=version,
        sha256=sha,
        at=NOW + timedelta(minutes=minutes),
        **values,
    )


def submit(chain=CHAIN, person="author", sha="a", **values):
    return act("submit", person, sha, plan=plan(chain, PEOPLE, person), **values)


def why(text="金额不对"):
    return (Comment(text=text, quote="一百元"),)


def test_a_chain_runs_from_draft_to_archive():
    now = fold([submit()])
    assert now.waiting_for == ("fin1", "fin2", "law")
    now = advance(now, act("approve", "fin1"))
    assert now.waiting_for == ("fin2", "law")
    now = advance(now, act("approve", "law"))
    assert now.waiting_for == ("fin2",)
    now = advance(now, act("approve", "fin2"))
    assert now.waiting_for == ("boss",)
    now = advance(now, act("approve", "boss"))
    assert (now.status, now.waiting_for) == ("approved", ("files",))
    now = advance(now, act("archive", "files"))
    assert (now.status, now.waiting_for) == ("archived", ())


def test_a_chain_without_an_archive_step_ends_approved():
    now = fold([submit(ONE), act("approve", "boss")])
    assert (now.status, now.waiting_for) == ("approved", ())


def test_an_archived_text_takes_no_more_decisions():
    path = [submit(ONE.model_copy(update={"steps": (*ONE.steps, CHAIN.steps[-1])})), act("approve", "boss")]
    now = fold([*path, act("archive", "files")])
    for more in (submit(sha="b"), act("change", "author", "b"), act("approve", "boss")):
        with pytest.raises(RequestError, match="archived"):
            advance(now, more)


def test_a_decision_on_another_text_does_not_count():
    now = fold([submit(ONE), act("change", "author", "b", version=2)])
    with pytest.raises(RequestError, match="changed to version 2"):
        advance(now, act("approve", "boss", "a"))
    assert advance(now, act("approve", "boss", "b")).status == "approved"


def test_a_change_after_approval_opens_every_step_again():
    now = fold([submit(ONE), act("approve", "boss"), act("change", "author", "b", version=2)])
    assert (now.status, now.waiting_for, now.version, now.sha256) == ("pending", ("boss",), 2, "b")


def test_going_back_to_an_approved_text_asks_again():
    now = fold([submit(ONE), act("approve", "boss"), act("change", "author", "b"), act("change", "author", "a")])
    assert now.status == "pending"


@pytest.mark.parametrize("person", ["guest", "author", "boss"])
def test_only_those_whose_turn_it_is_may_decide(person):
    with pytest.raises(AccessError):
        advance(fold([submit()]), act("approve", person))


def test_who_asks_does_not_approve_unless_the_chain_says_so():
    with pytest.raises(RequestError, match="Nobody but you"):
        plan(ONE, PEOPLE, "boss")
    trusting = ONE.model_copy(update={"self_approval": True})
    assert fold([submit(trusting, "boss"), act("approve", "boss")]).status == "approved"


def test_a_person_approves_a_step_once():
    with pytest.raises(AccessError):
        fold([submit(), act("approve", "fin1"), act("approve", "fin1")])


@pytest.mark.parametrize(("name", "status"), [("return", "returned"), ("reject", "rejected")])
def test_returning_and_rejecting_need_a_reason_and_end_the_round(name, status):
    now = fold([submit()])
    with pytest.raises(RequestError, match="Say why"):
        advance(now, act(name, "law"))
    now = advance(now, act(name, "law", comments=why()))
    assert (now.status, now.waiting_for) == (status, ())
    with pytest.raises(RequestError):
        advance(now, act("approve", "fin1"))


def test_a_returned_text_may_be_submitted_again_and_a_rejected_one_only_changed():
    returned = fold([submit(), act("return", "law", comments=why())])
    assert advance(returned, submit()).status == "pending"
    rejected = fold([submit(), act("reject", "law", comments=why())])
    with pytest.raises(RequestError, match="rejected"):
        advance(rejected, submit())
    assert advance(rejected, submit(sha="b")).status == "pending"


def test_delegating_hands_the_step_to_somebody_else():
    now = fold([submit(ONE), act("delegate", "boss", to="guest")])
    assert now.waiting_for == ("guest",)
    with pytest.raises(AccessError):
        advance(now, act("approve", "boss"))
    assert advance(now, act("approve", "guest")).status == "approved"


def test_a_step_for_all_still_needs_as_many_after_a_delegation():
    now = fold([submit()])
    with pytest.raises(RequestError, match="Name somebody"):
        advance(now, act("delegate", "fin1", to="fin2"))
    now = advance(now, act("delegate", "fin1", to="guest"))
    assert set(now.waiting_for) == {"guest", "fin2", "law"}


def test_only_who_asked_withdraws_and_reminds():
    now = fold([submit()])
    for name in ("withdraw", "remind"):
        with pytest.raises(AccessError):
            advance(now, act(name, "law"))
    reminded = advance(now, act("remind", "author", minutes=5))
    assert reminded.steps[1].reminded_at == NOW + timedelta(minutes=5)
    again = advance(reminded, act("remind", "author", minutes=9))
    [decider, *_] = again.waiting_for
    assert again.reminders(decider) == (2, NOW + timedelta(minutes=9))
    assert again.reminders("author") == (0, None)
    assert advance(now, act("withdraw", "author")).status == "withdrawn"


def test_submitting_twice_is_refused():
    with pytest.raises(RequestError, match="under way"):
        fold([submit(), submit()])


def test_a_person_with_two_open_steps_says_which():
    both = tuple(step(name, parallel="p", people=("law",)) for name in ("甲", "乙"))
    now = fold([submit(Chain(steps=both))])
    with pytest.raises(RequestError, match="say which"):
        advance(now, act("approve", "law"))
    now = advance(now, act("approve", "law", step=1))
    assert advance(now, act("approve", "law")).status == "approved"


def test_the_time_that_a_step_took_is_known():
    now = fold([submit(), act("approve", "law", minutes=90)])
    assert [(turn.name.zh, turn.closed_at - turn.opened_at) for turn in now.spent] == [("法务", timedelta(minutes=90))]


ACTS = ["submit", "approve", "return", "reject", "delegate", "withdraw", "remind", "archive", "change"]
SCRIPT = st.lists(
    st.builds(
        lambda name, person, sha, to, place: (name, person, sha, to, place),
        st.sampled_from(["approve", "approve", "approve", *ACTS]),
        st.sampled_from([person.id for person in PEOPLE]),
        st.sampled_from(["a", "a", "b"]),
        st.sampled_from([person.id for person in PEOPLE]),
        st.sampled_from([None, 1, 2]),
    ),
    max_size=40,
)


def played(script, chain):
    """The decisions of ``script`` that were allowed, after a first submission."""
    log = [submit(chain)]
    now = fold(log)
    for minute, (name, person, sha, to, place) in enumerate(script, 1):
        if name == "submit":
            try:
                decision = submit(chain, person, sha, minutes=minute)
            except RequestError:
                continue
        else:
            decision = act(name, person, sha, minute, to=to, step=place, comments=why())
        try:
            now = advance(now, decision)
        except WorkbenchError:
            continue
        log.append(decision)
    return log, now


def oracle_approved(log):
    """Told from the log alone: since the text was last handed in or changed, did all who had to approve it do so?"""
    last = max(at for at, one in enumerate(log) if one.act in ("submit", "change"))
    sha = log[last].sha256
    needed = [{"fin1", "fin2"}, {"law"}, {"boss"}]
    deputy = {}
    round_began = max(at for at, one in enumerate(log) if one.act == "submit")
    for one in log[round_began:]:
        if one.act == "delegate":
            deputy[(one.actor.person)] = one.to
    if deputy:
        return None  # told by the counts instead
    approved = {one.actor.person for one in log[last:] if one.act == "approve" and one.sha256 == sha}
    return all(group <= approved for group in needed)


@settings(max_examples=300, deadline=None)
@given(SCRIPT)
def test_no_path_reaches_approved_without_every_decision_on_the_current_text(script):
    log, now = played(script, CHAIN)
    if now.status in ("approved", "archived"):
        last = max(at for at, one in enumerate(log) if one.act in ("submit", "change"))
        approvals = [one for one in log[last:] if one.act == "approve"]
        assert {one.sha256 for one in approvals} == {now.sha256}
        assert len(approvals) >= 4
        assert len({(one.actor.person) for one in approvals}) >= 2
        assert oracle_approved(log) is not False
        assert not {one.act for one in log[last:]} & {"return", "reject", "withdraw"}


@settings(max_examples=300, deadline=None)
@given(SCRIPT)
def test_every_sequence_leaves_a_consistent_state(script):
    log, now = played(script, CHAIN)
    assert fold(log) == now  # the record alone tells the state
    last = next(one for one in reversed(log) if one.act in ("submit", "change"))
    assert now.sha256 == last.sha256
    assert len(now.steps) == len(now.plan)
    done = [state.done_at is not None for state in now.steps]
    opened = [state.opened_at is not None for state in now.steps]
    assert all(o or not d for d, o in zip(done, opened, strict=True))
    assert all(set(state.approved) <= {*state.deciders, "author"} or step.kind == "draft"
               for state, step in zip(now.steps, now.plan, strict=True))  # fmt: skip
    if now.status == "pending":
        assert now.waiting_for
        assert not all(done[:-1])
    if now.status == "archived":
        assert all(done)
    if now.status in ("returned", "rejected", "withdrawn", "archived"):
        assert now.waiting_for == ()
    assert type(now).model_validate_json(now.model_dump_json()) == now
