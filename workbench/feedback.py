"""What people think of results, and what became of them: thumbs with a reason, edits, and the time to approval."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from typing import Literal, Protocol

from .approvals import Actor, Frozen
from .errors import RequestError
from .run import RunStore, numbered

Verdict = Literal["up", "down"]


class Feedback(Frozen):
    """A thumb on a version. The last one of a person counts; nothing is removed."""

    run_id: str
    version: int
    verdict: Verdict
    reason: str = ""
    actor: Actor
    at: datetime


class Outcome(Frozen):
    """What became of a run.

    ``distance``: characters that its newest version differs by from the draft, word by word, of ``length`` characters;
    ``approved_after``: hours from the request to approval, None while there is none.
    """

    run_id: str
    scenario: str
    task: str
    backend: str
    model: str
    prompt: str
    created_at: datetime
    version: int = 1
    length: int = 0
    distance: int = 0
    approved_after: float | None = None
    up: int = 0
    down: int = 0

    @property
    def changed(self) -> float:
        """The share of the draft that was changed, 0 to 1."""
        return min(1.0, self.distance / self.length) if self.length else float(self.distance > 0)


class Summary(Frozen):
    """Outcomes added up, of the runs that somebody edited, judged or asked approval for.

    ``edited`` of them were changed at all; ``changed`` is the mean share that was changed; ``approved_after`` is the
    median in hours.
    """

    runs: int
    up: int
    down: int
    edited: int
    changed: float
    approved: int
    approved_after: float | None


class FeedbackStore(Protocol):
    """Where feedback is kept. An unknown run raises ``NotFoundError``."""

    def add(self, feedback: Feedback) -> None: ...

    def feedback(self, run_id: str) -> Sequence[Feedback]:
        """All of it, the first first."""
        ...

    def outcomes(self, *, scenario: str = "", run_id: str = "", limit: int = 10_000) -> Sequence[Outcome]:
        """Of the runs that somebody edited, judged or asked approval for, the latest first."""
        ...


@dataclass(frozen=True)
class Judgements:
    """Giving feedback and looking at it."""

    runs: RunStore
    store: FeedbackStore

    def give(
        self, run_id: str, verdict: Verdict, actor: Actor, reason: str = "", number: int | None = None
    ) -> Feedback:
        """Record a thumb on a version, the newest unless told. Raises ``NotFoundError`` for an unknown run, and
        ``RequestError`` for one without a result and for a thumb down without a reason."""
        versions = self.runs.versions(run_id)
        if not versions:
            raise RequestError("workbench:run.nothing_to_edit", run_id=run_id)
        if verdict == "down" and not reason.strip():
            raise RequestError("workbench:feedback.reason")
        version = numbered(versions, number, run_id).number
        given = Feedback(
            run_id=run_id, version=version, verdict=verdict, reason=reason.strip(), actor=actor, at=datetime.now(UTC)
        )
        self.store.add(given)
        return given

    def of(self, run_id: str) -> Sequence[Feedback]:
        """The last word of each person on a run."""
        last: Mapping[str, Feedback] = {one.actor.person: one for one in self.store.feedback(run_id)}
        return list(last.values())

    def outcome(self, run_id: str) -> Outcome | None:
        """What became of a run; None where nobody did anything with it yet."""
        return next(iter(self.store.outcomes(run_id=run_id)), None)

    def summary(self, scenario: str = "") -> Summary:
        """Outcomes added up, of one scenario or of all."""
        found = self.store.outcomes(scenario=scenario)
        hours = [one.approved_after for one in found if one.approved_after is not None]
        return Summary(
            runs=len(found),
            up=sum(one.up for one in found),
            down=sum(one.down for one in found),
            edited=sum(one.distance > 0 for one in found),
            changed=round(sum(one.changed for one in found) / len(found), 4) if found else 0.0,
            approved=len(hours),
            approved_after=round(median(hours), 3) if hours else None,
        )
