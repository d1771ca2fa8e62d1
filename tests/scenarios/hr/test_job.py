"""A job as requirements: a posting, or one sentence as somebody types it into a search."""

import pytest

from scenarios.hr.job import read_job


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Java，5年以上，上海", ["Java 5年以上", "上海"]),
        ("Java, over 5 years, Shanghai", ["Java over 5 years", "Shanghai"]),
        ("会计 3年以上 苏州 有中级会计证书", ["会计 3年以上", "苏州", "有中级会计证书"]),
        ("CPA, at least 5 years, SAP, based in Boston", ["CPA", "at least 5 years", "SAP", "based in Boston"]),
        ("Java工程师", []),
        ("Accountant", []),
    ],
)
def test_a_sentence_is_read_as_conditions_and_a_title_is_not(sentence: str, asked: list[str]) -> None:
    assert [one.text for one in read_job(sentence, []).requirements] == asked


def test_a_posting_is_read_line_by_line() -> None:
    job = read_job("Java工程师\n任职要求：\n1. 本科；\n2. 5年以上Java经验；", [])
    assert [one.text for one in job.requirements] == ["本科", "5年以上Java经验"]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("找一个在深圳的产品经理，会SQL", ["深圳", "产品经理", "会SQL"]),
        ("30K以内的前端，成都", ["月薪30K以内", "前端", "成都"]),
        ("会日语的外贸业务员，杭州或宁波", ["会日语", "外贸业务员", "杭州或宁波"]),
    ],
)
def test_a_sentence_that_describes_somebody_asks_for_each_part(said: str, asked: list[str]) -> None:
    assert [one.text for one in read_job(said, []).requirements] == asked
