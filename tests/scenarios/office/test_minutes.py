"""``office minutes``: who does what by when, from notes as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.office.minutes.due import due
from scenarios.office.minutes.models import DraftItem, Minutes, MinutesDraft, MinutesRequest
from scenarios.office.minutes.reading import owner_in, read_notes
from scenarios.office.minutes.task import MinutesTaking
from scenarios.office.page import _facts
from tests.fakes.knowledge import NoKnowledge
from workbench.errors import RequestError
from workbench.run import RunContext

THURSDAY = date(2026, 11, 26)
NOTES = """参会人：王敏、李强、赵倩
一、上市进度
王敏：包装打样已经完成，颜色偏深。
李强：我下周三前给出修改稿。
会议决定上市时间定为12月18日，不再推迟。
二、渠道
由赵倩负责联系三家直播机构，12月5日前提交报价对比。
首页资源位是否购买待定，下次会议再议。
请财务部11月20日前确认预算。
- [ ] 更新官网页面
今天天气不错。"""


def minutes(notes: str = NOTES, **form: object) -> tuple[Minutes, RunContext, MinutesRequest]:
    request = MinutesRequest.model_validate({"notes": notes, "day": THURSDAY, **form})
    context = RunContext("zh", NoKnowledge(), ())
    MinutesTaking().gather(request, context)
    return MinutesTaking().compose(request, context), context, request


def test_notes_become_decisions_actions_and_open_questions() -> None:
    made, _, _ = minutes()
    assert made.attendees == ["王敏", "李强", "赵倩"]
    assert [one.text for one in made.decisions] == ["会议决定上市时间定为12月18日，不再推迟。"]
    assert [one.text for one in made.questions] == ["首页资源位是否购买待定，下次会议再议。"]
    assert [(one.owner, one.due) for one in made.actions] == [
        ("李强", date(2026, 12, 2)),
        ("赵倩", date(2026, 12, 5)),
        ("财务部", date(2026, 11, 20)),
        ("", None),
    ]
    assert all(one.quote in NOTES for one in (*made.decisions, *made.actions, *made.questions))
    assert "天气" not in " ".join(one.text for one in (*made.decisions, *made.actions, *made.questions))


def test_a_run_is_found_by_the_meetings_name() -> None:
    assert MinutesTaking().subject(MinutesRequest(notes=NOTES, title="上市周会")) == "上市周会"
    assert MinutesTaking().subject(MinutesRequest(notes=NOTES)).startswith("参会人")


def test_what_is_missing_or_cannot_be_is_found() -> None:
    made, context, request = minutes()
    found = MinutesTaking().check(request, made, context)
    assert {(one.rule, one.severity) for one in found} == {
        ("minutes.holiday", "info"),
        ("minutes.absent", "info"),
        ("minutes.past", "error"),
        ("minutes.owner", "warning"),
        ("minutes.due", "warning"),
    }


@pytest.mark.parametrize(
    "sentence, day",
    [
        ("下周三前给出修改稿", date(2026, 12, 2)),
        ("周五前提交", date(2026, 11, 27)),
        ("本周四完成", date(2026, 11, 26)),
        ("三个工作日内完成", date(2026, 12, 1)),
        ("两周内给出方案", date(2026, 12, 10)),
        ("月底前确认预算", date(2026, 11, 30)),
        ("下月底前上线", date(2026, 12, 31)),
        ("1月8日前完成", date(2027, 1, 8)),
        ("2027年3月1日前交付", date(2027, 3, 1)),
        ("明天完成", date(2026, 11, 27)),
        ("于15日前提交", date(2026, 12, 15)),
        ("by Friday", date(2026, 11, 27)),
        ("due next Monday", date(2026, 11, 30)),
        ("within two weeks", date(2026, 12, 10)),
        ("before 3 December", date(2026, 12, 3)),
        ("by Dec 18, 2026", date(2026, 12, 18)),
        ("by the end of next month", date(2026, 12, 31)),
        ("上周五开过会", None),
        ("2月31日前完成", None),
    ],
)
def test_days_are_read_as_people_name_them(sentence: str, day: date | None) -> None:
    found = due(sentence, THURSDAY)
    assert (found.day if found else None) == day


@pytest.mark.parametrize(
    "sentence, owner",
    [
        ("由赵倩负责联系机构", "赵倩"),
        ("请财务部月底前确认预算", "财务部"),
        ("孙涛牵头整理问答", "孙涛"),
        ("更新官网（李强）", "李强"),
        ("负责人：王敏", "王敏"),
        ("Mark will send the budget", "Mark"),
        ("Legal must sign off", "Legal"),
        ("包装打样已经完成", ""),
        ("We will meet again", ""),
    ],
)
def test_owners_are_whom_the_sentence_names(sentence: str, owner: str) -> None:
    assert owner_in(sentence, []) == owner


def test_a_first_name_is_the_attendee_who_has_it() -> None:
    assert owner_in("Mark will send the budget", ["Anna Li", "Mark Chen"]) == "Mark Chen"


def test_what_a_model_does_not_quote_is_dropped() -> None:
    made, context, request = minutes()
    draft = MinutesDraft(
        decisions=[DraftItem(text="上市时间 12 月 18 日", quote="会议决定上市时间定为12月18日，不再推迟。")],
        actions=[
            DraftItem(text="联系直播机构", quote="由赵倩负责联系三家直播机构，12月5日前提交报价对比。", owner="马云"),
            DraftItem(text="给每人发奖金", quote="给每人发一万元奖金。", owner="王敏"),
        ],
    )
    settled = MinutesTaking().settle(request, draft, context)
    assert [one.text for one in settled.decisions] == ["上市时间 12 月 18 日"]
    assert [(one.text, one.owner, one.due) for one in settled.actions] == [("联系直播机构", "", date(2026, 12, 5))]
    assert settled.questions == made.questions


def test_actions_leave_as_a_calendar_and_no_notes_are_refused() -> None:
    made, context, request = minutes()
    (file,) = MinutesTaking().extras(request, made, context)
    assert file.make().count(b"BEGIN:VEVENT") == 3
    with pytest.raises(RequestError):
        minutes("  \n ")


@given(st.text(max_size=300), st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_any_notes_can_be_read(notes: str, day: date) -> None:
    made = read_notes(notes, "", day, [])
    assert made.day == day
    due(notes, day)


def test_the_page_says_how_many_of_each_there_are() -> None:
    made, _, _ = minutes()
    assert [value for _, value in _facts(made.model_dump(mode="json"), "zh")] == ["1", "4", "1"]
