"""Views of runs that hold people's data, kept."""

from collections.abc import Sequence

from sqlalchemy import select

from workbench.approvals import Actor
from workbench.views import View

from .database import Database
from .tables import ViewRow


class ViewRecords:
    """``workbench.views.ViewStore`` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, view: View) -> None:
        with self._database.write() as session:
            session.add(ViewRow(run_id=view.run_id, acting_as=view.actor.person, real=view.actor.real, at=view.at))

    def of(self, run_id: str) -> Sequence[View]:
        query = select(ViewRow).where(ViewRow.run_id == run_id).order_by(ViewRow.id)
        with self._database.read() as session:
            return [
                View(run_id=row.run_id, actor=Actor(person=row.acting_as, real=row.real), at=row.at)
                for row in session.scalars(query)
            ]
