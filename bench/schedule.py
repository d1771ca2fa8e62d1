"""Schedules, BPMN files and a process of 300 steps, against rules that are written apart from the product.

``python -m bench.schedule``: 200 random networks with waits, parallel branches, milestones and holidays, forward from a
start and backward from a deadline, beside a simulation in half days on the calendar as the State Council printed it;
the BPMN of every starting process in both languages against the rules of BPMN 2.0 and, with ``--xsd``, its schema.
"""

import argparse
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

from scenarios.office.bpmn import bpmn
from scenarios.office.checks import check_norm
from scenarios.office.compose import compose_norm
from scenarios.office.families import families
from scenarios.office.models import Norm, NormRequest, Stage
from scenarios.office.network import Activity, levelled
from scenarios.office.schedule import Schedule, plan
from scenarios.office.timing import finished
from scenarios.office.workdays import Workdays
from tests.fakes.knowledge import NoKnowledge
from workbench.run import RunContext
from workbench.texts import Lang

_NETWORKS = 200
# 国务院办公厅关于 2026 年部分节假日安排的通知: first and last day off, and the days at weekends that are worked.
_OFF = [("01-01", "01-03"), ("02-15", "02-23"), ("04-04", "04-06"), ("05-01", "05-05"), ("06-19", "06-21"),
        ("09-25", "09-27"), ("10-01", "10-07")]  # fmt: skip
_ON = ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]


def worked(own_off: set[date]) -> list[date]:
    """The working days of 2026 in order."""
    off, on = set(own_off), {date.fromisoformat(f"2026-{day}") for day in _ON}
    for first, last in _OFF:
        day = date.fromisoformat(f"2026-{first}")
        while day <= date.fromisoformat(f"2026-{last}"):
            off.add(day)
            day += timedelta(days=1)
    every = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    return [day for day in every if day not in off and (day.weekday() < 5 or day in on)]


def network(rng: random.Random) -> list[Activity]:
    """Three to forty tasks, half-day lengths, milestones, waits; some branches that never meet."""
    made: list[Activity] = []
    for number in range(rng.randint(3, 40)):
        before = rng.sample(range(number), min(number, rng.choice([0, 1, 1, 1, 2, 3])))
        days = rng.choice([0, 0.5, 1, 1, 1.5, 2, 3, 5])
        wait = rng.choice([0, 0, 0, 0, 0.5, 1, 2]) if before else 0
        made.append(Activity(f"T{number}", days, tuple(f"T{one}" for one in before), wait))
    rng.shuffle(made)
    return made


def simulated(activities: Sequence[Activity]) -> tuple[dict[str, int], dict[str, int], int]:
    """(earliest start, latest start, end) in half days: the clock ticks, a task begins when it may; then backward."""
    early: dict[str, int] = {}
    tick = 0
    while len(early) < len(activities):
        moved = True
        while moved:  # a milestone may open the next task within the same half day
            moved = False
            for one in activities:
                ends = [early[b] + _halves(activities, b) + round(one.wait * 2) for b in one.after if b in early]
                if one.id not in early and len(ends) == len(one.after) and max(ends, default=0) <= tick:
                    early[one.id], moved = tick, True
        tick += 1
    end = max(early[one.id] + round(one.days * 2) for one in activities)

    def latest(id: str) -> int:
        after = [latest(one.id) - round(one.wait * 2) for one in activities if id in one.after]
        return min(after, default=end) - _halves(activities, id)

    return early, {one.id: latest(one.id) for one in activities}, end


def _halves(activities: Sequence[Activity], id: str) -> int:
    return next(round(one.days * 2) for one in activities if one.id == id)


