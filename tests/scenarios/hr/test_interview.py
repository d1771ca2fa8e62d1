"""``hr interview``: questions that quote the resume or the job, and a record of answers that gives the score."""

from pathlib import Path
from typing import Any

import pytest

from documents.files import RequestFiles
from scenarios.hr.interview.models import Answer, DraftQuestion, Interview, InterviewDraft, InterviewRequest
from scenarios.hr.interview.task import InterviewTask
from scenarios.hr.interview.topics import topics
from tests.fakes.knowledge import NoKnowledge
from tests.scenarios.hr.test_match import LI, WEI
from workbench.run import RunContext
from workbench.settings import Limits

TASK = InterviewTask()
JOB = """Java后端工程师
任职要求：
1. 本科及以上学历，计算机相关专业；
2. 5年以上Java开发经验；
3. 熟悉Spring Boot、MySQL；
4. 熟悉Kafka；
5. 持有PMP证书；
6. 良好的沟通能力。
"""


def ran(tmp_path: Path, draft: InterviewDraft | None = None, **form: Any) -> tuple[Interview, set[str]]:
    request = InterviewRequest.model_validate({"job": JOB, "resume": WEI, **form})
    lang = TASK.language(request, "zh")
    context = RunContext(lang, NoKnowledge(), (), files=RequestFiles(tmp_path, Limits()))  # type: ignore[arg-type]
    TASK.gather(request, context)
    found = TASK.settle(request, draft, context) if draft else TASK.compose(request, context)
    return found, {finding.rule for finding in TASK.check(request, found, context)}


def test_every_question_quotes_words_that_stand_where_they_say(tmp_path: Path) -> None:
    found, findings = ran(tmp_path, questions=8)
    assert len(found.questions) == 8 and not findings
    for question in found.questions:
        assert question.good_answer and question.red_flags and question.why
        for quote in question.evidence:
            text = WEI if quote.source == "resume" else JOB
            assert text[quote.start : quote.end] == quote.quote
    assert {question.kind for question in found.questions} == {"behavioural", "technical"}


def test_what_is_not_shown_is_asked_and_what_is_asked_is_on_the_scorecard(tmp_path: Path) -> None:
    found, _ = ran(tmp_path)
    asked = {question.requirement: question for question in found.questions}
    assert "没有Kafka经验" in asked["r4"].question and asked["r4"].about == "gap"
    assert asked["r5"].evidence[0].source == "job"
    assert [line.question for line in found.scorecard] == [question.id for question in found.questions]
    weights = {line.question: line.weight for line in found.scorecard}
    assert weights[asked["r2"].id] == 3.0


def test_a_gap_between_jobs_is_asked_for_without_prying(tmp_path: Path) -> None:
    resume = WEI.replace("2020.03-至今", "2021.06-至今")
    found, findings = ran(tmp_path, resume=resume)
    assert any("2020-07–2021-05" in question.question for question in found.questions)
    assert "interview.forbidden" not in findings


def test_a_resume_in_a_file_and_a_job_in_english(tmp_path: Path) -> None:
    (tmp_path / "li.txt").write_text(LI, "utf-8")
    job = "Accountant\nRequirements:\n- At least 3 years of accounting experience\n- SAP\n- CPA certificate"
    found, _ = ran(tmp_path, job=job, resume=str(tmp_path / "li.txt"))
    assert found.name == "Li Na" and found.file.endswith("li.txt")
    assert all(question.question.isascii() or "…" in question.question for question in found.questions)


def test_a_text_that_tells_of_nobody_becomes_no_person(tmp_path: Path) -> None:
    found, findings = ran(tmp_path, resume="Soup of the day")
    assert "resume.unreadable" in findings
    assert {quote.source for question in found.questions for quote in question.evidence} == {"job"}


def _drafted(quote: str, question: str) -> DraftQuestion:
    return DraftQuestion(
        kind="technical", requirement="r2", quote=quote, question=question, why="w", good_answer="g", red_flags=["f"]
    )


def test_a_models_question_stays_only_with_words_that_stand_there(tmp_path: Path) -> None:
    draft = InterviewDraft(
        questions=[
            _drafted("带领5人团队完成支付平台建设", "五个人怎样分工？"),
            _drafted("主导了公司上市", "上市怎么做的？"),
            _drafted("已婚", "什么时候要孩子？"),
        ]
    )
    found, findings = ran(tmp_path, draft)
    asked = [question.question for question in found.questions]
    assert "五个人怎样分工？" in asked and "上市怎么做的？" not in asked and "什么时候要孩子？" not in asked
    assert {"r4", "r5"} <= {question.requirement for question in found.questions}
    assert "interview.forbidden" not in findings


def test_a_forbidden_question_that_somebody_writes_is_an_error(tmp_path: Path) -> None:
    found, _ = ran(tmp_path)
    pried = found.questions[0].model_copy(update={"question": "您打算什么时候要孩子？"})
    edited = found.model_copy(update={"questions": [pried, *found.questions[1:]]})
    request = InterviewRequest(job=JOB, resume=WEI)
    context = RunContext("zh", NoKnowledge(), ())  # type: ignore[arg-type]
    assert "interview.forbidden" in {finding.rule for finding in TASK.check(request, edited, context)}


def test_the_score_follows_from_the_ratings_weighted_like_the_requirements(tmp_path: Path) -> None:
    found, _ = ran(tmp_path)
    heavy, light = (
        max(found.scorecard, key=lambda line: line.weight),
        min(found.scorecard, key=lambda line: line.weight),
    )
    answers = [
        Answer(question=heavy.question, interviewer="a", answer="说得清楚", score=5),
        Answer(question=heavy.question, interviewer="b", score=3),
        Answer(question=light.question, interviewer="a", score=1),
        Answer(question="gone", interviewer="a", score=1),
    ]
    request = InterviewRequest(job=JOB, resume=WEI)
    rated = TASK.recomputed(request, found.model_copy(update={"answers": answers}), "zh")
    line = next(one for one in rated.scorecard if one.question == heavy.question)
    assert (line.score, line.ratings, line.spread, rated.answered) == (4.0, 2, 2, 2)
    assert rated.score == round(100 * heavy.weight * 0.75 / (heavy.weight + light.weight), 1)


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.concepts[0])
def test_the_question_bank_speaks_both_languages(topic: Any) -> None:
    for part in (topic.ask, topic.good, topic.flags):
        assert set(part) == {"zh", "en"} and all(part.values())
