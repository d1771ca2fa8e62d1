"""The starting processes that come with the product."""

import pytest

from scenarios.office.checks import check_norm
from scenarios.office.compose import compose_norm
from scenarios.office.families import GENERAL, families, guess
from scenarios.office.models import NormRequest
from tests.fakes.knowledge import NoKnowledge
from workbench.run import RunContext
from workbench.texts import Lang


def test_there_are_fifteen_and_a_general_one() -> None:
    assert len(families()) >= 16 and list(families())[-1] == GENERAL


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", families())
@pytest.mark.parametrize("size", ["small", "large"])
def test_a_family_makes_a_norm_without_a_fault(name: str, lang: Lang, size: str) -> None:
    request = NormRequest(purpose="规范流程", process=name, size=size)  # type: ignore[arg-type]
    norm = compose_norm(request, RunContext(lang, NoKnowledge(), ()))  # type: ignore[arg-type]
    worse = [finding for finding in check_norm(norm, lang) if finding.severity != "info"]
    assert worse == []
    assert all(task.start and task.finish and task.risk and task.control for task in norm.tasks())
    words = norm.model_dump_json()
    assert lang == "zh" or sum("一" <= char <= "鿿" for char in words) == sum(
        "一" <= char <= "鿿" for char in "规范流程"
    )


@pytest.mark.parametrize(
    ("purpose", "family"),
    [
        ("规范公司的采购审批", "procurement"),
        ("新员工入职怎么办理", "onboarding"),
        ("员工出差与请假", "leave_travel"),
        ("费用报销太慢，需要规范", "expense"),
        ("线上系统故障应急处理", "incident_response"),
        ("需求变更没人评估", "change_management"),
        ("软件版本上线", "release"),
        ("处理客户投诉", "customer_complaint"),
        ("来料质检", "quality_inspection"),
        ("双十一促销推广活动", "marketing_campaign"),
        ("招聘面试流程", "recruiting"),
        ("制度文件控制", "document_control"),
        ("系统账号权限申请", "it_access"),
        ("合同签订前的评审", "contract_approval"),
        ("新项目立项", "project_start"),
        ("How we handle customer complaints", "customer_complaint"),
        ("会议室的鲜花怎么换", GENERAL),
    ],
)
def test_the_family_is_guessed_from_the_purpose(purpose: str, family: str) -> None:
    assert guess(purpose) == family
