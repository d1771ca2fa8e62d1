"""The examples of every task: one click fills the form, the form gives the request back, a run ends in a result."""

from pathlib import Path

import pytest
import yaml
from streamlit.testing.v1 import AppTest

import wiring
from scenarios.registry import SCENARIOS
from workbench.engine import Finished, Order
from workbench.errors import ConfigError
from workbench.examples import Example, examples, loaded, offered
from workbench.history import Filter
from workbench.run import Run
from workbench.scenario import Scenario
from workbench.services import Services
from workbench.settings import Embedding, Settings
from workbench.texts import LANGS, ROOT, Lang

from .test_contract import TASKS

SAMPLE = ROOT / "knowledge" / "sample_company"
ALL = [
    pytest.param(scenario, example, id=f"{scenario.slug}-{example.task}-{example.lang}-{example.title}")
    for scenario in SCENARIOS
    for example in examples(scenario.slug)
]
FIRST = [
    pytest.param(scenario, offered(scenario.slug, task.name, lang)[0], id=f"{scenario.slug}-{task.name}-{lang}")
    for scenario in SCENARIOS
    for task in scenario.tasks
    for lang in LANGS
]


def _services(data: Path) -> Services:
    return wiring.services(Settings(data=data, embedding=Embedding(kind="none"), load_builtin_knowledge=False))


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    """Services whose knowledge is the sample company's, searched by words only."""
    made = _services(tmp_path_factory.mktemp("examples"))
    for base in yaml.safe_load((SAMPLE / "manifest.yaml").read_text("utf-8"))["knowledge_bases"]:
        made.knowledge.create(base["name"])
        list(made.knowledge.ingest(base["name"], [SAMPLE / base["folder"]]))
    return made


def _run(services: Services, scenario: Scenario, example: Example) -> Run:
    request = loaded(example, scenario, services, "chen").model_dump(mode="json")
    known = {base.name for base in services.knowledge.list()}
    order = Order(scenario, example.task, request, example.lang, sorted(known & {*scenario.knowledge}), author="chen")
    *_, last = services.engine.execute(order)
    assert isinstance(last, Finished)
    return last.run


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("scenario", "task"), TASKS)
def test_every_task_offers_an_example_in_the_persons_language_first(scenario: Scenario, task, lang: Lang) -> None:
    assert offered(scenario.slug, task.name, lang)[0].lang == lang


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.slug)
def test_titles_tell_the_examples_of_a_task_apart(scenario: Scenario) -> None:
    titles = [(example.task, example.title) for example in examples(scenario.slug)]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(("scenario", "example"), ALL)
def test_an_example_ends_in_a_result(services: Services, scenario: Scenario, example: Example) -> None:
    run = _run(services, scenario, example)
    assert run.status == "done", run.error
    assert run.text.strip() and run.deliverable
    task = scenario.task(example.task)
    sections = task.sections(task.deliverable.model_validate(run.deliverable), example.lang)
    assert any(part.paragraphs or part.table or part.items for part in sections)


def _page(services, slug, task, lang, link):  # runs as the script of the page: imports stand here
    from functools import partial
    from importlib import import_module

    import streamlit as st

    from ui import shell

    if "opened" not in st.session_state:
        st.session_state["opened"], st.session_state["lang"] = True, lang
        st.session_state[f"{slug}-task"] = task
        if link:
            st.query_params["run"] = link
    page = partial(import_module(f"scenarios.{slug}.page").page, services, services.scenarios[slug])
    shell.open_page("test")
    shell.navigate(services, {"": [(slug, "home", "", page), ("knowledge", "home", "knowledge", lambda: None)]})


def _ordered(page: AppTest, services: Services, slug: str) -> Run:
    """What the form's button orders."""
    before = {one.run_id for one in services.history.find(Filter(scenario=slug), 100)}
    page.button(key=f"{slug}-run").click().run()
    for _ in range(200):
        fresh = [one for one in services.history.find(Filter(scenario=slug), 100) if one.run_id not in before]
        if fresh and fresh[0].status != "running":
            return services.runs.get(fresh[0].run_id)
        page.run()
    raise AssertionError("no run")


@pytest.mark.parametrize(("scenario", "example"), FIRST)
def test_one_click_fills_the_form_and_a_link_fills_it_again(
    services: Services, scenario: Scenario, example: Example
) -> None:
    wanted = loaded(example, scenario, services, "")
    args = (services, scenario.slug, example.task, example.lang)
    page = AppTest.from_function(_page, args=(*args, ""), default_timeout=120).run()
    page.button(key=f"{scenario.slug}-example").click().run()
    assert not page.exception and not page.error
    run = _ordered(page, services, scenario.slug)
    assert type(wanted).model_validate(run.request).model_dump() == wanted.model_dump()
    again = AppTest.from_function(_page, args=(*args, run.run_id), default_timeout=120).run()
    assert not again.exception
    assert type(wanted).model_validate(_ordered(again, services, scenario.slug).request) == wanted


def test_a_broken_file_of_examples_is_one_clear_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("workbench.examples.FOLDER", tmp_path)
    (tmp_path / "broken.yaml").write_text("- {task: reply, lang: fr, title: x, request: {}}", "utf-8")
    with pytest.raises(ConfigError, match=r"broken\.yaml"):
        examples("broken")


def test_an_example_whose_file_is_gone_names_it(services: Services) -> None:
    example = Example(task="review", lang="zh", title="-", request={"file": "office/none.md"})
    with pytest.raises(ConfigError, match=r"none\.md"):
        loaded(example, services.scenarios["office"], services, "chen")


def test_the_run_that_an_example_follows_is_made_once(tmp_path: Path) -> None:
    services = _services(tmp_path / "data")
    results = offered("marketing", "results", "zh")[0]
    scenario = services.scenarios["marketing"]
    first, second = (loaded(results, scenario, services, "chen") for _ in range(2))
    assert first == second
