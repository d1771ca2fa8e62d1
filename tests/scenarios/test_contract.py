"""What every registered scenario must keep to. A new one is tested by its line in the registry alone."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from documents.export.exporter import DocumentExporter
from governance.labels import label
from governance.seal import Seals
from scenarios.registry import SCENARIOS
from tests.fakes.knowledge import NoKnowledge
from workbench.chat import COMPOSER, BackendInfo, Cancel, Delta, Gate, ModelCall, Usage
from workbench.engine import Engine, Finished, Order
from workbench.prompts import load_prompt
from workbench.rows import column_names, read_columns
from workbench.run import Run, Version
from workbench.scenario import Scenario, Task
from workbench.services import ExportFormat
from workbench.texts import LANGS, ROOT, Lang, catalogue

TASKS = [
    pytest.param(scenario, task, id=f"{scenario.slug}-{task.name}") for scenario in SCENARIOS for task in scenario.tasks
]


class Memory:
    """Runs in a dictionary."""

    def __init__(self) -> None:
        self.runs: dict[str, Run] = {}

    def save(self, run: Run, expected: Any = None) -> None:
        self.runs[run.run_id] = run.model_copy(deep=True)

    def get(self, run_id: str) -> Run:
        return self.runs[run_id]

    def versions(self, run_id: str) -> list[Version]:
        return []

    def add_version(self, run_id: str, version: Version) -> Version:
        return version.model_copy(update={"number": 2})


class Parrot:
    """A backend whose model answers with the smallest JSON that fits the schema, as a dull model would."""

    info = BackendInfo(name="parrot", kind="fake", model="parrot", json_schema=True)

    def __init__(self, draft: type[BaseModel]) -> None:
        self._draft = draft

    def open(self, name: str) -> "Parrot":
        return self

    def stream(self, call: ModelCall, cancel: Cancel) -> Any:
        yield Delta(json.dumps(smallest(self._draft.model_json_schema()), ensure_ascii=False))
        yield Usage(backend="parrot", model="parrot", input_tokens=1, output_tokens=1)


def smallest(schema: dict[str, Any], defs: dict[str, Any] | None = None) -> Any:
    """The smallest value that fits a JSON schema as pydantic writes them."""
    defs = defs or schema.get("$defs", {})
    if "$ref" in schema:
        return smallest(defs[schema["$ref"].rsplit("/", 1)[-1]], defs)
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema and schema.get("type") != "object":
        return smallest(schema["anyOf"][0], defs)
    match schema.get("type"):
        case "object":
            required = [*schema.get("required", []), *schema.get("anyOf", [{}])[0].get("required", [])]
            return {name: smallest(schema["properties"][name], defs) for name in required}
        case "array":
            return [smallest(schema["items"], defs)] * schema.get("minItems", 0)
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return False
        case "string" if schema.get("format") == "date":
            return "2026-11-02"
    return "示例"


def _finish(scenario: Scenario, task: Task[Any, Any, Any], backend: str, runs: Memory) -> Run:
    engine = Engine(NoKnowledge(), Gate(Parrot(task.draft)), runs)  # type: ignore[arg-type]
    order = Order(scenario, task.name, smallest(task.request.model_json_schema()), backend=backend)
    last = list(engine.execute(order))[-1]
    assert isinstance(last, Finished)
    return last.run


@pytest.mark.parametrize(("scenario", "task"), TASKS)
@pytest.mark.parametrize("backend", [COMPOSER, "parrot"])
def test_a_run_is_done_and_recorded_without_any_knowledge(
    scenario: Scenario, task: Task[Any, Any, Any], backend: str
) -> None:
    runs = Memory()
    run = _finish(scenario, task, backend, runs)
    assert run.status == "done", run.error
    assert run.text.strip()
    assert runs.get(run.run_id) == run
    task.deliverable.model_validate(run.deliverable)


@pytest.mark.parametrize(("scenario", "task"), TASKS)
def test_an_edited_text_comes_back_as_it_was_written(scenario: Scenario, task: Task[Any, Any, Any]) -> None:
    run = _finish(scenario, task, COMPOSER, Memory())
    before = task.deliverable.model_validate(run.deliverable)
    assert task.text(task.revised(before, task.text(before) + "\n补充一句。")).endswith("补充一句。")


@pytest.mark.parametrize(("scenario", "task"), TASKS)
@pytest.mark.parametrize("lang", LANGS)
def test_prompts_are_filled_by_the_brief(scenario: Scenario, task: Task[Any, Any, Any], lang: Any) -> None:
    from workbench.run import RunContext

    context = RunContext(lang, NoKnowledge(), ())  # type: ignore[arg-type]
    request = task.request.model_validate(smallest(task.request.model_json_schema()))
    task.gather(request, context)
    system, user = load_prompt(scenario.slug, task.name, lang).fill(**task.brief(request, context))
    assert system.strip() and user.strip()


@pytest.mark.parametrize(("scenario", "task"), TASKS)
@pytest.mark.parametrize("lang", LANGS)
def test_a_table_with_the_words_of_the_form_as_columns_is_understood(
    scenario: Scenario, task: Task[Any, Any, Any], lang: Lang
) -> None:
    header = column_names(scenario, task, lang)
    assert list(read_columns(header, scenario, task).values()) == list(task.request.model_fields)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.slug)
def test_the_page_has_its_texts(scenario: Scenario) -> None:
    texts = catalogue(f"scenarios.{scenario.slug}")
    names = [task.name for task in scenario.tasks]
    several = {f"{kind}.{name}" for kind in ("task", "page.empty") for name in names}
    assert {"title", "purpose"} | (several if len(names) > 1 else {"page.empty"}) <= texts.keys()


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.slug)
def test_every_text_that_its_code_names_is_there(scenario: Scenario) -> None:
    named: set[str] = set()
    for path in (ROOT / "scenarios" / scenario.slug).rglob("*.py"):
        named |= set(re.findall(rf'"scenarios\.{scenario.slug}:([\w.]+)"', path.read_text("utf-8")))
    assert named - catalogue(f"scenarios.{scenario.slug}").keys() == set()


@pytest.mark.parametrize(("scenario", "task"), TASKS)
@pytest.mark.parametrize("form", get_args(ExportFormat))
def test_the_deliverable_leaves_as_a_labelled_file(
    scenario: Scenario, task: Task[Any, Any, Any], form: Any, tmp_path: Path
) -> None:
    run = _finish(scenario, task, COMPOSER, Memory())
    version = Version(number=1, text=run.text, deliverable=run.deliverable or {}, created_at=datetime.now(UTC))
    made = DocumentExporter(
        lambda run, version: task.sections(task.deliverable.model_validate(version.deliverable), run.lang),
        lambda run, version: label(run, version, 1, "", run.lang),
        Seals(tmp_path / "labels.key"),
        lambda run, version: None,
        lambda run_id, number: version,
    )
    assert "AI 生成" in made.export(run, version, form, tmp_path / f"out.{form}")
    found = made.verify(tmp_path / f"out.{form}")
    assert (found.outcome, found.run_id, found.version) == ("intact", run.run_id, 1)
