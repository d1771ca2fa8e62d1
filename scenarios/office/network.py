"""Critical path: when each task can start and must start, from durations and dependencies alone.

Source: Kelley and Walker, "Critical-Path Planning and Scheduling", 1959. Activity on node, finish to start.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from workbench.errors import RequestError


@dataclass(frozen=True, slots=True)
class Activity:
    """A task with its length in working days (0 for a milestone) and the ids of those that must be finished before."""

    id: str
    days: float
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Earliest and latest start, in working days from the start of the whole. ``slack`` is the difference."""

    early: float
    late: float
    days: float

    @property
    def slack(self) -> float:
        """Working days that the task may slip without moving the end."""
        return round(self.late - self.early, 6)

    @property
    def critical(self) -> bool:
        return self.slack == 0


def spans(activities: Sequence[Activity]) -> Mapping[str, Span]:
    """The span of every activity, by id. Raises ``RequestError`` for an unknown predecessor, an id used twice or a
    circle, which is named."""
    known = {activity.id: activity for activity in activities}
    if len(known) < len(activities):
        ids = [activity.id for activity in activities]
        raise RequestError("scenarios.office:network.twice", id=next(id for id in ids if ids.count(id) > 1))
    for activity in activities:
        for before in activity.after:
            if before not in known:
                raise RequestError("scenarios.office:network.unknown", task=activity.id, before=before)
    try:
        order = list(TopologicalSorter({activity.id: activity.after for activity in activities}).static_order())
    except CycleError as error:
        raise RequestError("scenarios.office:network.circle", circle=" → ".join(reversed(error.args[1]))) from error
    early: dict[str, float] = {}
    for id in order:
        early[id] = max((early[before] + known[before].days for before in known[id].after), default=0.0)
    end = length(early, known)
    late = {id: end - known[id].days for id in order}
    for id in reversed(order):
        for before in known[id].after:
            late[before] = min(late[before], late[id] - known[before].days)
    return {id: Span(early[id], late[id], known[id].days) for id in known}


def length(early: Mapping[str, float], known: Mapping[str, Activity]) -> float:
    """Working days from the first start to the last finish."""
    return max((start + known[id].days for id, start in early.items()), default=0.0)
