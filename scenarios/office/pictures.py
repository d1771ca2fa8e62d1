"""A norm in the forms that other programs read: a flowchart (DOT, Mermaid), BPMN 2.0, iCalendar."""

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

from workbench.ics import Event, icalendar
from workbench.texts import Lang, text

from .models import Norm, NormTask

_BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
_DI = "http://www.omg.org/spec/BPMN/20100524/DI"
_DC = "http://www.omg.org/spec/DD/20100524/DC"
_DD = "http://www.omg.org/spec/DD/20100524/DI"

Edge = tuple[str, str, str]
"""(from, to, outcome): ids of tasks, or start and end."""


def edges(norm: Norm) -> list[Edge]:
    """What follows what. A decision's outcomes are its ways out; ``start`` leads to tasks that wait for nothing."""
    tasks = norm.tasks()
    made: list[Edge] = [("start", task.id, "") for task in tasks if not task.depends_on]
    for task in tasks:
        followers = [later.id for later in tasks if task.id in later.depends_on]
        if task.branches:
            made += [(task.id, target, outcome) for outcome, target in task.branches.items()]
            made += [(task.id, later, "") for later in followers if later not in task.branches.values()]
        else:
            made += [(task.id, later, "") for later in followers] or [(task.id, "end", "")]
    return made


def dot(norm: Norm) -> str:
    """The flowchart in Graphviz's language, from top to bottom, each step with who carries it out."""
    lines = ['digraph { node [shape=box style=rounded fontsize=13 margin="0.2,0.1"]; edge [fontsize=11];']
    lines.append('start [shape=circle label="" width=0.25]; end [shape=doublecircle label="" width=0.2];')
    for task in norm.tasks():
        label = f"{task.id} {task.name}\n{task.responsible}"
        shape = ' style="rounded,filled" fillcolor="#e3ecfa"' if task.branches else ""
        lines.append(f"{_quoted(task.id)} [label={_quoted(label)}{shape}];")
    for source, target, outcome in edges(norm):
        label = f" [label={_quoted(outcome)}]" if outcome else ""
        lines.append(f"{_quoted(source)} -> {_quoted(target)}{label};")
    return "\n".join([*lines, "}"])


def mermaid(norm: Norm) -> str:
    """The flowchart as Mermaid text."""
    lines = ["flowchart LR", "  start((start))", "  finish((end))"]
    for number, (role, tasks) in enumerate(by_role(norm).items()):
        lines.append(f'  subgraph L{number}["{_plain(role)}"]')
        for task in tasks:
            opening, closing = ("{", "}") if task.branches else ("[", "]")
            lines.append(f'    {_id(task.id)}{opening}"{_plain(_label(task))}"{closing}')
        lines.append("  end")
    for source, target, outcome in edges(norm):
        way = f"-->|{_plain(outcome)}|" if outcome else "-->"
        lines.append(f"  {_id(source)} {way} {_id(target)}")
    return "\n".join(lines)


def by_role(norm: Norm) -> Mapping[str, Sequence[NormTask]]:
    """The tasks of each role that carries some out, roles in the order of their first task."""
    lanes: dict[str, list[NormTask]] = {}
    for task in norm.tasks():
        lanes.setdefault(task.responsible, []).append(task)
    return lanes


def bpmn(norm: Norm) -> bytes:
    """The process as BPMN 2.0 XML with a lane for each role and a diagram, after OMG formal/2011-01-03."""
    for prefix, name in (("bpmn", _BPMN), ("bpmndi", _DI), ("dc", _DC), ("di", _DD)):
        ET.register_namespace(prefix, name)
    root = ET.Element(f"{{{_BPMN}}}definitions", id="definitions", targetNamespace="urn:workbench:norm")
    collaboration = ET.SubElement(root, f"{{{_BPMN}}}collaboration", id="collaboration")
    ET.SubElement(collaboration, f"{{{_BPMN}}}participant", id="pool", name=norm.title, processRef="process")
    process = ET.SubElement(root, f"{{{_BPMN}}}process", id="process", name=norm.title, isExecutable="false")
    lanes, flows = by_role(norm), _flows(norm)
    nodes = {"start": "start", "end": "end"} | {task.id: _id(task.id) for task in norm.tasks()}
    gates = {task.id: f"{_id(task.id)}_gate" for task in norm.tasks() if task.branches}
    lane_set = ET.SubElement(process, f"{{{_BPMN}}}laneSet", id="lanes")
    for number, (role, tasks) in enumerate(lanes.items()):
        lane = ET.SubElement(lane_set, f"{{{_BPMN}}}lane", id=f"lane_{number}", name=role)
        inside = [nodes[task.id] for task in tasks] + [gates[task.id] for task in tasks if task.id in gates]
        inside += ["start", "end"] if number == 0 else []
        for node in inside:
            ET.SubElement(lane, f"{{{_BPMN}}}flowNodeRef").text = node
    kinds = {"start": "startEvent", "end": "endEvent"} | dict.fromkeys(gates.values(), "exclusiveGateway")
    names = {_id(task.id): f"{task.id} {task.name}" for task in norm.tasks()}
    for node in ["start", *names, *gates.values(), "end"]:
        made = ET.SubElement(process, f"{{{_BPMN}}}{kinds.get(node, 'userTask')}", id=node)
        if node in names:
            made.set("name", names[node])
        for direction, place in (("incoming", 1), ("outgoing", 0)):
            for number, flow in enumerate(flows):
                if flow[place] == node:
                    ET.SubElement(made, f"{{{_BPMN}}}{direction}").text = f"flow_{number}"
    for number, (source, target, outcome) in enumerate(flows):
        link = ET.SubElement(
            process, f"{{{_BPMN}}}sequenceFlow", id=f"flow_{number}", sourceRef=source, targetRef=target
        )
        if outcome:
            link.set("name", outcome)
    _diagram(root, norm, flows, gates)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _flows(norm: Norm) -> list[Edge]:
    """The edges between BPMN nodes: a decision is a task followed by a gateway, from which its outcomes leave."""
    decides = {task.id for task in norm.tasks() if task.branches}
    made = [(_id(id), f"{_id(id)}_gate", "") for id in (task.id for task in norm.tasks()) if id in decides]
    for source, target, outcome in edges(norm):
        begin = f"{_id(source)}_gate" if source in decides else _id(source)
        made.append((begin, _id(target, end="end"), outcome))
    return made


