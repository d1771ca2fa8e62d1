"""Looking back: every run found by its words, run again, and forgotten when its time has come."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol

from pydantic import BaseModel

from .engine import Order
from .errors import NotFoundError, RequestError
from .run import RunStore, Status
from .scenario import Scenario
from .settings import Retention


class Found(BaseModel):
    """A run in a list. ``subject`` is what it was asked about, ``excerpt`` the beginning of its text."""

    run_id: str
    scenario: str
    task: str
    status: Status
    author: str
    department: str
    backend: str
    model: str
    prompt: str
    subject: str
    excerpt: str
    error: str
    cost: float | None
    created_at: datetime
    again_of: str | None = None
    purged_at: datetime | None = None


class Filter(BaseModel):
    """What is looked for: all ``words`` stand in the request, the text or its newest version, and every filter fits.

    ``since`` and ``until`` are days, both included, where this program runs.
    """

    words: str = ""
    scenario: str = ""
    task: str = ""
    status: str = ""
    author: str = ""
    department: str = ""
    backend: str = ""
    model: str = ""
    since: date | None = None
    until: date | None = None


class Forgotten(BaseModel):
    """What a purge removed. ``kept`` are runs that were left: their approval is under way or archived; ``rewritten``
    lost one person alone."""

    runs: list[str] = []
    kept: list[str] = []
    files: int = 0
    batches: int = 0
    rewritten: list[str] = []


@dataclass(frozen=True)
class Words:
    """What a run or one of its versions says."""

    request: dict[str, Any]
    deliverable: dict[str, Any] | None
    text: str


class HistoryStore(Protocol):
    """Where runs are looked for and forgotten."""

    def find(self, wanted: Filter, limit: int = 50, offset: int = 0) -> Sequence[Found]:
        """The latest first."""
        ...

    def older(self, scenario: str, moment: datetime) -> Sequence[str]:
        """The runs of a scenario from before ``moment`` that still hold words and are not running."""
        ...

    def held(self, run_ids: Sequence[str]) -> Sequence[str]:
        """Those of them whose approval is under way or archived."""
        ...

    def purge(self, run_ids: Sequence[str]) -> set[str]:
        """Remove all words of runs, keeping that they were, by whom and what they cost. Returns the paths that their
        requests named and that no other run names."""
        ...

    def naming(self, scenario: str, path: str) -> Sequence[str]:
        """The runs of a scenario whose request or deliverable names the path."""
        ...

    def rewrite(self, run_id: str, file: str, edit: Callable[[Words], Words]) -> None:
        """Put what ``edit`` makes of them in place of a run's words and of each version's. Edits in progress and
        proposals go, and so do findings, waivers, answers and comments that name ``file``."""
        ...

    def purge_batches(self, scenario: str, moment: datetime) -> int:
        """Remove the rows' words from batches of before ``moment`` that are over; how many."""
        ...

    def compact(self) -> None:
        """Overwrite what was removed: in the search index, in free pages, in the write-ahead log and in old copies."""
        ...


class OnceADay(Protocol):
    """Does something once a day, in one process of all that share a data folder."""

    @property
    def due(self) -> bool:
        """Whether it was not done today."""
        ...

    def run(self, job: Callable[[bool], Forgotten]) -> Forgotten | None:
        """Do ``job``, told whether the last one broke off; None when it was done today or is being done."""
        ...


