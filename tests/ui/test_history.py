"""The history page and feedback on a result, on real records."""

from streamlit.testing.v1 import AppTest

from workbench.services import Services


def _draw(services, path):  # runs as the script of the page: everything it needs is imported here
    from functools import partial

    import streamlit as st

    from scenarios.support.page import page as support
    from ui import shell
    from ui.history import history

    st.session_state["lang"] = "zh"
    pages = {
        "history": partial(history, services),
        "support": partial(support, services, services.scenarios["support"]),
        "knowledge": lambda: None,
    }
    shell.open_page("test")
    shell.navigate(services, {"": [(name, "home", "" if name == path else name, page) for name, page in pages.items()]})


def draw(services: Services, path: str = "history", run_id: str = "") -> AppTest:
    page = AppTest.from_function(_draw, args=(services, path), default_timeout=60)
    if run_id:
        page.query_params["run"] = run_id
    page.run()
    assert not page.exception
    assert not page.error
    return page


def listed(page: AppTest, run_id: str) -> bool:
    return any(button.key == f"again-{run_id}" for button in page.button)


def test_a_run_is_found_by_the_words_of_its_form(services, run_id):
    page = draw(services)
    page.text_input(key="history-words").set_value("保修").run()
    assert listed(page, run_id)
    page.text_input(key="history-words").set_value("绝无此词").run()
    assert not listed(page, run_id)


def test_filters_narrow_the_list(services, run_id):
    page = draw(services)
    page.selectbox(key="history-author").set_value("chen").run()
    assert listed(page, run_id)
    page.selectbox(key="history-author").set_value("wang").run()
    assert not listed(page, run_id)


def test_a_run_is_made_once_more_by_the_acting_person(services, run_id):
    page = draw(services)
    page.selectbox(key="person").set_value("wang").run()
    page.button(key=f"again-{run_id}").click().run()
    for _ in range(100):
        if len(services.runs.list()) == 2 and services.runs.list()[0].status != "running":
            break
        page.run()
    newest = services.runs.list()[0]
    assert (newest.author, newest.again_of, newest.status) == ("wang", run_id, "done")


def test_a_thumb_down_needs_a_reason_and_the_last_word_counts(services, run_id):
    page = draw(services, "support", run_id)
    page.button(key=f"down-{run_id}").click().run()
    assert not services.judgements.of(run_id)
    page.text_area(key=f"why-{run_id}-chen").set_value("没有回答问题").run()
    page.button(key=f"down-{run_id}").click().run()
    (said,) = services.judgements.of(run_id)
    assert (said.verdict, said.reason, said.actor.person) == ("down", "没有回答问题", "chen")
    assert any("没有回答问题" in part.value for part in page.caption)
    page.button(key=f"up-{run_id}").click().run()
    assert [one.verdict for one in services.judgements.of(run_id)] == ["up"]
