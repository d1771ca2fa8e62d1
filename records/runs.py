"""Runs and their versions, kept."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select, update

from workbench.costs import MILLION
from workbench.errors import NotFoundError, RequestError
from workbench.run import Run, Version
from workbench.spending import Expected, month_of
from workbench.texts import LANGS, text

from .approvals import locked, note_version
from .database import Database
from .outcomes import note_edit
from .tables import RunRow, VersionRow, storable
from .words import note_words


class RunRecords:
    """``workbench.services.Runs`` in a database. Any thread may call; processes may share the database.

    ``url`` is ``sqlite:///path`` or ``postgresql://user@host/name``. Opening brings older tables forward. Every method
    raises ``StoreError`` when the database is out of reach, damaged or newer than this program.
    """

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        self._settle()

    def close(self) -> None:
        """Let go of the database. A run that is still running counts as broken off from then on."""
        self.database.close()

    def save(self, run: Run, expected: Expected | None = None) -> None:
        """Insert or update by ``run_id``; a deliverable becomes version 1 the first time that it comes.

        ``expected`` counts as spent until the run is saved again, or its process dies.
        """
        with self.database.write() as session:
            owner = self.database.lease.token if run.status == "running" else None
            row = session.merge(RunRow(**run.model_dump() | _parts(run) | _measures(run, expected), owner=owner))
            session.flush()
            note_words(session, row)
            if run.deliverable is not None and session.get(VersionRow, (run.run_id, 1)) is None:
                first = Version(
                    number=1,
                    text=storable(run.text),
                    deliverable=run.deliverable,
                    citations=run.citations,
                    findings=run.findings,
                    author=run.author,
                    created_at=run.finished_at or datetime.now(UTC),
                )
                session.add(_version_row(run.run_id, first))

    def get(self, run_id: str) -> Run:
        """The run. Raises ``NotFoundError``."""
        self._settle(run_id)
        with self.database.read() as session:
            row = session.get(RunRow, run_id)
            if row is None:
                raise NotFoundError("workbench:run.unknown", run_id=run_id)
            return _run(row)

    def list(self, *, scenario: str | None = None, limit: int = 50) -> Sequence[Run]:
        """The latest runs first."""
        self._settle()
        query = select(RunRow).order_by(RunRow.created_at.desc(), RunRow.run_id.desc()).limit(limit)
        if scenario is not None:
            query = query.where(RunRow.scenario == scenario)
        with self.database.read() as session:
            return [_run(row) for row in session.scalars(query)]

    def versions(self, run_id: str) -> Sequence[Version]:
        """All versions, the first first. Raises ``NotFoundError``."""
        query = select(VersionRow).where(VersionRow.run_id == run_id).order_by(VersionRow.number)
        with self.database.read() as session:
            if session.get(RunRow, run_id) is None:
                raise NotFoundError("workbench:run.unknown", run_id=run_id)
            return [Version.model_validate(row, from_attributes=True) for row in session.scalars(query)]

    def add_version(self, run_id: str, version: Version) -> Version:
        """Keep ``version`` as the newest and return it with its number; its base is the last one unless it says so.

        Its approval, if any, learns of it in the same transaction. Raises ``NotFoundError`` for an unknown run,
        ``RequestError`` for one that produced nothing or is archived.
        """
        with self.database.write() as session:
            run = locked(session, run_id)  # so that two people who save at once get two numbers
            last = session.scalar(select(func.max(VersionRow.number)).where(VersionRow.run_id == run_id))
            if last is None:
                raise RequestError("workbench:run.nothing_to_edit", run_id=run_id)
            words = storable(version.text)  # what is hashed is what is kept
            kept = version.model_copy(update={"number": last + 1, "base": version.base or last, "text": words})
            session.add(_version_row(run_id, kept))
            session.flush()
            note_version(session, run, kept)
            note_edit(session, run_id, kept)
            note_words(session, run)
        return kept

    def _settle(self, run_id: str | None = None) -> None:
        """Mark runs as failed that say running while the process at work on them is gone."""
        running = select(RunRow.owner).where(RunRow.status == "running").distinct()
        if run_id is not None:
            running = running.where(RunRow.run_id == run_id)
        with self.database.read() as session:
            owners = session.scalars(running).all()
        gone = [owner for owner in owners if owner is None or not self.database.lease.alive(owner)]
        for owner in gone:
            with self.database.write() as session:
                died = session.scalars(select(RunRow).where(RunRow.status == "running", RunRow.owner == owner)).all()
                for lang in LANGS:
                    session.execute(
                        update(RunRow)
                        .where(RunRow.status == "running", RunRow.owner == owner, RunRow.lang == lang)
                        .values(
                            status="failed", error=text("records:died", lang), finished_at=datetime.now(UTC), owner=None
                        )
                    )
                for row in died:
                    session.refresh(row)
                    if row.input_tokens != row.usage.get("input_tokens"):  # what it was expected to use counts no more
                        for name, value in _measures(_run(row), None).items():
                            setattr(row, name, value)
                    note_words(session, row)


def _parts(item: Run | Version) -> dict[str, Any]:
    """What stands in JSON columns, as JSON."""
    return item.model_dump(mode="json", include={"request", "evidence", "deliverable", "findings", "citations"})


def _measures(run: Run, expected: Expected | None) -> dict[str, Any]:
    """What is added up, in columns."""
    written = len(run.text) if run.deliverable is not None else 0
    told = run.usage.model_dump(include={"input_tokens", "output_tokens", "cost"}) | {"characters": written}
    counted = expected.model_dump() if expected else told
    return {
        "month": month_of(run.created_at),
        **run.usage.model_dump(include={"backend", "model", "seconds"}),
        **counted,
        "cost": None if counted["cost"] is None else round(counted["cost"] * MILLION),
    }


def _version_row(run_id: str, version: Version) -> VersionRow:
    return VersionRow(run_id=run_id, **version.model_dump() | _parts(version))


def _run(row: RunRow) -> Run:
    return Run.model_validate(row, from_attributes=True)
