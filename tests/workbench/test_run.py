"""The engine: what happens to a run when all goes well, when the model errs, and when people change their mind."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

import pytest
from pydantic import BaseModel

from records.runs import RunRecords
from tests.fakes.knowledge import FewPassages
from workbench.chat import BackendInfo, Cancel, Delta, Gate, ModelCall, Thought, Usage
from workbench.engine import Engine, Evidence, Finished, Order, Started, Step, outermost_object
from workbench.errors import BackendError, NotFoundError, RequestError
from workbench.findings import Finding
from workbench.prompts import Prompt
from workbench.run import Run, RunContext
from workbench.scenario import Deliverable, Extra, Request, Scenario, Section, Task
from workbench.texts import ROOT

POLICY = FewPassages(("政策", "七天内可以退货。"))


class Ask(Request):
    question: str


class Note(Deliverable):
    words: str


class Draft(BaseModel):
    words: str


class Writing(Task[Ask, Note, Draft]):
    """The smallest task: quotes the first passage; finds fault with an exclamation mark."""

    name: ClassVar[str] = "write"
    request, deliverable, draft = Ask, Note, Draft

    def gather(self, request: Ask, context: RunContext) -> None:
        context.retrieve(request.question)

    def compose(self, request: Ask, context: RunContext) -> Note:
        return Note(words="".join(passage.passage + passage.marker for passage in context.passages))

    def brief(self, request: Ask, context: RunContext) -> dict[str, str]:
        return {"question": request.question}

    def settle(self, request: Ask, draft: Draft, context: RunContext) -> Note:
        return Note(words=draft.words)

    def check(self, request: Ask, deliverable: Note, context: RunContext) -> list[Finding]:
        return [Finding(rule="shout", severity="error", message="!")] if "!" in deliverable.words else []

    def revised(self, deliverable: Note, text: str) -> Note:
        return Note(words=text)

    def text(self, deliverable: Note) -> str:
        return deliverable.words

    def sections(self, deliverable: Note, lang: Any) -> Sequence[Section]:
        return [Section(paragraphs=(deliverable.words,))]

    def recomputed(self, request: Ask, deliverable: Note, lang: Any) -> Note:
        return Note(words=f"{deliverable.words}（已重算）")

    def extras(self, request: Ask, deliverable: Note, context: RunContext) -> Sequence[Extra]:
        return [Extra("note.txt", "便条", f"{deliverable.words} / {request.question}".encode)]


DEMO = Scenario("demo", "edit", (Writing(),))


class Scripted:
    """A backend that plays one answer after the other; an exception among them is raised."""

    info = BackendInfo(name="m", kind="fake", model="m-1", json_schema=True)

    def __init__(self, *answers: str | Exception) -> None:
        self.answers = list(answers)
        self.calls: list[ModelCall] = []

    def open(self, name: str) -> "Scripted":
        return self

    def stream(self, call: ModelCall, cancel: Cancel) -> Iterator[Delta | Thought | Usage]:
        self.calls.append(call)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        yield Thought("hm")
        for char in answer:
            cancel.check()
            yield Delta(char)
        yield Usage(backend="m", model="m-1", input_tokens=10, output_tokens=5)


@pytest.fixture
def runs(tmp_path):
    kept = RunRecords(f"sqlite:///{tmp_path}/records.sqlite3")
    yield kept
    kept.close()


@pytest.fixture(autouse=True)
def prompt(monkeypatch):
    made = Prompt("demo/write.zh@1", ROOT, "system", "{question}")
    monkeypatch.setattr("workbench.engine.load_prompt", lambda *_: made)


def engine(runs: RunRecords, *answers: str | Exception) -> tuple[Engine, Scripted]:
    backend = Scripted(*answers)
    return Engine(POLICY, Gate(backend), runs), backend  # type: ignore[arg-type]


def order(backend: str = "composer", **values: Any) -> Order:
    return Order(DEMO, "write", {"question": "七天内可以退货吗", **values}, "zh", ("kb",), backend)


def finished(engine: Engine, order: Order, cancel: Cancel | None = None) -> Run:
    *_, last = engine.execute(order, cancel)
    assert isinstance(last, Finished)
    return last.run


def test_events_come_in_order_and_the_record_is_what_was_told(runs):
    made, _ = engine(runs)
    events = list(made.execute(order()))
    assert [type(event) for event in events] == [Started, Step, Evidence, Step, Step, Finished]
    run = events[-1].run
    assert (run.status, run.text, run.usage.cost) == ("done", "七天内可以退货。[1]", 0)
    assert run.citations[0].verified
    assert runs.get(run.run_id) == run
    assert [version.number for version in runs.versions(run.run_id)] == [1]


def test_a_models_answer_is_checked_and_its_use_recorded(runs):
    made, backend = engine(runs, '```json\n{"words": "可以!"}\n```')
    run = finished(made, order("m"))
    assert (run.text, [finding.rule for finding in run.findings]) == ("可以!", ["shout"])
    assert (run.usage.model, run.usage.input_tokens, run.usage.output_tokens) == ("m-1", 10, 5)
    assert (run.thinking, run.prompt) == ("hm", "demo/write.zh@1")
    assert backend.calls[0].schema is not None
    assert backend.calls[0].passages[0].passage == "七天内可以退货。"


def test_an_answer_out_of_form_gets_one_chance_to_be_mended(runs):
    made, backend = engine(runs, "I would say yes", '{"words": "可以"}')
    run = finished(made, order("m"))
    assert (run.status, run.text, run.usage.input_tokens) == ("done", "可以", 20)
    assert [message.role for message in backend.calls[1].messages] == ["system", "user", "assistant", "user"]


def test_twice_out_of_form_fails_with_a_sentence(runs):
    made, _ = engine(runs, "no", '{"word": 1}')
    run = finished(made, order("m"))
    assert run.status == "failed"
    assert "没有按要求的格式" in run.error
    assert run.evidence, "what was found is kept"


def test_a_failing_backend_is_recorded_with_its_sentence(runs):
    made, _ = engine(runs, BackendError("workbench:draft.not_json"))
    *_, last = made.execute(order("m"))
    assert isinstance(last.error, BackendError)
    assert runs.get(last.run.run_id).status == "failed"


def test_a_bug_is_a_recorded_failure_without_its_inner_words(runs):
    made, _ = engine(runs, ZeroDivisionError("secret"))
    run = finished(made, order("m"))
    assert run.status == "failed"
    assert "secret" not in run.error and "ZeroDivisionError" in run.error


def test_cancel_keeps_the_record_and_no_half_draft(runs):
    made, _ = engine(runs, '{"words": "可以"}')
    cancel = Cancel()
    run = None
    for event in made.execute(order("m"), cancel):
        if isinstance(event, Delta):
            cancel.set()
        if isinstance(event, Finished):
            run = event.run
    assert run is not None
    assert (run.status, run.deliverable) == ("cancelled", None)
    assert runs.versions(run.run_id) == []


def test_a_page_that_goes_away_leaves_a_cancelled_run(runs):
    made, _ = engine(runs, '{"words": "可以"}')
    events = made.execute(order("m"))
    started = next(events)
    next(events)
    events.close()
    assert runs.get(started.run_id).status == "cancelled"


def test_a_wrong_request_is_refused_before_anything_is_recorded(runs):
    made, _ = engine(runs)
    with pytest.raises(RequestError) as caught:
        list(made.execute(order(colour="red")))
    assert caught.value.values["place"] == "colour"
    assert runs.list() == []


def test_an_edit_is_cited_and_checked_like_a_draft(runs):
    made, _ = engine(runs)
    run = finished(made, order())
    version = made.revise(DEMO, run.run_id, "三十天内可以退货![1]", "王宁")
    assert (version.number, version.author) == (2, "王宁")
    assert [finding.rule for finding in version.findings] == ["shout", "citation.unverified"]
    assert not version.citations[0].verified
    assert runs.versions(run.run_id)[0].text == run.text, "version 1 stays as it was"


def test_changed_fields_are_reckoned_again_and_checked(runs):
    made, _ = engine(runs)
    run = finished(made, order())
    version = made.edit(DEMO, run.run_id, {"words": "三十天![1]"}, "王宁")
    assert (version.number, version.base, version.author) == (2, 1, "王宁")
    assert version.text == "三十天![1]（已重算）", "what follows from a field is made by the task"
    assert [finding.rule for finding in version.findings] == ["shout", "citation.unverified"]
    with pytest.raises(RequestError) as caught:
        made.edit(DEMO, run.run_id, {"colour": "red"})
    assert caught.value.values["place"] == "colour"
    assert len(runs.versions(run.run_id)) == 2


def test_a_version_leaves_as_further_files(runs):
    made, _ = engine(runs)
    run = finished(made, order())
    made.edit(DEMO, run.run_id, {"words": "新"})
    newest, first = made.extras(DEMO, run.run_id), made.extras(DEMO, run.run_id, 1)
    assert [one.name for one in newest] == ["note.txt"]
    assert newest[0].make().decode() == "新（已重算） / 七天内可以退货吗"
    assert first[0].make().decode().startswith(run.text)


def test_nothing_made_is_nothing_to_edit(runs):
    made, _ = engine(runs, BackendError("workbench:draft.not_json"))
    run = finished(made, order("m"))
    with pytest.raises(RequestError):
        made.revise(DEMO, run.run_id, "x")
    with pytest.raises(NotFoundError):
        made.revise(DEMO, "nowhere", "x")


def test_an_unknown_task_names_those_there_are(runs):
    made, _ = engine(runs)
    with pytest.raises(NotFoundError, match="write"):
        list(made.execute(Order(DEMO, "draw", {})))


@pytest.mark.parametrize(
    ("answer", "inner"),
    [('x {"a": {"b": 1}} y', '{"a": {"b": 1}}'), ("no object", "no object"), ("} {", "} {"), ("", "")],
)
def test_the_outermost_object_is_found(answer, inner):
    assert outermost_object(answer) == inner


def test_a_passage_found_twice_keeps_its_marker():
    context = RunContext("zh", POLICY, ("kb",))  # type: ignore[arg-type]
    first = context.retrieve("退货")
    again = context.retrieve("七天退货")
    assert [context.marker(hit) for hit in (*first, *again)] == ["[1]", "[1]"]
    assert len(context.passages) == 1


def test_without_knowledge_bases_nothing_is_searched():
    assert RunContext("zh", POLICY, ()).retrieve("退货") == []  # type: ignore[arg-type]
