"""An approved rule answers from its first day on; the one before it answers until then."""

from datetime import date, timedelta
from pathlib import Path

import pytest

import wiring
from workbench.chains import Chain, Name, Step
from workbench.engine import Finished, Order
from workbench.errors import RequestError
from workbench.services import Services
from workbench.settings import Embedding, Settings

TODAY = date.today()
CHAIN = Chain(steps=(Step(name=Name(zh="审批", en="Approval"), roles=("business",)),), self_approval=True)


@pytest.fixture
def services(tmp_path: Path) -> Services:
    made = wiring.services(
        Settings(
            data=tmp_path,
            embedding=Embedding(kind="none"),
            load_builtin_knowledge=False,
            approvals={"office": CHAIN, "support": CHAIN},
        )
    )
    made.knowledge.create("rules")
    return made


def made(services: Services, task: str = "norm", scenario: str = "office", **request: object) -> str:
    order = Order(services.scenarios[scenario], task, request, author="wang")
    *_, last = services.engine.execute(order)
    assert isinstance(last, Finished) and last.run.status == "done"
    return last.run.run_id


def approve(services: Services, run_id: str) -> None:
    actor = services.desk.actor("wang")
    services.desk.submit(run_id, actor)
    newest = services.runs.versions(run_id)[-1]
    services.desk.decide(run_id, "approve", actor, newest.sha256)


def found(services: Services, words: str, day: date) -> list[str]:
    return [hit.chunk.text for hit in services.knowledge.search(words, names=["rules"], as_of=day)]


def test_an_approved_rule_answers_and_the_one_before_it_stops(services: Services) -> None:
    actor = services.desk.actor("wang")
    first = made(services, purpose="规范采购，办公用品", process="procurement")
    approve(services, first)
    services.publishing.publish(first, "rules", actor)
    assert any("办公用品" in text for text in found(services, "规范采购 办公用品", TODAY))

    second = made(services, purpose="规范采购，生产设备", process="procurement")
    approve(services, second)
    begins = TODAY + timedelta(days=30)
    services.publishing.publish(second, "rules", actor, effective_from=begins)
    before, after = (found(services, "规范采购 办公用品 生产设备", day) for day in (TODAY, begins))
    assert any("办公用品" in text for text in before) and not any("生产设备" in text for text in before)
    assert any("生产设备" in text for text in after) and not any("办公用品" in text for text in after)
    assert len(services.knowledge.documents("rules")) == 1
    (document,) = services.knowledge.documents("rules")
    assert document.metadata["run"] == second


def test_what_is_not_approved_as_it_stands_is_refused(services: Services) -> None:
    actor = services.desk.actor("wang")
    run_id = made(services, purpose="规范报销", process="expense")
    with pytest.raises(RequestError, match=r"没有批准|not approved"):
        services.publishing.publish(run_id, "rules", actor)
    approve(services, run_id)
    services.desk.revise(run_id, "改过的全文", actor)
    with pytest.raises(RequestError):
        services.publishing.publish(run_id, "rules", actor)
    assert services.knowledge.documents("rules") == []


def test_dates_that_cross_and_other_kinds_are_refused(services: Services) -> None:
    actor = services.desk.actor("wang")
    run_id = made(services, purpose="规范报销", process="expense")
    approve(services, run_id)
    with pytest.raises(RequestError):
        services.publishing.publish(run_id, "rules", actor, effective_to=TODAY - timedelta(days=1))
    reply = made(services, "reply", "support", message="你好")
    approve(services, reply)
    with pytest.raises(RequestError):
        services.publishing.publish(reply, "rules", actor)
