"""The support desk's threads and proposed answers, kept. What is filtered by is a column; the rest is JSON."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, nulls_last, select

from workbench.errors import NotFoundError
from workbench.faq import Proposal
from workbench.faq import State as Review
from workbench.threads import State, Thread

from .database import Database
from .tables import ProposalRow, ThreadRow


class ThreadRecords:
    """``workbench.threads.ThreadStore`` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, thread: Thread) -> None:
        """Insert or replace by ``thread_id``."""
        row = ThreadRow(
            thread_id=thread.thread_id,
            state=thread.state,
            due_at=thread.due_at,
            received_at=thread.received_at,
            content=thread.model_dump(mode="json"),
        )
        with self._database.write() as session:
            session.merge(row)

    def find(self, thread_id: str) -> Thread | None:
        """The thread, if there is one."""
        with self._database.read() as session:
            row = session.get(ThreadRow, thread_id)
            return Thread.model_validate(row.content) if row else None

    def get(self, thread_id: str) -> Thread:
        """The thread. Raises ``NotFoundError``."""
        if (found := self.find(thread_id)) is None:
            raise NotFoundError("records:thread", thread_id=thread_id)
        return found

    def list(self, state: State | None = None, limit: int = 500) -> Sequence[Thread]:
        """Those due first, then as they came in."""
        query = select(ThreadRow).order_by(nulls_last(ThreadRow.due_at), ThreadRow.received_at).limit(limit)
        if state is not None:
            query = query.where(ThreadRow.state == state)
        with self._database.read() as session:
            return [Thread.model_validate(row.content) for row in session.scalars(query)]

    def forget(self, before: datetime) -> int:
        """Delete what is done and came in before that moment."""
        query = delete(ThreadRow).where(ThreadRow.received_at < before, ThreadRow.state != "open")
        with self._database.write() as session:
            return len(session.execute(query.returning(ThreadRow.thread_id)).all())


class ProposalRecords:
    """``workbench.faq.ProposalStore`` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, proposal: Proposal) -> None:
        """Insert or replace by ``run_id``."""
        row = ProposalRow(
            run_id=proposal.run_id,
            state=proposal.state,
            created_at=proposal.created_at,
            content=proposal.model_dump(mode="json"),
        )
        with self._database.write() as session:
            session.merge(row)

    def get(self, run_id: str) -> Proposal:
        """The proposal of a run. Raises ``NotFoundError``."""
        with self._database.read() as session:
            row = session.get(ProposalRow, run_id)
            if row is None:
                raise NotFoundError("records:proposal", run_id=run_id)
            return Proposal.model_validate(row.content)

    def list(self, state: Review | None = None, limit: int = 200) -> Sequence[Proposal]:
        """The latest first."""
        query = select(ProposalRow).order_by(ProposalRow.created_at.desc(), ProposalRow.run_id).limit(limit)
        if state is not None:
            query = query.where(ProposalRow.state == state)
        with self._database.read() as session:
            return [Proposal.model_validate(row.content) for row in session.scalars(query)]
