"""The pages of batches and of costs, on real records."""

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from workbench.engine import Order
from workbench.services import Services


def _draw(services, path, lang):  # runs as the script of the page: everything it needs is imported here
    from functools import partial

    import streamlit as st

    from ui import shell
    from ui.batch_page import batch_page
    from ui.cost_page import cost_page

    st.session_state["lang"] = lang
    pages = {"batch": partial(batch_page, services), "cost": partial(cost_page, services), "knowledge": lambda: None}
    shell.open_page("test")
    shell.navigate(services, {"": [(name, "home", "" if name == path else name, page) for name, page in pages.items()]})


def draw(services: Services, path: str, lang: str = "zh") -> AppTest:
    page = AppTest.from_function(_draw, args=(services, path, lang), default_timeout=60).run()
    assert not page.exception
    assert not page.error
    return page


@pytest.fixture
def asleep(services: Services) -> Services:
    """The same services, whose background process does not start: batches wait."""
    return replace(services, batches=replace(services.batches, start_worker=lambda: None))


def table(tmp_path: Path) -> Path:
    path = tmp_path / "questions.csv"
    path.write_text("message,channel\n保修多久？,chat\n能退吗？,pigeon\n", "utf-8")
    return path


def begun(services: Services, path: Path) -> str:
    order = Order(services.scenarios["support"], "reply", {}, author="chen")
    return services.batches.open(order, path, path.name, background=True).batch_id


def keys(page: AppTest) -> set[str]:
    return {str(button.key) for button in page.button}


def test_a_table_is_uploaded_and_waits_for_the_background_process(asleep, tmp_path):
    page = draw(asleep, "batch")
    page.selectbox(key="batch-scenario").set_value("support").run()
    page.get("file_uploader")[0].set_value(("questions.csv", table(tmp_path).read_bytes(), "text/csv")).run()
    page.button(key="batch-start").click().run()
    assert not page.exception
    (batch,) = asleep.batches.list()
    assert (batch.name, batch.total, batch.author, batch.state) == ("questions.csv", 2, "chen", "waiting")


def test_a_batch_is_paused_and_resumed_from_the_page(asleep, tmp_path):
    batch_id = begun(asleep, table(tmp_path))
    draw(asleep, "batch").button(key=f"pause-{batch_id}").click().run()
    assert asleep.batches.store.get(batch_id).state == "paused"
    page = draw(asleep, "batch")
    assert f"pause-{batch_id}" not in keys(page)
    page.button(key=f"resume-{batch_id}").click().run()
    assert asleep.batches.store.get(batch_id).state == "waiting"


def test_failed_rows_are_named_and_can_be_tried_again(asleep, tmp_path):
    batch_id = begun(asleep, table(tmp_path))
    asleep.batches.work(batch_id)
    page = draw(asleep, "batch")
    assert any("2" in part.value and "channel" in part.value for part in page.markdown)
    assert f"retry-{batch_id}" in keys(page)
    assert page.get("download_button")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("by", ["month", "department", "person", "scenario", "model"])
def test_spend_is_added_up_by_what_one_asks(services, run_id, lang, by):
    page = draw(services, "cost", lang)
    page.button_group(key="cost-by").set_value(by).run()
    assert not page.exception
    (frame,) = page.dataframe
    named = {"person": "陈晨", "department": "业务部"}.get(by)
    assert named is None or frame.value.iloc[0, 0] == named
    assert frame.value.iloc[0, 2] == 1  # one run
    assert [metric.value for metric in page.metric][1] == "1"


def test_a_statement_of_a_department_can_be_looked_at(services, run_id):
    page = draw(services, "cost")
    page.selectbox(key="cost-department").set_value("业务部").run()
    assert not page.exception
    assert any("合计 0.00 CNY" in part.value for part in page.markdown)
