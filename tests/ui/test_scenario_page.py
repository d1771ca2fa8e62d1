"""The task chosen, the link and the result beside the form: they never tell of different runs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import wiring
from workbench.engine import Finished, Order
from workbench.services import Services
from workbench.settings import Embedding, Settings
from workbench.texts import text


@pytest.fixture
def services(tmp_path: Path) -> Services:
    settings = Settings(data=tmp_path / "data", embedding=Embedding(kind="none"), load_builtin_knowledge=False)
    return wiring.services(settings)


@pytest.fixture
def checked(services: Services) -> str:
    """The id of a law check."""
    order = Order(services.scenarios["marketing"], "check", {"text": "全国第一的台灯"}, "zh")
    last = list(services.engine.execute(order))[-1]
    assert isinstance(last, Finished)
    return last.run.run_id


@pytest.fixture
def opened(services: Services) -> Callable[..., AppTest]:
    def draw(services, link):
        from functools import partial

        import streamlit as st

        from scenarios.marketing.page import page
        from ui import shell

        for name, value in link.items():
            if f"test-{name}" not in st.session_state:  # as the browser does: once, when the page opens
                st.session_state[f"test-{name}"] = st.query_params[name] = value
        marketing = partial(page, services, services.scenarios["marketing"])
        shell.open_page("test")
        shell.navigate(
            services, {"": [("marketing", "home", "", marketing), ("knowledge", "home", "knowledge", lambda: None)]}
        )

    def open_page(**link: str) -> AppTest:
        return AppTest.from_function(draw, args=(services, link), default_timeout=60).run()

    return open_page


def teaches(page: AppTest, task: str) -> bool:
    return any(text(f"scenarios.marketing:page.empty.{task}", "zh") in part.value for part in page.markdown)


def test_a_link_can_name_a_task(opened):
    page = opened(task="channels")
    assert page.session_state["marketing-task"] == "channels"
    assert teaches(page, "channels")
    assert opened(task="none such").session_state["marketing-task"] == "creative"


def test_a_result_stands_beside_its_own_form_only(opened, checked):
    page = opened(run=checked)
    assert page.session_state["marketing-task"] == "check"
    assert page.query_params["run"] == checked
    page.button_group(key="marketing-task").set_value("design").run()
    assert not page.exception
    assert teaches(page, "design")
    assert "run" not in page.query_params
    page.button_group(key="marketing-task").set_value("check").run()
    assert not teaches(page, "check")
    assert page.query_params["run"] == checked


def test_a_link_to_no_run_is_one_sentence_beside_the_form(opened):
    page = opened(run="0123456789ab")
    assert [warning.value for warning in page.warning] == [text("workbench:run.unknown", "zh", run_id="0123456789ab")]
    assert not page.error
