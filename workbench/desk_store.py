"""What the desk keeps about a deliverable: waivers, edits in progress, approvals as they are listed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from .answers import Answer
from .approvals import Actor, Approval, Decision, Frozen, Spent
from .chains import Name


class Waiver(Frozen):
    """Somebody answers for a finding by name. ``lifted`` takes an earlier waiver back; nothing is ever removed."""

    key: str
    rule: str
    quote: str = ""
    message: str = ""
    reason: str
    actor: Actor
    version: int
    at: datetime
    lifted: bool = False


class Edit(Frozen):
    """A person's edit in progress, kept while it is typed."""

    person: str
    base: int
    text: str
    updated_at: datetime


class Listed(Frozen):
    """An approval in a list, with the text that it is about."""

    run_id: str
    scenario: str
    task: str
    text: str
    approval: Approval
    moved_at: datetime


class Duration(Frozen):
    """How long a step takes, in hours, over ``count`` turns that ended."""

    name: Name
    count: int
    median: float
    mean: float


class DeskStore(Protocol):
    """Where decisions, waivers and edits in progress are kept. An unknown run raises ``NotFoundError``."""

    def decide(self, run_id: str, decision: Decision) -> Approval:
        """Add ``decision`` if the state machine allows it: all or nothing, one at a time for a run."""
        ...

    def approval(self, run_id: str) -> Approval | None: ...

    def decisions(self, run_id: str) -> Sequence[Decision]:
        """All of them, the first first."""
        ...

    def waiting(self) -> Sequence[Listed]:
        """The approvals that wait for somebody, the one that moved last first."""
        ...

    def submitted(self, person: str, limit: int = 50) -> Sequence[Listed]:
        """What ``person`` asked approval for, the one that moved last first."""
        ...

    def archive(self, words: str = "", scenario: str = "", limit: int = 50) -> Sequence[Listed]:
        """What is finished: archived, or approved where the chain archives nothing. Each of ``words`` stands in it."""
        ...

    def spent(self, scenario: str = "") -> Sequence[Spent]:
        """The turns that ended, of the approvals that moved last."""
        ...

    def waive(self, run_id: str, waiver: Waiver) -> None: ...

    def waivers(self, run_id: str) -> Sequence[Waiver]:
        """All of them, the first first."""
        ...

    def answer(self, run_id: str, answer: Answer) -> None: ...

    def answers(self, run_id: str) -> Sequence[Answer]:
        """All of them, the first first."""
        ...

    def keep_edit(self, run_id: str, edit: Edit) -> None:
        """Keep it in place of this person's last one."""
        ...

    def edits(self, run_id: str) -> Sequence[Edit]:
        """The edits in progress of everybody."""
        ...

    def drop_edit(self, run_id: str, person: str) -> None: ...
