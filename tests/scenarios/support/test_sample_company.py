"""The sample company's questions, answered from its documents by the built-in composer with the real encoder."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

import wiring
from scenarios.support.models import Reply, ReplyRequest
from scenarios.support.scenario import ReplyTask
from workbench.citations import cite
from workbench.run import RunContext
from workbench.services import Services
from workbench.settings import Settings
from workbench.texts import ROOT

SAMPLE = ROOT / "knowledge" / "sample_company"
QUESTIONS = yaml.safe_load((SAMPLE / "questions.yaml").read_text("utf-8"))["questions"]
TASK = ReplyTask()

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """The sample company's support documents, ingested once."""
    made = wiring.services(Settings(data=tmp_path_factory.mktemp("data"), load_builtin_knowledge=False))
    base = next(base for base in yaml.safe_load((SAMPLE / "manifest.yaml").read_text("utf-8"))["knowledge_bases"])
    dates = {entry.pop("file"): entry for entry in base["documents"]}
    made.knowledge.create(base["name"])
    for path in sorted((SAMPLE / base["folder"]).iterdir()):
        result = made.knowledge.ingest_file(base["name"], path, path.name, **dates.get(path.name, {}))  # type: ignore[attr-defined]
        assert result.status == "indexed", result.error
    yield made


ANSWERED: dict[str, tuple[Reply, RunContext, ReplyRequest]] = {}


def answered(services: Services, question: dict[str, Any]) -> tuple[Reply, RunContext, ReplyRequest]:
    """The reply to a question; each is asked once."""
    if question["id"] in ANSWERED:
        return ANSWERED[question["id"]]
    request = ReplyRequest.model_validate({key: question[key] for key in ("message", "as_of") if key in question})
    lang = TASK.language(request, "zh")
    context = RunContext(lang, services.knowledge, ("sample-support",), request.as_of)
    TASK.gather(request, context)
    ANSWERED[question["id"]] = TASK.compose(request, context), context, request
    return ANSWERED[question["id"]]


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["id"] for question in QUESTIONS])
def test_a_customer_is_answered_from_the_right_document_or_passed_on(
    services: Services, question: dict[str, Any]
) -> None:
    reply, context, request = answered(services, question)
    citations = cite(reply.reply, context.passages)
    cited = {citation.document_id for citation in citations}
    assert reply.decision == question["decision"], reply.reply
    for wanted in question.get("sources", []):
        assert cited & {wanted} if isinstance(wanted, str) else cited & set(wanted), reply.reply
    for words in question.get("says", []):
        assert words in reply.reply
    if reply.decision == "reply":
        assert bool(reply.team) == question.get("open", False), reply.reply
    assert all(citation.verified for citation in citations)
    assert [f for f in TASK.check(request, reply, context) if f.severity == "error"] == [], reply.reply


def test_replies_read_as_a_customer_would_like_them(services: Services) -> None:
    for question in QUESTIONS:
        reply, _, _ = answered(services, question)
        lines = [line for line in reply.reply.splitlines() if line]
        assert "|" not in reply.reply, reply.reply  # no table rows as they stand
        assert len(lines) == len(set(lines)), reply.reply
        assert not lines[-1].endswith(("：", ":")), reply.reply


def test_questions_name_documents_that_exist() -> None:
    known = {path.name for path in (SAMPLE / "support").iterdir()}
    for question in QUESTIONS:
        for wanted in question.get("sources", []):
            assert set([wanted] if isinstance(wanted, str) else wanted) <= known
