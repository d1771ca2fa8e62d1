"""Critical path: when each task can start and must start, from durations and dependencies alone.

Source: Kelley and Walker, "Critical-Path Planning and Scheduling", 1959. Activity on node, finish to start with a wait.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter

from workbench.errors import RequestError

_EXACT = 6  # decimals of a working day, below which times are the same


@dataclass(frozen=True, slots=True)
class Activity:
    """A task with its length in working days (0 for a milestone) and the ids of those that must be finished before.

    ``wait`` are the working days that pass between their end and its start: a notice period, a cooling-off time.
    """

    id: str
    days: float
    after: tuple[str, ...] = ()
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Span:
    """Earliest and latest start, in working days from the start of the whole. ``slack`` is the difference."""

    early: float
    late: float
    days: float

    @property
    def slack(self) -> float:
        """Working days that the task may slip without moving the end."""
        return round(self.late - self.early, _EXACT)

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
        one = known[id]
        early[id] = max((early[before] + known[before].days for before in one.after), default=0.0) + one.wait
    end = max((start + known[id].days for id, start in early.items()), default=0.0)
    late = {id: end - known[id].days for id in order}
    for id in reversed(order):
        for before in known[id].after:
            late[before] = min(late[before], late[id] - known[id].wait - known[before].days)
    return {id: Span(early[id], late[id], known[id].days) for id in known}


def length(activities: Sequence[Activity]) -> float:
    """Working days from the first start to the last finish. Raises as :func:`spans`."""
    return max((span.early + span.days for span in spans(activities).values()), default=0.0)


def levelled(activities: Sequence[Activity], people: Mapping[str, str]) -> list[Activity]:
    """The activities, those of one person put one after the other: what waits for a person comes after what they do.

    Serial schedule generation, the one that must start first coming first (Kelley, "The Critical-Path Method: Resources
    Planning and Scheduling", 1963): a good schedule, not always the shortest. ``people`` maps id to who carries it out.
    """
    late = {id: span.late for id, span in spans(activities).items()}
    known = {activity.id: activity for activity in activities}
    placed: dict[str, float] = {}
    free: dict[str, tuple[float, str]] = {}  # by person: until when busy, with what
    made = dict(known)
    while len(placed) < len(known):
        ready = [one for one in known.values() if one.id not in placed and placed.keys() >= set(one.after)]
        one = min(ready, key=lambda each: (late[each.id], len(each.after), each.id))
        start = max((placed[before] + known[before].days for before in one.after), default=0.0) + one.wait
        until, busy = free.get(people[one.id], (0.0, ""))
        if one.days and busy:
            if busy not in one.after:
                made[one.id] = replace(one, after=(*one.after, busy))
            start = max(start, until + one.wait)
        placed[one.id] = start
        if one.days:
            free[people[one.id]] = (start + one.days, one.id)
    return [made[activity.id] for activity in activities]


def shortened(activities: Sequence[Activity], available: float) -> dict[str, float] | None:
    """By how many working days which tasks have to be shorter for the whole to take no more than ``available``.

    The longest critical task is cut first, in half days, none below half of its length; None where even that is not
    enough. What it gives is reckoned, not guessed: with these lengths the deadline is met.
    """
    cut = dict.fromkeys((activity.id for activity in activities), 0.0)

    def total() -> float:
        return length([replace(one, days=one.days - cut[one.id]) for one in activities])

    while (now := total()) > available + 10**-_EXACT:
        found = spans([replace(one, days=one.days - cut[one.id]) for one in activities])
        room = {one.id: math.floor(one.days - 2 * cut[one.id]) / 2 for one in activities if found[one.id].critical}
        id = max(room, key=lambda each: (found[each].days, -found[each].early))
        id = id if room[id] > 0 else max(room, key=lambda each: (room[each], -found[each].early))
        if room[id] <= 0:
            return None
        whole = min(room[id], math.ceil((now - available) * 2) / 2)
        cut[id] += whole
        gained = now - total()
        cut[id] -= whole - max(min(whole, math.ceil(gained * 2) / 2), 0.5)  # another way became the longest
    return {id: days for id, days in cut.items() if days}
