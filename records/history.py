"""Runs found by their words, and their words removed."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, String, cast, delete, func, literal, or_, select, update
from sqlalchemy.orm import Session

from workbench.costs import MILLION
from workbench.history import Filter, Found, Words
from workbench.run import Version

from .database import Database
from .tables import (
    AnswerRow,
    ApprovalRow,
    BatchRow,
    DecisionRow,
    EditRow,
    FeedbackRow,
    ItemRow,
    ProposalRow,
    RunRow,
    VersionRow,
    WaiverRow,
    WordsRow,
)  # fmt: skip
from .words import MARKED, matching, note_words, strings

_EXCERPT = 160  # characters
_DAYS = 800  # a longer span is not narrowed by months
_AT_ONCE = 500  # runs in one transaction


class HistoryRecords:
    """``workbench.history.HistoryStore`` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, wanted: Filter, limit: int = 50, offset: int = 0) -> Sequence[Found]:
        """The latest first."""
        columns = [getattr(RunRow, name) for name in _LISTED]
        query = select(*columns, func.substr(RunRow.text, 1, _EXCERPT), RunRow.cost)
        filters = {name: [value] for name in MARKED if (value := getattr(wanted, name, ""))}
        if wanted.words.strip() or filters:
            if wanted.since:  # fewer rows to look up; the days themselves decide below
                filters |= _months(wanted.since, wanted.until or date.today())
            query = query.join(WordsRow, WordsRow.run_id == RunRow.run_id)
            query = query.where(matching(self._database.sqlite, wanted.words, filters)).order_by(WordsRow.id.desc())
        else:
            query = query.order_by(RunRow.created_at.desc(), RunRow.run_id.desc())
        if wanted.since:
            query = query.where(RunRow.created_at >= _midnight(wanted.since))
        if wanted.until:
            query = query.where(RunRow.created_at < _midnight(wanted.until + timedelta(days=1)))
        return self._found(query.limit(limit).offset(offset))

    def older(self, scenario: str, moment: datetime) -> Sequence[str]:
        """The runs of a scenario from before ``moment`` that still hold words and are not running."""
        query = select(RunRow.run_id).where(
            RunRow.scenario == scenario, RunRow.created_at < moment, RunRow.purged_at.is_(None),
            RunRow.status != "running",
        )  # fmt: skip
        with self._database.read() as session:
            return session.scalars(query.order_by(RunRow.created_at)).all()

    def held(self, run_ids: Sequence[str]) -> Sequence[str]:
        """Those of them whose approval is under way or archived."""
        found: list[str] = []
        with self._database.read() as session:
            for part in _parts(run_ids):
                query = select(ApprovalRow.run_id).where(ApprovalRow.run_id.in_(part))
                found += session.scalars(query.where(ApprovalRow.status.in_(("pending", "archived")))).all()
        return found

    def purge(self, run_ids: Sequence[str]) -> set[str]:
        """Remove all words of runs. Returns the paths that their requests named and that no other run names."""
        named: set[str] = set()
        for part in _parts(run_ids):
            with self._database.write() as session:
                for run in session.scalars(select(RunRow).where(RunRow.run_id.in_(part))):
                    named |= {word for word in strings(run.request) if "/" in word or "\\" in word}
                    _blank(run)
                for table in (VersionRow, EditRow, ProposalRow):
                    session.execute(delete(table).where(table.run_id.in_(part)))
                waived = {"quote": "", "message": "", "reason": ""}
                session.execute(update(WaiverRow).where(WaiverRow.run_id.in_(part)).values(**waived))
                answered = {"quote": "", "wording": None, "note": ""}
                session.execute(update(AnswerRow).where(AnswerRow.run_id.in_(part)).values(**answered))
                session.execute(update(DecisionRow).where(DecisionRow.run_id.in_(part)).values(comments=[]))
                session.execute(update(FeedbackRow).where(FeedbackRow.run_id.in_(part)).values(reason=""))
                rows: dict[str, Any] = {"request": None, "cells": [], "error": ""}
                session.execute(update(ItemRow).where(ItemRow.run_id.in_(part)).values(**rows))
                session.flush()
                for run in session.scalars(select(RunRow).where(RunRow.run_id.in_(part))):
                    note_words(session, run)
        with self._database.read() as session:
            return {path for path in named if not _named(session, path)}

    def naming(self, scenario: str, path: str) -> Sequence[str]:
        """The runs of a scenario whose request or deliverable names the path."""
        written = json.dumps(path)[1:-1], path
        query = select(RunRow.run_id).where(
            RunRow.scenario == scenario,
            or_(
                *(
                    cast(column, String).contains(one, autoescape=True)
                    for column in (RunRow.request, RunRow.deliverable)
                    for one in written
                )
            ),
        )
        with self._database.read() as session:
            return session.scalars(query.order_by(RunRow.created_at)).all()

    def rewrite(self, run_id: str, file: str, edit: Callable[[Words], Words]) -> None:
        """Put what ``edit`` makes of it in place of a run's words and of each version's."""
        short = file.replace("\\", "/").rsplit("/", 1)[-1]
        with self._database.write() as session:
            run = session.get_one(RunRow, run_id)
            request = run.request
            new = edit(Words(request, run.deliverable, run.text))
            run.request, run.deliverable, run.text = new.request, new.deliverable, new.text
            run.findings, run.evidence, run.thinking = _silent(run.findings, short), _silent(run.evidence, short), ""
            for row in session.scalars(select(VersionRow).where(VersionRow.run_id == run_id)):
                new = edit(Words(request, row.deliverable, row.text))
                row.deliverable, row.text, row.findings = new.deliverable or {}, new.text, _silent(row.findings, short)
                row.sha256 = Version.model_validate(row, from_attributes=True).sha256
            for table in (EditRow, ProposalRow):
                session.execute(delete(table).where(table.run_id == run_id))
            for waiver in session.scalars(select(WaiverRow).where(WaiverRow.run_id == run_id)):
                if short in waiver.quote + waiver.message + waiver.reason:
                    waiver.quote = waiver.message = waiver.reason = ""
            for answer in session.scalars(select(AnswerRow).where(AnswerRow.run_id == run_id)):
                if short in answer.quote + answer.note + (answer.wording or ""):
                    answer.quote, answer.wording, answer.note = "", None, ""
            for decision in session.scalars(select(DecisionRow).where(DecisionRow.run_id == run_id)):
                decision.comments = _silent(decision.comments, short)
            session.execute(update(ItemRow).where(ItemRow.run_id == run_id).values(request=None, cells=[], error=""))
            session.flush()
            note_words(session, run)

    def purge_batches(self, scenario: str, moment: datetime) -> int:
        """Remove the rows' words from batches of before ``moment`` that are over; how many."""
        query = select(BatchRow.batch_id).where(
            BatchRow.scenario == scenario, BatchRow.created_at < moment, BatchRow.name != "",
            BatchRow.state.in_(("done", "cancelled", "paused")),
        )  # fmt: skip
        with self._database.write() as session:
            ids = session.scalars(query).all()
            session.execute(update(ItemRow).where(ItemRow.batch_id.in_(ids)).values(request=None, cells=[], error=""))
            session.execute(
                update(BatchRow).where(BatchRow.batch_id.in_(ids)).values(name="", header=[], ignored=[], error="")
            )
            session.execute(
                update(BatchRow).where(BatchRow.batch_id.in_(ids), BatchRow.state == "paused").values(state="cancelled")
            )
            return len(ids)

    def compact(self) -> None:
        """Overwrite what was removed; a busy database raises ``StoreError``."""
        self._database.compact(before=["INSERT INTO run_search(run_search) VALUES ('optimize')"])

    def _found(self, query: Select[Any]) -> Sequence[Found]:
        with self._database.read() as session:
            return [
                Found(
                    **dict(zip(_LISTED, row, strict=False)),
                    excerpt=row[-2],
                    cost=None if row[-1] is None else row[-1] / MILLION,
                )
                for row in session.execute(query)
            ]


