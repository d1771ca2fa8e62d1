"""One person asked to be forgotten: gone from the shortlist, its versions, the index, the upload and what was read."""

import json
from datetime import date
from pathlib import Path

import pytest

import wiring
from workbench.engine import Order
from workbench.errors import NotFoundError
from workbench.history import Filter
from workbench.services import Services
from workbench.settings import load

PEOPLE = {
    "wei.txt": """张伟
电话：13800001111
工作经历
2018.03-至今 某公司 Java工程师
熟悉MySQL，独角兽项目
教育经历
2014.09-2018.06 某大学 本科
""",
    "li.txt": """李娜
电话：13900001111
工作经历
2020.03-至今 某公司 测试工程师
熟悉Selenium
教育经历
2016.09-2020.06 某大学 本科
""",
}


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return wiring.services(load(data=tmp_path / "data"), "zh")


def ordered(services: Services, task: str, **request: object) -> str:
    hr = services.scenarios["hr"]
    order = Order(scenario=hr, task=task, request=request, lang="zh", author="chen")
    list(services.engine.execute(order))
    return services.history.find(Filter(scenario="hr", task=task))[0].run_id


def test_a_person_is_removed_everywhere(services: Services, tmp_path: Path) -> None:
    files = {name: str(services.files.keep(name, text.encode())) for name, text in PEOPLE.items()}
    day = str(date(2026, 11, 25))
    run_id = ordered(
        services, "match", job="Java工程师\n要求：3年以上Java经验", resumes=list(files.values()), as_of=day
    )
    guide = ordered(services, "interview", job="Java工程师\n要求：3年以上Java经验", resume=files["wei.txt"])

    gone = services.history.forget_person(run_id, "wei.txt")

    assert (gone.runs, gone.rewritten) == ([guide], [run_id])
    run, versions = services.runs.get(run_id), services.runs.versions(run_id)
    left = json.dumps(
        [run.model_dump(mode="json"), [one.model_dump(mode="json") for one in versions]], ensure_ascii=False
    )
    assert "li.txt" in left
    assert not [word for word in ("wei.txt", "独角兽", "张伟") if word in left]
    assert [one["rank"] for one in versions[-1].deliverable["candidates"]] == [1]
    assert not Path(files["wei.txt"]).exists()
    assert not services.history.find(Filter(words="wei"))
    held = [
        path for path in (tmp_path / "data").rglob("*") if path.is_file() and "独角兽".encode() in path.read_bytes()
    ]
    assert not held


def test_who_stands_in_no_list_is_named(services: Services, tmp_path: Path) -> None:
    path = str(services.files.keep("li.txt", PEOPLE["li.txt"].encode()))
    run_id = ordered(services, "match", job="测试工程师\n要求：本科", resumes=[path])
    with pytest.raises(NotFoundError, match="nobody"):
        services.history.forget_person(run_id, "nobody.pdf")
