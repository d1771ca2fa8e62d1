"""What follows what in a norm: the edges of its flowchart, its lanes, and where ways part and meet."""

from collections.abc import Mapping, Sequence

from .models import Norm, NormTask

Edge = tuple[str, str, str]
"""(from, to, outcome): ids of tasks, or start and end."""


def edges(norm: Norm) -> list[Edge]:
    """What follows what; ``start`` leads to tasks that wait for nothing. A decision's outcomes are its ways out.

    What waits for a decision without being an outcome of its own begins beside its first outcome that goes on.
    """
    tasks = norm.tasks()
    order = {task.id: number for number, task in enumerate(tasks)}
    made: list[Edge] = [("start", task.id, "") for task in tasks if not task.depends_on]
    for task in tasks:
        followers = [later.id for later in tasks if task.id in later.depends_on]
        if task.branches:
            onward = (outcome for outcome, to in task.branches.items() if order.get(to, -1) > order[task.id])
            passed = next(onward, next(iter(task.branches)))
            made += [(task.id, target, outcome) for outcome, target in task.branches.items()]
            made += [(task.id, later, passed) for later in followers if later not in task.branches.values()]
        else:
            made += [(task.id, later, "") for later in followers] or [(task.id, "end", "")]
    return made


def by_role(norm: Norm) -> Mapping[str, Sequence[NormTask]]:
    """The tasks of each role that carries some out, roles in the order of their first task."""
    lanes: dict[str, list[NormTask]] = {}
    for task in norm.tasks():
        lanes.setdefault(task.responsible, []).append(task)
    return lanes


def joins(norm: Norm) -> set[str]:
    """The tasks that wait for several others which all run: not for the ends of ways of which only one is taken."""
    onward = _onward(norm)
    apart = [
        [_beyond(target, onward) for target in dict.fromkeys(task.branches.values()) if target in onward[task.id]]
        for task in norm.tasks()
    ]
    found = set()
    for task in norm.tasks():
        one_of = any(
            any(set(task.depends_on) & mine - theirs for theirs in ways if theirs is not mine)
            and any(set(task.depends_on) & theirs - mine for theirs in ways if theirs is not mine)
            for ways in apart
            for mine in ways
        )
        if len(task.depends_on) > 1 and not one_of:
            found.add(task.id)
    return found


def _onward(norm: Norm) -> dict[str, set[str]]:
    """By task, what comes after it directly; never what it goes back to."""
    order = {task.id: number for number, task in enumerate(norm.tasks())}
    found: dict[str, set[str]] = {id: set() for id in order}
    for source, target, _ in edges(norm):
        if source in order and order.get(target, -1) > order[source]:
            found[source].add(target)
    return found


def _beyond(first: str, onward: Mapping[str, set[str]]) -> set[str]:
    """``first`` and all that comes after it."""
    found, ahead = set(), [first]
    while ahead:
        here = ahead.pop()
        if here not in found:
            found.add(here)
            ahead += onward.get(here, ())
    return found


def node(id: str, end: str = "finish") -> str:
    """A task's id as a name that BPMN and Mermaid take; ``end`` is what they call the end."""
    if id in ("start", "end"):
        return id if id == "start" else end
    return "t_" + "".join(char if char.isascii() and char.isalnum() else f"_{ord(char):x}" for char in id)
