"""A norm as pictures and for other programs: SVG, BPMN, Mermaid, iCalendar."""

import pytest
from lxml import etree

from scenarios.office.bpmn import bpmn
from scenarios.office.compose import compose_norm
from scenarios.office.document import illustrated
from scenarios.office.drawing import DRAWN, swimlanes
from scenarios.office.families import families
from scenarios.office.flow import edges, joins
from scenarios.office.models import Norm, NormRequest
from scenarios.office.pictures import calendar, mermaid
from scenarios.office.svg import wrapped
from tests.fakes.knowledge import NoKnowledge
from workbench.run import RunContext
from workbench.texts import Lang

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"


def norm_of(name: str, *constraints: str) -> Norm:
    request = NormRequest(purpose="规范流程", process=name, constraints=constraints)
    return compose_norm(request, RunContext("zh", NoKnowledge(), ()))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", families())
def test_bpmn_is_whole(name: str) -> None:
    root = etree.fromstring(bpmn(norm_of(name, "超过 5 万元的申请须总经理批准")))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    process = root.find(f"{MODEL}process")
    assert process is not None
    nodes = {e.get("id") for e in process if e.tag.removeprefix(MODEL) in NODES}
    flows = process.findall(f"{MODEL}sequenceFlow")
    for flow in flows:
        assert {flow.get("sourceRef"), flow.get("targetRef")} <= nodes
    inside = {ref.text for ref in process.iter(f"{MODEL}flowNodeRef")}
    assert inside == nodes, "every node lies in one lane"
    for node in nodes - {"end"}:
        assert any(flow.get("sourceRef") == node for flow in flows), node
    for node in nodes - {"start"}:
        assert any(flow.get("targetRef") == node for flow in flows), node
    drawn = {shape.get("bpmnElement") for shape in root.iter(f"{DI}BPMNShape")}
    assert nodes <= drawn and {flow.get("id") for flow in flows} == {
        e.get("bpmnElement") for e in root.iter(f"{DI}BPMNEdge")
    }


NODES = {"startEvent", "endEvent", "userTask", "exclusiveGateway", "parallelGateway"}


@pytest.mark.parametrize("name", families())
def test_every_step_is_reached_from_the_start(name: str) -> None:
    norm = norm_of(name)
    reached, frontier = {"start"}, ["start"]
    while frontier:
        here = frontier.pop()
        for source, target, _ in edges(norm):
            if source == here and target not in reached:
                reached.add(target)
                frontier.append(target)
    assert {task.id for task in norm.tasks()} | {"end"} <= reached


def test_words_cannot_break_out_of_a_picture() -> None:
    norm = norm_of("general")
    norm.tasks()[0].name = 'a"] --> evil; "]\n<script>'
    for draw in DRAWN.values():
        assert "<script>" not in draw(norm, "zh")
        etree.fromstring(draw(norm, "zh"))
    assert "<script>" not in mermaid(norm) and '"] -->' not in mermaid(norm)
    etree.fromstring(bpmn(norm))


def test_the_calendar_has_a_day_for_every_step() -> None:
    norm = norm_of("procurement")
    made = calendar(norm, "zh").decode()
    assert made.count("BEGIN:VEVENT") == len(norm.tasks())
    assert all(len(line.encode()) <= 75 for line in made.split("\r\n"))
    assert f"{norm.finish:%Y%m%d}" in made


def test_ways_that_run_side_by_side_meet_and_those_that_exclude_each_other_do_not() -> None:
    assert "T6" in joins(norm_of("contract_approval")), "both reviews are awaited"
    norm = norm_of("quality_inspection")
    decision = next(task for task in norm.tasks() if task.id == "T4")
    one, other = decision.branches.values()
    last = norm.tasks()[-1].model_copy(update={"id": "T99", "depends_on": [one, other], "branches": {}})
    norm.stages[-1].tasks.append(last)
    for task in norm.tasks():
        if task.id not in ("T1", "T2", "T3", "T4", one, other, "T99"):
            task.depends_on = ["T1"]
    assert "T99" not in joins(norm)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["quality_inspection", "incident_response"])
def test_no_box_of_a_flow_lies_on_another_and_all_within_the_picture(name: str, lang: Lang) -> None:
    norm = compose_norm(NormRequest(purpose="p", process=name), RunContext(lang, NoKnowledge(), ()))  # type: ignore[arg-type]
    root = etree.fromstring(swimlanes(norm, lang))
    steps = [one for one in root.iter("{http://www.w3.org/2000/svg}rect") if one.get("width") == "124"]
    places = [(float(one.get("x", 0)), float(one.get("y", 0))) for one in steps]
    assert len(places) == len(norm.tasks()) == len({*places})
    for number, (x, y) in enumerate(places):
        assert 0 <= x <= float(root.get("width", 0)) - 124 and 0 <= y <= float(root.get("height", 0)) - 52
        assert all(abs(x - a) >= 124 or abs(y - b) >= 52 for a, b in places[:number])


def test_long_words_are_broken_and_shortened() -> None:
    assert wrapped("确定采购方式并询价", 6, 2) == ["确定采购方式", "并询价"]
    assert wrapped("Judge duties to report and reply", 8, 1) == ["Judge duties…"]


def test_a_norm_leaves_as_a_document_with_its_pictures() -> None:
    norm = norm_of("expense")
    pictures = [section.picture for section in illustrated(norm, "zh") if section.picture]
    assert len(pictures) == 3 and all(one.png.startswith(b"\x89PNG") and one.alt for one in pictures)