def _diagram(root: ET.Element, norm: Norm, flows: Sequence[Edge], gates: Mapping[str, str]) -> None:
    """Columns by how many steps precede a task, rows by role; sizes in pixels."""
    column: dict[str, int] = {}
    for task in norm.tasks():
        column[task.id] = max((column.get(before, 0) + 1 for before in task.depends_on), default=0)
    width, height, step = 100, 60, 220
    row = {role: number for number, role in enumerate(by_role(norm))}
    crowd: dict[tuple[int, int], int] = {}
    boxes: dict[str, tuple[int, int, int, int]] = {}
    for task in norm.tasks():
        cell = (column[task.id], row[task.responsible])
        crowd[cell] = crowd.get(cell, -1) + 1
        x, y = 160 + cell[0] * step, 40 + cell[1] * 160 + crowd[cell] * 70
        boxes[_id(task.id)] = (x, y, width, height)
        if task.id in gates:
            boxes[gates[task.id]] = (x + width + 30, y + 5, 50, 50)
    far = 160 + (max(column.values(), default=0) + 1) * step
    boxes["start"], boxes["end"] = (80, 52, 36, 36), (far, 52, 36, 36)
    total = (far + 40, len(row) * 160)
    diagram = ET.SubElement(root, f"{{{_DI}}}BPMNDiagram", id="diagram")
    plane = ET.SubElement(diagram, f"{{{_DI}}}BPMNPlane", id="plane", bpmnElement="collaboration")
    shapes = {"pool": (30, 20, *total)}
    shapes |= {f"lane_{number}": (60, 20 + number * 160, total[0] - 30, 160) for number in row.values()}
    for node, box in (shapes | boxes).items():
        shape = ET.SubElement(plane, f"{{{_DI}}}BPMNShape", id=f"{node}_shape", bpmnElement=node)
        if node == "pool" or node.startswith("lane_"):
            shape.set("isHorizontal", "true")
        sizes = dict(zip(("x", "y", "width", "height"), map(str, box), strict=True))
        ET.SubElement(shape, f"{{{_DC}}}Bounds", sizes)
    for number, (source, target, _) in enumerate(flows):
        line = ET.SubElement(plane, f"{{{_DI}}}BPMNEdge", id=f"flow_{number}_edge", bpmnElement=f"flow_{number}")
        a, b = boxes[source], boxes[target]
        for x, y in ((a[0] + a[2], a[1] + a[3] // 2), (b[0], b[1] + b[3] // 2)):
            ET.SubElement(line, f"{{{_DD}}}waypoint", x=str(x), y=str(y))


def calendar(norm: Norm, lang: Lang) -> bytes:
    """The time nodes as iCalendar: an all-day event for each task on the day on which it is due."""
    return icalendar(
        Event(
            f"{_id(task.id)}-{task.finish:%Y%m%d}",
            task.finish,
            text("scenarios.office:calendar.due", lang, id=task.id, name=task.name, who=task.responsible),
            task.control,
        )
        for task in norm.tasks()
        if task.finish
    )


def _label(task: NormTask) -> str:
    return f"{task.id} {task.name}"


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _plain(words: str) -> str:
    """Words without what Mermaid would read as its own."""
    return "".join(char for char in words if char not in '"|[]{}<>#;`\n')


def _id(id: str, end: str = "finish") -> str:
    if id in ("start", "end"):
        return id if id == "start" else end
    return "t_" + "".join(char if char.isascii() and char.isalnum() else f"_{ord(char):x}" for char in id)
