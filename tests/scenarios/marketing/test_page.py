"""The marketing page over real records: the forms, and each result's own panel."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import wiring
from workbench.engine import Finished, Order
from workbench.services import Services
from workbench.settings import Embedding, Settings

ROWS = "日期,渠道,创意,展现,点击,转化,花费\n" + "\n".join(
    f"2026-09-{day:02d},{name},{name}甲,10000,{clicks},{clicks // 10},100"
    for day in range(1, 13)
    for name, clicks in (("抖音", 300), ("小红书", 120))
)
REQUESTS: dict[str, dict[str, Any]] = {
    "performance": {},
    "channels": {"goal": "提升销量", "budget": 100_000},
    "design": {"product": "青山 A1 台灯", "facts": ["色温可调3000到5000K"]},
    "check": {"text": "全国第一的台灯"},
    "voice": {"name": "青山", "copies": ["灯光柔和，晚上看书不累。", "今晚想读点什么？", "一盏灯，亮到你合上书。"]},
    "results": {},
    "seo": {"product": "青山 A1 台灯", "seeds": ["护眼台灯"], "facts": ["色温可调3000到5000K"]},
    "creative": {"product": "青山 A1 台灯", "facts": ["色温可调3000到5000K"], "channels": ["sms"]},
}


def _services(folder: Path) -> Services:
    settings = Settings(data=folder / "data", embedding=Embedding(kind="none"), load_builtin_knowledge=False)
    return wiring.services(settings)


def _drawn(folder: str, run_id: str, task: str) -> None:
    from pathlib import Path

    import streamlit as st

    import wiring
    from scenarios.marketing.page import _facts, _form, _panels
    from workbench.settings import Embedding, Settings

    known = wiring.services(
        Settings(data=Path(folder) / "data", embedding=Embedding(kind="none"), load_builtin_knowledge=False)
    )
    st.session_state["marketing-task"] = task
    _form(known, known.scenarios["marketing"], "zh")
    run = known.runs.get(run_id)
    assert run.deliverable is not None
    for label, value in _facts(run.deliverable, "zh"):
        st.metric(label, value)
    for _, draw in _panels(known, run, "zh"):
        draw(known.runs.versions(run_id)[-1])


@pytest.mark.parametrize("task", sorted(REQUESTS))
def test_the_form_and_the_panel_of_a_task_are_drawn(task: str, tmp_path: Path) -> None:
    (tmp_path / "ads.csv").write_text(ROWS, "utf-8")
    services = _services(tmp_path)
    request = REQUESTS[task] or {"file": str(tmp_path / "ads.csv")}
    last = list(services.engine.execute(Order(services.scenarios["marketing"], task, request)))[-1]
    assert isinstance(last, Finished) and last.run.status == "done", last.run.error
    shown = AppTest.from_function(_drawn, args=(str(tmp_path), last.run.run_id, task), default_timeout=120).run()
    assert not shown.exception
    assert shown.metric
