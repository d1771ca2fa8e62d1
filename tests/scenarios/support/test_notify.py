"""Proactive messages: rules choose, consent and quiet hours are kept, nothing is said that the row does not."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.support.notify.models import Notices, NotifyDraft, NotifyRequest, Wording
from scenarios.support.notify.segments import after_quiet, facts_of, segment_of
from scenarios.support.notify.task import NotifyTask
from scenarios.support.tables import rows_of
from tests.fakes.knowledge import NoKnowledge
from workbench.run import RunContext

TASK = NotifyTask()
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
SHIPPED = {"姓名": "王女士", "订单号": "A1", "商品": "暖壶", "状态": "已发货", "运单号": "SF100"}
EXPIRING = {"name": "Ann", "what": "points", "expires": "2026-11-20"}


def made(*rows: dict[str, Any], **form: Any) -> tuple[Notices, RunContext, NotifyRequest]:
    request = NotifyRequest(customers=list(rows), **{"at": NOON, **form})
    context = RunContext("zh", NoKnowledge(), ())  # type: ignore[arg-type]
    TASK.gather(request, context)
    return TASK.compose(request, context), context, request


@pytest.mark.parametrize(
    ("row", "segment"),
    [
        (SHIPPED, "shipped"),
        ({**SHIPPED, "预计送达": "2026-10-30"}, "delayed"),
        ({"状态": "待付款"}, "unpaid"),
        (EXPIRING, "expiring"),
        ({"状态": "已签收", "预计送达": "2026-10-30"}, None),
        ({"expires": "2027-11-20"}, None),
    ],
)
def test_each_row_has_its_segment(row: dict[str, Any], segment: str | None) -> None:
    assert segment_of(facts_of(row), date(2026, 11, 2)) == segment


def test_a_message_says_what_the_row_says() -> None:
    notices, context, request = made(SHIPPED)
    assert notices.messages[0].text == "王女士您好，您的订单 A1（暖壶）已发货，运单号 SF100。"
    assert notices.messages[0].template == "shipped.zh@1"
    assert TASK.check(request, notices, context) == []


def test_advertising_needs_consent_and_who_unsubscribed_is_left_alone() -> None:
    notices, _, _ = made(EXPIRING, {**EXPIRING, "consent": "yes"}, {**SHIPPED, "退订": "是"})
    assert [one.state for one in notices.messages] == ["skipped", "ready", "skipped"]
    assert notices.messages[1].language == "en"


def test_what_the_row_names_is_no_promise_of_ours() -> None:
    notices, context, request = made({"姓名": "王女士", "到期项目": "优惠券", "到期": "2026-11-20", "同意": "是"})
    assert notices.messages[0].state == "ready"
    assert TASK.check(request, notices, context) == []


def test_a_message_that_lacks_something_is_held() -> None:
    notices, context, request = made({**SHIPPED, "运单号": ""})
    assert (notices.messages[0].state, notices.messages[0].reason) == ("held", "缺少：运单号。")
    assert [finding.rule for finding in TASK.check(request, notices, context)] == ["notify.held"]


def test_an_edit_that_promises_is_an_error() -> None:
    notices, context, request = made(SHIPPED)
    edited = TASK.revised(notices, "王女士您好，您的订单明天送达，迟到赔 50 元。")
    rules = {finding.rule for finding in TASK.check(request, edited, context)}
    assert {"support.unsupported_date", "support.unsupported_amount"} <= rules


@pytest.mark.parametrize("words", ["{name} {nothing}", "{name", "{0}", "{name.__class__}"])
def test_a_template_with_unknown_variables_sends_nothing(words: str) -> None:
    notices, _, _ = made(SHIPPED, templates={"shipped": words})
    assert notices.messages[0].state == "held"


def test_a_models_wording_stands_only_with_the_same_variables() -> None:
    _, context, request = made(SHIPPED)
    good, bad = "{name}，订单 {order}（{item}）已寄出，单号 {tracking}。", "{name}，已寄出。"
    for words, stands in ((good, True), (bad, False)):
        draft = NotifyDraft(templates=[Wording(segment="shipped", text=words)])
        settled = TASK.settle(request, draft, context)
        assert ("已寄出" in settled.messages[0].text) is stands


@given(
    st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2026, 12, 31)),
    st.times(),
    st.times(),
)
def test_nothing_leaves_in_quiet_hours(moment: datetime, start: time, end: time) -> None:
    leaves = after_quiet(moment, start, end)
    clock = leaves.time()
    quiet = start <= clock < end if start <= end else clock >= start or clock < end
    assert not quiet
    assert moment <= leaves <= moment + timedelta(days=1)


def test_a_table_as_readers_write_it_gives_rows() -> None:
    assert list(rows_of("# t\n| 姓名 | 状态 |\n| --- | --- |\n| 王 | 已发货 |")) == [{"姓名": "王", "状态": "已发货"}]
