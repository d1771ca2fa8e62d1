"""The page of contracts: a review beside its text, a comparison side by side."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import wiring
from scenarios.contracts.page import _examples
from workbench.engine import Finished, Order
from workbench.services import Services
from workbench.settings import Embedding, Settings


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return wiring.services(Settings(data=tmp_path, embedding=Embedding(kind="none"), load_builtin_knowledge=False))


def _page(services, run_id):  # type: ignore[no-untyped-def]  # runs as a script of its own
    from functools import partial

    import streamlit as st

    from scenarios.contracts.page import page
    from ui import shell
    from ui.history import history

    st.query_params["run"] = run_id
    shell.open_page("test")
    contracts = ("contracts", "gavel", "", partial(page, services, services.scenarios["contracts"]))
    others = [(name, "home", name, partial(history, services)) for name in ("history", "knowledge")]
    shell.navigate(services, {"": [contracts, *others]})


def made(services: Services, task: str, request: dict[str, Any]) -> str:
    last = list(services.engine.execute(Order(services.scenarios["contracts"], task, request)))[-1]
    assert isinstance(last, Finished)
    return last.run.run_id


def shown(services: Services, run_id: str) -> AppTest:
    drawn = AppTest.from_function(_page, args=(services, run_id), default_timeout=120).run()
    assert not drawn.exception
    return drawn


def test_a_review_shows_its_text_with_the_findings_and_waits_for_decisions(services: Services) -> None:
    run_id = made(services, "review", {"text": "货物应于2026年2月30日前交付。"})
    drawn = shown(services, run_id)
    assert drawn.button(key=f"settle-{run_id}").disabled
    from workbench.findings import keyed

    [(key, _)] = [pair for pair in keyed(services.runs.versions(run_id)[-1].findings) if pair[1].rule == "date.invalid"]
    services.desk.answer(run_id, key, "accept", services.desk.actor("chen"))
    shown(services, run_id).button(key=f"settle-{run_id}").click().run()
    assert services.runs.versions(run_id)[-1].text == "货物应于2026年2月28日前交付。"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_comparison_is_drawn_with_its_facts(services: Services, lang: str) -> None:
    from scenarios.contracts.compare.page import examples

    (_, entry), *_ = examples(lang)  # type: ignore[arg-type]
    request = {name: entry[name] for name in ("before_text", "after_text", "side")}
    drawn = shown(services, made(services, "compare", request))
    assert drawn.tabs and _examples("zh")


def test_the_register_is_filtered_by_a_clause_that_is_missing(services: Services) -> None:
    texts = ["采购合同\n第一条 保密\n双方对商业秘密保密。", "销售合同\n第一条 价款\n总价为人民币100元。"]
    run_id = made(services, "register", {"runs": [made(services, "review", {"text": one}) for one in texts]})
    drawn = shown(services, run_id)
    assert len(drawn.dataframe[0].value) == 2
    drawn.selectbox(key=f"register-lacks-{run_id}").select("confidentiality").run()
    assert list(drawn.dataframe[0].value["title"]) == ["销售合同"]
    drawn.text_input(key=f"register-words-{run_id}").input("没有这个词").run()
    assert not drawn.exception and drawn.dataframe[0].value.empty
