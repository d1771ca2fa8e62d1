"""When somebody can begin."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.hr.availability import days_asked, days_said

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("到岗时间：两周内", 14),
        ("随时到岗", 0),
        ("目前已离职，可立即到岗", 0),
        ("需提前两个月向公司提出离职", 60),
        ("半个月内到岗", 15),
        ("Notice period: 3 months", 90),
        ("Notice: 1 month. Expected: S$7,500", 30),
        ("Can start immediately", 0),
        ("available within ten working days", 10),
        ("free from January 2027", 37),
    ],
)
def test_days_until_somebody_can_begin(words: str, days: int) -> None:
    said = days_said(words, TODAY)
    assert said is not None
    assert said[0] == days


@pytest.mark.parametrize("words", ["入职培训 3 天", "available on three platforms", "负责新员工入职", "工作 3 个月"])
def test_other_days_are_none(words: str) -> None:
    assert days_said(words, TODAY) is None


@given(st.integers(1, 24))
def test_a_month_counts_thirty_days_in_both_languages(months: int) -> None:
    assert days_asked(f"{months}个月内到岗") == days_asked(f"notice period of {months} months") == 30 * months
