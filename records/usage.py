"""Adds up what the runs used. Everything is counted by the database."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from decimal import Decimal

from sqlalchemy import Integer, case, cast, func, select

from workbench.costs import MILLION
from workbench.spending import Dimension, Expected, Spend, Used

from .database import Database
from .tables import RunRow

_TYPICAL = 20  # runs that tell what the next one will use
_COLUMNS = {
    "month": RunRow.month,
    "department": RunRow.department,
    "person": RunRow.author,
    "scenario": RunRow.scenario,
    "task": RunRow.task,
    "backend": RunRow.backend,
    "model": RunRow.model,
}


class UsageRecords:
    """``workbench.ledger.UsageStore`` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def alone(self) -> AbstractContextManager[None]:
        """Inside, no other thread or process that shares this database is inside too."""
        return self._database.alone()

    def typical(self, scenario: str, task: str, backend: str) -> Expected | None:
        """The mean of the latest runs of this kind that were done; None without any."""
        of_kind = (RunRow.scenario == scenario, RunRow.task == task, RunRow.backend == backend, RunRow.status == "done")
        columns = (RunRow.input_tokens, RunRow.output_tokens, RunRow.cost, RunRow.characters)
        latest = select(*columns).where(*of_kind).order_by(RunRow.created_at.desc()).limit(_TYPICAL).subquery()
        with self._database.read() as session:
            row = session.execute(select(func.count(), *(func.avg(column) for column in latest.c))).one()
        if not row[0]:
            return None
        return Expected(
            input_tokens=round(row[1] or 0),
            output_tokens=round(row[2] or 0),
            cost=None if row[3] is None else float(row[3]) / MILLION,
            characters=round(row[4]),
        )

    def spend(
        self,
        by: Sequence[Dimension] = (),
        *,
        since: str = "",
        until: str = "",
        person: str = "",
        department: str | None = None,
        scenario: str = "",
    ) -> Sequence[Spend]:
        """Sums by ``by``, the dearest first. None where nothing was run."""
        groups = [_COLUMNS[name] for name in by]
        query = select(
            func.count(),
            func.sum(cast(RunRow.status != "done", Integer)),
            func.coalesce(func.sum(RunRow.input_tokens), 0),
            func.coalesce(func.sum(RunRow.output_tokens), 0),
            func.sum(RunRow.seconds),
            func.sum(RunRow.characters),
            func.coalesce(func.sum(RunRow.cost), 0),
            func.sum(case((RunRow.cost.is_(None), 1), else_=0)),
            *groups,
        ).group_by(*groups)
        if since:
            query = query.where(RunRow.month >= since)
        if until:
            query = query.where(RunRow.month <= until)
        if person:
            query = query.where(RunRow.author == person)
        if department is not None:
            query = query.where(RunRow.department == department)
        if scenario:
            query = query.where(RunRow.scenario == scenario)
        with self._database.read() as session:
            rows = session.execute(query).all()
        found = [
            Spend(
                group=dict(zip(by, row[8:], strict=True)),
                runs=row[0],
                failed=row[1],
                input_tokens=int(row[2]),
                output_tokens=int(row[3]),
                seconds=round(row[4], 3),
                characters=row[5],
                cost=Decimal(int(row[6])) / MILLION,
                unpriced=row[7],
            )
            for row in rows
            if row[0]
        ]
        return sorted(found, key=lambda one: (-one.cost, -one.runs, tuple(one.group.values())))

    def used(self, month: str, department: str | None = None) -> Sequence[Used]:
        """The runs of a month, the first first."""
        query = select(RunRow).where(RunRow.month == month).order_by(RunRow.created_at, RunRow.run_id)
        if department is not None:
            query = query.where(RunRow.department == department)
        names = [name for name in Used.model_fields if name not in ("person", "cost")]
        columns = [getattr(RunRow, name) for name in names]
        with self._database.read() as session:
            rows = session.execute(query.with_only_columns(*columns, RunRow.author, RunRow.cost)).all()
        return [
            Used(
                **dict(zip(names, row, strict=False)),
                person=row.author,
                cost=None if row.cost is None else Decimal(row.cost) / MILLION,
            )
            for row in rows
        ]
