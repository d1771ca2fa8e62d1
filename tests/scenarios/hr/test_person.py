# ruff: noqa: E501  # heads of resumes are read best in one piece
"""Who a resume is about, in the layouts that people write."""

from datetime import date

import pytest

from scenarios.hr.integrity import timeline
from scenarios.hr.resume import Resume
from scenarios.hr.understanding import understood
from workbench.document import SourceDocument


def _read(text: str) -> Resume:
    return understood(
        "a.txt", SourceDocument(text=text, title="", media_type="text/plain"), date(2026, 11, 25), blind=False
    )


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("钱  丽  娟\n苏州", "钱  丽  娟"), ("白雪  简历\n洛阳", "白雪"), ("冯锐的简历\n佛山", "冯锐"), ("蒲佳  女  咸阳", "蒲佳"),
        ("高  峰   采购经理   12年采购经验", "高  峰"), ("刀玉香，22岁", "刀玉香"), ("个人信息\n史文博｜26岁｜西安", "史文博"),
        ("应聘岗位：会计    姓名：陆 远    现住址：无锡市", "陆 远"), ("ÉLODIE LAVOIE — Product Designer", "ÉLODIE LAVOIE"),
        ("Chidi Okafor MEng CEng MICE", "Chidi Okafor"),
    ],
)  # fmt: skip
def test_names(head: str, name: str) -> None:
    assert _read(f"{head}\nsomebody@example.com\n").person.name == name


@pytest.mark.parametrize(
    ("words", "digits"),
    [("+49 30 5550 1234", "93055501234"), ("07700 900333", "07700900333"), ("139 0571 6628", "13905716628")],
)
def test_phones(words: str, digits: str) -> None:
    assert _read(f"Jane Roe\nTel {words}\n").person.phone == digits


@pytest.mark.parametrize(
    "row",
    [
        "Payroll Administrator, Norske Foods, 2020-05 to 2026-08",
        "Section Engineer, Pennine Highways JV      Aug 2019 – to date",
        "2025.9至今在昆明小博士托班做保育员",
    ],
)
def test_a_post_of_any_trade_makes_a_dated_line_a_job(row: str) -> None:
    assert [entry.kind for entry in _read(f"Jane Roe\njane@example.com\n{row}\n").entries] == ["work"]


def test_a_degree_under_the_title_of_the_resume_is_no_job() -> None:
    resume = _read(
        "冯锐的简历\n2008～2012 华南理工大学 车辆工程 工学学士\n2012～2015 广州某汽车零部件公司 CAE分析工程师"
    )
    assert [entry.kind for entry in resume.entries] == ["education", "work"]


@pytest.mark.parametrize(
    "text",
    [
        "Jane Roe\njane@example.com\n2019.03 - 2035.06 Clerk, Oak Ltd",
        "张伟\n出生年月：2005.08\n2008.03-2012.06 某公司 工程师",
        "张伟 2005年生\n2008.03-2012.06 某公司 工程师",
        "Jane Roe\nDate of birth: 12 May 2004\n2006 - 2010 University of Leeds, BSc",
    ],
)
def test_dates_that_cannot_be_count_for_nothing(text: str) -> None:
    resume = _read(text)
    assert [entry.span.valid for entry in resume.entries] == [False]
    assert [sign.rule for sign in timeline(resume)] == ["resume.impossible_dates"]


def test_a_course_that_still_runs_is_no_slip() -> None:
    resume = _read("张伟\n出生年月：2004.08\n教育\n2024.09-2028.06 某大学 本科")
    assert [entry.span.valid for entry in resume.entries] == [True]
