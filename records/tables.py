"""The tables of the records. What is filtered by is a column with an index; the pydantic parts are JSON."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, ForeignKey, Index, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """A moment, kept as UTC; SQLite has no time zones, so it is given back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and _utc(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and _utc(value)


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Prose(TypeDecorator[str]):
    """Text that a model or a document may have filled with what no database takes: NUL and half surrogate pairs."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return value and storable(value)


def storable(text: str) -> str:
    """``text`` without what no database takes."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


class Table(DeclarativeBase):
    """Base of all tables. Constraints are named so that a migration can change them later."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        datetime: Instant(),
        dict[str, Any]: JSON(none_as_null=True),
        list[dict[str, Any]]: JSON(),
        list[str]: JSON(),
        list[Any]: JSON(),
    }


class RunRow(Table):
    """One run. ``owner`` names the lease of the process that is at work on it (see ``records.leases``).

    From ``department`` to ``characters`` stands what is added up: ``usage`` once more, in columns. ``month`` is YYYY-MM
    where the program ran, ``cost`` in millionths of the currency, None where it is not known.
    """

    __tablename__ = "runs"
    __table_args__ = (Index(None, "scenario", "created_at"), Index(None, "month", "department"))

    run_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    scenario: Mapped[str] = mapped_column(String(64))
    task: Mapped[str] = mapped_column(String(64), index=True)
    lang: Mapped[str] = mapped_column(String(8))
    status: Mapped[str] = mapped_column(String(16), index=True)
    author: Mapped[str] = mapped_column(String(256), index=True)
    created_at: Mapped[datetime] = mapped_column(index=True)
    finished_at: Mapped[datetime | None]
    request: Mapped[dict[str, Any]]
    subject: Mapped[str] = mapped_column(Prose)
    knowledge: Mapped[list[str]]
    evidence: Mapped[list[dict[str, Any]]]
    deliverable: Mapped[dict[str, Any] | None]
    text: Mapped[str] = mapped_column(Prose)
    findings: Mapped[list[dict[str, Any]]]
    citations: Mapped[list[dict[str, Any]]]
    usage: Mapped[dict[str, Any]]
    prompt: Mapped[str] = mapped_column(Text)
    thinking: Mapped[str] = mapped_column(Prose)
    error: Mapped[str] = mapped_column(Prose)
    owner: Mapped[str | None] = mapped_column(String(64))
    department: Mapped[str] = mapped_column(String(256))
    month: Mapped[str] = mapped_column(String(7))
    backend: Mapped[str] = mapped_column(String(64))
    model: Mapped[str] = mapped_column(String(256))
    input_tokens: Mapped[int | None] = mapped_column(BigInteger)
    output_tokens: Mapped[int | None] = mapped_column(BigInteger)
    seconds: Mapped[float]
    cost: Mapped[int | None] = mapped_column(BigInteger)
    characters: Mapped[int]
    settings: Mapped[dict[str, Any]]
    again_of: Mapped[str | None] = mapped_column(String(64))
    inputs_kept: Mapped[bool]
    purged_at: Mapped[datetime | None]


class VersionRow(Table):
    """One version of a run's deliverable. Rows are added, never changed."""

    __tablename__ = "versions"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.run_id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(Prose)
    deliverable: Mapped[dict[str, Any]]
    citations: Mapped[list[dict[str, Any]]]
    findings: Mapped[list[dict[str, Any]]]
    author: Mapped[str] = mapped_column(String(256))
    real: Mapped[str] = mapped_column(String(256))
    base: Mapped[int]
    restored: Mapped[int | None]
    sha256: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]


class DecisionRow(Table):
    """One decision about a version. Rows are added, never changed."""

    __tablename__ = "decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.run_id", ondelete="CASCADE"), index=True)
    act: Mapped[str] = mapped_column(String(16))
    acting_as: Mapped[str] = mapped_column(String(256))
    real: Mapped[str] = mapped_column(String(256))
    version: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    step: Mapped[int | None]
    to: Mapped[str] = mapped_column("delegate", String(256))
    comments: Mapped[list[dict[str, Any]]]
    plan: Mapped[list[dict[str, Any]]]
    at: Mapped[datetime]


class ApprovalRow(Table):
    """Where a run's approval stands: the fold of its decisions, kept so that lists are fast."""

    __tablename__ = "approvals"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.run_id", ondelete="CASCADE"), primary_key=True)
    scenario: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(16), index=True)
    waiting: Mapped[bool] = mapped_column(index=True)
    submitted_by: Mapped[str] = mapped_column(String(256), index=True)
    version: Mapped[int]
    moved_at: Mapped[datetime] = mapped_column(index=True)
    state: Mapped[dict[str, Any]]


