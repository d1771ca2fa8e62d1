"""Feedback and outcomes, kept."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import case, func, select

from workbench.approvals import Actor
from workbench.feedback import Feedback, Outcome

from .approvals import locked
from .database import Database
from .outcomes import outcome
from .tables import FeedbackRow, OutcomeRow, RunRow


class FeedbackRecords:
    """``workbench.feedback.FeedbackStore`` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, feedback: Feedback) -> None:
        """Add a thumb. Raises ``NotFoundError``."""
        with self._database.write() as session:
            locked(session, feedback.run_id)
            outcome(session, feedback.run_id)
            values = feedback.model_dump(exclude={"actor"})
            session.add(FeedbackRow(**values, acting_as=feedback.actor.person, real=feedback.actor.real))

    def feedback(self, run_id: str) -> Sequence[Feedback]:
        """All of it, the first first."""
        query = select(FeedbackRow).where(FeedbackRow.run_id == run_id).order_by(FeedbackRow.id)
        with self._database.read() as session:
            return [_feedback(row) for row in session.scalars(query)]

    def outcomes(self, *, scenario: str = "", run_id: str = "", limit: int = 10_000) -> Sequence[Outcome]:
        """Of the runs that somebody edited, judged or asked approval for, the latest first."""
        last = select(func.max(FeedbackRow.id)).group_by(FeedbackRow.run_id, FeedbackRow.acting_as)
        thumbs = (
            select(
                FeedbackRow.run_id,
                func.sum(case((FeedbackRow.verdict == "up", 1), else_=0)).label("up"),
                func.sum(case((FeedbackRow.verdict == "down", 1), else_=0)).label("down"),
            )
            .where(FeedbackRow.id.in_(last))
            .group_by(FeedbackRow.run_id)
            .subquery()
        )
        names = ("run_id", "scenario", "task", "backend", "model", "prompt", "created_at")
        query = (
            select(*(getattr(RunRow, name) for name in names), OutcomeRow, thumbs.c.up, thumbs.c.down)
            .join(OutcomeRow, OutcomeRow.run_id == RunRow.run_id)
            .outerjoin(thumbs, thumbs.c.run_id == RunRow.run_id)
            .order_by(RunRow.created_at.desc(), RunRow.run_id)
            .limit(limit)
        )
        if scenario:
            query = query.where(RunRow.scenario == scenario)
        if run_id:
            query = query.where(RunRow.run_id == run_id)
        with self._database.read() as session:
            return [
                Outcome(
                    **dict(zip(names, row, strict=False)),
                    version=row[7].version,
                    length=row[7].length,
                    distance=row[7].distance,
                    approved_after=_hours(row[6], row[7].approved_at),
                    up=row[8] or 0,
                    down=row[9] or 0,
                )
                for row in session.execute(query)
            ]


def _hours(begun: datetime, approved: datetime | None) -> float | None:
    return None if approved is None else round((approved - begun.astimezone(UTC)).total_seconds() / 3600, 4)


def _feedback(row: FeedbackRow) -> Feedback:
    return Feedback.model_validate(
        {name: getattr(row, name) for name in ("run_id", "version", "verdict", "reason", "at")}
        | {"actor": Actor(person=row.acting_as, real=row.real)}
    )
