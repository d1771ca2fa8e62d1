"""The page of every task of every registered scenario, over real records: its form, and the result of a run."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import wiring
from workbench.engine import Finished, Order
from workbench.scenario import Scenario, Task
from workbench.services import Services
from workbench.settings import Embedding, Settings
from workbench.texts import LANGS, Lang, text

from .test_contract import TASKS, smallest

FILES = {
    ("office", "optimise"): (
        "log",
        "cases.csv",
        "单号,环节,开始,结束\n1,申请,2026-09-01,2026-09-02\n1,审批,2026-09-03,2026-09-05\n",
    ),
    ("marketing", "performance"): (
        "file",
        "ads.csv",
        "日期,渠道,展现,点击,转化,花费\n2026-09-01,抖音,10000,300,30,100\n2026-09-02,抖音,9000,120,12,90\n",
    ),
}
"""The field, name and words of the file that a task cannot do without, invented."""


@pytest.fixture
def services(tmp_path: Path) -> Services:
    settings = Settings(data=tmp_path / "data", embedding=Embedding(kind="none"), load_builtin_knowledge=False)
    return wiring.services(settings)


def _draw(services, slug, task, run_id, lang):  # runs as the script of the page: imports stand here
    from functools import partial
    from importlib import import_module

    import streamlit as st

    from ui import shell

    st.session_state["lang"] = lang
    st.session_state.setdefault(f"{slug}-task", task)
    if run_id:
        st.query_params["run"] = run_id
    page = partial(import_module(f"scenarios.{slug}.page").page, services, services.scenarios[slug])
    shell.open_page("test")
    shell.navigate(services, {"": [(slug, "home", "", page), ("knowledge", "home", "knowledge", lambda: None)]})


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("scenario", "task"), TASKS)
def test_the_form_and_the_result_of_a_run_are_drawn(
    scenario: Scenario, task: Task[Any, Any, Any], lang: Lang, services: Services, tmp_path: Path
) -> None:
    request = smallest(task.request.model_json_schema())
    if (scenario.slug, task.name) in FILES:
        field, file, words = FILES[scenario.slug, task.name]
        (tmp_path / file).write_text(words, "utf-8")
        request[field] = str(tmp_path / file)
    order = Order(services.scenarios[scenario.slug], task.name, request, lang)
    last = list(services.engine.execute(order))[-1]
    assert isinstance(last, Finished) and last.run.status == "done", last
    for run_id in ("", last.run.run_id):
        args = (services, scenario.slug, task.name, run_id, lang)
        page = AppTest.from_function(_draw, args=args, default_timeout=60).run()
        assert not page.exception
        assert text("ui:shell.unexpected", lang) not in [error.value for error in page.error]
