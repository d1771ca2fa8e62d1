"""What people are about to say: edits in progress, and the findings that they answer for."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from workbench.answers import Answer
from workbench.approvals import Actor
from workbench.desk_store import Edit, Waiver

from .approvals import ApprovalRecords, locked
from .tables import AnswerRow, EditRow, WaiverRow


class DeskRecords(ApprovalRecords):
    """``workbench.desk.DeskStore`` in a database."""

    def waive(self, run_id: str, waiver: Waiver) -> None:
        """Add a waiver. Raises ``NotFoundError``."""
        values = waiver.model_dump(exclude={"actor"})
        with self._database.write() as session:
            locked(session, run_id)
            session.add(WaiverRow(run_id=run_id, acting_as=waiver.actor.person, real=waiver.actor.real, **values))

    def waivers(self, run_id: str) -> Sequence[Waiver]:
        """All of them, the first first."""
        query = select(WaiverRow).where(WaiverRow.run_id == run_id).order_by(WaiverRow.id)
        with self._database.read() as session:
            return [_waiver(row) for row in session.scalars(query)]

    def answer(self, run_id: str, answer: Answer) -> None:
        """Add an answer. Raises ``NotFoundError``."""
        values = answer.model_dump(exclude={"actor"})
        with self._database.write() as session:
            locked(session, run_id)
            session.add(AnswerRow(run_id=run_id, acting_as=answer.actor.person, real=answer.actor.real, **values))

    def answers(self, run_id: str) -> Sequence[Answer]:
        """All of them, the first first."""
        query = select(AnswerRow).where(AnswerRow.run_id == run_id).order_by(AnswerRow.id)
        with self._database.read() as session:
            return [_answer(row) for row in session.scalars(query)]

    def keep_edit(self, run_id: str, edit: Edit) -> None:
        """Keep it in place of this person's last one. Raises ``NotFoundError``."""
        with self._database.write() as session:
            locked(session, run_id)
            session.merge(EditRow(run_id=run_id, **edit.model_dump()))

    def edits(self, run_id: str) -> Sequence[Edit]:
        """The edits in progress of everybody, the latest first."""
        query = select(EditRow).where(EditRow.run_id == run_id).order_by(EditRow.updated_at.desc())
        with self._database.read() as session:
            return [
                Edit(person=row.person, base=row.base, text=row.text, updated_at=row.updated_at)
                for row in session.scalars(query)
            ]

    def drop_edit(self, run_id: str, person: str) -> None:
        """Forget this person's edit in progress, if there is one."""
        with self._database.write() as session:
            session.execute(delete(EditRow).where(EditRow.run_id == run_id, EditRow.person == person))


def _waiver(row: WaiverRow) -> Waiver:
    names = ("key", "rule", "quote", "message", "reason", "version", "at", "lifted")
    return Waiver(actor=Actor(person=row.acting_as, real=row.real), **{name: getattr(row, name) for name in names})


def _answer(row: AnswerRow) -> Answer:
    names = ("key", "rule", "quote", "act", "wording", "note", "version", "at")
    return Answer(actor=Actor(person=row.acting_as, real=row.real), **{name: getattr(row, name) for name in names})