@dataclass(frozen=True)
class History:
    """``forget_files`` deletes uploads among the paths it is given; returns how many. ``daily`` is the day's purge and
    ``start_purge`` starts a process that does it."""

    scenarios: Mapping[str, Scenario]
    runs: RunStore
    store: HistoryStore
    retention: Retention
    forget_files: Callable[[Iterable[str]], int] = lambda paths: 0
    daily: OnceADay | None = None
    start_purge: Callable[[], None] = lambda: None

    def find(self, wanted: Filter, limit: int = 50, offset: int = 0) -> Sequence[Found]:
        """The runs that fit, the latest first. Raises ``RequestError`` for days that end before they begin."""
        if wanted.since and wanted.until and wanted.until < wanted.since:
            raise RequestError("workbench:history.span", since=wanted.since, until=wanted.until)
        return self.store.find(wanted, limit, offset)

    def again(self, run_id: str, backend: str = "", author: str = "") -> Order:
        """The order of a run once more, with the same backend or another. Raises ``NotFoundError``, or ``RequestError``
        where its request was not kept or its scenario is gone."""
        run = self.runs.get(run_id)
        if run.purged_at is not None:
            raise RequestError("workbench:run.purged", run_id=run_id)
        if not run.inputs_kept:
            raise RequestError("workbench:run.inputs_not_kept", run_id=run_id)
        scenario = self.scenarios.get(run.scenario)
        if scenario is None:
            raise NotFoundError(
                "workbench:request.unknown_scenario", name=run.scenario, known=", ".join(self.scenarios)
            )
        return Order(
            scenario=scenario,
            task=run.task,
            request=run.request,
            lang=run.lang,
            knowledge_bases=tuple(run.knowledge),
            backend=backend or run.usage.backend,
            author=author or run.author,
            again_of=run_id,
        )

    def due(self, now: datetime | None = None) -> dict[str, list[str]]:
        """By scenario, the runs whose time is over."""
        found = {}
        for slug, moment in self._ends(now).items():
            if ids := self.store.older(slug, moment):
                found[slug] = list(ids)
        return found

    def purge(self, run_ids: Sequence[str]) -> Forgotten:
        """Remove the words of these runs everywhere, whatever their approval. Raises ``NotFoundError``."""
        for run_id in run_ids:
            self.runs.get(run_id)
        gone = Forgotten(runs=list(run_ids), files=self.forget_files(self.store.purge(run_ids)))
        self.store.compact()
        return gone

    def forget_person(self, run_id: str, file: str) -> Forgotten:
        """Remove one person from a run, and from every run of its scenario that names the same file: request, versions,
        findings, search index, the upload, what was read from it. ``file`` is a name or a whole path.

        Runs that are all about the person are purged; those whose other people remain are in ``rewritten``. Raises
        ``NotFoundError`` where the run names no such file.
        """
        run = self.runs.get(run_id)
        named = {one for one in _strings([run.request, run.deliverable]) if one == file or _short(one) == file}
        if not named:
            raise NotFoundError("workbench:history.nobody", run_id=run_id, file=file)
        gone: list[str] = []
        rewritten: list[str] = []
        for path in sorted(named, key=len, reverse=True):
            for found in self.store.naming(run.scenario, path):
                (gone if self._forget(found, path) else rewritten).append(found)
        files = self.forget_files(named | self.store.purge(gone))
        self.store.compact()
        return Forgotten(runs=list(dict.fromkeys(gone)), rewritten=list(dict.fromkeys(rewritten)), files=files)

    def _forget(self, run_id: str, path: str) -> bool:
        """Whether all of the run is about the person of ``path``; otherwise it is rewritten without."""
        run = self.runs.get(run_id)
        task = self.scenarios[run.scenario].task(run.task)

        def without(words: Words) -> Words | None:
            if words.deliverable is None:
                return Words(words.request, None, words.text) if path not in _strings([words.request]) else None
            request = task.request.model_validate(words.request)
            left = task.without(request, task.deliverable.model_validate(words.deliverable), path, run.lang)
            if left is None:
                return None
            asked, made = left
            return Words(asked.model_dump(mode="json"), made.model_dump(mode="json"), task.text(made))

        if without(Words(run.request, run.deliverable, run.text)) is None:
            return True
        self.store.rewrite(run_id, path, lambda words: without(words) or words)
        return False

    def keep_up(self) -> None:
        """See to it that what is due is purged today, behind."""
        if self.daily is not None and self.daily.due:
            self.start_purge()

    def purge_daily(self) -> Forgotten | None:
        """The day's :meth:`purge_due`; None when it was done, or another process is at it."""
        return self.daily.run(lambda interrupted: self.purge_due(owed=interrupted)) if self.daily else None

    def purge_due(self, now: datetime | None = None, *, owed: bool = True) -> Forgotten:
        """Remove the words of all runs whose time is over, save those whose approval is under way or archived.

        Unless something may be ``owed`` by a purge that a busy database stopped, the files are written anew only when
        something was removed now.
        """
        due = [run_id for ids in self.due(now).values() for run_id in ids]
        kept = list(self.store.held(due))
        gone = [run_id for run_id in due if run_id not in set(kept)]
        files = self.forget_files(self.store.purge(gone)) if gone else 0
        batches = sum(self.store.purge_batches(slug, moment) for slug, moment in self._ends(now).items())
        if gone or batches or owed:
            self.store.compact()
        return Forgotten(runs=gone, kept=kept, files=files, batches=batches)

    def _ends(self, now: datetime | None) -> dict[str, datetime]:
        """By scenario, the moment before which runs are over."""
        moment = now or datetime.now(UTC)
        slugs = {*self.scenarios, *self.retention.scenarios}
        declared = {slug: scenario.keep_days for slug, scenario in self.scenarios.items()}
        days = {slug: self.retention.of(slug, declared.get(slug, 0)).days for slug in sorted(slugs)}
        return {slug: moment - timedelta(days=count) for slug, count in days.items() if count}


def _strings(value: Any) -> Iterator[str]:
    """Every text in nested lists and objects."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)


def _short(path: str) -> str:
    return path.replace("\\", "/").rsplit("/", 1)[-1]
