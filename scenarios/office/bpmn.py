"""A norm as BPMN 2.0 XML with a lane for each role and a diagram, after OMG formal/2011-01-03."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from .flow import Edge, by_role, edges, joins, node
from .models import Norm

_BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
_DI = "http://www.omg.org/spec/BPMN/20100524/DI"
_DC = "http://www.omg.org/spec/DD/20100524/DC"
_DD = "http://www.omg.org/spec/DD/20100524/DI"


@dataclass(frozen=True, slots=True)
class _Node:
    """An element of the process: what it is called in the schema, and the task that it belongs to."""

    id: str
    kind: str
    task: str = ""
    name: str = ""


def bpmn(norm: Norm) -> bytes:
    """The process. A decision is a task with an exclusive gateway; ways that run side by side part and meet at parallel
    ones."""
    for prefix, name in (("bpmn", _BPMN), ("bpmndi", _DI), ("dc", _DC), ("di", _DD)):
        ET.register_namespace(prefix, name)
    nodes, flows = _elements(norm)
    root = ET.Element(f"{{{_BPMN}}}definitions", id="definitions", targetNamespace="urn:workbench:norm")
    collaboration = ET.SubElement(root, f"{{{_BPMN}}}collaboration", id="collaboration")
    ET.SubElement(collaboration, f"{{{_BPMN}}}participant", id="pool", name=norm.title, processRef="process")
    process = ET.SubElement(root, f"{{{_BPMN}}}process", id="process", name=norm.title, isExecutable="false")
    lane_set = ET.SubElement(process, f"{{{_BPMN}}}laneSet", id="lanes")
    for number, (role, tasks) in enumerate(by_role(norm).items()):
        lane = ET.SubElement(lane_set, f"{{{_BPMN}}}lane", id=f"lane_{number}", name=role)
        own = {task.id for task in tasks} | ({""} if number == 0 else set())
        for one in nodes:
            if one.task in own:
                ET.SubElement(lane, f"{{{_BPMN}}}flowNodeRef").text = one.id
    for one in nodes:
        made = ET.SubElement(process, f"{{{_BPMN}}}{one.kind}", id=one.id)
        if one.name:
            made.set("name", one.name)
        for direction, place in (("incoming", 1), ("outgoing", 0)):
            for number, flow in enumerate(flows):
                if flow[place] == one.id:
                    ET.SubElement(made, f"{{{_BPMN}}}{direction}").text = f"flow_{number}"
    for number, (source, target, outcome) in enumerate(flows):
        ends = {"sourceRef": source, "targetRef": target}
        link = ET.SubElement(process, f"{{{_BPMN}}}sequenceFlow", {"id": f"flow_{number}"} | ends)
        if outcome:
            link.set("name", outcome)
    _diagram(root, norm, nodes, flows)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _elements(norm: Norm) -> tuple[list[_Node], list[Edge]]:
    """The elements in the order of their tasks, and the flows between them."""
    ways = edges(norm)
    meet = joins(norm)
    order = {task.id: number for number, task in enumerate(norm.tasks())}
    nodes, flows = [_Node("start", "startEvent")], []
    for task in norm.tasks():
        own = node(task.id)
        if task.id in meet:
            nodes.append(_Node(f"{own}_join", "parallelGateway", task.id))
            flows.append((f"{own}_join", own, ""))
        nodes.append(_Node(own, "userTask", task.id, f"{task.id} {task.name}"))
        if task.branches:
            nodes.append(_Node(f"{own}_gate", "exclusiveGateway", task.id))
            flows.append((own, f"{own}_gate", ""))
    for source in ["start", *order]:
        task_id = "" if source == "start" else source
        out: dict[str, list[str]] = {}
        for begin, target, outcome in ways:
            if begin == source:
                back = target in order and order[target] <= order.get(source, -1)
                door = f"{node(target)}_join" if target in meet and not back else node(target, end="end")
                out.setdefault(outcome, []).append(door)
        for number, (outcome, targets) in enumerate(out.items()):
            begin = f"{node(source)}_gate" if outcome else node(source)
            if len(targets) > 1:
                split = f"{node(source)}_split{number or ''}"
                nodes.append(_Node(split, "parallelGateway", task_id))
                flows.append((begin, split, outcome))
                begin, outcome = split, ""
            flows += [(begin, target, outcome) for target in targets]
    nodes.append(_Node("end", "endEvent"))
    return nodes, flows


def _diagram(root: ET.Element, norm: Norm, nodes: Sequence[_Node], flows: Sequence[Edge]) -> None:
    """Columns by how many steps precede a task, rows by role; sizes in pixels."""
    column: dict[str, int] = {}
    for task in norm.tasks():
        column[task.id] = max((column.get(before, 0) + 1 for before in task.depends_on), default=0)
    width, height, step = 100, 60, 320
    row = {role: number for number, role in enumerate(by_role(norm))}
    crowd: dict[tuple[int, int], int] = {}
    boxes: dict[str, tuple[int, int, int, int]] = {}
    for task in norm.tasks():
        cell = (column[task.id], row[task.responsible])
        crowd[cell] = crowd.get(cell, -1) + 1
        x, y = 220 + cell[0] * step, 40 + cell[1] * 160 + crowd[cell] * 70
        boxes[node(task.id)] = (x, y, width, height)
    far = 220 + (max(column.values(), default=0) + 1) * step
    boxes["start"], boxes["end"] = (80, 52, 36, 36), (far, 52, 36, 36)
    for one in nodes:
        if one.kind.endswith("Gateway"):
            x, y, wide, high = boxes[node(one.task) if one.task else "start"]
            place = -70 if one.id.endswith("_join") else wide + (90 if "_split" in one.id and one.task else 20)
            boxes[one.id] = (x + place, y + (high - 50) // 2, 50, 50)
    total = (far + 40, len(row) * 160)
    diagram = ET.SubElement(root, f"{{{_DI}}}BPMNDiagram", id="diagram")
    plane = ET.SubElement(diagram, f"{{{_DI}}}BPMNPlane", id="plane", bpmnElement="collaboration")
    shapes = {"pool": (30, 20, *total)}
    shapes |= {f"lane_{number}": (60, 20 + number * 160, total[0] - 30, 160) for number in row.values()}
    for id, box in (shapes | boxes).items():
        shape = ET.SubElement(plane, f"{{{_DI}}}BPMNShape", id=f"{id}_shape", bpmnElement=id)
        if id == "pool" or id.startswith("lane_"):
            shape.set("isHorizontal", "true")
        sizes = dict(zip(("x", "y", "width", "height"), map(str, box), strict=True))
        ET.SubElement(shape, f"{{{_DC}}}Bounds", sizes)
    for number, (source, target, _) in enumerate(flows):
        line = ET.SubElement(plane, f"{{{_DI}}}BPMNEdge", id=f"flow_{number}_edge", bpmnElement=f"flow_{number}")
        a, b = boxes[source], boxes[target]
        for x, y in ((a[0] + a[2], a[1] + a[3] // 2), (b[0], b[1] + b[3] // 2)):
            ET.SubElement(line, f"{{{_DD}}}waypoint", x=str(x), y=str(y))
