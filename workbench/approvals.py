"""The state machine of an approval: which decisions lead where. Pure code; ``records`` keeps the decisions.

An approval is the fold of its decisions, which are only ever added::

    submit -> pending -> approved -> archived          archived: nothing more happens
                 |  \\-> returned, rejected, withdrawn   until it is submitted again
                 \\----- change: another text re-opens every step

A decision counts for the text that it names by SHA-256 and for no other.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from .chains import Chain, Name, Person
from .errors import AccessError, RequestError

Act = Literal["submit", "approve", "return", "reject", "delegate", "withdraw", "remind", "archive", "change"]
Status = Literal["pending", "approved", "archived", "returned", "rejected", "withdrawn"]
ENDED: tuple[Status, ...] = ("returned", "rejected", "withdrawn")


class Frozen(BaseModel):
    """A value."""

    model_config = ConfigDict(frozen=True)


class Actor(Frozen):
    """Who acts. ``real`` is who sat there: until sign-in the account of this machine, acting as ``person``."""

    person: str
    real: str


class Comment(Frozen):
    """A remark on ``quote``, words of the text; on all of it when empty."""

    text: str
    quote: str = ""


class PlannedStep(Frozen):
    """A step as it was when approval was asked for, with the people who may decide it."""

    name: Name
    kind: Literal["draft", "review", "archive"]
    quorum: Literal["any", "all"]
    parallel: str
    deciders: tuple[str, ...]


class Decision(Frozen):
    """One entry of the record. ``step`` is a place in the plan; ``to`` whom a step is delegated to; ``plan`` comes
    with ``submit``."""

    act: Act
    actor: Actor
    version: int
    sha256: str
    at: datetime
    step: int | None = None
    to: str = ""
    comments: tuple[Comment, ...] = ()
    plan: tuple[PlannedStep, ...] = ()


class StepState(Frozen):
    """How far a step is. ``deciders`` after delegations; ``approved`` are those who did."""

    deciders: tuple[str, ...]
    approved: tuple[str, ...] = ()
    opened_at: datetime | None = None
    done_at: datetime | None = None
    reminded_at: datetime | None = None
    reminders: int = 0

    @property
    def open(self) -> bool:
        """Whether it is its turn."""
        return self.opened_at is not None and self.done_at is None


class Spent(Frozen):
    """A step's turn that came to an end, for measuring how long steps take."""

    name: Name
    opened_at: datetime
    closed_at: datetime


class Approval(Frozen):
    """Where an approval stands. ``version`` and ``sha256`` are the text that decisions now count for."""

    status: Status
    plan: tuple[PlannedStep, ...]
    steps: tuple[StepState, ...]
    version: int
    sha256: str
    submitted_by: str
    submitted_at: datetime
    spent: tuple[Spent, ...] = ()

    def open_steps(self, person: str = "") -> list[int]:
        """The places of the steps whose turn it is; only those that wait for ``person`` when one is given."""
        if self.status not in ("pending", "approved"):
            return []
        return [
            at
            for at, step in enumerate(self.steps)
            if step.open and (not person or (person in step.deciders and person not in step.approved))
        ]

    def reminders(self, person: str) -> tuple[int, datetime | None]:
        """How often, and when last, ``person`` was reminded of the steps that wait for them."""
        mine = [self.steps[at] for at in self.open_steps(person)]
        last = max((step.reminded_at for step in mine if step.reminded_at), default=None)
        return max((step.reminders or bool(step.reminded_at) for step in mine), default=0), last

    @property
    def waiting_for(self) -> tuple[str, ...]:
        """Who may decide now, without those who did."""
        people = [one for at in self.open_steps() for one in self.steps[at].deciders]
        return tuple(dict.fromkeys(one for one in people if self.open_steps(one)))


def plan(chain: Chain, people: Sequence[Person], submitter: str) -> tuple[PlannedStep, ...]:
    """``chain`` with the people who may decide now. Raises ``RequestError`` for a step that nobody else can decide."""
    planned = []
    for step in chain.steps:
        deciders = step.deciders(people) if step.kind != "draft" else (submitter,)
        if step.kind == "review" and not chain.self_approval:
            deciders = tuple(one for one in deciders if one != submitter)
        if not deciders:
            raise RequestError("workbench:approval.only_you", step=step.name.both)
        planned.append(
            PlannedStep(name=step.name, kind=step.kind, quorum=step.quorum, parallel=step.parallel, deciders=deciders)
        )
    return tuple(planned)


def fold(decisions: Iterable[Decision]) -> Approval | None:
    """Where the recorded ``decisions`` lead; None before the first."""
    now = None
    for decision in decisions:
        now = advance(now, decision)
    return now


def advance(now: Approval | None, decision: Decision) -> Approval:
    """The approval after ``decision``. Raises ``AccessError`` for somebody who may not, ``RequestError`` otherwise."""
    if now is not None and now.status == "archived":
        raise RequestError("workbench:approval.archived")
    if decision.act == "submit":
        return _submit(now, decision)
    if now is None or now.status in ENDED:
        raise RequestError("workbench:approval.not_asked")
    if decision.act == "change":
        return _change(now, decision)
    if decision.sha256 != now.sha256:
        raise RequestError("workbench:approval.changed", version=now.version)
    if decision.act in ("withdraw", "remind"):
        return _by_submitter(now, decision)
    return _by_decider(now, decision)