class WaiverRow(Table):
    """Somebody answers for a finding, or takes that back (``lifted``). Rows are added, never changed."""

    __tablename__ = "waivers"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.run_id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(16))
    rule: Mapped[str] = mapped_column(String(256))
    quote: Mapped[str] = mapped_column(Prose)
    message: Mapped[str] = mapped_column(Prose)
    reason: Mapped[str] = mapped_column(Prose)
    lifted: Mapped[bool]
    acting_as: Mapped[str] = mapped_column(String(256))
    real: Mapped[str] = mapped_column(String(256))
    version: Mapped[int]
    at: Mapped[datetime]


class AnswerRow(Table):
    """What somebody decided about a finding. Rows are added, never changed."""

    __tablename__ = "answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.run_id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(16))
    rule: Mapped[str] = mapped_column(String(256))
    quote: Mapped[str] = mapped_column(Prose)
    act: Mapped[str] = mapped_column(String(8))
    wording: Mapped[str | None] = mapped_column(Prose)
    note: Mapped[str] = mapped_column(Prose)
    acting_as: Mapped[str] = mapped_column(String(256))
    real: Mapped[str] = mapped_column(String(256))
    version: Mapped[int]
    at: Mapped[datetime]


class ViewRow(Table):
    """Somebody saw a run that holds people's data. Rows are added, never changed."""

    __tablename__ = "views"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.run_id", ondelete="CASCADE"), index=True)
    acting_as: Mapped[str] = mapped_column(String(256))
    real: Mapped[str] = mapped_column(String(256))
    at: Mapped[datetime]


class EditRow(Table):
    """A person's edit in progress."""

    __tablename__ = "edits"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.run_id", ondelete="CASCADE"), primary_key=True)
    person: Mapped[str] = mapped_column(String(256), primary_key=True)
    base: Mapped[int]
    text: Mapped[str] = mapped_column(Prose)
    updated_at: Mapped[datetime]


class BatchRow(Table):
    """A task over many rows. ``owner`` names the lease of the process that is at work on it."""

    __tablename__ = "batches"

    batch_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    scenario: Mapped[str] = mapped_column(String(64))
    task: Mapped[str] = mapped_column(String(64))
    lang: Mapped[str] = mapped_column(String(8))
    knowledge: Mapped[list[str]]
    backend: Mapped[str] = mapped_column(String(64))
    author: Mapped[str] = mapped_column(String(256))
    name: Mapped[str] = mapped_column(Prose)
    key: Mapped[str] = mapped_column(String(64), index=True)
    header: Mapped[list[str]]
    ignored: Mapped[list[str]]
    background: Mapped[bool]
    state: Mapped[str] = mapped_column(String(16), index=True)
    error: Mapped[str] = mapped_column(Prose)
    owner: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(index=True)
    finished_at: Mapped[datetime | None]


class ItemRow(Table):
    """One row of a batch."""

    __tablename__ = "batch_items"

    batch_id: Mapped[str] = mapped_column(ForeignKey("batches.batch_id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(16))
    run_id: Mapped[str | None] = mapped_column(String(64), index=True)
    error: Mapped[str] = mapped_column(Prose)
    request: Mapped[dict[str, Any] | None]
    cells: Mapped[list[Any]]


class WordsRow(Table):
    """The words that a run is found by (see ``records.words``)."""

    __tablename__ = "run_words"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.run_id", ondelete="CASCADE"), index=True, unique=True)
    words: Mapped[str] = mapped_column(Prose)


class FeedbackRow(Table):
    """What somebody thought of a version. Rows are added, never changed."""

    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.run_id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    verdict: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(Prose)
    acting_as: Mapped[str] = mapped_column(String(256))
    real: Mapped[str] = mapped_column(String(256))
    at: Mapped[datetime]


class OutcomeRow(Table):
    """What became of a run's draft: how far its newest version is from it, and when it was approved."""

    __tablename__ = "outcomes"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.run_id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int]
    length: Mapped[int]
    distance: Mapped[int]
    approved_at: Mapped[datetime | None]


class ThreadRow(Table):
    """A conversation of the support desk."""

    __tablename__ = "threads"

    thread_id: Mapped[str] = mapped_column(String(256), primary_key=True)
    state: Mapped[str] = mapped_column(String(16), index=True)
    due_at: Mapped[datetime | None]
    received_at: Mapped[datetime]
    content: Mapped[dict[str, Any]]


class ProposalRow(Table):
    """An answer proposed from a run. It goes with the run."""

    __tablename__ = "proposals"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.run_id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[str] = mapped_column(String(16), index=True)
    created_at: Mapped[datetime]
    content: Mapped[dict[str, Any]]
