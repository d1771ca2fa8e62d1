"""How it goes, week by week: how many messages the documents answer, and how much of the drafts people change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from workbench.feedback import Outcome
from workbench.run import Run


@dataclass(frozen=True, slots=True)
class Week:
    """A week from its Monday. ``deflected``: the share of ``replies`` that the documents answered whole; ``edited``:
    the share of the drafts in use that people changed, ``changed`` how much of their text; None without any."""

    monday: date
    replies: int
    deflected: float
    edited: float | None
    changed: float | None


def weeks(runs: Iterable[Run], outcomes: Iterable[Outcome]) -> list[Week]:
    """The weeks in which there were replies, the oldest first."""
    by_week: dict[date, list[Run]] = {}
    for run in runs:
        if run.task == "reply" and run.deliverable:
            by_week.setdefault(_monday(run.created_at), []).append(run)
    judged: dict[date, list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.task == "reply":
            judged.setdefault(_monday(outcome.created_at), []).append(outcome)
    return [_week(monday, by_week[monday], judged.get(monday, [])) for monday in sorted(by_week)]


def _week(monday: date, runs: list[Run], outcomes: list[Outcome]) -> Week:
    whole = [
        run
        for run in runs
        if run.deliverable and run.deliverable["decision"] == "reply" and not run.deliverable["team"]
    ]
    shares = [outcome.changed for outcome in outcomes]
    edited = sum(share > 0 for share in shares) / len(shares) if shares else None
    return Week(monday, len(runs), len(whole) / len(runs), edited, sum(shares) / len(shares) if shares else None)


def _monday(moment: datetime) -> date:
    day = moment.astimezone().date()
    return day - timedelta(days=day.weekday())
