"""The desk: what is read in a thread, the gaps that questions leave, progress by week, approved answers."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from scenarios.support.answers import answer
from scenarios.support.desk.triage import request_of, sample_day, understood
from scenarios.support.learning.gaps import Open, gaps, open_questions
from scenarios.support.learning.progress import weeks
from scenarios.support.models import Reply, ReplyRequest
from scenarios.support.reading import Question
from scenarios.support.scenario import ReplyTask
from scenarios.support.templates import check
from tests.fakes.knowledge import FewPassages
from workbench.errors import RequestError
from workbench.evidence import Chunk, Hit
from workbench.faq import FAQ
from workbench.run import Run, RunContext

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


def test_the_sample_day_is_read_and_asked_whole() -> None:
    threads = list(sample_day(NOW))
    assert len(threads) > 20
    for thread in threads:
        ReplyRequest.model_validate(request_of(thread))
        found, minutes = understood(thread, FewPassages())  # type: ignore[arg-type]
        assert set(found) == {"intent", "emotion", "priority", "language"}
        assert minutes > 0


def test_danger_is_due_first() -> None:
    first = min(sample_day(NOW), key=lambda thread: understood(thread, FewPassages())[1])  # type: ignore[arg-type]
    assert first.thread_id == "sample-01"


def test_what_came_before_the_last_message_is_history() -> None:
    thread = next(thread for thread in sample_day(NOW) if len(thread.posts) > 1)
    asked = request_of(thread)
    assert asked["message"] == "那它可以上门维修吗？"
    assert [turn["role"] for turn in asked["history"]] == ["customer", "agent"]


def test_questions_alike_are_one_gap() -> None:
    asked = [
        Open(question, NOW + timedelta(hours=hour), "r")
        for hour, question in enumerate(["你们有卖洗碗机吗", "加盟费多少", "你们有卖洗碗机吗？"])
    ]
    found = gaps(asked, FewPassages(), "zh")  # type: ignore[arg-type]
    assert [len(gap.questions) for gap in found] == [2, 1]
    assert "洗碗机" in found[0].document


def test_what_a_reply_left_open_is_told_by_the_request() -> None:
    run = Run(
        run_id="r", scenario="support", task="reply", lang="zh", created_at=NOW, deliverable={"open": [2]},
        request={"message": "R5 可以上门维修吗？老板的生日是哪天？"},
    )  # fmt: skip
    assert [one.question for one in open_questions([run])] == ["老板的生日是哪天？"]
    assert open_questions([run.model_copy(update={"request": {"message": ""}})]) == []


def test_progress_counts_what_documents_answered_whole() -> None:
    def run(decision: str, team: str) -> Run:
        return Run(
            run_id=decision + team, scenario="support", task="reply", lang="zh", created_at=NOW,
            deliverable={"decision": decision, "team": team},
        )  # fmt: skip

    (week,) = weeks([run("reply", ""), run("reply", "x"), run("escalate", "x"), run("reply", "")], [])
    assert (week.replies, week.deflected, week.edited) == (4, 0.5, None)


class Approved(FewPassages):
    """One approved answer beside the documents."""

    said = "可以开专票，请提供税号。"

    def search(self, query: str, *, names: Any, limit: int = 10, **_: Any) -> list[Hit]:
        if list(names) == [FAQ]:
            chunk = Chunk(1, "r1", "能开专票吗", self.said, 0, len(self.said))
            return [Hit(chunk, 1.0, FAQ)]
        return super().search(query, names=names, limit=limit)


def test_the_same_question_gets_the_approved_answer_at_once() -> None:
    context = RunContext("zh", Approved(), ("kb", FAQ))  # type: ignore[arg-type]
    found = answer(Question("能开专票吗"), context)
    assert (found.approved, found.units[0].text) == ("能开专票吗", "可以开专票，请提供税号。")
    assert answer(Question("能开 3 张专票吗"), context).approved == ""
    assert answer(Question("能开专票吗"), RunContext("zh", Approved(), ("kb",))).approved == ""  # type: ignore[arg-type]


class Template(Approved):
    """The approved answer has variables."""

    said = "{name}，订单 {order_id} 可以开专票，请提供税号。"


CARD = {"name": "陈女士", "orders": [{"order_id": "88231", "item": "清风 A3"}]}


def replied(customer: dict[str, Any]) -> tuple[Reply, RunContext, list[str]]:
    request = ReplyRequest(message="能开专票吗", customer=customer)
    context = RunContext("zh", Template(), ("kb", FAQ))  # type: ignore[arg-type]
    task = ReplyTask()
    task.gather(request, context)
    reply = task.compose(request, context)
    return reply, context, [finding.rule for finding in task.check(request, reply, context)]


def test_a_template_is_filled_from_the_customers_card() -> None:
    reply, _, findings = replied(CARD)
    assert "陈女士，订单 88231 可以开专票，请提供税号。" in reply.reply
    assert (reply.decision, findings) == ("reply", [])


@pytest.mark.parametrize("customer", [{}, {"name": "陈女士"}])
def test_a_template_that_the_card_does_not_fill_is_not_used(customer: dict[str, Any]) -> None:
    reply, _, findings = replied(customer)
    assert "{" not in reply.reply
    assert (reply.decision, findings) == ("escalate", [])


def test_a_variable_that_nothing_fills_is_refused() -> None:
    assert check("{name}您好") == "{name}您好"
    with pytest.raises(RequestError):
        check("{password}")
