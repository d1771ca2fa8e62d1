"""The page of contracts: a review beside its text, a comparison side by side."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import wiring
from workbench.engine import Finished, Order
from workbench.examples import loaded, offered
from workbench.history import Filter
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
    example = offered("contracts", "compare", lang)[0]  # type: ignore[arg-type]
    request = loaded(example, services.scenarios["contracts"], services, "chen").model_dump(mode="json")
    assert shown(services, made(services, "compare", request)).tabs


def test_the_register_is_filtered_by_a_clause_that_is_missing(services: Services) -> None:
    texts = ["采购合同\n第一条 保密\n双方对商业秘密保密。", "销售合同\n第一条 价款\n总价为人民币100元。"]
    run_id = made(services, "register", {"runs": [made(services, "review", {"text": one}) for one in texts]})
    drawn = shown(services, run_id)
    assert len(drawn.dataframe[0].value) == 2
    drawn.selectbox(key=f"register-lacks-{run_id}").select("confidentiality").run()
    assert list(drawn.dataframe[0].value["title"]) == ["销售合同"]
    drawn.text_input(key=f"register-words-{run_id}").input("没有这个词").run()
    assert not drawn.exception and drawn.dataframe[0].value.empty


def _empty_page(services):  # type: ignore[no-untyped-def]  # runs as a script of its own
    from functools import partial

    import streamlit as st

    from scenarios.contracts.page import page
    from ui import shell
    from ui.history import history

    st.session_state.setdefault("contracts-task", "draft")
    shell.open_page("test")
    contracts = ("contracts", "gavel", "", partial(page, services, services.scenarios["contracts"]))
    others = [(name, "home", name, partial(history, services)) for name in ("history", "knowledge")]
    shell.navigate(services, {"": [contracts, *others]})


def drawn_form(services: Services, **state: Any) -> AppTest:
    form = AppTest.from_function(_empty_page, args=(services,), default_timeout=120)
    for key, value in state.items():
        form.session_state[key] = value
    form.run()
    assert not form.exception
    return form


def kept_word(services: Services, *lines: str) -> str:
    from io import BytesIO

    from docx import Document

    document, content = Document(), BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(content)
    return str(services.files.keep("form.docx", content.getvalue()))


@pytest.mark.parametrize(
    ("words", "said"), [("{{ title }}", "占位符 2 个"), ("{{ titel }}", "titel"), ("{{ title", "不完整")]
)
def test_the_placeholders_of_a_company_form_are_listed_and_checked(services: Services, words: str, said: str) -> None:
    path = kept_word(services, words, "{{ content }}")
    form = drawn_form(services, **{"contracts-draft-contract_type": "services", "contracts-draft-template": [path]})
    told = [*(one.value for one in form.error), *(one.value for one in form.caption)]
    assert any(said in one for one in told), told


DEAL = "北京天元信息技术有限公司委托深圳市蓝海电子股份有限公司提供机房巡检服务，服务费12万元，期限一年。"


@pytest.mark.parametrize("begun", ["deal", "past contract"])
def test_a_draft_begins_from_a_pasted_deal_or_a_past_contract(services: Services, begun: str) -> None:
    if begun == "deal":
        form = drawn_form(services, **{"contracts-draft-deal": DEAL})
    else:
        form = drawn_form(services, **{"contracts-draft-file": [kept_word(services, "服务合同", DEAL)]})
    form.button(key="contracts-run").click().run()
    for _ in range(60):
        if form.tabs:
            break
        form.run()
    assert not form.exception and not form.error
    [listed] = services.history.find(Filter(scenario="contracts"))
    made = services.runs.get(listed.run_id).deliverable
    assert made and made["type"] == "services"
    names = [one["name"] for one in made["parties"]]
    assert names == ["北京天元信息技术有限公司", "深圳市蓝海电子股份有限公司"]
    assert made["amount"] == "120000"
