"""Decisions, kept as they were made, and where each approval stands.

``decisions`` is only ever added to. ``approvals`` is its fold, written in the same transaction, so that lists are fast.
"""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from workbench.approvals import Actor, Approval, Decision, Spent, advance
from workbench.desk_store import Listed
from workbench.errors import NotFoundError, RequestError
from workbench.run import Version

from .database import Database
from .outcomes import note_approval
from .tables import ApprovalRow, DecisionRow, RunRow, VersionRow

_MOVED = 500  # approvals that the time of steps is measured over


class ApprovalRecords:
    """The part of ``workbench.desk.DeskStore`` about approvals."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def decide(self, run_id: str, decision: Decision) -> Approval:
        """Add ``decision`` if it is allowed. Raises ``NotFoundError``, ``AccessError`` or ``RequestError``."""
        with self._database.write() as session:
            run = locked(session, run_id)
            newest = session.scalars(
                select(VersionRow).where(VersionRow.run_id == run_id).order_by(VersionRow.number.desc()).limit(1)
            ).first()
            if newest is None:
                raise RequestError("workbench:run.nothing_to_edit", run_id=run_id)
            if decision.act == "submit" and decision.sha256 != newest.sha256:
                raise RequestError("workbench:approval.changed", version=newest.number)
            return _add(session, run, decision)

    def approval(self, run_id: str) -> Approval | None:
        """Where it stands; None when approval was never asked for."""
        with self._database.read() as session:
            row = session.get(ApprovalRow, run_id)
            return None if row is None else Approval.model_validate(row.state)

    def decisions(self, run_id: str) -> Sequence[Decision]:
        """All of them, the first first."""
        query = select(DecisionRow).where(DecisionRow.run_id == run_id).order_by(DecisionRow.id)
        with self._database.read() as session:
            return [_decision(row) for row in session.scalars(query)]

    def waiting(self) -> Sequence[Listed]:
        """The approvals that wait for somebody."""
        return self._listed(_LISTED.where(ApprovalRow.waiting))

    def submitted(self, person: str, limit: int = 50) -> Sequence[Listed]:
        """What ``person`` asked approval for."""
        return self._listed(_LISTED.where(ApprovalRow.submitted_by == person).limit(limit))

    def archive(self, words: str = "", scenario: str = "", limit: int = 50) -> Sequence[Listed]:
        """What is finished."""
        query = _LISTED.where(ApprovalRow.status.in_(("approved", "archived")), ~ApprovalRow.waiting).limit(limit)
        if scenario:
            query = query.where(ApprovalRow.scenario == scenario)
        for word in words.split():
            query = query.where(VersionRow.text.icontains(word, autoescape=True))
        return self._listed(query)

    def spent(self, scenario: str = "") -> Sequence[Spent]:
        """The turns that ended."""
        query = select(ApprovalRow.state).order_by(ApprovalRow.moved_at.desc()).limit(_MOVED)
        if scenario:
            query = query.where(ApprovalRow.scenario == scenario)
        with self._database.read() as session:
            return [turn for state in session.scalars(query) for turn in Approval.model_validate(state).spent]

    def _listed(self, query: Select[ApprovalRow, str, str]) -> Sequence[Listed]:
        with self._database.read() as session:
            return [
                Listed(
                    run_id=row.run_id,
                    scenario=row.scenario,
                    task=task,
                    text=text,
                    approval=Approval.model_validate(row.state),
                    moved_at=row.moved_at,
                )
                for row, task, text in session.execute(query)
            ]


_LISTED: Select[ApprovalRow, str, str] = (
    select(ApprovalRow, RunRow.task, VersionRow.text)
    .join(RunRow, RunRow.run_id == ApprovalRow.run_id)
    .join(VersionRow, (VersionRow.run_id == ApprovalRow.run_id) & (VersionRow.number == ApprovalRow.version))
    .order_by(ApprovalRow.moved_at.desc(), ApprovalRow.run_id)
)


def locked(session: Session, run_id: str) -> RunRow:
    """The run's row, alone for this transaction. SQLite locks as a whole. Raises ``NotFoundError``."""
    run = session.get(RunRow, run_id, with_for_update=True)
    if run is None:
        raise NotFoundError("workbench:run.unknown", run_id=run_id)
    return run


def note_version(session: Session, run: RunRow, version: Version) -> None:
    """Let the approval of ``run`` know of a new version: another text opens its steps again, an archived one refuses.

    In the transaction that adds the version, so that no text can be newer than what its approval knows.
    """
    row = session.get(ApprovalRow, run.run_id)
    if row is None:
        return
    now = Approval.model_validate(row.state)
    if now.status == "archived":
        raise RequestError("workbench:approval.archived")
    if now.status in ("pending", "approved") and now.sha256 != version.sha256:
        actor = Actor(person=version.author, real=version.real)
        change = Decision(
            act="change", actor=actor, version=version.number, sha256=version.sha256, at=version.created_at
        )
        _add(session, run, change)


def _add(session: Session, run: RunRow, decision: Decision) -> Approval:
    row = session.get(ApprovalRow, run.run_id)
    after = advance(None if row is None else Approval.model_validate(row.state), decision)
    values = decision.model_dump(mode="json", include={"act", "version", "sha256", "step", "to", "comments", "plan"})
    session.add(
        DecisionRow(
            run_id=run.run_id,
            at=decision.at,
            acting_as=decision.actor.person,
            real=decision.actor.real,
            **values,
        )
    )
    session.merge(
        ApprovalRow(
            run_id=run.run_id,
            scenario=run.scenario,
            status=after.status,
            waiting=bool(after.waiting_for),
            submitted_by=after.submitted_by,
            version=after.version,
            moved_at=decision.at,
            state=after.model_dump(mode="json"),
        )
    )
    note_approval(session, run.run_id, after, decision.at)
    return after


def _decision(row: DecisionRow) -> Decision:
    return Decision.model_validate(
        {name: getattr(row, name) for name in ("act", "version", "sha256", "at", "step", "to", "comments", "plan")}
        | {"actor": Actor(person=row.acting_as, real=row.real)}
    )
