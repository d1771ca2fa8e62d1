"""Batches, kept row by row."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import cast

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from workbench.batch import Batch, BatchState, Item, ItemState
from workbench.errors import NotFoundError

from .database import Database
from .tables import BatchRow, ItemRow

_OPEN = ("waiting", "running", "paused")


class BatchRecords:
    """``workbench.batch.BatchStore`` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, batch: Batch, items: Sequence[Item]) -> None:
        """Keep a new batch with all its rows."""
        with self._database.write() as session:
            session.add(BatchRow(**batch.model_dump(exclude={"total", "done", "failed"})))
            session.flush()
            session.add_all(ItemRow(batch_id=batch.batch_id, **item.model_dump(mode="json")) for item in items)

    def get(self, batch_id: str) -> Batch:
        """The batch. Raises ``NotFoundError``."""
        self._settle()
        with self._database.read() as session:
            return _batch(session, _row(session, batch_id))

    def list(self, limit: int = 50) -> Sequence[Batch]:
        """The latest first."""
        return self._listed(select(BatchRow).order_by(BatchRow.created_at.desc(), BatchRow.batch_id).limit(limit))

    def unfinished(self, key: str) -> Batch | None:
        """The latest batch with this key that may go on."""
        query = select(BatchRow).where(BatchRow.key == key, BatchRow.state.in_(_OPEN))
        return next(iter(self._listed(query.order_by(BatchRow.created_at.desc()).limit(1))), None)

    def waiting(self) -> Batch | None:
        """The batch that has waited longest for the background process."""
        query = select(BatchRow).where(BatchRow.state == "waiting", BatchRow.background)
        return next(iter(self._listed(query.order_by(BatchRow.created_at).limit(1))), None)

    def items(self, batch_id: str, state: ItemState | None = None) -> Sequence[Item]:
        """The rows in order. Raises ``NotFoundError``."""
        query = select(ItemRow).where(ItemRow.batch_id == batch_id).order_by(ItemRow.number)
        if state is not None:
            query = query.where(ItemRow.state == state)
        with self._database.read() as session:
            _row(session, batch_id)
            return [Item.model_validate(row, from_attributes=True) for row in session.scalars(query)]

    def claim(self, batch_id: str) -> Batch | None:
        """Take a batch that waits or is paused; None when it does not. Raises ``NotFoundError``."""
        self._settle()
        with self._database.write() as session:
            row = _row(session, batch_id, lock=True)
            if row.state not in ("waiting", "paused"):
                return None
            row.state, row.owner, row.error = "running", self._database.lease.token, ""
            session.flush()
            return _batch(session, row)

    def record(self, batch_id: str, item: Item) -> BatchState:
        """Keep how a row ended; the state of the batch tells whether to go on."""
        with self._database.write() as session:
            session.execute(
                update(ItemRow)
                .where(ItemRow.batch_id == batch_id, ItemRow.number == item.number)
                .values(state=item.state, run_id=item.run_id, error=item.error)
            )
            state, owner = session.execute(
                select(BatchRow.state, BatchRow.owner).where(BatchRow.batch_id == batch_id)
            ).one()
            taken = state == "running" and owner != self._database.lease.token
            return "paused" if taken else cast("BatchState", state)

    def leave(self, batch_id: str, error: str = "") -> Batch:
        """Stop working on it: done when no row waits, else paused; a cancelled one stays so."""
        with self._database.write() as session:
            row = _row(session, batch_id, lock=True)
            if row.owner != self._database.lease.token:  # somebody paused it, and another process took it up
                return _batch(session, row)
            left = _counts(session, batch_id).get("waiting", 0)
            row.owner = None
            if row.state == "running":
                row.state, row.error = ("paused", error) if left else ("done", "")
                row.finished_at = None if left else datetime.now(UTC)
            session.flush()
            return _batch(session, row)

    def move(self, batch_id: str, state: BatchState, of: Sequence[BatchState]) -> None:
        """Bring a batch that is in one of the states ``of`` to ``state``. Raises ``NotFoundError``."""
        with self._database.write() as session:
            row = _row(session, batch_id, lock=True)
            if row.state in of:
                row.state, row.background = state, row.background or state == "waiting"
                row.finished_at = datetime.now(UTC) if state == "cancelled" else None

    def retry(self, batch_id: str) -> int:
        """Let failed rows wait again, those that could be read; how many. Raises ``NotFoundError``."""
        with self._database.write() as session:
            _row(session, batch_id, lock=True)
            again = session.scalars(
                select(ItemRow).where(ItemRow.batch_id == batch_id, ItemRow.state == "failed")
            ).all()
            again = [item for item in again if item.request is not None]
            for item in again:
                item.state, item.error, item.run_id = "waiting", "", None
            return len(again)

    def blank(self, batch_id: str) -> None:
        """Forget what the rows of a batch said."""
        with self._database.write() as session:
            session.execute(update(ItemRow).where(ItemRow.batch_id == batch_id).values(request=None, cells=[]))

    def _listed(self, query: Select[BatchRow]) -> Sequence[Batch]:
        self._settle()
        with self._database.read() as session:
            return [_batch(session, row) for row in session.scalars(query)]

    def _settle(self) -> None:
        """Batches whose process is gone wait again for the background process, or are paused if a person ran them."""
        with self._database.read() as session:
            owners = session.scalars(select(BatchRow.owner).where(BatchRow.state == "running").distinct()).all()
        for owner in owners:
            if owner is not None and self._database.lease.alive(owner):
                continue
            with self._database.write() as session:
                for background, state in ((True, "waiting"), (False, "paused")):
                    session.execute(
                        update(BatchRow)
                        .where(BatchRow.state == "running", BatchRow.owner == owner, BatchRow.background == background)
                        .values(state=state, owner=None)
                    )


def _row(session: Session, batch_id: str, *, lock: bool = False) -> BatchRow:
    row = session.get(BatchRow, batch_id, with_for_update=lock or None)
    if row is None:
        raise NotFoundError("workbench:batch.unknown", batch_id=batch_id)
    return row


def _counts(session: Session, batch_id: str) -> dict[str, int]:
    query = select(ItemRow.state, func.count()).where(ItemRow.batch_id == batch_id).group_by(ItemRow.state)
    return {state: count for state, count in session.execute(query)}  # noqa: C416  # rows are no pairs to mypy


def _batch(session: Session, row: BatchRow) -> Batch:
    counts = _counts(session, row.batch_id)
    values = {name: getattr(row, name) for name in Batch.model_fields if name not in ("total", "done", "failed")}
    return Batch(**values, total=sum(counts.values()), done=counts.get("done", 0), failed=counts.get("failed", 0))