def _submit(now: Approval | None, decision: Decision) -> Approval:
    if now is not None and now.status in ("pending", "approved"):
        raise RequestError("workbench:approval.under_way")
    if now is not None and now.status == "rejected" and now.sha256 == decision.sha256:
        raise RequestError("workbench:approval.rejected_before")
    started = Approval(
        status="pending",
        plan=decision.plan,
        steps=tuple(StepState(deciders=step.deciders) for step in decision.plan),
        version=decision.version,
        sha256=decision.sha256,
        submitted_by=decision.actor.person,
        submitted_at=decision.at,
        spent=now.spent if now else (),
    )
    return _open(_drafted(started, decision), decision.at)


def _change(now: Approval, decision: Decision) -> Approval:
    """Another text: nothing that was decided counts for it."""
    if decision.sha256 == now.sha256:
        raise RequestError("workbench:approval.same_text")
    fresh = tuple(StepState(deciders=step.deciders) for step in now.steps)
    changed = {"status": "pending", "steps": fresh, "version": decision.version, "sha256": decision.sha256}
    return _open(_drafted(now.model_copy(update=changed), decision), decision.at)


def _drafted(now: Approval, decision: Decision) -> Approval:
    """Drafting is done by handing the text in."""
    steps = [
        state.model_copy(
            update={"approved": (decision.actor.person,), "opened_at": decision.at, "done_at": decision.at}
        )
        if step.kind == "draft"
        else state
        for step, state in zip(now.plan, now.steps, strict=True)
    ]
    return now.model_copy(update={"steps": tuple(steps)})


def _open(now: Approval, at: datetime) -> Approval:
    """Open the first steps that are not done: one, or neighbours with the same ``parallel``. Set the status."""
    left = [place for place, state in enumerate(now.steps) if state.done_at is None]
    if not left:
        return now.model_copy(update={"status": "archived" if now.plan[-1].kind == "archive" else "approved"})
    group = now.plan[left[0]].parallel
    stage = {left[0]}
    for place in left[1:]:
        between = now.plan[left[0] : place + 1]
        if group and all(step.parallel == group and step.kind == "review" for step in between):
            stage.add(place)
    steps = [
        state.model_copy(update={"opened_at": at}) if place in stage and state.opened_at is None else state
        for place, state in enumerate(now.steps)
    ]
    reviewed = all(now.plan[place].kind == "archive" for place in left)
    return now.model_copy(update={"steps": tuple(steps), "status": "approved" if reviewed else "pending"})


def _by_submitter(now: Approval, decision: Decision) -> Approval:
    if decision.actor.person != now.submitted_by:
        raise AccessError("workbench:approval.submitter_only")
    if not now.open_steps():
        raise RequestError("workbench:approval.nothing_open")
    if decision.act == "withdraw":
        if now.status != "pending":
            raise RequestError("workbench:approval.nothing_open")
        return now.model_copy(update={"status": "withdrawn"})
    reminded = (
        state.model_copy(update={"reminded_at": decision.at, "reminders": state.reminders + 1}) if state.open else state
        for state in now.steps
    )
    return now.model_copy(update={"steps": tuple(reminded)})


def _by_decider(now: Approval, decision: Decision) -> Approval:
    person = decision.actor.person
    place = _place(now, decision)
    step, state = now.plan[place], now.steps[place]
    if (decision.act == "archive") != (step.kind == "archive") and decision.act != "delegate":
        raise RequestError("workbench:approval.not_here")
    if decision.act == "delegate":
        return _delegate(now, place, person, decision.to)
    if decision.act in ("return", "reject"):
        if not any(comment.text.strip() for comment in decision.comments):
            raise RequestError("workbench:approval.say_why")
        ended: Status = "returned" if decision.act == "return" else "rejected"
        closed = _spend(now, place, decision.at)
        return closed.model_copy(update={"status": ended})
    approved = (*state.approved, person)
    done = step.quorum == "any" or set(approved) >= set(state.deciders)
    changed = state.model_copy(update={"approved": approved, "done_at": decision.at if done else None})
    decided = now.model_copy(update={"steps": (*now.steps[:place], changed, *now.steps[place + 1 :])})
    return _open(_spend(decided, place, decision.at), decision.at) if done else decided


def _place(now: Approval, decision: Decision) -> int:
    """The step that is decided: the one named, else the only one that waits for this person."""
    mine = now.open_steps(decision.actor.person)
    if decision.step is not None:
        mine = [place for place in mine if place == decision.step]
    if not mine:
        raise AccessError("workbench:approval.not_yours")
    if len(mine) > 1:
        raise RequestError("workbench:approval.which_step", steps=", ".join(str(place) for place in mine))
    return mine[0]


def _delegate(now: Approval, place: int, person: str, to: str) -> Approval:
    state = now.steps[place]
    if not to or to in (now.submitted_by, *state.deciders):
        raise RequestError("workbench:approval.delegate_to")
    deciders = tuple(to if one == person else one for one in state.deciders)
    changed = state.model_copy(update={"deciders": deciders})
    return now.model_copy(update={"steps": (*now.steps[:place], changed, *now.steps[place + 1 :])})


def _spend(now: Approval, place: int, at: datetime) -> Approval:
    opened = now.steps[place].opened_at
    if opened is None:
        return now
    turn = Spent(name=now.plan[place].name, opened_at=opened, closed_at=at)
    return now.model_copy(update={"spent": (*now.spent, turn)})
