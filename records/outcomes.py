"""What became of drafts: how far people went from them and how long approval took, kept as it happens."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workbench.approvals import Approval
from workbench.comparison import distance
from workbench.run import Version

from .tables import OutcomeRow, VersionRow


def note_edit(session: Session, run_id: str, version: Version) -> None:
    """The newest version of the run is ``version`` now."""
    first = session.scalar(select(VersionRow.text).where(VersionRow.run_id == run_id, VersionRow.number == 1)) or ""
    row = outcome(session, run_id)
    row.version, row.length, row.distance = version.number, len(first), distance(first, version.text)


def note_approval(session: Session, run_id: str, approval: Approval, at: datetime) -> None:
    """The approval of the run stands like this now. One that opens again is approved no more."""
    row = outcome(session, run_id)
    if approval.status in ("approved", "archived"):
        row.approved_at = row.approved_at or at
    else:
        row.approved_at = None


def outcome(session: Session, run_id: str) -> OutcomeRow:
    """The row of a run; a new one says that its draft stands as it was."""
    row = session.get(OutcomeRow, run_id)
    if row is None:
        first = session.scalar(select(VersionRow.text).where(VersionRow.run_id == run_id, VersionRow.number == 1))
        row = OutcomeRow(run_id=run_id, version=1, length=len(first or ""), distance=0)
        session.add(row)
    return row