def wrong(made: Schedule, activities: Sequence[Activity], days: Sequence[date], first: date) -> Iterator[str]:
    """Where a schedule differs from the simulation."""
    early, late, end = simulated(activities)
    at = days.index(first)
    for one in activities:
        dated, begin, length = made.tasks[one.id], early[one.id], round(one.days * 2)
        last = max(-(-(begin + length) // 2) - 1, 0) if length or begin else 0
        start = days[at + begin // 2] if length else days[at + min(begin // 2, last)]
        if (dated.start, dated.finish) != (start, days[at + last]):
            yield f"{one.id} {dated.start}–{dated.finish} and not {start}–{days[at + last]}"
        if dated.span.slack * 2 != late[one.id] - begin:
            yield f"{one.id} slack {dated.span.slack} and not {(late[one.id] - begin) / 2}"
    if made.days != -(-end // 2):
        yield f"{made.days} days and not {end / 2}"


def schedules(seed: int) -> None:
    """Forward, backward and levelled."""
    rng = random.Random(seed)  # noqa: S311
    bad = {"forward": 0, "backward": 0, "levelled": 0}
    for _ in range(_NETWORKS):
        tasks = network(rng)
        own = {date(2026, 3, 2) + timedelta(days=rng.randrange(120)) for _ in range(rng.choice([0, 0, 3, 8]))}
        days, calendar = worked(own), Workdays(off=frozenset(own))
        start = rng.choice(days[:100])
        bad["forward"] += any(wrong(plan(tasks, calendar, start=start), tasks, days, start))
        deadline = date(2026, 12, 1) + timedelta(days=rng.randrange(30))
        made = plan(tasks, calendar, deadline=deadline, today=date(2026, 1, 1))
        last = max(day for day in days if day <= deadline)
        first = days[days.index(last) - max(made.days, 1) + 1]
        bad["backward"] += made.start != first or any(wrong(made, tasks, days, first))
        people = {one.id: f"P{rng.randrange(4)}" for one in tasks}
        bad["levelled"] += any(_clashes(levelled(tasks, people), people))
    for name, count in bad.items():
        print(f"{name:10} {_NETWORKS - count} of {_NETWORKS} networks as simulated")


def _clashes(activities: Sequence[Activity], people: Mapping[str, str]) -> Iterator[str]:
    early, _, _ = simulated(activities)
    for one in activities:
        for other in activities:
            if one.id < other.id and people[one.id] == people[other.id]:
                a, b = early[one.id], early[other.id]
                at_work = one.days and other.days
                if at_work and a < b + _halves(activities, other.id) and b < a + _halves(activities, one.id):
                    yield f"{one.id} {other.id}"


def diagrams(xsd: Path | None) -> None:
    """Every family in both languages."""
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(xsd)) if xsd else None
    good = held = 0
    names = [(name, lang) for name in families() for lang in get_args(Lang)]
    for name, lang in names:
        norm = _norm(lang, process=name, constraints=["超过 5 万元的申请须总经理批准"])
        root = etree.fromstring(bpmn(norm))
        faults = list(broken(root))
        good += not faults
        print(*(f"  {name} {lang}: {fault}" for fault in faults), sep="\n", end="\n" if faults else "")
        held += bool(schema is not None and schema.validate(root))
        if schema is not None and schema.error_log:
            print(f"  {name} {lang}: {schema.error_log[0].message}")
    print(f"BPMN       {good} of {len(names)} whole" + (f", {held} valid by the schema" if schema is not None else ""))


def broken(root: Any) -> Iterator[str]:
    """What the rules of BPMN 2.0 (OMG formal/2011-01-03) forbid in a process that is drawn."""
    model, di = "{http://www.omg.org/spec/BPMN/20100524/MODEL}", "{http://www.omg.org/spec/BPMN/20100524/DI}"
    process = root.find(f"{model}process")
    flows = process.findall(f"{model}sequenceFlow")
    nodes = {one.get("id"): one for one in process if one.tag.endswith(("Event", "Task", "Gateway"))}
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    if len(ids) != len(set(ids)):
        yield "an id stands twice"
    leaving = {id: [f for f in flows if f.get("sourceRef") == id] for id in nodes}
    coming = {id: [f for f in flows if f.get("targetRef") == id] for id in nodes}
    for flow in flows:
        if not {flow.get("sourceRef"), flow.get("targetRef")} <= nodes.keys():
            yield f"{flow.get('id')} leads nowhere"
    for id, node in nodes.items():
        kind = node.tag.removeprefix(model)
        listed = {part: {one.text for one in node.findall(f"{model}{part}")} for part in ("incoming", "outgoing")}
        if listed != {"incoming": {f.get("id") for f in coming[id]}, "outgoing": {f.get("id") for f in leaving[id]}}:
            yield f"{id} lists other flows than it has"
        if (kind == "startEvent" and (coming[id] or not leaving[id])) or (kind == "endEvent" and leaving[id]):
            yield f"{id} is no {kind}"
        if kind.endswith(("Task", "Gateway")) and not (coming[id] and leaving[id]):
            yield f"{id} is a dead end"
        if kind == "exclusiveGateway" and (len(leaving[id]) < 2 or any(not f.get("name") for f in leaving[id])):
            yield f"{id} decides nothing"
    reached, ahead = set(), [id for id, node in nodes.items() if node.tag.endswith("startEvent")]
    while ahead:
        here = ahead.pop()
        reached.add(here)
        ahead += [f.get("targetRef") for f in leaving[here] if f.get("targetRef") not in reached]
    if reached != set(nodes):
        yield f"not reached: {', '.join(sorted(set(nodes) - reached))}"
    lanes = [one.text for one in process.iter(f"{model}flowNodeRef")]
    if sorted(lanes) != sorted(nodes):
        yield "a node lies in no lane or in two"
    drawn = {one.get("bpmnElement") for one in root.iter(f"{di}BPMNShape", f"{di}BPMNEdge")}
    if missing := {*nodes, *(f.get("id") for f in flows)} - drawn:
        yield f"not drawn: {', '.join(sorted(missing))}"


def long(steps: int) -> None:
    """Seconds for a process of many steps: dates, checks, BPMN."""
    norm = _norm("zh", process="procurement")
    pattern = norm.tasks()[0]
    rng = random.Random(steps)  # noqa: S311
    tasks = [
        pattern.model_copy(
            update={
                "id": f"N{n}", "name": f"步骤 {n}", "depends_on": [f"N{max(n - rng.randint(1, 4), 0)}"] if n else [],
                "responsible": norm.roles[n % len(norm.roles)].name, "branches": {}, "duty": "", "inputs": [],
                "deliverable": f"记录 {n}", "record": f"记录 {n}",
            }
        )
        for n in range(steps)
    ]  # fmt: skip
    norm.stages = [Stage(id="S1", name="全程", owner=norm.roles[0].name, tasks=tasks)]
    for name, work in (
        ("scheduled", lambda: finished(norm, "zh", 5, date(2026, 3, 2), date(2026, 4, 1))),
        ("checked", lambda: check_norm(norm, "zh")),
        ("as BPMN", lambda: bpmn(norm)),
    ):
        since, busy = time.perf_counter(), time.process_time()
        work()
        wall, cpu = time.perf_counter() - since, time.process_time() - busy
        print(f"{steps} steps  {name:10} {wall:.2f} s ({cpu:.2f} s of processor)")


def _norm(lang: Lang, **form: Any) -> Norm:
    request = NormRequest.model_validate({"purpose": "规范流程", "start": date(2026, 3, 2), **form})
    return compose_norm(request, RunContext(lang, NoKnowledge(), ()))  # type: ignore[arg-type]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--xsd", type=Path, help="BPMN20.xsd of the OMG, for a check by the schema as well")
    given = parser.parse_args()
    schedules(given.seed)
    diagrams(given.xsd)
    long(given.steps)


if __name__ == "__main__":
    main()