_LISTED = [name for name in Found.model_fields if name not in ("excerpt", "cost")]


def _silent(rows: Sequence[dict[str, Any]], file: str) -> list[dict[str, Any]]:
    """Those that do not name the file."""
    return [row for row in rows if file not in json.dumps(row, ensure_ascii=False)]


def _blank(run: RunRow) -> None:
    run.request, run.evidence, run.deliverable, run.findings, run.citations = {}, [], None, [], []
    run.subject = run.text = run.thinking = run.error = ""
    run.inputs_kept = False
    run.purged_at = datetime.now().astimezone()


def _named(session: Session, path: str) -> bool:
    """Whether a run or a row of a batch still names the path."""
    written = json.dumps(path)[1:-1]
    for column in (RunRow.request, ItemRow.request):
        found = cast(column, String).contains(written, autoescape=True)
        if session.scalar(select(literal(1)).where(found).limit(1)):
            return True
    return False


def _months(since: date, until: date) -> dict[str, list[str]]:
    """A filter for the months of these days; none for a long span. A day more at each end, should the program
    have moved to another time zone since."""
    if (until - since).days > _DAYS:
        return {}
    days = (since + timedelta(days=count) for count in range(-1, (until - since).days + 2))
    return {"month": list(dict.fromkeys(f"{day:%Y-%m}" for day in days))}


def _midnight(day: date) -> datetime:
    """The beginning of a day where this program runs."""
    return datetime.combine(day, time()).astimezone()


def _parts(run_ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (run_ids[start : start + _AT_ONCE] for start in range(0, len(run_ids), _AT_ONCE))
